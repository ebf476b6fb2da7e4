"""Sizes of the groups that a sentence lists without naming any: "there were 42 and 44 patients"."""

from __future__ import annotations

from evergrove.reading.numbers.count_lists import CountList, adds_up
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

_COMPRISED = word_set("had comprised included contained comprising numbered with of were")
_ENDS = word_set(". ; ) respectively")


def sizes_in_order(tokens: list[Token], a: int, b: int, one: CountList, groups: int) -> bool:
    """Whether a list of numbers of people tells the sizes of the groups in their order.

    "There were 42 and 44 PATIENTS.", "The groups had 42 and 44 patients, respectively", "484
    patients (161, 162 and 161)", which add up.
    """
    if len(one.counts) != groups or any(count.value < 5 for count in one.counts):
        return False
    if one.bracket:
        return tokens[one.first].word in ("(", "[") and adds_up(tokens, one)
    behind = one.last
    while behind < b and tokens[behind].kind == "w" and behind - one.last < 3:
        if tokens[behind].word in PEOPLE:
            break
        behind += 1
    if behind >= b or tokens[behind].word not in PEOPLE:
        return False
    ends = behind + 1 + (behind + 1 < b and tokens[behind + 1].word == ",")
    if ends < b and tokens[ends].word not in _ENDS:
        return False
    before = [tokens[k].word for k in range(max(a, one.first - 3), one.first)]
    there = before[-2:] == ["there", "were"]
    if before[-2:] == ["consisted", "of"]:
        before.pop()
    verb = before[-1:] and before[-1] in _COMPRISED | {"consisted"}
    return there or bool(verb and before[-2:-1] in (["groups"], ["arms"]))
