"""Percentages in lists: of one name of several, or changes behind each score."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import LIST_SIGNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_OPEN, _CLOSE = word_set("( ["), word_set(") ]")
_JOINS = word_set(", and & vs versus")


def beside_listed(tokens: list[Token], value: Value) -> bool:
    """Whether a signed percentage is all of a bracket behind a score, as behind the next of a list.

    Scores and their percentages are two lists, of which the labels tell only once: "... (-53%) and
    2.7 (-64%) AT 2 AND 6 WEEKS". Where a label stands between, each has its own.
    """
    if not value.sign or not _bracket(tokens, value.at):
        return False
    return _next(tokens, value.at) > 0 or _before(tokens, value.at)


def _bracket(tokens: list[Token], at: int) -> bool:
    """ "3.6 (-53%)": whether the percentage at `at` is alone in a bracket behind a number."""
    k = _opened(tokens, at)
    if at + 2 >= len(tokens) or k < 1 or tokens[k].word not in _OPEN:
        return False
    closed = tokens[at + 1].word == "%" and tokens[at + 2].word in _CLOSE
    return closed and tokens[k - 1].kind == "n"


def _opened(tokens: list[Token], at: int) -> int:
    """The token where the bracket should open ahead of a signed number."""
    k = at - 1
    return k if tokens[k].word in _OPEN else k - 1


def _next(tokens: list[Token], at: int) -> int:
    """The percentage behind the next score of the list, or 0: "(-53%), 2.7 (-64%)"."""
    k = at + 3
    while k < len(tokens) and tokens[k].word in _JOINS:
        k += 1
    if k == at + 3 or k >= len(tokens) or tokens[k].kind != "n":
        return 0
    while k < len(tokens) and tokens[k].word not in _OPEN and k < at + 10:
        if tokens[k].kind == "w" and tokens[k].word != "±":
            return 0
        k += 1
    behind = range(k + 1, min(k + 3, len(tokens)))
    found = next((m for m in behind if tokens[m].kind == "n"), 0)
    return found if found and _bracket(tokens, found) else 0


def _before(tokens: list[Token], at: int) -> bool:
    """Whether this is the next of a percentage before it."""
    return any(
        tokens[k].kind == "n" and _bracket(tokens, k) and _next(tokens, k) == at
        for k in range(max(1, at - 13), at)
    )


def length_of_list(tokens: list[Token], mentions: list[Any]) -> int:
    """ "ODI, VAS AND DASH were 33%, 3.1 and 22": how many names the last list holds; at least 2."""
    size = 1
    for one, two in itertools.pairwise(reversed(mentions)):
        gap = [tokens[k].word for k in range(two.last, one.first)]
        if not 0 < len(gap) < _LONGEST_GAP or gap[0] not in LIST_SIGNS:
            break
        size += 1
    return max(size, 2)


_LONGEST_GAP = 4
