"""Sizes of groups that only the fractions of responders tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arm_phrases import known_mentions
from evergrove.reading.declarations import Declared
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token

if TYPE_CHECKING:
    from evergrove.reading.document import View


def sizes_of_fractions(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """ "62% of the tape group (31/50) and, with rest, 38% (18/47)": 50 and 47 people.

    Believed only where each group has one denominator and all of them add up to the cohort.
    """
    if len(declared.arms) < 2 or declared.cohort is None:
        return
    for view in views:
        wholes = [
            count
            for count in view.q.counts
            if count.of is not None and tokens[count.at + 1].word == "/"
        ]
        if len(wholes) < 2:
            continue
        named = known_mentions(tokens, view.a, view.b, declared.arms, declared.index)
        told: dict[int, set[int]] = {}
        places: dict[int, int] = {}
        for count in wholes:
            before = [arm for arm in named if arm.last <= count.at]
            if not before or before[-1].arm is None or count.of is None:
                told = {}
                break
            number = declared.arms.index(before[-1].arm)
            told.setdefault(number, set()).add(int(tokens[count.of].value))
            places.setdefault(number, count.of)
        single = len(told) > 1 and all(len(sizes) == 1 for sizes in told.values())
        if not single or any(declared.arms[number].n is not None for number in told):
            continue
        if sum(min(sizes) for sizes in told.values()) == declared.cohort.value:
            for number, at in places.items():
                declared.arms[number].n = Count(int(tokens[at].value), at, at + 1)
