"""Intervals that stand without their centres, one for each group: "(95% CI 4.2 to 5.8 for wax"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Quantities, Value
from evergrove.reading.text.tokens import Token, close_bracket, open_bracket
from evergrove.reading.text.words import word_set

ALONE = "spread without its centre"
_JOINS = word_set("to - – ,")


def intervals_alone(tokens: list[Token], a: int, b: int, q: Quantities) -> None:
    """ "(95% CI 4.2 to 5.8 for wax, 4.1 to 5.2 for clay AND 4.3 TO 5.0 for sand)": all of them.

    The first has its name, and no number ahead that it could be of; those behind it are printed
    alike, and are no scores before and after. So too "with wax (CI 4.2 to 5.8) than with clay (4.1
    to 5.2)", where the sentence tells nothing else.
    """
    named = [at for at, reason in q.rejected.items() if reason == ALONE]
    named += [spreads[0].at[0] for _, spreads in q.lists if [len(s.at) for s in spreads] == [2]]
    first = min(named, default=b)
    behind = [value for value in q.values if value.first > first]
    if len(behind) < 2 or any(value.first < first for value in q.values):
        return
    opened = open_bracket(tokens, a, first)
    closed = close_bracket(tokens, opened, b) if opened is not None else None
    inside = [value for value in behind if closed is not None and value.first < closed]
    for told in (behind, inside):
        if told and _all_pairs(tokens, told):
            q.rejected.update({value.at: ALONE for value in told})
            q.values[:] = [value for value in q.values if value not in told]
            return


def _all_pairs(tokens: list[Token], values: list[Value]) -> bool:
    if len(values) % 2:
        return False
    return all(_pair(tokens, one, two) for one, two in zip(values[::2], values[1::2], strict=True))


def _pair(tokens: list[Token], low: Value, high: Value) -> bool:
    """Whether two numbers are the ends of an interval: "4.1 to 5.2", but not "from 4.1 to 5.2"."""
    joined = high.first - low.last == 1 and tokens[low.last].word in _JOINS
    plain = not (low.spreads or high.spreads) and low.value < high.value
    return joined and plain and tokens[low.first - 1].word != "from"
