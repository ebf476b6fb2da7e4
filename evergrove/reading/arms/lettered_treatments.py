"""What a lettered group was given: "group A (n = 31) RECEIVED gel", "group B (ICE, n = 29)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.noun_lists import past_dose
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

_APPOSED = {"(": ")", "[": "]", ",": ","}  # what stands before a name put in between, and behind
_WERE = word_set("was were being who that")
_PEOPLE_WERE = _WERE | PEOPLE
_RECEIVED = word_set("received receives receiving underwent got took wore used")
_TREATED = word_set(
    "treated injected managed immobilised immobilized infiltrated supplied provided"
)
_GIVEN = word_set("given administered prescribed assigned allocated")
_OFTEN = word_set("daily weekly nightly twice once orally")
_USED = _GIVEN | word_set("used applied injected performed")
_NOT_GIVEN = word_set(
    "more less fewer higher lower same similar significantly additional either both usual standard "
    "treatment treatments intervention interventions therapy care dose doses n patients the"
)


def treatment_of(tokens: list[Token], phrase: Arm, stop: int) -> str:
    """The treatment behind the name of a lettered group before token `stop`; "" if none is told."""
    k = phrase.last
    if k < stop and _APPOSED.get(tokens[phrase.first - 1].word) == tokens[k].word:
        k += 1  # "the other 31 patients (group B) received gel"
    if k < stop and tokens[k].word in ("(", "["):
        close = next((m for m in range(k, stop) if tokens[m].word in (")", "]")), None)
        if close is None:
            return ""
        inside = _named(tokens, k + 1, close)
        if inside:
            return inside
        k = close + 1
    if k < stop and tokens[k].word in (":", "="):
        return _named(tokens, k + 1, stop)
    while k < stop and tokens[k].word in _PEOPLE_WERE:
        k += 1
    if k >= stop:
        return ""
    if tokens[k].word in _RECEIVED or tokens[k].word in _GIVEN:
        k += 1 + (tokens[k].word in _GIVEN and k + 1 < stop and tokens[k + 1].word == "to")
        return _named(tokens, k, stop)
    if tokens[k].word == "," and tokens[phrase.first - 1].word in ("for", "in"):
        return _said_of(tokens, k + 1, stop)
    if tokens[k].word in _TREATED and k + 1 < stop and tokens[k + 1].word in ("with", "by"):
        return _named(tokens, k + 2, stop)
    return ""


def _said_of(tokens: list[Token], first: int, stop: int) -> str:
    """ "In group A, 300 mg of WAX (daily) WAS ADMINISTERED": what, where it was given."""
    given = next((m for m in range(first, min(first + 12, stop)) if tokens[m].word in _USED), stop)
    if given >= stop or tokens[given - 1].word not in ("was", "were"):
        return ""
    inside = any(tokens[m].word in (",", ";", "and", "or") for m in range(first, given))
    return "" if inside else _named(tokens, first, given - 1)


def _named(tokens: list[Token], first: int, stop: int) -> str:
    """The treatment named from token `first` on: "WAX twice daily", "300 mg of WAX"."""
    dosed = past_dose(tokens, first, stop)
    if first < dosed < stop:
        first = dosed + (tokens[dosed].word == "of")
    span = noun_phrase(tokens, first, stop)
    if span is None or any(token.kind == "n" for token in tokens[first : span[0] + 1]):
        return ""
    lead = tokens[span[0]].word
    after = tokens[span[1]] if span[1] < stop else None
    if lead in _NOT_GIVEN or (after is not None and after.mark is not None):
        return ""
    bare = tokens[first].word == "no" and span[0] == first + 1
    end = span[1]
    while end > span[0] + 1 and tokens[end - 1].word in _OFTEN:
        end -= 1
    name = text_of(tokens, span[0] - bare, end)
    return name if words_of(name) else ""
