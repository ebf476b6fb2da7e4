"""Bare intervals some words behind a difference: "0.9 LOWER with wax THAN clay (0.3 to 1.5)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set

_COMPARED = word_set("lower higher less greater better worse")
_LONGER = COMPARATIVE | _COMPARED | word_set("more longer shorter lesser")
_REACH = 12
_BREAKS = STATE | word_set("; : , ( ) [ ] from to by and but or while at after before vs versus")
_SCALES = ((0, 10), (0, 100), (1, 10), (0, 20), (0, 4), (0, 5))


def interval_of_difference(
    tokens: list[Token], a: int, i: int, values: list[Value], spreads: list[Spread]
) -> bool:
    """Whether the unlabelled bracket at i is the interval of the difference told before it.

    So it is where the difference is told like one before it that has its interval by name ("1.5
    points lower (95% CI 0.7 to 2.3) at 2 h and 0.9 points LOWER (0.2 TO 1.6) at 6 h"), and where
    only the groups stand between: "0.9 points LOWER WITH WAX THAN WITH CLAY (0.3 TO 1.5)".
    """
    if not values or len(spreads) != 1 or len(spreads[0].values) != 2:
        return False
    last, pair = values[-1], spreads[0].values
    if last.spreads or last.percent or not pair[0] <= last.value <= pair[1]:
        return False
    stated = any(s.kind == "ci" for value in values[:-1] for s in value.spreads)
    near = last.last <= i - 1 <= last.last + 2 and stated
    if near and tokens[i - 1].word in _COMPARED and len(values) > 1:
        return True
    k = last.last + (tokens[last.last].word in _UNITS)
    if tokens[k].word not in _LONGER or i - k > _REACH or tuple(pair) in _SCALES:
        return False
    if tokens[spreads[0].at[0] + 1].word not in ("to", "-", "–", "−"):
        return False
    return all(t.kind == "w" and t.word not in _BREAKS for t in tokens[k + 1 : i])


_UNITS = word_set("points point mm cm units")
