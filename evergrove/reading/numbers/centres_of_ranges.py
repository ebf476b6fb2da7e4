"""A centre told behind its range: "VAS ranged FROM 55 TO 99 WITH A MEAN OF 75.5".

So too the next of a list: "from 1 to 5 (average 2.8) versus 4 TO 9 (AVERAGE 6.6)".
"""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import MEANS, MEDIANS, word_set

_LEADS = word_set("with and having ( , ; :")
_BETWEEN = word_set("a an the of was is being : = ,") | _LEADS
_CENTRES = MEANS | MEDIANS | word_set("averaging")


def give_range(tokens: list[Token], left: Value, right: Value, centre: Value | None) -> bool:
    """Give the centre the range right before it, so that "to" leads it no more; whether it was so.

    Not where it has a range already, lies outside, or another name stands in between.
    """
    if centre is None or not left.value <= centre.value <= right.value:
        return False
    gap = [token.word for token in tokens[right.last : centre.first]]
    if len(gap) > 6 or gap[:1] == [] or gap[0] not in _LEADS:
        return False
    named = [word for word in gap if word in _CENTRES]
    if len(named) != 1 or not _BETWEEN.issuperset(set(gap) - set(named)):
        return False
    if any(spread.kind in ("range", "pair", "iqr") for spread in centre.spreads):
        return False
    ends = (left.value, right.value)
    centre.spreads.append(Spread("range", ends, (left.at, right.at), stated=True))
    centre.first = left.first - (tokens[left.first - 1].word == "from")
    return True
