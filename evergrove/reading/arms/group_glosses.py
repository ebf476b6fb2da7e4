"""What a bracket tells of a numbered group, and what a group did not have: no other group."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP

OPENS_GLOSS = frozenset(("(", "["))
NEGATES = frozenset(("no", "without"))
_CLOSES = (")", "]", ".", ";")
_LONGEST = 12


def without_glosses(tokens: list[Token], a: int, b: int, known: list[Arm]) -> list[Arm]:
    """ "In GROUP 3 (no LOCAL ANAESTHESIA), the VAS was": the group is the third, and no other.

    Nor does "no wax" name the group that had wax.
    """
    inside: set[int] = set()
    for arm in known:
        if not _numbered(tokens, arm) or arm.last >= b or tokens[arm.last].word not in OPENS_GLOSS:
            continue
        k = arm.last
        while k < min(b, arm.last + _LONGEST) and tokens[k].word not in _CLOSES:
            k += 1
        if k < b and tokens[k].word in (")", "]"):
            inside |= set(range(arm.last, k))
    return [arm for arm in known if arm.first not in inside and not _negated(tokens, a, arm)]


def _numbered(tokens: list[Token], arm: Arm) -> bool:
    """Whether the group is named by its number or letter: "group 3", "arm B"."""
    return arm.last - arm.first == 2 and tokens[arm.first].word in GROUP


def _negated(tokens: list[Token], a: int, arm: Arm) -> bool:
    """Whether "no" or "without" stands before the name of a group that had what it names."""
    first = arm.np_first or arm.first
    if first <= a or tokens[first - 1].word not in NEGATES or arm.arm is None:
        return False
    told = tokens[first].word in GROUP or {"no", "without"} & set(arm.arm.name.split())
    return not told and bool(arm.arm.letter) and bool(arm.arm.given)
