"""Pains that something was given for: "morphine was GIVEN FOR BREAKTHROUGH PAIN" rates none."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: A text without this, in small letters, treats no pain in such words.
MAYBE_TREATED = Clues(("for ", r"for (?:[a-z-]+ ){0,3}(?:pain|headache)\b"))
_PAINS = word_set("pain pains headache headaches")
_GIVEN = word_set(
    "given administered prescribed used taken injected provided offered supplied available "
    "allowed permitted dispensed ordered"
)
_HOW = word_set("any the their residual persistent persisting severe moderate mild of and or to")
_RATED = word_set(
    "score scores rating ratings intensity severity level levels ≥ > at exceeding above measured "
    "rated scored vas nrs nprs of ("
)


def without_pains_treated(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks without a pain, and what kind of pain it is, behind "given for".

    Not "given for PAIN SCORES above 4", "for PAIN OF 4 or more", which tell a threshold.
    """
    gone: set[int] = set()
    for mark in marks:
        rated = mark.last < len(tokens) and tokens[mark.last].word in _RATED
        if tokens[mark.last - 1].word in _PAINS and not rated:
            first = _for(tokens, mark)
            gone.update(range(first, mark.last) if first else ())
    if not gone:
        return marks
    for k in gone:
        tokens[k].mark = None
    return [mark for mark in marks if mark.first not in gone]


def _for(tokens: list[Token], mark: Mark) -> int:
    """The first token behind the "given for" that leads to a pain; 0 where nothing was given."""
    k = mark.first - 1
    while k > 1 and mark.first - k < 4 and tokens[k].word != "for":
        if tokens[k].kind != "w" or (tokens[k].mark is None and tokens[k].word not in _HOW):
            break
        k -= 1
    k -= tokens[k].word != "for" and tokens[k - 1].word == "for"  # "for BREAKTHROUGH pain"
    led = {token.word for token in tokens[max(0, k - 3) : k]}
    return k + 1 if tokens[k].word == "for" and not led.isdisjoint(_GIVEN) else 0
