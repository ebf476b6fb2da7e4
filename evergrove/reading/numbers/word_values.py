"""Numbers in words that are results because a number beside them is one."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE, GROUP, STATE, word_set

_SIDES = word_set("in with for on after")
_TURNS = word_set("and versus vs but while whereas")
_REACH = 8


def beside_value(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "NRS at week 6 was THREE in the wax group and 2.5 in the clay group", or the reverse.

    Tokens a..b are the sentence. Both numbers must have a phrase of their own that the same word
    leads and that ends with "group", and a measure and a verb of state must stand before them.
    """
    side = _side(tokens, i, b)
    if not side:
        return False
    other = _turn_behind(tokens, i, b, side)
    first = min(i, other) if other else _turn_before(tokens, a, i, side)
    if not first or tokens[first - 1].word not in STATE | _TO:
        return False
    lead = tokens[a:first]
    return any(is_measure(token) for token in lead) and any(
        token.word in CHANGE | STATE for token in lead
    )


_TO = word_set("to from by of")


def _side(tokens: list[Token], i: int, b: int) -> str:
    """The word that leads the phrase "in the wax group" behind token i; empty if there is none."""
    if i + 2 >= b or tokens[i + 1].word not in _SIDES:
        return ""
    for k in range(i + 2, min(b, i + _REACH)):
        if tokens[k].kind != "w" and tokens[k].word != "-":
            return ""
        if tokens[k].word in GROUP:
            ends = k + 1 >= b or tokens[k + 1].kind == "s" or tokens[k + 1].word in _ENDS
            return tokens[i + 1].word if ends else ""
    return ""


_ENDS = _TURNS | word_set("at after on by respectively compared")


def _turn_behind(tokens: list[Token], i: int, b: int, side: str) -> int:
    """The place of the number in digits that the next group has; 0 if there is none."""
    for k in range(i + 2, min(b - 1, i + _REACH + 2)):
        if tokens[k].word in _TURNS:
            digits = tokens[k + 1].kind == "n" and tokens[k + 1].flag != "word"
            return k + 1 if digits and _side(tokens, k + 1, b) == side else 0
    return 0


def _turn_before(tokens: list[Token], a: int, i: int, side: str) -> int:
    """The place of the number in digits that the group before has; 0 if there is none."""
    if tokens[i - 1].word not in _TURNS:
        return 0
    for k in range(i - 2, max(a, i - _REACH - 2), -1):
        if tokens[k].kind == "n":
            return k if tokens[k].flag != "word" and _side(tokens, k, i) == side else 0
    return 0
