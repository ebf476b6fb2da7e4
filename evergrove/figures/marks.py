"""The marks of a forest plot: squares, diamonds, bars, and the arrows of what is cut off."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from evergrove.figures.sheet import Line, Shape
from evergrove.figures.style import Style

Places = Mapping[str, float | None]
_ARROW = 4.5  # length of an arrow head


@dataclass(frozen=True)
class Frame:
    """Where a mark may be drawn: the ends of the axis, its height, and the look."""

    left: float
    right: float
    y: float
    style: Style

    def holds(self, x: float) -> bool:
        return self.left - 1e-6 <= x <= self.right + 1e-6


def mark(shape: str, at: Places, frame: Frame, share: float | None) -> list[Line | Shape]:
    """The mark of one row. `at` has the x of estimate, low and high in points, or None.

    `share` is the area of a square as a share of the largest. What lies beyond the axis is cut
    at its end and gets an arrow.
    """
    if shape in ("square", "new"):
        return _study(at, frame, share or 0.0, shape)
    if shape == "triangle":
        return _pointed_out(at, frame)
    if shape == "bar":
        return _bar(at, frame)
    return _diamond(at, frame, filled=shape == "diamond")


def square_side(share: float, style: Style) -> float:
    """Side of a square whose area is `share` of the largest, in points."""
    return style.square_most * math.sqrt(share)


def sample(shape: str, x: float, y: float, style: Style) -> list[Line | Shape]:
    """The mark of a study around (x, y), for the key: as large as a middling study's."""
    return [_estimate(shape, x, y, square_side(0.7, style), style)]


def _estimate(shape: str, x: float, y: float, side: float, style: Style) -> Shape:
    """The square of a study, or what a new study has: a square with a pointed roof.

    Both have the area side * side. A roof half as high as the walls are wide, on walls as high as
    that, has the area 0.75 of a square of its width.
    """
    half = side / 2
    if shape == "square":
        return Shape(_box(x, y, half, half), style.square)
    half /= math.sqrt(0.75)
    points = (
        (x - half, y + half),
        (x - half, y),
        (x, y - half),
        (x + half, y),
        (x + half, y + half),
    )
    return Shape(points, style.new_square)


def _study(at: Places, frame: Frame, share: float, shape: str) -> list[Line | Shape]:
    style = frame.style
    items = _interval(at["low"], at["high"], frame, style.ink, style.line)
    x = at["estimate"]
    if x is None or not frame.holds(x):
        return items
    # The tick shows where the estimate is when its square is smaller than the line is thick.
    items.append(Line(((x, frame.y - 1.6), (x, frame.y + 1.6)), style.thin_line, style.ink))
    items.append(_estimate(shape, x, frame.y, square_side(share, style), style))
    return items


def _pointed_out(at: Places, frame: Frame) -> list[Line | Shape]:
    """A row that is to be noticed: an upright triangle instead of the square."""
    style = frame.style
    items = _interval(at["low"], at["high"], frame, style.ink, style.line)
    x, half = at["estimate"], 0.55 * style.square_most
    if x is not None and frame.holds(x):
        y = frame.y
        corners = ((x - half, y + 0.8 * half), (x, y - half), (x + half, y + 0.8 * half))
        items.append(Shape(corners, style.prediction))
    return items


def whiskers(low: float, high: float, frame: Frame) -> list[Line | Shape]:
    """The prediction interval behind the mark of an estimate: a thin line with end caps."""
    style = frame.style
    items = _interval(low, high, frame, style.prediction, style.thin_line)
    for x in (low, high):
        if frame.holds(x):
            ends = ((x, frame.y - 2.2), (x, frame.y + 2.2))
            items.append(Line(ends, style.thin_line, style.prediction))
    return items


def _bar(at: Places, frame: Frame) -> list[Line | Shape]:
    """The prediction interval: a line with end caps, set apart from study intervals by shape."""
    style = frame.style
    items = _interval(at["low"], at["high"], frame, style.prediction, 1.4)
    for x in (at["low"], at["high"]):
        if x is not None and frame.holds(x):
            ends = ((x, frame.y - 2.8), (x, frame.y + 2.8))
            items.append(Line(ends, 1.4, style.prediction))
    return items


def _interval(
    low: float | None, high: float | None, frame: Frame, colour: str, width: float
) -> list[Line | Shape]:
    if low is None or high is None:
        return []
    items: list[Line | Shape] = []
    start, end = max(low, frame.left), min(high, frame.right)
    if start < end:
        items.append(Line(((start, frame.y), (end, frame.y)), width, colour))
    return items + _arrows(low, high, frame, colour, 2.4)


def _arrows(low: float, high: float, frame: Frame, colour: str, half: float) -> list[Line | Shape]:
    items: list[Line | Shape] = []
    if not frame.holds(low) and low < frame.left:
        items.append(Shape(_head(frame.left, -1, frame.y, half), colour))
    if not frame.holds(high) and high > frame.right:
        items.append(Shape(_head(frame.right, 1, frame.y, half), colour))
    return items


def _head(x: float, side: int, y: float, half: float) -> tuple[tuple[float, float], ...]:
    """An arrow head whose base stands on the end of the axis and that points outwards."""
    return ((x, y - half), (x + side * _ARROW, y), (x, y + half))


def _diamond(at: Places, frame: Frame, filled: bool) -> list[Line | Shape]:
    """Estimate and interval as a diamond; cut straight at the ends of the axis, with arrows."""
    x, low, high = at["estimate"], at["low"], at["high"]
    if x is None or low is None or high is None:
        return []
    style, y = frame.style, frame.y
    half = style.diamond_height / 2 if filled else style.diamond_height / 2 - 1
    fill = style.diamond if filled else None
    edge = None if filled else style.diamond
    corners = ((low, y), (x, y - half), (high, y), (x, y + half))
    visible = _cut(corners, frame.left, frame.right)
    items: list[Line | Shape] = []
    if len(visible) > 2:
        items.append(Shape(visible, fill, edge, 0.0 if filled else style.line))
    return items + _arrows(low, high, frame, style.diamond, 3.2)


def _cut(
    corners: tuple[tuple[float, float], ...], left: float, right: float
) -> tuple[tuple[float, float], ...]:
    """The part of a convex polygon between two verticals (Sutherland–Hodgman)."""
    points = list(corners)
    for edge, side in ((left, 1), (right, -1)):
        kept: list[tuple[float, float]] = []
        for position, end in enumerate(points):
            start = points[position - 1]
            inside_start, inside_end = side * (start[0] - edge) >= 0, side * (end[0] - edge) >= 0
            if inside_start != inside_end:
                part = (edge - start[0]) / (end[0] - start[0])
                kept.append((edge, start[1] + part * (end[1] - start[1])))
            if inside_end:
                kept.append(end)
        points = kept
    return tuple(points)


def _box(x: float, y: float, across: float, up: float) -> tuple[tuple[float, float], ...]:
    return ((x - across, y - up), (x + across, y - up), (x + across, y + up), (x - across, y + up))
