"""Noun phrases where groups are named, without those that name a posture or an age of everybody."""

from __future__ import annotations

from evergrove.reading.arms.arm_slots import slot_phrases
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.whole_named import without_everybody
from evergrove.reading.declarations import Declared
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

_POSTURES = word_set(
    "rotation flexion extension supination pronation abduction adduction plantarflexion "
    "dorsiflexion equinus"
)
_AGED = word_set("younger older aged")
_BOUNDS = word_set("than over under above below between from < > ≤ ≥")


def slots_of_groups(
    tokens: list[Token], view: View, busy: set[int], several: bool, declared: Declared
) -> list[Arm]:
    """Phrases of a sentence where groups may be named, by their place (see `slot_phrases`)."""
    slots = slot_phrases(tokens, view.a, view.b, busy, several)
    slots = without_everybody(declared, slots, view.q.counts)
    if not view.words.isdisjoint(_POSTURES):
        slots = _without_postures(tokens, slots)
    if not view.words.isdisjoint(_AGED):
        slots = _without_one_age(tokens, slots)
    return slots


def _without_postures(tokens: list[Token], slots: list[Arm]) -> list[Arm]:
    """ "lower with a corset IN EXTENSION": how it was worn, and no second group."""
    ends = {arm.last for arm in slots}
    return [
        arm
        for arm in slots
        if not (
            tokens[arm.first].word == "in"
            and arm.first in ends
            and tokens[arm.last - 1].word in _POSTURES
        )
    ]


def _without_one_age(tokens: list[Token], slots: list[Arm]) -> list[Arm]:
    """ "NRS fell to 3.1 IN NUNS OLDER than 60": who they all were, where no other age is told."""
    aged = [
        arm
        for arm in slots
        if tokens[arm.last - 1].word in _AGED
        and arm.last < len(tokens)
        and (tokens[arm.last].word in _BOUNDS or tokens[arm.last].kind == "n")
    ]
    return [arm for arm in slots if arm is not aged[0]] if len(aged) == 1 else slots
