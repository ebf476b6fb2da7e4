"""The percentage of a fall in a bracket behind its amount: "fell by 2.1 points (30%)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import CLOSES, LIST_SIGNS, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, CHANGE, CHANGE_NOUNS, word_set
from evergrove.reading.view import View

_LEADS = CENTRES | word_set("of by a an about approximately significantly")
_COMPARES = word_set("compared than versus vs relative")
_REACH = 9


def of_fall_before(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether a percentage is all of a bracket right behind the amount that something moved by.

    "Fell BY 2.1 POINTS (30%) with wax and BY 0.8 POINTS (12%) with clay", "a REDUCTION OF 2.1
    (30%)"; not "fell to 4.8 (30%)", which may be of people, nor where two groups are compared by
    the one amount ("lowered it by 2.1 points (30%) compared with clay").
    """
    if not view.words.isdisjoint(_COMPARES) or _amount_before(tokens, view, value) is None:
        return False
    told = [one for one in view.q.values if one.percent and _amount_before(tokens, view, one)]
    if any(_listed(tokens, one) for one in told):
        return False  # "by 2.1 (30%) AND 0.8 (12%) in the wax and clay groups": two lists
    first = _amount_before(tokens, view, told[0])
    return first is not None and _moved(tokens, view.a, first)  # so too of those behind it


def _listed(tokens: list[Token], value: Value) -> bool:
    """Whether the next number of a list stands right behind the bracket of a percentage."""
    k = value.last + 1
    while k < len(tokens) and tokens[k].word in LIST_SIGNS:
        k += 1
    return value.last + 1 < k < len(tokens) and tokens[k].kind == "n"


def _amount_before(tokens: list[Token], view: View, value: Value) -> Value | None:
    """The number of points right before the bracket that holds the percentage alone."""
    if tokens[value.first - 1].word not in OPENS or value.spreads or value.last >= view.b:
        return None
    if tokens[value.last].word not in CLOSES:
        return None
    before = next((one for one in view.q.values if one.last == value.first - 1), None)
    return before if before is not None and not before.percent else None


def _moved(tokens: list[Token], a: int, before: Value) -> bool:
    """Whether an amount is told as one that something moved by: a verb or noun right ahead."""
    k, stop = before.first - 1, max(a, before.first - _REACH)
    near = {tokens[m].word for m in range(stop, before.first)}
    if tokens[k].word == "by":
        return bool(near & CHANGE)
    while k > stop and tokens[k].word in _LEADS:
        k -= 1
    return tokens[k].word in CHANGE or tokens[k].word in CHANGE_NOUNS
