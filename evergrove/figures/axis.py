"""Range and ticks of an axis, on the scale of the pooled values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, median_low

from evergrove.shown_measures import Measure

#: The axis reaches this many typical deviations from the middle of the estimates; what lies
#: beyond is cut and gets an arrow, so that one interval cannot squash all the others.
REACH = 6.0
#: The line of no effect is brought into view if it is no farther away than this, in the same
#: unit: the studies can still be told apart beside it.
REACH_OF_NULL = 25.0
PAD = 0.03


@dataclass(frozen=True)
class Range:
    """The ends of the axis, and whether the line of no effect lies on it."""

    low: float
    high: float
    shows_null: bool


def axis_range(
    estimates: Sequence[tuple[float, float | None, float | None]],
    pooled: Sequence[tuple[float | None, float | None]],
    null: float | None,
) -> Range:
    """The range that shows the studies well.

    `estimates` are (estimate, lower, upper) of the studies, `pooled` the (lower, upper) of pooled
    and prediction intervals, all on the pooled scale; missing bounds are None. The range is the
    hull of everything, cut to REACH times the larger of the median absolute deviation of the
    estimates and the typical half-width, around their median. Without any study: 0 to 1.
    """
    if not estimates:
        return Range(0.0, 1.0, False)
    points = [estimate for estimate, _, _ in estimates]
    ends = [bound for row in estimates for bound in row if bound is not None]
    ends += [bound for row in pooled for bound in row if bound is not None]
    halves = [
        (high - low) / 2 for _, low, high in estimates if low is not None and high is not None
    ]
    centre = median(points)
    spread = median(abs(point - centre) for point in points)
    typical = max(spread, median_low(halves) if halves else 0.0)
    reach = REACH * typical
    low, high = max(min(ends), centre - reach), min(max(ends), centre + reach)
    if not low < high:
        half = max(abs(centre) / 2, 1.0)
        low, high = centre - half, centre + half
    shows_null = False
    if null is not None:
        shows_null = low <= null <= high or abs(null - centre) <= REACH_OF_NULL * typical
        if shows_null:
            low, high = min(low, null), max(high, null)
    pad = PAD * (high - low)
    return Range(low - pad, high + pad, shows_null)


def ticks(low: float, high: float, measure: Measure, most: int) -> list[tuple[float, float]]:
    """Ticks as (place on the pooled scale, value to print), at most `most` of them.

    Values are round on the printed scale: multiples of 1, 2 or 5 times a power of ten; on a wide
    ratio axis 1, 2, 5, 10, 20 ... or whole decades. Fewer than two round values is possible only
    when `most` is below two.
    """
    if measure.scale == "linear":
        return [(value, value) for value in _round_values(low, high, most)]
    shown_low, shown_high = measure.shown(low), measure.shown(high)
    if measure.scale == "log" and shown_low > 0 and shown_high / shown_low >= 5:
        values = _ratio_values(shown_low, shown_high, most)
    else:
        values = _round_values(shown_low, shown_high, most)
    places = [(_inverse(value, low, high, measure), value) for value in values]
    return [(place, value) for place, value in places if low <= place <= high]


def tick_digits(values: Sequence[float]) -> int:
    """Decimals that print every tick value exactly (at most 6)."""
    for digits in range(6):
        if all(math.isclose(value, round(value, digits), abs_tol=1e-9) for value in values):
            return digits
    return 6


def _round_values(low: float, high: float, most: int) -> list[float]:
    most = max(most, 1)
    exponent = math.floor(math.log10((high - low) / most)) - 1
    while True:
        for mantissa in (1, 2, 5):
            step = mantissa * 10.0**exponent
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            if last - first + 1 <= most:
                # Integers times the step, divided back, so that 3 * 0.1 is 0.3.
                return [
                    number * mantissa * 10**exponent
                    if exponent >= 0
                    else number * mantissa / 10**-exponent
                    for number in range(first, last + 1)
                ]
        exponent += 1


def _ratio_values(low: float, high: float, most: int) -> list[float]:
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    decades = range(first, last + 1)
    for mantissas in ((1, 2, 5), (1, 3), (1,)):
        values = [float(f"{mantissa}e{decade}") for decade in decades for mantissa in mantissas]
        values = [value for value in values if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
        if len(values) <= most:
            return values
    step = math.ceil(len(values) / max(most, 1))
    # Steps counted from 1, so that the value of no effect keeps its tick.
    return [value for value in values if round(math.log10(value)) % step == 0]


def _inverse(value: float, low: float, high: float, measure: Measure) -> float:
    """The place of a printed value on the pooled scale; `shown` is increasing, so bisect."""
    if measure.scale == "log":
        return math.log(value)
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if measure.shown(middle) < value:
            low = middle
        else:
            high = middle
    return (low + high) / 2
