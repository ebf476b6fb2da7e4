"""A time that opens the next clause, behind a time that closes the one before."""

from __future__ import annotations

from typing import Any

from evergrove.reading.text.small_words import STARTS_CLAUSE, WHEN
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set

_SUBJECT = word_set("it they this these the a mean median score scores its their pain")


def opens_clause(tokens: list[Token], first: int, item: Any, values: list[int], start: int) -> bool:
    """ "NRS was 6 at entry, AND AT WEEK 4 IT WAS 3 with gel": two clauses, and no list of times.

    `first`: the token behind the first time, which begins at `start`; a value stands before that.
    """
    words = [tokens[k].word for k in range(first, item.first + 1)]
    if STARTS_CLAUSE.isdisjoint(words) or WHEN.isdisjoint(words):
        return False
    if not any(0 < start - at < 14 for at in values):
        return False
    if item.last + 1 in values and tokens[item.last].word in ("to", "of"):
        return True  # "to 3 from 6 at entry, AND AT WEEK 9 TO 2"
    if words[-4:-1] == ["and", ",", "at"] and _value_behind(tokens, item.last, values):
        return True  # "2.1 at 1 month AND, AT 3 MONTHS, STILL 3.4"
    k = _behind_size(tokens, item.last)
    k += k < len(tokens) and tokens[k].word == ","
    for m in range(k, min(k + 6, len(tokens) - 1)):
        token = tokens[m]
        if token.word in STATE:
            return m > k and tokens[m].word not in _SUBJECT
        if token.mark is None and token.word not in _SUBJECT:
            return False
    return False


def _behind_size(tokens: list[Token], k: int) -> int:
    """Behind "(n = 26)" at k: ", and at 1 year (N = 26) it was 2.8"; else k itself."""
    if k + 4 >= len(tokens) or tokens[k].word != "(" or tokens[k + 1].word != "n":
        return k
    return k + 5 if tokens[k + 4].word == ")" else k


def _value_behind(tokens: list[Token], k: int, values: list[int]) -> bool:
    """Whether a comma at k leads to a value: ", 3.4", ", still 3.4"."""
    return tokens[k].word == "," and (k + 1 in values or k + 2 in values)
