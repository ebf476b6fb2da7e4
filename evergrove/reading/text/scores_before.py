"""Scores before, told behind each later one: "2.1 with wax, HAVING BEEN 6.2 BEFORE, and ..."."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import EVENT, PRE_WORDS, SCORE_UNITS, word_set

#: What leads to the score before by itself, and only with a word for "before" behind it.
_SURE = (
    ("after", "having", "been"),
    ("having", "been"),
    ("having", "started", "at"),
    ("having", "started", "from"),
    ("down", "from"),
    ("up", "from"),
    ("starting", "from"),
    ("starting", "at"),
    ("coming", "from"),
    ("beginning", "at"),
)
_CLAUSES = tuple(
    (*lead, *verb)
    for lead in ((), ("whereas",), ("while",), ("when",), ("where",), ("although",), ("but",))
    for verb in (("it", "had", "been"), ("it", "was"), ("they", "had", "been"))
)
_DATED = (
    *_CLAUSES,
    ("which", "had", "been"),
    ("compared", "with"),
    ("compared", "to"),
    ("as", "against"),
    ("against",),
    ("versus",),
)
_LEADS = tuple(sorted((*_SURE, *_DATED), key=len, reverse=True))
_FIRST = frozenset(lead[0] for lead in _LEADS)
MAYBE_BEFORE_EACH = Clues(
    (" been ", r"been [^.;]{0,20}\d[^;]* been [^.;]{0,20}\d"),
    (" from ", r"(?:down|up|starting|coming) from [^;]*(?:down|up|starting|coming) from "),
    (" started ", r"having started [^;]*having started "),
    ("it was ", r"it was [^;]*it was "),
    ("compared with ", r"compared with [^;]*compared with "),
    ("compared to ", r"compared to [^;]*compared to "),
    (" against ", r" against [^;]* against "),
    ("versus ", r"versus [^;]*versus "),
    words=word_set("been down up starting coming started it compared against versus"),
)
_SCORE = word_set("a an the mean median average baseline initial value score vas nrs level of at")
_BASE = PRE_WORDS | word_set("before beforehand originally")
_DONE = EVENT | word_set("treatment therapy the it this that their")
_CLOSES = word_set(", ; . ) and but while whereas (")


def scores_before_each(tokens: list[Token]) -> None:
    """ "2.1 with wax, HAVING BEEN 6.2 BEFORE, and 3.4 with clay, HAVING BEEN 6.4" is "(6.2 at
    baseline)".

    Only where a sentence tells it of two scores: of one alone it is read as it stands.
    """
    stops = [k for k, token in enumerate(tokens) if token.word == "."]
    for a, b in reversed(list(zip([-1, *stops], [*stops, len(tokens)], strict=True))):
        found = _told_in(tokens, a + 1, b)
        if len(found) > 1 and any(dated for *_, dated in found):
            for first, number, last, end, _ in reversed(found):
                _bracket(tokens, first, number, last, end)


def _told_in(tokens: list[Token], a: int, b: int) -> list[tuple[int, int, int, int, bool]]:
    """Each score before in a sentence: its lead, number, ends of the spread and of the phrase."""
    found = []
    k = a + 1
    while k < b - 2:
        one = _told_at(tokens, k, b) if tokens[k].word in _FIRST else None
        if one is not None and _behind_score(tokens, a, one[0]):
            found.append(one)
            k = one[3]
        else:
            k += 1
    return found


def _told_at(tokens: list[Token], k: int, b: int) -> tuple[int, int, int, int, bool] | None:
    words = tuple(token.word for token in tokens[k : k + 4])
    lead = next((lead for lead in _LEADS if words[: len(lead)] == lead), None)
    if lead is None:
        return None
    number = k + len(lead)
    while number < b and tokens[number].word in _SCORE and number - k < 9:
        number += 1
    if number >= b or tokens[number].kind != "n" or tokens[number].flag:
        return None
    last = _behind_spread(tokens, number + 1, b)
    end = _behind_base(tokens, last, b)
    dated = end > last or any(t.word in _BASE for t in tokens[k + len(lead) : number])
    if not dated and lead not in _SURE:
        return None
    if end < b and tokens[end].word not in _CLOSES:
        return None
    return k, number, last, end, dated


def _behind_spread(tokens: list[Token], k: int, b: int) -> int:
    """Behind "± 1.3", "(SD 1.3)", "points" at k."""
    k += k < b and tokens[k].word in SCORE_UNITS
    if k + 1 < b and tokens[k].word == "±":
        k += 2
    elif k < b and tokens[k].word in ("(", "[") and tokens[k + 1].word != "p":
        close = close_bracket(tokens, k, min(b, k + 14))
        k = k if close is None else close + 1
    return k + (k < b and tokens[k].word in SCORE_UNITS)


def _behind_base(tokens: list[Token], k: int, b: int) -> int:
    """Behind "at baseline", "before the treatment", "initially" at k; k where none is there."""
    base = k + (k + 1 < b and tokens[k].word in ("at", "on", "in"))
    if base >= b or tokens[base].word not in _BASE:
        return k
    end = base + 1
    while end < b and end - base < 4 and tokens[end].word in _DONE:
        end += 1
    return end


def _behind_score(tokens: list[Token], a: int, k: int) -> bool:
    """Whether a score stands shortly before token k, with words alone between them."""
    for m in range(k - 1, max(a, k - 14), -1):
        token = tokens[m]
        if token.kind == "n":
            return True
        if token.word in (".", ";"):
            return False
    return False


def _bracket(tokens: list[Token], first: int, number: int, last: int, end: int) -> None:
    at = tokens[end - 1].end
    base = [Token("w", at, at, word, raw=word) for word in ("at", "baseline")]
    told = [*tokens[number:last], *base]
    inside = tokens[first - 1].word in ("(", "[")
    if not inside:
        start = tokens[number].start
        told = [
            Token("s", start, start, "(", raw="("),
            *told,
            Token("s", at, at, ")", raw=")"),
        ]
        first -= tokens[first - 1].word == ","
    tokens[first:end] = told
