"""Where a text says what a value, a change or a pair of values is of."""

from __future__ import annotations

from collections.abc import Iterator

from evergrove.reading.measures.event_names import LASTS, event_name, with_side
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.outcome_nouns import (
    ADJECTIVE,
    AMOUNT_HEADS,
    COMPARATIVES,
    COUNTED,
    HEADS,
    LEADS,
    NO_OUTCOME,
)
from evergrove.reading.measures.outcome_phrases import (
    Span,
    backward,
    behind_leads,
    coordinated,
    forward,
    may_be,
)
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.tokens import Token, unmarked
from evergrove.reading.text.words import (
    ADVERBS,
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    GROUP,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    PREPOSITIONS,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)

_SPREADS = word_set("± vs versus v sd se sem iqr")
_NO_VALUES = word_set(") ] ; % /")
_BEFORE_NUMBER = word_set("mean median , : = - ( [")
_OPENS = word_set(". ; , ( [ mean median the")
_DIFFERENCES = CHANGE_NOUNS | word_set("difference differences")
_BOUNDS = word_set(". ; : , and but while whereas that which whilst")


def told(tokens: list[Token]) -> Iterator[Span]:
    """Stretches of the text that name what a value, a change or a pair of values is told of."""
    for i, token in enumerate(tokens):
        if token.kind == "w":
            found = _at_word(tokens, i)
        elif token.word in ("(", "[", ":", "="):
            found = iter([_before_values(tokens, i)])
        else:
            continue
        for span in found:
            if span is None:
                continue
            if may_be(tokens, *span) or _labelled(tokens, *span) or _mean_number(tokens, *span):
                yield span
                if (side := with_side(tokens, span)) is not None:
                    yield side
        if token.word in LASTS and unmarked(token):
            event = event_name(tokens, i)
            if event is not None and number_near(tokens, event[1] - 1):
                yield event
        if stem(token.word) in HEADS and number_near(tokens, i):
            for first, last in coordinated(tokens, i):
                # "COGNITIVE, language and motor scores": the noun behind the list is theirs too
                alone = last == first + 1 and tokens[first].word.endswith(ADJECTIVE)
                if alone or may_be(tokens, first, last):
                    yield first, last


def _mean_number(tokens: list[Token], first: int, last: int) -> bool:
    """ "NUMBER OF arousals per hour (33.8 ± 13.9 vs ...)": a spread is that of a mean number."""
    counts = tokens[first].word in COUNTED and tokens[first + 1].word == "of" and last > first + 2
    if not counts or any(token.word in PEOPLE for token in tokens[first:last]):
        return False
    if last + 2 >= len(tokens) or tokens[last].word != "(":
        return False
    return tokens[last + 1].kind == "n" and tokens[last + 2].word == "±"


def _labelled(tokens: list[Token], first: int, last: int) -> bool:
    """ "(total: 2.2 vs 3.3; ACTIVE: 0.5 vs 0.9)": an adjective that heads numbers in a bracket."""
    if last != first + 1 or not first or tokens[first].kind != "w":
        return False
    headed = tokens[first - 1].word in ("(", ";") and tokens[last].word == ":"
    return headed and tokens[last + 1].kind == "n" and tokens[first].word.endswith(ADJECTIVE)


def _at_word(tokens: list[Token], i: int) -> Iterator[Span | None]:
    word = tokens[i].word
    if word in STATE or word in CHANGE:
        yield _subject(tokens, i)
        if word in STATE or _tells_value(tokens, i):
            yield from _subjects_in_turn(tokens, i)  # not "WAX AND CLAY lowered zinc by 5 and 3"
    if word in CENTRES:
        yield forward(tokens, _behind_centre(tokens, i))
    elif word in _DIFFERENCES:
        yield _behind_change(tokens, i)
    if word in COMPARATIVES and word not in STATE:
        yield _compared(tokens, i)
    if word in _DID:
        yield _on_a_test(tokens, i)
    if word in ("from", "by") and i + 1 < len(tokens) and tokens[i + 1].kind == "n":
        yield _gapped(tokens, i)
        yield from _subjects_in_turn(tokens, i)  # "lowered ZINC AND IRON by 50% and 27%"
    # "the caloric INTAKE GROUP" is a group by what it was shown
    of_group = i + 1 < len(tokens) and tokens[i + 1].word in GROUP
    if stem(word) in HEADS and not of_group and number_near(tokens, i):
        named = None if _before_noun(tokens, i) else backward(tokens, i + 1)
        # "time" alone may be anything; "operating time" is measured, "a DISTANCE OF 31 ± 9 cm" too
        spread = [token.word for token in tokens[i + 1 : i + 4 : 2]] == ["of", "±"]
        yield named if named is not None and (named[1] - named[0] > 1 or spread) else None


def _gapped(tokens: list[Token], i: int) -> Span | None:
    """ "Zinc fell from 20 to 18 µg/l and FERRITIN FROM 40 to 31 mg/l": a name without its verb.

    A group may stand so as well ("and clay from 21 to 20"): only where the noun is one of what is
    measured, or the unit another than before.
    """
    span = backward(tokens, i)
    if span is None or tokens[span[0] - 1].word not in _JOINS_LIST:
        return None
    word = tokens[i].word
    before = next((k for k in range(span[0] - 2, max(0, i - 30), -1) if tokens[k].word == word), 0)
    if not before:
        return None
    units = {_unit_behind(tokens, before), _unit_behind(tokens, i)}
    noun = stem(tokens[span[1] - 1].word)
    measured = noun in HEADS or noun in AMOUNT_HEADS or (len(units) == 2 and "" not in units)
    return span if measured else None


_JOINS_LIST = word_set(", and ; while whereas")


def _unit_behind(tokens: list[Token], k: int) -> str:
    """The unit behind "from 20 ± 3 to 18 ± 2 mg/l" or "by 2.1 kg" at k, as it is printed, or ""."""
    stop = min(k + 12, len(tokens))
    if tokens[k].word == "from":
        k = next((m for m in range(k + 2, stop) if tokens[m].word == "to"), stop)
    k += 1
    while k < stop and (tokens[k].kind == "n" or tokens[k].word == "±"):
        k += 1
    if k >= stop or (tokens[k].kind == "w" and not is_content(tokens[k].word)):
        return ""
    return tokens[k].raw if tokens[k].kind == "w" or tokens[k].word == "%" else ""


def _before_noun(tokens: list[Token], i: int) -> bool:
    """ "SLEEP apnea", "SLEEP recordings": the noun behind says what is meant."""
    return tokens[i].word in _OF_ANOTHER and stem(tokens[i + 1].word) in _DISORDERS


_OF_ANOTHER = word_set("sleep anxiety depression function activity range pressure weight")
_DISORDERS = word_set(
    "apnea apnoea disorder disturbance recording study clinic disease syndrome ulcer test training "
    "exercise therapy treatment medication scan symptom deprivation problem"
)


def _on_a_test(tokens: list[Token], i: int) -> Span | None:
    """ "wax (73 ± 7) OUTPERFORMED clay (68 ± 10) on THE MEMORY TEST": named behind the values."""
    for k in range(i + 1, min(i + _SENTENCE, len(tokens) - 2)):
        if tokens[k].word in (".", ";"):
            return None
        if tokens[k].word in ("on", "in"):
            span = forward(tokens, k + 1 + (tokens[k + 1].word in DETERMINERS))
            if span is not None and stem(tokens[span[1] - 1].word) in _TESTS:
                return span
    return None


_DID = word_set("outperformed surpassed scored performed")
_TESTS = word_set(
    "quiz test task scale questionnaire inventory index exam examination score subscale battery"
)
_SENTENCE = 60  # tokens


def counted(tokens: list[Token]) -> Iterator[Span]:
    """ "the MEAN NUMBER of events", "the mean PERCENTAGE of nuclei": continuous for all that."""
    for i, token in enumerate(tokens):
        if token.word in CENTRES:
            span = forward(tokens, _behind_centre(tokens, i))
            if span is not None and tokens[span[0]].word in COUNTED and _of_results(tokens, *span):
                yield span


def _of_results(tokens: list[Token], first: int, last: int) -> bool:
    """Not "the mean NUMBER OF PATIENTS per centre", "of SESSIONS", "of PREVIOUS treatments"."""
    words = {token.word for token in tokens[first + 1 : last]}
    if not words.isdisjoint(PEOPLE | _FORMER):
        return False
    noun = stem(tokens[last - 1].word)
    return noun not in NO_OUTCOME or tokens[last - 1].word in UNIT_DAYS


_FORMER = word_set("previous prior earlier former")


def number_near(tokens: list[Token], i: int) -> bool:
    """Whether a number stands within a few words behind, in the same sentence."""
    for k in range(i + 1, min(i + 26, len(tokens) - 1)):
        token = tokens[k]
        if token.kind == "n" and not (tokens[k + 1].word == "-" and not tokens[k + 1].spaced):
            return True
        if token.word in (".", ";"):
            return False
    return False


def _behind_centre(tokens: list[Token], i: int) -> int:
    """The place behind "mean (SD)", "median [IQR]", "mean change in", "median of the"."""
    k = i + 1
    if k < len(tokens) and (tokens[k].word in OPENS or tokens[k].word == "±"):
        closed = next((m for m in range(k, min(k + 7, len(tokens))) if tokens[m].word in ")]"), k)
        k = closed + 1
    while k < len(tokens) and (
        tokens[k].word in LEADS or tokens[k].word in DETERMINERS or tokens[k].word in CHANGE_NOUNS
    ):
        noun = tokens[k].word in CHANGE_NOUNS
        k += 1
        k = _behind_start(tokens, k) if noun else k
        if noun and k < len(tokens) and tokens[k].word in ("in", "of"):
            k += 1
    return k


def _behind_change(tokens: list[Token], i: int) -> Span | None:
    """ "reduction IN systolic pressure", "the difference IN knee flexion"."""
    k = _behind_start(tokens, i + 1)
    if k + 1 >= len(tokens) or tokens[k].word not in ("in", "of", "for"):
        return None
    return forward(tokens, behind_leads(tokens, k + 1))


def _behind_start(tokens: list[Token], k: int) -> int:
    """ "the change FROM BASELINE in CRP", "FROM BASELINE TO WEEK 12 in": the place behind, or k."""
    if k + 4 >= len(tokens) or tokens[k].word != "from" or tokens[k + 1].word not in PRE_WORDS:
        return k
    k += 2
    if tokens[k].word in ("to", "at", "after") and tokens[k + 1].word not in DETERMINERS:
        k += 3 if "n" in (tokens[k + 1].kind, tokens[k + 2].kind) else 0
    return k


def _compared(tokens: list[Token], i: int) -> Span | None:
    """ "had a LONGER time to progression", "GREATER weight loss": the noun behind."""
    return forward(tokens, behind_leads(tokens, i + 1)) if number_near(tokens, i) else None


def _before_values(tokens: list[Token], i: int) -> Span | None:
    """ "fatigue (4.2 ± 1.3 vs 5.1 ± 1.4)", "time to failure (median, 9 v 5.7)", "Weight: 71"."""
    opens = tokens[i].word in OPENS
    k = _behind_stage(tokens, i + 1) if opens else i + 1
    while k < len(tokens) and tokens[k].word in _BEFORE_NUMBER:
        k += 1
    if k >= len(tokens) or tokens[k].kind != "n":
        return None
    span = backward(tokens, i) if not opens or _values_inside(tokens, k) else None
    if span is None or (not opens and tokens[span[0] - 1].word not in _OPENS):
        return None
    lead = tokens[span[0] - 1]
    if lead.word in GROUP:
        return None  # "longer in GROUP BD (284 vs 134)": the group, and not what it had
    if stem(tokens[span[1] - 1].word) in HEADS or tokens[span[0]].word in ("time", "times"):
        return span
    if lead.kind == "s" or lead.word in DETERMINERS or lead.word in LEADS:
        return span
    if lead.word == "in" and tokens[span[0] - 2].word in ("than", "longer", "shorter"):
        return None  # "faster in wax (4.1 min) THAN IN clay (6.3 min)"
    if lead.word == "and" and _behind_group(tokens, span[0] - 2):
        return None
    if lead.word in UNIT_DAYS and tokens[span[0] - 2].kind == "n":
        return span  # "At 6 WEEKS serum zinc (3.1 ± 1.2 vs ...)"
    ends = lead.word in ("and", "in") or lead.word not in PREPOSITIONS
    return span if ends and not is_content(lead.word) else None


def _behind_group(tokens: list[Token], k: int) -> bool:
    """ "seen WITH WAX (2.1 ± 1.0) and clay (1.1 ± 0.9)": whether a group's bracket ends at k."""
    if tokens[k].word not in (")", "]"):
        return False
    opened = next((m for m in range(k - 1, max(0, k - 20), -1) if tokens[m].word in OPENS), 0)
    span = backward(tokens, opened) if opened else None
    return span is not None and span[0] > 0 and tokens[span[0] - 1].word in _GIVEN_BY


_GIVEN_BY = word_set("with on under during among by without")


def _behind_stage(tokens: list[Token], k: int) -> int:
    """ "creatinine (PRE-TRAINING: 48 vs ...)", "(BEFORE: 3.1; after: ...)": behind it, or k."""
    if tokens[k].word not in _STAGES:
        return k
    colon = next((m for m in range(k + 1, min(k + 5, len(tokens))) if tokens[m].word == ":"), 0)
    return colon or k + 1


_STAGES = PRE_WORDS | POST_WORDS | word_set("before after")


def _values_inside(tokens: list[Token], k: int) -> bool:
    """Whether a bracket holds values: one with a spread, or two set against each other."""
    for token in tokens[k : k + 12]:
        if token.word in _NO_VALUES:
            return False
        if token.word in _SPREADS:
            return True
    return False


def _subject(tokens: list[Token], verb: int) -> Span | None:
    """The subject of a verb of state or change that a number follows: "BODY WEIGHT fell by"."""
    if not number_near(tokens, verb) or not _tells_value(tokens, verb):
        return None
    start = verb
    depth = 0
    while start > 0 and verb - start < 30:
        token = tokens[start - 1]
        depth += (token.word in (")", "]")) - (token.word in ("(", "["))
        if depth < 0:
            return None
        if not depth and (token.word in _BOUNDS or (token.word in STATE | CHANGE and start < verb)):
            break
        start -= 1
    k = _behind_time(tokens, start)
    while k < verb and (
        tokens[k].word in DETERMINERS or tokens[k].word in LEADS or tokens[k].word in CENTRES
    ):
        k += 1
    if tokens[k].kind == "n" and tokens[k + 1 + (tokens[k + 1].word == "-")].word in UNIT_DAYS:
        k += 2 + (tokens[k + 1].word == "-")  # "the 24-h morphine requirement"
    span = forward(tokens, k)
    if span is None or span[1] > verb:
        return None
    after = tokens[span[1]]
    near = span[1] == verb or after.word in PREPOSITIONS or after.word in _BEHIND_NAME
    return span if near or not is_content(after.word) else None


def _subjects_in_turn(tokens: list[Token], verb: int) -> Iterator[Span]:
    """ "ALBUMIN, FERRITIN AND CRP were 38, 21 and 5 mg/l, respectively": each of a list."""
    last = backward(tokens, verb)
    if last is None or tokens[last[0] - 1].word not in ("and", ","):
        return
    ahead = range(verb + 1, min(verb + _SENTENCE, len(tokens)))
    stop = next((k for k in ahead if tokens[k].word == "."), len(tokens))
    if not any(token.word == "respectively" for token in tokens[verb:stop]):
        return
    others = list(coordinated(tokens, verb))
    if others:
        yield from (last, *others)


_BEHIND_NAME = CENTRES | word_set("( significantly")  # "SaO2 MEAN was 91"


def _behind_time(tokens: list[Token], k: int) -> int:
    """The place behind "At 4 weeks", "At week 4", "At baseline" that begin a clause, or k."""
    if tokens[k].word not in _TO_TIMES:
        return k
    one, two = tokens[k + 1], tokens[k + 2]
    if one.kind == "n" and two.word in UNIT_DAYS:
        return k + 3
    if one.word in UNIT_DAYS and two.kind == "n":
        return k + 3
    return k + 2 if one.word in ("baseline", "entry", "admission", "discharge") else k


#: Participles that do not end like most: "catheterisation was DONE at 12 months".
_DONE = word_set("done made put set kept held sent")
_TO_TIMES = word_set("at after by within on")


def _tells_value(tokens: list[Token], verb: int) -> bool:
    """ "fell FROM 6 to 3", "was 13", "was significantly HIGHER with x"; not "reduced THE mean", and
    not "was CONFIRMED"."""
    k = verb + 1
    while k + 1 < len(tokens) and (tokens[k].word.endswith("ly") or tokens[k].word in ADVERBS):
        k += 1
    after = tokens[k]
    if after.kind != "w":
        return True
    if tokens[verb].word in STATE:
        done = after.word.endswith(("ed", "en", "wn")) or after.word in _DONE
        return after.word in CHANGE or not done
    return after.word in PREPOSITIONS or after.word in CONJUNCTIONS or after.word in CHANGE
