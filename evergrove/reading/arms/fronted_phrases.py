"""Phrases that open a sentence and tell what all of its groups had: "With diathermy, ..."."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.declarations import Declared
from evergrove.reading.text.tokens import Token
from evergrove.reading.view import View


def without_fronted(
    tokens: list[Token], view: View, slots: list[Arm], sure: list[Arm], declared: Declared
) -> list[Arm]:
    """ "With diathermy, pain was 3.1 in group 1 and 2.4 in group 2": what both groups had."""
    lead = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    fronted = [
        s
        for s in slots
        if s.strength == 1
        and s.first == lead
        and tokens[s.first].word in ("with", "after", "under", "following")
        and s.last < view.b
        and tokens[s.last].word == ","
        and declared_arm(s.name, declared) is None
    ]
    if not fronted or len({arm.name for arm in sure if arm.first > fronted[0].last}) < 2:
        return slots
    return [s for s in slots if s not in fronted]
