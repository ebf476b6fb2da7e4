"""Treatments that only say how long it has been: "after 8 weeks OF STRETCHING"."""

from __future__ import annotations

from collections.abc import Sequence

from evergrove.reading.arms.arms import Arm

_LENGTH = "length"


def without_lengths(slots: list[Arm], sure: Sequence[Arm]) -> list[Arm]:
    """The groups without "after 8 weeks of stretching", where no other is set against it.

    So too where two groups are named beside it, and nobody is said to have had it for long: "AFTER
    8 WEEKS OF TRAINING, the former scored 1.9 and the latter 5.2".
    """
    people = [s for s in slots if s.strength == 2 and s.count is not None]
    named = [s for s in slots if not any(p.first < s.last and s.first < p.last for p in people)]
    alone = len(named) + len(sure) == 1
    if alone or _of_both([s for s in slots if s.slot == _LENGTH], [*sure, *slots]):
        return [s for s in slots if s.slot != _LENGTH]
    return slots


def _of_both(lengths: list[Arm], arms: list[Arm]) -> bool:
    """Whether one length is told, of nothing that was compared, beside two known groups."""
    known = {arm.name for arm in arms if arm.strength == 3 and arm.slot != _LENGTH}
    told = {arm.name for arm in lengths}
    return len(told) == 1 and len(known) > 1 and not told & known and lengths[0].arm is None
