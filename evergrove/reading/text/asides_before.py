"""What stands between a number and the word that says what it is: ", on average,", "(p < 0.01;"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, CHANGE, word_set


def before_p(tokens: list[Token], j: int, start: int) -> int:
    """ "a decrease in NRS (P < 0.001; mean 1.8 ± 2.6)": the bracket that opens with the p value."""
    k = j - (tokens[j].word in CENTRES)
    if k <= start or tokens[k].word not in (";", ","):
        return j
    for m in range(k - 1, max(start, k - 7), -1):
        if tokens[m].word in ("(", "["):
            return m if tokens[m + 1].word == "p" else j
        if tokens[m].word in (")", "]", ";"):
            return j
    return j


def before_respectively(tokens: list[Token], j: int, start: int) -> int:
    """ "in the change [RESPECTIVELY, -0.4 vs. 1.5": the token before the word and its comma."""
    if j - 2 >= start and tokens[j].word == "," and tokens[j - 1].word == "respectively":
        return j - 2
    return j


def before_aside(tokens: list[Token], j: int, start: int) -> int:
    """ "pain fell, on average, 3.2 points": the token before ", on average," that ends at j."""
    j = _before_names(tokens, j, start)
    k = j - (tokens[j].word == ",")
    if k - 2 < start or tokens[k].word not in ("average", "mean", "median"):
        return j
    k -= 1 + (tokens[k - 1].word in ("the", "a"))
    if tokens[k].word != "on":
        return j
    k -= 1
    return k - (k > start and tokens[k].word == ",")


def _before_names(tokens: list[Token], j: int, start: int) -> int:
    """ "pain fell (MEAN ± SEM) 3.2 ± 0.4", "fell by (MEAN, SD) 3.2, 0.4": before the bracket.

    The bracket that ends at j names nothing but the centre and its spread, between a verb of
    change, or what stands behind one, and the number.
    """
    if tokens[j].word not in (")", "]"):
        return j
    k = j - 1
    while k > start and tokens[k].word in _NAMES:
        k -= 1
    named = tokens[k].word in ("(", "[") and k < j - 1 and k > start
    return k - 1 if named and tokens[k - 1].word in _MOVED else j


_NAMES = CENTRES | word_set("means medians ± sd sem se iqr standard deviation error of , ; / and")
_MOVED = CHANGE | word_set("by from to")
