"""Names of lengths of time that say from what to what: "time FROM ADMISSION TO FIRST FLATUS".

The noun alone ("time", "interval") names nothing, and what it is told of may take several phrases:
"time TO RETURN TO WORK", "time TO DISCHARGE FROM THE RECOVERY ROOM", "time OF REGRESSION TO THE S1
SEGMENT", "time IN THE INTENSIVE CARE UNIT".
"""

from __future__ import annotations

from typing import Any, TypeVar

from evergrove.reading.measures.outcome_nouns import LEADS
from evergrove.reading.measures.outcome_phrases import ends_grade
from evergrove.reading.text.tokens import Token, unmarked
from evergrove.reading.text.words import (
    CENTRES,
    DETERMINERS,
    GROUP,
    PEOPLE,
    UNIT_DAYS,
    is_content,
    word_set,
)

Span = tuple[int, int]
Dated = TypeVar("Dated", bound=Any)
#: Nouns of a length that may be told of by from what to what it lasts.
LASTS = word_set("time times interval latency delay regression recovery")
_OPENS = word_set("to until till from between of")
_JOINS = word_set("to until till from of into")
#: What lay before the study: "time FROM INJURY to surgery" is told of the people.
_OF_STUDY = word_set(
    "visit visits follow followup follow-up review examination inclusion enrolment enrollment study"
)
_BEFORE_STUDY = word_set("injury diagnosis trauma fracture symptom symptoms stroke disease birth")
#: Where time may be spent: "time IN THE RECOVERY ROOM".
_PLACES = word_set("unit room ward bed range hospital target theatre department icu pacu picu")
_LONGEST = 14  # tokens


def event_name(tokens: list[Token], i: int) -> Span | None:
    """The name that begins with a noun of time at i, with what it is told of; None without it."""
    if i + 2 >= len(tokens) or tokens[i].word not in LASTS:
        return None
    if tokens[i + 1].word == "in":
        return _spent(tokens, i)
    opened = tokens[i + 1].word
    if opened not in _OPENS:
        return None
    if opened == "of" and tokens[i].word != "regression" and not _of_a_centre(tokens, i):
        return None
    joins = _JOINS | {"and"} if opened == "between" else _JOINS
    k, last = i + 1, i
    while k < min(i + _LONGEST, len(tokens) - 1):
        if tokens[k].word not in joins and last > i:
            break
        end = _noun_phrase(tokens, k + 1)
        if end is None:
            break
        words = {token.word for token in tokens[k:end]}
        if words & _OF_STUDY or (opened != "to" and words & _BEFORE_STUDY):
            return None
        k = last = end
    return (i, last) if last > i else None


def with_side(tokens: list[Token], span: Span) -> Span | None:
    """ "bone loss ON THE MESIAL SIDE", "thickness at the nasal margin": which part was measured."""
    k = span[1]
    if k + 2 >= len(tokens) or tokens[k].word not in ("on", "at", "in"):
        return None
    k += 1 + (tokens[k + 1].word in DETERMINERS)
    side = tokens[k].word in _SIDES and k + 1 < len(tokens) and tokens[k + 1].word in _PARTS
    return (span[0], k + 2) if side else None


_SIDES = word_set(
    "mesial distal buccal lingual palatal labial medial lateral anterior posterior superior "
    "inferior temporal nasal upper lower proximal dorsal ventral central peripheral"
)
_PARTS = word_set("side aspect surface margin region part zone quadrant compartment site half")


def _of_a_centre(tokens: list[Token], i: int) -> bool:
    """ "the MEAN TIME of regression"; not "at the time of surgery"."""
    return any(token.word in CENTRES for token in tokens[max(0, i - 2) : i])


def _spent(tokens: list[Token], i: int) -> Span | None:
    """ "time IN THE RECOVERY ROOM", "time IN BED": in a place, and in no group."""
    end = _noun_phrase(tokens, i + 2)
    return (i, end) if end is not None and tokens[end - 1].word in _PLACES else None


def _noun_phrase(tokens: list[Token], k: int) -> int | None:
    """The place behind a determiner and nouns at k; None if they are people, a group or no nouns.

    "THE S1 SEGMENT", "BROMAGE 0": a number that is written to a word, or ends the name of a grade.
    """
    while k < len(tokens) and (tokens[k].word in DETERMINERS or tokens[k].word in LEADS):
        k += 1
    start = k
    while k < len(tokens) - 1:
        token = tokens[k]
        hyphened = token.word in ("-", "/") and not token.spaced and k > start
        numeral = token.kind == "n" and tokens[k + 1].word == "-" and not tokens[k + 1].spaced
        noun = token.kind == "w" and (is_content(token.word) or token.word in _ACTS)
        if not (hyphened or numeral or (noun and unmarked(token))) or token.word in GROUP:
            break
        k += 1
    k += k > start and tokens[k].kind == "n" and ends_grade(tokens, k)
    words = {token.word for token in tokens[start:k]}
    if k == start or tokens[k].word in GROUP or words & PEOPLE or words & UNIT_DAYS.keys() - {"d"}:
        return None
    return k


def outside_names(times: list[Dated], mentions: list[Any]) -> list[Dated]:
    """The times without those within the name of an outcome: "time FROM INCISION to closure"."""
    named = {k for m in mentions if m.key for k in range(m.first, m.last)}
    return [time for time in times if time.first not in named]


#: Verbs elsewhere: "time to RECOVERY", "to first USE of", "to RETURN to work".
_ACTS = word_set("recovery return use progression loss relief response improvement completion")
