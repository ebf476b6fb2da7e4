"""The part that a group plays, in a bracket behind its treatment: "wax (STUDY GROUP, 63)"."""

from __future__ import annotations

import re

from evergrove.reading.arms.arm_phrases import phrase_before, text_of
from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.text.tokens import Token

MAYBE_ROLE = re.compile(
    r"[([](?:study|control|intervention|experimental|treatment) (?:group|arm)\b"
)


def name_roles_told(tokens: list[Token], arms: list[DocArm]) -> None:
    """ "Wax (STUDY GROUP, 63) and clay (CONTROL GROUP, 71)": two names of each group.

    Only where two of them are told so. A group that was noted by its part alone is shown with its
    treatment, and one noted by its treatment with its part.
    """
    told: dict[str, str] = {}
    for k, token in enumerate(tokens[1:-2], 1):
        role = tokens[k + 1].word
        if token.word in ("(", "[") and role in _ROLES and tokens[k + 2].word in ("group", "arm"):
            span = phrase_before(tokens, k, max(0, k - 7))
            name = text_of(tokens, *span) if span is not None else ""
            if name and role not in told and words_of(name):
                told[role] = name
    if len(told) != 2:
        return
    one, other = (words_of(name) for name in told.values())
    if one & other:
        return  # "early wax (STUDY GROUP) and late wax (CONTROL GROUP)"
    for role, name in told.items():
        _join(arms, role, name)


_ROLES = frozenset(("study", "control", "intervention", "experimental", "treatment"))


def _join(arms: list[DocArm], role: str, name: str) -> None:
    """Give the group that plays this part both names, and make one entry of two."""
    words = words_of(name)
    named = [arm for arm in arms if arm.words and arm.words <= words]
    playing = [arm for arm in arms if arm.words == {role}]
    if len(named) > 1 or len(playing) > 1 or any(arm.letter for arm in named + playing):
        return
    if not playing:
        for arm in named:
            arm.called = arm.called or role
        return
    if named:
        if named[0].n and playing[0].n and named[0].n.value != playing[0].n.value:
            return
        playing[0].n = playing[0].n or named[0].n
        playing[0].aliases |= named[0].aliases
        arms.remove(named[0])
    playing[0].words |= words
    playing[0].called = playing[0].called or name
