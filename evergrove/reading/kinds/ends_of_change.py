"""A change with the two scores it lies between in a bracket: "improved by 3.9 (7.1 to 3.2)".

Also "improved by 55% (7.1 to 3.2)".
"""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Spread, Value

_ROUNDING = 0.051
_SHARE = 1.6


def ends_of_change(value: Value, spreads: list[Spread]) -> bool:
    """Whether an unlabelled pair behind a change is its two scores, the larger first.

    The limits of an interval rise, and their distance is not the estimate itself.
    """
    if len(spreads) != 1 or spreads[0].kind != "pair":
        return False
    first, second = spreads[0].values
    if value.percent and first > second >= 0:
        # The share to a whole per cent, of scores that are rounded themselves.
        return abs(100 * (first - second) / first - abs(value.value)) <= _SHARE
    return first > second >= 0 and abs(first - second - abs(value.value)) <= _ROUNDING
