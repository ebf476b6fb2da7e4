"""Pains whose unit says on what they were rated: "knee pain (MM): 31.6 ± 12.7"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_UNITS = word_set("mm cm")
_SCORES = word_set("score scores intensity rating ratings")
_THEN = word_set(": was were at after averaged in on")


def mark_pains_in_mm(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """The marks with a visual analogue scale for the unit in "pain (MM):", "pain score (CM) was".

    A pain has a length only on a line.
    """
    if "pain_vas" not in profile.measures:
        return marks
    added = []
    for k in range(2, len(tokens) - 4):
        if tokens[k].word != "(" or tokens[k + 1].word not in _UNITS or tokens[k + 2].word != ")":
            continue
        felt = k - 1 - (tokens[k - 1].word in _SCORES)
        if tokens[felt].word == "pain" and tokens[k + 3].word in _THEN:
            tokens[k + 1].mark = Mark(k + 1, k + 2, "measure", "pain_vas")
            added.append(tokens[k + 1].mark)
    return sorted([*marks, *added], key=lambda mark: mark.first) if added else marks
