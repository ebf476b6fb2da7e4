"""Two groups that are told by what they did, or did not do.

"2.7 in the healed patients and 4.2 in THOSE WHO DID NOT REACH healing", "2.7 in the 46 men WHO SWAM
and 4.2 in the 58 men WHO RESTED".
"""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import AMONG
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    OPEN_UNITS,
    THOSE,
    is_content,
    names_people,
    word_set,
)

_SOME = THOSE | {"others"}
_WHO = word_set("who that which")
_DID = word_set("did had were could do")
_UNITS = OPEN_UNITS | word_set("mm cm points point %")
_ENDS = word_set("and or than versus vs compared at after before was were but from")


def those_who_did_not(tokens: list[Token], a: int, b: int, values: list[Value]) -> list[Arm]:
    """The groups of two values, each named right behind its value; [] where they are not.

    The first by its people ("healed patients", "smokers", "patients with gout", "men who smoked").
    """
    for k in range(a + 4, b - 4):
        if tokens[k].word not in _SOME or tokens[k + 1].word not in _WHO:
            continue
        verb = k + 2
        if tokens[verb].word in _DID and tokens[verb + 1].word in ("not", "never"):
            verb += 2
        elif tokens[verb].word != "never":
            continue
        then = _value_before(tokens, values, k - 1)
        if tokens[k - 1].word not in AMONG or then is None:
            continue
        end = _clause_end(tokens, verb, b)
        first = _first(tokens, values, then)
        if end == verb or first is None:
            continue
        name = f"not {text_of(tokens, verb, end)}"
        return [first, Arm(k - 1, end, name, 3, np_first=k)]
    return []


def those_who_did(tokens: list[Token], a: int, b: int, values: list[Value]) -> list[Arm]:
    """Both groups, each named right behind its value by what its people did; else []."""
    found: list[tuple[Arm, Value]] = []
    for k in range(a + 3, b - 1):
        people = tokens[k - 1].word in _SOME or names_people(tokens[k - 1].word)
        if tokens[k].word != "who" or not people:
            continue
        lead = k - 2
        while lead > a and (tokens[lead].word in DETERMINERS or tokens[lead].kind == "n"):
            lead -= 1
        value = _value_before(tokens, values, lead) if tokens[lead].word in AMONG else None
        end = _clause_end(tokens, k + 1, b)
        if value is not None and end > k + 1:
            name = text_of(tokens, k + 1, end)
            found.append((Arm(lead, end, name, 3, np_first=lead + 1), value))
    if len(found) != 2 or found[0][0].name == found[1][0].name or found[0][1] is found[1][1]:
        return []
    return [arm for arm, _ in found]


def _value_before(tokens: list[Token], values: list[Value], k: int) -> Value | None:
    """The value that ends right before the preposition at k, with its unit."""
    k -= tokens[k - 1].word in _UNITS
    return next((value for value in values if value.last == k), None)


def _clause_end(tokens: list[Token], k: int, b: int) -> int:
    """The token behind the words that tell what was not done, up to seven."""
    end = k
    while end < b and end - k < 7 and tokens[end].kind == "w" and tokens[end].word not in _ENDS:
        end += 1
    return end if end - k <= 6 else k


def _first(tokens: list[Token], values: list[Value], then: Value) -> Arm | None:
    """The people of the value before `then`, named right behind it."""
    before = [value for value in values if value.last < then.first]
    if not before:
        return None
    k = before[-1].last
    k += tokens[k].word in _UNITS
    if tokens[k].word not in AMONG:
        return None
    first = k + 1
    while first < then.first and tokens[first].word in DETERMINERS:
        first += 1
    head = first
    while head < then.first and head - first < 4 and tokens[head].kind == "w":
        if tokens[head].word in _SOME or names_people(tokens[head].word):
            break
        if not is_content(tokens[head].word) or tokens[head].mark is not None:
            break
        head += 1
    known = tokens[head].word in _SOME or names_people(tokens[head].word)
    if not known:  # "in smokers versus", "for the healed nuns in contrast to": any plural
        plural = tokens[head - 1].word.endswith("s") and head > first
        return Arm(k, head, text_of(tokens, first, head), 3, np_first=first) if plural else None
    if head >= then.first or tokens[head].kind != "w":
        return None
    behind = head + 1
    if tokens[behind].word in _WHO or tokens[behind].word in ("with", "without"):
        told = behind + (tokens[behind].word != "without")
        end = _clause_end(tokens, told, then.first)
        return Arm(k, end, text_of(tokens, told, end), 3, np_first=first) if end > told else None
    last = head if head > first and tokens[head].word in _SOME else head + 1
    if tokens[head].word in _SOME and head == first:
        return None
    return Arm(k, head + 1, text_of(tokens, first, last), 3, np_first=first)
