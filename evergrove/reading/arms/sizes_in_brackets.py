"""Sizes in the brackets of groups: "in the yoga (n = 42) group", "(wax group, 41 nuns)"."""

from __future__ import annotations

from collections.abc import Iterable

from evergrove.reading.arms.arms import Arm, is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BODY_PLACES, GROUP, LIMBS, PEOPLE

_COUNTED = (PEOPLE | LIMBS | BODY_PLACES) - {"responders", "nonresponders", "controls"}
_CLOSED = (")", ";", ",")


def give_bracketed_sizes(
    tokens: list[Token], b: int, arms: Iterable[Arm], counts: list[Count]
) -> None:
    """Give groups of a sentence that ends at b the sizes in brackets behind or around them."""
    for arm in arms if counts else ():
        if arm.count is not None or arm.last + 1 >= b:
            continue
        sign = tokens[arm.last].word
        if sign == "(":
            # "in the yoga (n = 42) and the education (n = 41) group"
            near = [c for c in counts if c.equals and arm.last < c.at <= arm.last + 3]
            if near and near[0].last < b and tokens[near[0].last].word in _CLOSED:
                arm.count = near[0]
        elif sign in (",", ";") and tokens[arm.last - 1].word in GROUP:
            arm.count = _around(tokens, b, arm, counts)


def _around(tokens: list[Token], b: int, arm: Arm, counts: list[Count]) -> Count | None:
    """ "55 mm (WAX GROUP, 41 NUNS)": the number that closes the bracket of a group; or None."""
    opened = arm.first - 1 - (tokens[arm.first - 1].word == "the")
    if opened < 0 or tokens[opened].word != "(":
        return None
    count = next((c for c in counts if c.at == arm.last + 1), None)
    if count is None or count.of is not None or is_sex(count.noun):
        return None  # "(wax group, 14 women)": perhaps of more
    if count.noun not in _COUNTED:
        return None
    end = next((k for k in range(count.at, min(b, count.at + 4)) if tokens[k].word == ")"), 0)
    return count if end and tokens[end - 1].word == count.noun else None
