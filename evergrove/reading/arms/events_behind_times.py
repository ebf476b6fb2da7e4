"""Events that a time is counted from: "six months FOLLOWING EXCISION", beside groups."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.arms_in_times import AFTERS
from evergrove.reading.text.tokens import Token
from evergrove.reading.view import View


def without_events(tokens: list[Token], view: View, slots: list[Arm], sure: list[Arm]) -> list[Arm]:
    """ "3.1 in nuns on wax and 4.2 in nuns on clay, SIX MONTHS FOLLOWING EXCISION": no group.

    Leaves out the one phrase that stands behind the length of a time and closes the clause, where
    two other groups are named and none of them by "after". `sure`: groups told by their noun.
    """
    events = [s for s in slots if s.arm is None and _counted_from(tokens, view, s)]
    if len(events) != 1 or not _closes(tokens, events[0].last, view.b):
        return slots
    others = [s for s in (*slots, *sure) if s is not events[0]]
    if any(tokens[arm.first].word in AFTERS or arm.slot == "time" for arm in others):
        return slots
    named = {arm.name.lower() for arm in others if arm.strength > 1 or arm.slot in _TREATED}
    return [s for s in slots if s is not events[0]] if len(named) > 1 else slots


def _counted_from(tokens: list[Token], view: View, slot: Arm) -> bool:
    """Whether "after" and the phrase, which is of no known group, stand right behind a length."""
    if tokens[slot.first].word not in AFTERS:
        return False
    return any(
        time.kind in ("point", "window") and time.first < slot.first <= time.last
        for time in view.times
    )


def _closes(tokens: list[Token], end: int, b: int) -> bool:
    return end >= b or tokens[end].word in (".", ",", ";", "(", "[")


_TREATED = ("with", "on", "for", "in", "under", "subject")
