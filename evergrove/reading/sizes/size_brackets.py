"""Brackets that tell how many people were in each group, before a value of all of them."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.tokens import Token


def outside_sizes(
    tokens: list[Token], a: int, arms: list[Arm], counts: list[Count], values: list[Value]
) -> tuple[list[Arm], list[Count]]:
    """ "45 cooks were seen (bath, n = 23; tape, n = 22); VAS at entry was 5.8": the 5.8 is of all.

    The groups without those whose sizes a bracket tells, where the bracket closes before the one
    value of the sentence, and without the whole that the sizes add up to; and those sizes.
    """
    sized = [count for count in counts if count.equals and count.at < values[0].first]
    if len(values) != 1 or len(arms) < 2 or len(sized) < 2:
        return arms, []
    opens, close = _around(tokens, a, sized[0].at, values[0].first)
    told = [count for count in sized if opens < count.at < close]
    inside = [arm for arm in arms if opens < arm.first < close]
    if len(inside) < 2 or len(told) < 2:
        return arms, []
    total = sum(count.value for count in told)
    whole = [arm for arm in arms if arm.count is not None and arm.count.value == total]
    return [arm for arm in arms if arm not in inside and arm not in whole], told


def _around(tokens: list[Token], a: int, at: int, stop: int) -> tuple[int, int]:
    """The round bracket around token `at`, if it closes before `stop`; else an empty one."""
    opens = next((k for k in range(at, a - 1, -1) if tokens[k].word == "("), None)
    depth = 0
    for k in range(opens, stop) if opens is not None else ():
        depth += (tokens[k].word == "(") - (tokens[k].word == ")")
        if not depth:
            return opens or 0, k
    return 0, 0
