"""A difference and whom it favours: "3.1 vs 4.6, a difference of 1.5 IN FAVOUR OF WAX (CI)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS, is_content, word_set

_FAVOUR = word_set("favour favor")
_DIFFERENCE = word_set("difference diff")
MAYBE_FAVOUR = Clues("in favour of ", "in favor of ", words=_FAVOUR)


def without_favoured(tokens: list[Token]) -> None:
    """ "a difference of 1.5 IN FAVOUR OF WAX (95% CI ...)": the interval stands right behind 1.5.

    Only behind two scores, which say themselves which of the groups had less.
    """
    for k in range(len(tokens) - 5, 3, -1):
        if tokens[k].word not in _FAVOUR or (tokens[k - 1].word, tokens[k + 1].word) != _IN_OF:
            continue
        end = k + 2 + (tokens[k + 2].word == "the")
        name = end
        while end < len(tokens) - 1 and end - name < 4 and _is_name(tokens[end]):
            end += 1
        number = k - 2 - (tokens[k - 2].word in SCORE_UNITS)
        if end == name or tokens[end].word not in ("(", "[") or tokens[number].kind != "n":
            continue
        lead = range(max(0, number - 6), number)
        noun = next((m for m in reversed(lead) if tokens[m].word in _DIFFERENCE), 0)
        if noun and _scores_before(tokens, noun) > 1:
            del tokens[k - 1 : end]


_IN_OF = ("in", "of")


def _is_name(token: Token) -> bool:
    """Whether a word may be part of the name of a group, "group" itself among them."""
    return token.kind == "w" and (is_content(token.word) or token.word in ("group", "arm"))


def _scores_before(tokens: list[Token], k: int) -> int:
    """How many numbers like scores the sentence tells before token k."""
    found = 0
    for m in range(k - 1, max(0, k - 60), -1):
        if tokens[m].word == ".":
            break
        scored = tokens[m].kind == "n" and (
            "." in tokens[m].word or tokens[m + 1].word in SCORE_UNITS
        )
        found += scored and tokens[m - 1].word not in ("±", "sd", "se", "=", "<")
    return found
