"""Groups that another is set against: "lower with wax COMPARED WITH CLAY"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SET_AGAINST, word_set

_SKIP = word_set("the a an with to in both those patients given receiving who received after")


def behind_comparator(tokens: list[Token], arm: Arm) -> bool:
    """Whether "compared with the", "than with" stands before the name of a group."""
    k = arm.first
    if tokens[k].word in SET_AGAINST:
        return True
    k -= 1
    steps = 0
    while k > 0 and steps < 4 and tokens[k].word in _SKIP:
        k -= 1
        steps += 1
    return k >= 0 and tokens[k].word in SET_AGAINST
