"""Estimates of an effect, which are differences: "the POOLED ESTIMATE OF EFFECT was -1.9"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import FAVOURING
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: A text without this tells of no estimate.
MAYBE_ESTIMATE = Clues(("estimate", r"\bestimates?\b"), words=word_set("estimate estimates"))
_ESTIMATES = word_set("estimate estimates")
# "the pooled RANDOM EFFECTS estimate": how it was computed, and no effect
_MODELS = word_set("random fixed mixed")
_BETWEEN = word_set("the a treatment overall intervention mean average")


def spell_estimates(tokens: list[Token]) -> None:
    """ "the EFFECT ESTIMATE for VAS was -1.9", "the ESTIMATE OF EFFECT was" is "difference".

    So too "the pooled ESTIMATE was 1.9 IN FAVOUR OF wax"; "the pooled estimate of VAS was 4.2" is
    a score. What is told of the effect beside it is left out.
    """
    for k in range(len(tokens) - 1, 0, -1):
        if tokens[k].word not in _ESTIMATES:
            continue
        end = _behind_effect(tokens, k + 1)
        if end or _is_effect(tokens, k) or _favours(tokens, k + 1):
            tokens[k].word = "difference"
            del tokens[k + 1 : end or k + 1]
            if tokens[k - 1].word == "effect":
                del tokens[k - 1]


def _is_effect(tokens: list[Token], k: int) -> bool:
    """ "the pooled EFFECT estimate": whether the word before the estimate at k names an effect."""
    return tokens[k - 1].word == "effect" and tokens[k - 2].word not in _MODELS


def _behind_effect(tokens: list[Token], k: int) -> int:
    """ "estimate OF THE TREATMENT EFFECT": the token behind it, or 0."""
    if k >= len(tokens) or tokens[k].word != "of":
        return 0
    last = k + 1
    while last < len(tokens) and tokens[last].word in _BETWEEN:
        last += 1
    if last >= len(tokens) or tokens[last].word != "effect":
        return 0
    return last + 1


def _favours(tokens: list[Token], k: int) -> bool:
    """ "the pooled estimate for VAS WAS 1.9 (0.6 to 3.1) IN FAVOUR OF wax": of two groups."""
    words = [token.word for token in tokens[k : k + 24]]
    words = words[: words.index(".")] if "." in words else words
    return "was" in words[:5] and not FAVOURING.isdisjoint(words)
