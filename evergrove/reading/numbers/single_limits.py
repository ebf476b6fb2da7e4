"""Limits of intervals that are told one by one: "(difference 9%, LOWER LIMIT 0.2)", no score."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

#: A sentence without such a word has no such limit.
MAYBE_LIMIT = word_set("limit limits bound bounds ∞ infinity inf")
_ENDLESS = word_set("∞ infinity inf")
_NAMES = MAYBE_LIMIT - _ENDLESS
_JOINS = word_set("to , ; - – until")
_SIGNS = word_set("+ - − – minus plus")
_SIDES = word_set("lower upper one-sided one sided")
_BETWEEN = word_set(
    "confidence ci % of the its for at = : was is being interval - sided one two mm points"
)


def single_limits(tokens: list[Token], view: View) -> set[int]:
    """The places of values behind "lower limit", "upper 95% confidence bound of"."""
    timed = {k for time in view.times for k in range(time.first, time.last)}
    endless = not view.words.isdisjoint(_ENDLESS)
    return {
        value.at
        for value in view.q.values
        if _limits(tokens, view.a, value.first, timed)
        or (endless and _of_open_interval(tokens, view, value))
    }


def _of_open_interval(tokens: list[Token], view: View, value: Value) -> bool:
    """ "(95% CI, -∞ TO 1.4)", "[0.4, infinity)": the one limit of an interval."""
    k = value.first - 1
    if tokens[k].word in _JOINS and tokens[k - 1].word in _ENDLESS:
        return True
    k = value.last
    if k + 1 >= view.b or tokens[k].word not in _JOINS:
        return False
    k += 1 + (tokens[k + 1].word in _SIGNS)
    return k < view.b and tokens[k].word in _ENDLESS


def _limits(tokens: list[Token], a: int, first: int, timed: set[int]) -> bool:
    """Whether the name of one limit stands right before a value."""
    k = first - 1
    while k > a and k > first - 12 and (tokens[k].word in _BETWEEN or _of_level(tokens, k, timed)):
        k -= 1
    if tokens[k].word not in _NAMES:
        return False
    k -= 1
    while k > a and (tokens[k].word in _BETWEEN or tokens[k].kind == "n") and k > first - 12:
        k -= 1  # "the upper 95% CONFIDENCE limit"
    return k >= a and tokens[k].word in _SIDES


def _of_level(tokens: list[Token], k: int, timed: set[int]) -> bool:
    """ "the upper limit of the 95% CI AT 6 WEEKS was 0.7": the level, or when."""
    return k in timed or (tokens[k].kind == "n" and tokens[k + 1].word == "%")
