"""Limits of intervals that are told one by one: "(difference 9%, LOWER LIMIT 0.2)", no score."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

#: A sentence without such a word has no such limit.
MAYBE_LIMIT = word_set("limit limits bound bounds")
_SIDES = word_set("lower upper one-sided one sided")
_BETWEEN = word_set("confidence ci % of the at = : was is being interval - sided one two mm points")


def single_limits(tokens: list[Token], view: View) -> set[int]:
    """The places of values behind "lower limit", "upper 95% confidence bound of"."""
    return {value.at for value in view.q.values if _limits(tokens, view.a, value.first)}


def _limits(tokens: list[Token], a: int, first: int) -> bool:
    """Whether the name of one limit stands right before a value."""
    k = first - 1
    while k > a and k > first - 5 and tokens[k].word in _BETWEEN:
        k -= 1
    if tokens[k].word not in MAYBE_LIMIT:
        return False
    k -= 1
    while k > a and (tokens[k].word in _BETWEEN or tokens[k].kind == "n") and k > first - 12:
        k -= 1  # "the upper 95% CONFIDENCE limit"
    return k >= a and tokens[k].word in _SIDES
