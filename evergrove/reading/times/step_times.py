"""Steps of a procedure as times: "at IUD insertion", "during the biopsy", "pain with removal"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    DETERMINERS,
    GROUP,
    POST_WORDS,
    PRE_WORDS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time, word_at

LEADS_STEP = word_set("at during with")

#: One of these stands right behind "at" or "with" where that leads to a step.
STEPS = word_set(
    "insertion placement removal extubation incision puncture venipuncture venepuncture "
    "cannulation injection needling arrival positioning catheterization catheterisation"
)
# What is done to a patient within a day: pain "during" it is that of day 0.
_PROCEDURES = word_set(
    "procedure procedures intervention operation surgery biopsy examination insufflation "
    "aspiration withdrawal retrieval lithotripsy debridement injection insertion placement removal "
    "puncture catheterization catheterisation cannulation"
)
_PROCEDURE_ENDS = ("scopy", "graphy", "centesis")
INTRA = ("intraoperativ", "intraprocedur", "intra-operativ", "intra-procedur", "peroperativ")
_CENTRES_OF_PAIN = word_set("mean median average maximum maximal peak worst")
_WHEN = POST_WORDS | PRE_WORDS
_RATED = word_set("pain score scores discomfort and")


def step_time(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """The step that the preposition at i leads to, if any.

    Days are 0 for what lies DURING a procedure, and not known for the step of one. "With" leads to
    a step only right behind the pain that was rated: elsewhere it leads to a treatment.
    """
    word = tokens[i].word
    if word == "with" and not (
        word_at(tokens, i - 1, a, b) in _RATED or _behind_measure(tokens, i)
    ):
        return []
    if word_at(tokens, i + 1, i, b) in _WHEN:
        return []  # "at post injection 20 min"
    for k in range(i + 1, min(b, i + 4)):
        if tokens[k].kind != "w" or tokens[k].mark is not None:
            return []
        within = word == "during" and _is_procedure(tokens, k, b)
        if word == "with" and tokens[k].word == "needling" and k > i + 1:
            return []  # "the mean VAS WITH DRY NEEDLING was 3.1": a treatment
        if tokens[k].word in STEPS or within:
            first = i + 1 + (tokens[i + 1].word in DETERMINERS)
            label = " ".join(token.raw for token in tokens[first : k + 1])
            end = _of_what(tokens, b, k + 1)
            if first > k:
                return []
            if within:
                return [Time(i, end, "other", _during(tokens, i, k), 0)]
            return [Time(i + 1, end, "other", label, None)]
        if not is_content(tokens[k].word) and tokens[k].word not in DETERMINERS:
            return []
    return []


def within_operation(tokens: list[Token], b: int, i: int) -> list[Time]:
    """ "pain INTRAOPERATIVELY was 3.4", "mean INTRAOPERATIVE pain": within the operation, on day 0.

    The adjective tells a time of scores only right before the pain that was rated: "intraoperative
    fentanyl" does not.
    """
    word = tokens[i].word
    if not word.endswith("ly") and not _behind_score(tokens, b, i):
        k = i + 1 + (word_at(tokens, i + 1, i, b) in _CENTRES_OF_PAIN)
        if k >= b or not (tokens[k].word in _RATED or is_measure(tokens[k])):
            return []
    return [Time(i, i + 1, "other", word, 0)]


def _behind_score(tokens: list[Token], b: int, i: int) -> bool:
    """ "74 at baseline, 48 ± 20 mm INTRAPROCEDURE (p = 0.03)": behind a score, before no noun."""
    scored = i > 0 and (tokens[i - 1].kind == "n" or tokens[i - 1].word in _ENDS_SCORE)
    return scored and (i + 1 >= b or tokens[i + 1].word in _ENDS_TIME)


_ENDS_SCORE = word_set(") mm cm point points")
_ENDS_TIME = word_set("( [ , ; . and to vs versus")


def when_done(tokens: list[Token], b: int, i: int) -> list[Time]:
    """ "pain WHEN THE SPECULUM WAS PLACED", "while the drain was being removed": a step."""
    for k in range(i + 2, min(b - 1, i + 7)):
        if tokens[k].word in ("was", "were"):
            k += 1 + (tokens[k + 1].word == "being")
            if k < b and tokens[k].word in _DONE:
                return [
                    Time(i, k + 1, "other", " ".join(t.word for t in tokens[i + 1 : k + 1]), None)
                ]
            return []
        if tokens[k].kind != "w" or not is_content(tokens[k].word):
            return []
    return []


_DONE = word_set(
    "placed inserted removed withdrawn injected infiltrated applied punctured introduced taken "
    "pulled passed advanced inflated cut sutured stitched extracted drilled grasped"
)


def _during(tokens: list[Token], i: int, k: int) -> str:
    return " ".join(token.raw.lower() for token in tokens[i : k + 1])


def _is_procedure(tokens: list[Token], k: int, b: int) -> bool:
    word = tokens[k].word
    named = word in _PROCEDURES or word.endswith(_PROCEDURE_ENDS)
    return named and word_at(tokens, k + 1, k, b) not in GROUP


def _behind_measure(tokens: list[Token], i: int) -> bool:
    """Whether the name of a measure, or the bracket that holds one, ends right before token i."""
    k = i - 1
    if k > 1 and tokens[k].word == ")":
        k -= 1
    return k >= 0 and is_measure(tokens[k])


def _of_what(tokens: list[Token], b: int, k: int) -> int:
    """ "During needle insertion FOR THE BLOCK, ...": the end of what the step at k - 1 was for."""
    if k >= b or tokens[k].word not in ("of", "for"):
        return k
    for end in range(k + 1, min(b, k + 5)):
        if tokens[end].word == ",":
            return end if end > k + 1 else k
        if tokens[end].kind != "w" or tokens[end].word in GROUP or tokens[end].mark is not None:
            break
    return k
