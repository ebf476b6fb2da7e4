"""Names with the name of the score behind them: "(WAX, NRS 5.7 ± 1.2; clay, 5.9 ± 1.3)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_slots import bare_before
from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CENTRES, word_set


def before_score(tokens: list[Token], at: int, floor: int, busy: set[int]) -> Arm | None:
    """A group that heads a bracket or a part of it, ahead of the score of the value at `at`.

    "(WAX, NRS 5.7; clay, 5.9)", "(WAX: mean VAS 57 mm; clay: 59 mm)".
    """
    j = at - 1
    while j > floor and (is_measure(tokens[j]) or tokens[j].word in _OF_SCORE):
        j -= 1
    if not any(is_measure(tokens[k]) for k in range(j + 1, at)):
        return None
    if tokens[j].word not in (",", ":"):
        return None
    found = bare_before(tokens, j, floor, busy)
    if found is None or found.first < 1 or tokens[found.first - 1].word not in _HEADS:
        return None
    return found


_OF_SCORE = CENTRES | word_set("score scores value rating of was = pain intensity")
_HEADS = word_set("( [ ;")
