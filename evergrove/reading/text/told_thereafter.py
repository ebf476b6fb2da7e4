"""Scores of what came later, told by one word: "6.4 before wax and 2.6 THEREAFTER"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLOSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LATER = word_set("thereafter subsequently")
_WORDS = _LATER | word_set("subsequent managed")
MAYBE_THEREAFTER = Clues(
    "thereafter", "subsequently", "subsequent to", ("managed", r"managed \w+ly\b"), words=_WORDS
)
_ENDS = word_set(". , ; ) and or but")
_BEHIND_SCORE = CLOSES | word_set("mm cm points point %")
_NOW = word_set("immediately directly shortly soon")


def spell_thereafter(tokens: list[Token]) -> None:
    """ "2.6 THEREAFTER", "2.6 SUBSEQUENTLY" and "SUBSEQUENT TO taping" as common words, in place.

    Only behind a number; "continued thereafter" stays. Patients "MANAGED conservatively" were
    treated so.
    """
    for k in range(1, len(tokens) - 1):
        word = tokens[k].word
        if word not in _WORDS:
            continue
        if word == "managed" and tokens[k + 1].word.endswith("ly"):
            tokens[k].word = "treated"
        elif word == "subsequent" and tokens[k + 1].word == "to":
            tokens[k].word = "following"
            tokens[k + 1].word = "the"
        elif word in _LATER and _dates_score(tokens, k):
            tokens[k].word = "afterwards"


def _dates_score(tokens: list[Token], k: int) -> bool:
    """Whether the word stands right behind a number, at the end of its phrase."""
    before = tokens[k - 1]
    if before.word in _NOW or tokens[k + 1].word not in _ENDS:
        return False
    return before.kind == "n" or before.word in _BEHIND_SCORE
