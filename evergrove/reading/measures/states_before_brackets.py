"""Words for a state that head a bracket in a row of groups: "the REST (4.8) and tape GROUPS"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.small_words import CLAUSE_STOPS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set

_JOINS = word_set("and , or vs versus")
_AGAINST = word_set("than compared to with versus vs")
_INSIDE = word_set("in for of at on during")


def heads_group_bracket(tokens: list[Token], mark: Mark) -> bool:
    """Whether a state is what a group of a row was called by: each has its bracket, then "groups".

    "fell more than in the MOBILISATION (-1.8) and wax (-0.9) groups", "lower in the REST (3.1)
    than in the wax (4.2) group". Not "at rest (3.1) and on MOVEMENT (4.2) in the wax group".
    """
    first, last = mark.first, mark.last
    if last != first + 1 or not first or last >= len(tokens) or tokens[last].word != "(":
        return False
    lead = tokens[first - 1].word
    if lead != "the" and not (lead in _JOINS and tokens[first - 2].word == ")"):
        return False
    k = last
    for _ in range(4):
        closed = _closing(tokens, k)
        if not closed or closed + 1 >= len(tokens):
            return False
        if tokens[closed + 1].word in GROUP:
            return True
        k = _next_bracket(tokens, closed + 1)
        if not k:
            return False
    return False


def _closing(tokens: list[Token], k: int) -> int:
    """Where the bracket that opens at k closes; 0 if it is long or of another kind."""
    return next((m for m in range(k, min(len(tokens), k + 14)) if tokens[m].word == ")"), 0)


def _next_bracket(tokens: list[Token], k: int) -> int:
    """Where the next item of the row opens its bracket: ", wax (", "than in the wax ("; else 0."""
    if tokens[k].word not in _JOINS | _AGAINST:
        return 0
    against = False
    for m in range(k, min(len(tokens), k + 7)):
        word = tokens[m].word
        if word == "(":
            return m
        against = against or word in _AGAINST
        if word in CLAUSE_STOPS or tokens[m].kind == "n" or (word in _INSIDE and not against):
            return 0
    return 0
