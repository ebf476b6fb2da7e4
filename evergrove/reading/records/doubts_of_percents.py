"""Doubts about percentages that may be falls of a measure and were set aside as shares."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, word_set
from evergrove.reading.view import View

_NO_RESULTS = ("background", "methods", "aim")
_CLAUSES = word_set("; : . who whom")
_NEAR = 5


def falls_set_aside(document: Document, view: View) -> bool:
    """ "Pain, stiffness and function IMPROVED BY 33%, 29% and 31%", "wax (28.8% REDUCTION)".

    Whether a sentence about a measure of which nothing is read has such a percentage.
    """
    if "%" not in view.words or view.section in _NO_RESULTS or not view.q.values:
        return False
    if not any(m.key for m in view.mentions):
        return False
    rejected, tokens = view.q.rejected, document.tokens
    if any(value.at not in rejected for value in view.q.values):
        return False
    return any(
        rejected.get(value.at) == "percentage"
        and (_moved_by(tokens, view.a, value.first) or _in_bracket(tokens, value.first, view.b))
        for value in view.q.values
    )


def _moved_by(tokens: list[Token], a: int, k: int) -> bool:
    """ "IMPROVED significantly BY 33%": a verb of change ahead of "by" and the number at k."""
    if tokens[k - 1].word != "by":
        return False
    ahead = [tokens[m].word for m in range(max(a, k - 1 - _NEAR), k - 1)]
    return not CHANGE.isdisjoint(ahead) and _CLAUSES.isdisjoint(ahead)


def _in_bracket(tokens: list[Token], k: int, b: int) -> bool:
    """ "(28.8% REDUCTION)": the number at k opens a bracket, a noun of change is right behind."""
    behind = k + 2 < b and tokens[k + 1].word == "%" and tokens[k + 2].word in CHANGE_NOUNS
    return behind and tokens[k - 1].word in OPENS
