"""Pains that only say who people are: "the NRS of NECK PAIN patients was 3" is of no place."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ANYONE, CENTRES, word_set

_PEOPLE = "|".join(noun for noun in sorted(ANYONE) if noun.endswith("s"))
MAYBE_PAINED = Clues(("pain ", f"pain (?:{_PEOPLE})"))
# "the mean pain patients REPORTED was 3", "the worst pain subjects FELT"
_FELT = word_set("reported experienced felt had perceived rated")
_HOW_BAD = CENTRES | word_set("worst average maximum maximal most least")


def without_pains_of_people(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks without those of a pain, and of its place, right before people."""
    pains = {
        mark.last - 1
        for mark in marks
        if mark.last + 1 < len(tokens)
        and tokens[mark.last - 1].word == "pain"
        and tokens[mark.last].word in ANYONE
        and not _felt(tokens, mark)
    }
    kept = [mark for mark in marks if not pains & {mark.last - 1, mark.last}]
    for mark in marks if pains else ():
        if mark not in kept:
            for k in range(mark.first, mark.last):
                tokens[k].mark = None  # "34 NECK PAIN patients" are counted as people
    return kept


def _felt(tokens: list[Token], mark: Mark) -> bool:
    ahead = {tokens[k].word for k in range(max(0, mark.first - 2), mark.last)}
    return tokens[mark.last + 1].word in _FELT and not ahead.isdisjoint(_HOW_BAD)
