"""Bounds of a score that are no people: "nuns with a VAS > 4 were included"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import BOUND_SIGNS, word_set

_LIMITS = BOUND_SIGNS | word_set("least most than over above exceeding exceeded exceeds reached")
_SCORES = word_set("score scores rating ratings level levels value values grade intensity index")
_RANGE = word_set("- – − to")


def limits_score(tokens: list[Token], a: int, k: int) -> bool:
    """Whether the bare number at k is the bound of a score, by what stands in front of it.

    "VAS >= 4", "scoring AT LEAST 5", "pain EXCEEDED 5", "with NRS 6", "an NRS score OF 5",
    "with an NRS 5-10"; no "pain was rated by 40" and no "in 40".
    """
    j = k - 1
    if j > a and tokens[j].word == "=" and tokens[j - 1].word in BOUND_SIGNS:
        j -= 1  # ">= 4"
    if j < a:
        return False
    if tokens[j].word in _RANGE and j - 1 >= a and tokens[j - 1].kind == "n":
        return True
    j -= tokens[j].word == "of" and j > a
    return tokens[j].word in _LIMITS or tokens[j].word in _SCORES or is_measure(tokens[j])
