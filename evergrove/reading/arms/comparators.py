"""Groups that another is set against: "lower with wax COMPARED WITH CLAY"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, PEOPLE, SET_AGAINST, word_set

_SKIP = (
    word_set("the a an with to in both those patients given receiving who received after")
    | ALLOTTED
    | PEOPLE
)


def behind_comparator(tokens: list[Token], arm: Arm) -> bool:
    """Whether "compared with the", "than with", "than nuns randomised to" stands before a group."""
    k = arm.first
    if tokens[k].word in SET_AGAINST:
        return True
    k -= 1
    steps = 0
    # "than NUNS randomised to clay"
    while (
        k > 0
        and steps < 4
        and (tokens[k].word in _SKIP or (tokens[k + 1].word in ALLOTTED and steps))
    ):
        k -= 1
        steps += 1
    return k >= 0 and tokens[k].word in SET_AGAINST
