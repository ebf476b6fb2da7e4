"""The axes of a chart: where a value stands in points, and ticks that never touch."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evergrove.figures.axis import tick_digits, ticks
from evergrove.figures.columns import Advance
from evergrove.figures.style import Style
from evergrove.figures.text import wrap
from evergrove.shown_measures import measure_of

Axis = Mapping[str, Any]
#: The share of the page that labels of rows may take, beside one panel and beside many.
LABELS_MOST, LABELS_LEAST = 0.36, 0.23
_MOST_TICKS = 9


@dataclass(frozen=True)
class Scale:
    """Values to points: linear between the two ends, or from row to row of a list."""

    low: float
    high: float
    start: float
    end: float
    #: The middle of each row (points), for an axis of categories.
    middles: tuple[float, ...] = ()

    def at(self, value: float) -> float:
        """The place of a value; whole numbers are the rows of a list."""
        if self.middles:
            row = min(max(round(value), 0), len(self.middles) - 1)
            return self.middles[row] + (value - row) * self._pitch
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def _pitch(self) -> float:
        return (self.end - self.start) / len(self.middles)


def scale(axis: Axis, start: float, end: float, middles: Sequence[float] = ()) -> Scale:
    """The scale of an axis between two places; a reversed one runs from high to low."""
    low, high = axis["low"], axis["high"]
    if axis.get("reversed"):
        low, high = high, low
    return Scale(low, high, start, end, tuple(middles))


def named_ticks(
    axis: Axis,
    place: Scale,
    room: Sequence[float],
    style: Style,
    advance: Advance,
    level: bool,
    size: float,
) -> list[tuple[float, str]]:
    """Ticks as (place in points, text): as many round values as can be printed apart.

    `room` are the ends that a text of a `level` axis must stay between; on an upright axis only
    the height of a line counts.
    """
    if axis.get("ticks") is not None:
        found = [(place.at(value), text) for value, text in axis["ticks"]]
        return _apart(found, size, advance, level)
    for most in range(_MOST_TICKS if level else 7, 1, -1):
        made = _texts(axis, most, style)
        placed = [(place.at(value), text) for value, text in made]
        if len(placed) >= 2 and _fits(placed, room, size, advance, level):
            return placed
    # A narrow axis: of finer round values only some, evenly.
    for most in range(3, _MOST_TICKS + 1):
        made = [(place.at(value), text) for value, text in _texts(axis, most, style)]
        for thin in range(2, len(made)):
            for first in range(thin):
                placed = made[first::thin]
                if len(placed) >= 2 and _fits(placed, room, size, advance, level, 0.35):
                    return placed
    return _apart([(place.at(v), text) for v, text in _texts(axis, 2, style)], size, advance, level)


def _texts(axis: Axis, most: int, style: Style) -> list[tuple[float, str]]:
    measure = measure_of(axis.get("measure"))
    found = ticks(axis["low"], axis["high"], measure, most)
    digits = tick_digits([value for _, value in found])
    log = measure.scale == "log"
    return [
        (at, style.numbers.fixed(value, tick_digits([value]) if log else digits))
        for at, value in found
    ]


def _fits(
    placed: Sequence[tuple[float, str]],
    room: Sequence[float],
    size: float,
    advance: Advance,
    level: bool,
    gap: float = 0.6,
) -> bool:
    if not level:
        places = sorted(at for at, _ in placed)
        return all(b - a >= 1.6 * size for a, b in itertools.pairwise(places))
    half = [advance(text, size, False) / 2 for _, text in placed]
    boxes = sorted((at - h, at + h) for (at, _), h in zip(placed, half, strict=True))
    apart = all(b[0] - a[1] >= gap * size for a, b in itertools.pairwise(boxes))
    return apart and boxes[0][0] >= room[0] and boxes[-1][1] <= room[1]


def _apart(
    placed: Sequence[tuple[float, str]], size: float, advance: Advance, level: bool
) -> list[tuple[float, str]]:
    """Those of given ticks, from the first on, that do not touch one before."""
    kept: list[tuple[float, str]] = []
    for at, text in placed:
        half = advance(text, size, False) / 2 if level else 0.7 * size
        for other, name in kept:
            own = advance(name, size, False) / 2 if level else 0.7 * size
            if abs(at - other) < half + own + (0.4 * size if level else 0.0):
                break
        else:
            kept.append((at, text))
    return kept


@dataclass(frozen=True)
class Rows:
    """An upright list: the lines of each label, its height, and the width of the longest."""

    lines: list[list[str]]
    heights: list[float]
    width: float


def rows(
    labels: Sequence[str], style: Style, advance: Advance, pitch: Mapping[str, float], across: int
) -> Rows:
    """Labels of rows beside `across` panels, broken where they are longer than their share."""
    size = style.text_size

    def width(text: str) -> float:
        return advance(text, size, False)

    room = (LABELS_MOST if across < 4 else LABELS_LEAST) * style.width
    lines = [wrap(label, room, width) for label in labels]
    heights = [
        len(part) * pitch[label] + style.row_gap for label, part in zip(labels, lines, strict=True)
    ]
    return Rows(lines, heights, max((width(line) for part in lines for line in part), default=0.0))


def columns(
    categories: Sequence[Sequence[str]], pitch: float, style: Style, advance: Advance
) -> tuple[int, list[list[str]]]:
    """A level list: only every so manieth label is printed, and the lines of each label.

    `pitch` is the distance of two categories in points.
    """
    size = style.text_size

    def width(text: str) -> float:
        return advance(text, size, False)

    words = [word for lines in categories for line in lines for word in line.split(" ")]
    widest = max(map(width, words), default=0.0)
    step = 1
    while step * pitch < widest + 6 and step < len(categories):
        step += 1
    room = max(step * pitch - 6, 12.0)
    return step, [
        [part for line in lines for part in wrap(line, room, width)] for lines in categories
    ]
