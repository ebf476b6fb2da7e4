"""Halves in a list of times: "at 0.5, 2 and 4 hours", "in the recovery room, 0.5 and 4 hours"."""

from __future__ import annotations

from evergrove.reading.text.small_words import COMMA_AND
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_HALVES = word_set("0.25 0.5 1.5 2.5")
_LEADS = word_set("at after")


def half_in_list(tokens: list[Token], at: int, floor: int) -> bool:
    """Whether the half at `at` is of a list of times: "at" leads to it, or the time before it.

    `floor`: the end of the time found before, or the begin of the sentence.
    """
    if tokens[at].word not in _HALVES:
        return False
    k = at - 1
    while k >= floor and (tokens[k].word in COMMA_AND or _whole(tokens[k])):
        k -= 1
    if k >= 0 and tokens[k].word in _LEADS:
        return True
    return k < at - 1 and 0 < floor == k + 1 and (tokens[k].kind == "w" or tokens[k].word == ")")


def _whole(token: Token) -> bool:
    return token.kind == "n" and not token.flag and "." not in token.word
