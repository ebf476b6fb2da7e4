"""Groups stand in the order in which the text tells them: "22 treated for arthritis, 19 for gout".

A rule that knows the second of two ways to declare a group may find it before the first is found.
"""

from __future__ import annotations

from evergrove.reading.arms.arms import DocArm
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.text.tokens import Token


def in_order_told(tokens: list[Token], arms: list[DocArm]) -> list[DocArm]:
    """The groups in the order of their sizes, where their names come in that order as well.

    Only where each has a size and words of its own: else in the order in which they are.
    """
    sizes = [arm.n.at for arm in arms if arm.n is not None and not arm.n.each]
    if len(arms) < 2 or len(set(sizes)) < len(arms) or sizes == sorted(sizes):
        return arms
    ordered = [arms[k] for k in sorted(range(len(arms)), key=lambda k: sizes[k])]
    places = [_first_told(tokens, arm, arms) for arm in ordered]
    return ordered if places == sorted(places) and places[0] >= 0 else arms


def _first_told(tokens: list[Token], arm: DocArm, arms: list[DocArm]) -> int:
    """Where a word that only this group has stands first; -1 where it has none."""
    own = arm.words.difference(*(other.words for other in arms if other is not arm))
    return next((k for k, token in enumerate(tokens) if stem(token.word) in own), -1)
