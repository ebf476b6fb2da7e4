"""Scores that declined, and people who did: "the NRS in 26 nuns DECLINED from 7 to 4"."""

from __future__ import annotations

import itertools

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_FELL = word_set(
    "from by significantly markedly steadily gradually rapidly progressively substantially "
    "slightly considerably sharply over"
)

# not "two nuns dropped from the study"
_BEHIND = {"declined": _FELL, "dropped": _FELL - word_set("from over by")}


def spell_declined(tokens: list[Token]) -> None:
    """Call "declined" and "dropped" what they are where a way of falling stands behind: "fell"."""
    for token, after in itertools.pairwise(tokens):
        if after.word in _BEHIND.get(token.word, ()):
            token.word = "fell"
