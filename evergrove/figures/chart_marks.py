"""Marks of a chart: points by shape, and lines and bands cut to the frame of their panel."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evergrove.figures.sheet import Line, Point, Shape
from evergrove.figures.style import Style

Box = tuple[float, float, float, float]
#: Shapes of the same nominal size cover about the same area, so that none looks heavier.
SHAPES = ("circle", "square", "diamond", "triangle", "ring")
_ARROW = 4.0
_ROLES = {
    "main": "square",
    "second": "prediction",
    "dark": "diamond",
    "ink": "ink",
    "soft": "soft_ink",
    "quiet": "quiet",
}


def colour(name: str, style: Style) -> str:
    """The style's colour for a role ("main", "second", "dark", "ink", "soft", "quiet", "white").

    "main/40" is 40% of it on white: mixed beforehand, because not every kind of file that a
    journal takes knows transparency.
    """
    role, _, share = name.partition("/")
    full = "#ffffff" if role == "white" else getattr(style, _ROLES[role])
    if not share:
        return full
    part = float(share) / 100
    channels = (int(full[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - part * (255 - channel)):02x}" for channel in channels)


def point(shape: str, x: float, y: float, size: float, ink: str, line: float) -> Shape:
    """A point of that shape around (x, y). `size` is the diameter of the circle of its area."""
    half = size / 2
    if shape in ("circle", "ring"):
        corners = 12 if size < 4 else 24
        turns = (2 * math.pi * i / corners for i in range(corners))
        outline = tuple((x + half * math.cos(t), y + half * math.sin(t)) for t in turns)
        return Shape(outline, None, ink, line) if shape == "ring" else Shape(outline, ink)
    if shape == "square":
        a = half * 0.886
        return Shape(((x - a, y - a), (x + a, y - a), (x + a, y + a), (x - a, y + a)), ink)
    if shape == "diamond":
        a = half * 1.253
        return Shape(((x - a, y), (x, y - a), (x + a, y), (x, y + a)), ink)
    a = half * 1.347
    return Shape(((x - a, y + 0.8 * a), (x, y - 0.95 * a), (x + a, y + 0.8 * a)), ink)


def extent(item: Line | Shape) -> Box:
    """left, top, right, bottom of what is drawn, with half its stroke."""
    xs, ys = [p[0] for p in item.points], [p[1] for p in item.points]
    pad = (item.width if isinstance(item, Line) else item.edge_width) / 2
    return min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad


@dataclass(frozen=True)
class Bar:
    """The look of an interval."""

    ink: str
    width: float
    cap: float = 0.0


def interval(low: Point, high: Point, frame: Box, bar: Bar) -> list[Line | Shape]:
    """An upright or level interval between two places, cut at the frame, with arrows there."""
    items: list[Line | Shape] = []
    upright = low[0] == high[0]
    axis = 1 if upright else 0
    near, far = sorted((low[axis], high[axis]))
    least, most = frame[axis], frame[axis + 2]
    start, end = max(near, least), min(far, most)
    across = low[1 - axis]

    def at(along: float, aside: float) -> Point:
        return (across + aside, along) if upright else (along, across + aside)

    if start < end:
        items.append(Line((at(start, 0), at(end, 0)), bar.width, bar.ink))
    for place, edge, inwards in ((near, least, 1), (far, most, -1)):
        beyond = (place < least) if inwards == 1 else (place > most)
        if beyond:
            base = edge + inwards * _ARROW
            items.append(Shape((at(base, -2.2), at(edge, 0), at(base, 2.2)), bar.ink))
        elif bar.cap and least <= place <= most:
            items.append(Line((at(place, -bar.cap), at(place, bar.cap)), bar.width, bar.ink))
    return items


def cut_polygon(points: Sequence[Point], frame: Box) -> tuple[Point, ...]:
    """The part of a polygon inside the frame (Sutherland and Hodgman 1974, CACM 17:32)."""
    out = list(points)
    for axis, edge, side in (
        (0, frame[0], 1),
        (0, frame[2], -1),
        (1, frame[1], 1),
        (1, frame[3], -1),
    ):
        kept: list[Point] = []
        for number, end in enumerate(out):
            start = out[number - 1]
            a, b = side * (start[axis] - edge), side * (end[axis] - edge)
            if (a >= 0) != (b >= 0):
                kept.append(_between(start, end, a / (a - b)))
            if b >= 0:
                kept.append(end)
        out = kept
    return tuple(out)


def cut_line(points: Sequence[Point], frame: Box) -> list[tuple[Point, ...]]:
    """The parts of a line through points that lie inside the frame."""
    parts: list[list[Point]] = []
    for start, end in itertools.pairwise(points):
        inside = _inside(start, end, frame)
        if inside is None:
            continue
        if parts and parts[-1][-1] == inside[0]:
            parts[-1].append(inside[1])
        else:
            parts.append(list(inside))
    return [tuple(part) for part in parts]


def crosses(start: Point, end: Point, box: Box) -> bool:
    """Whether a segment runs through a box."""
    return _inside(start, end, box) is not None


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share area."""
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(
        one[1], other[1]
    )


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _inside(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a segment in a box (Liang and Barsky 1984, ACM Trans Graph 3:1)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = end[axis] - start[axis]
        for gap, way in ((start[axis] - box[axis], -step), (box[axis + 2] - start[axis], step)):
            if way == 0:
                if gap < 0:
                    return None
            elif way < 0:
                first = max(first, gap / way)
            else:
                last = min(last, gap / way)
    if first >= last:
        return None
    return (
        start if first == 0 else _between(start, end, first),
        end if last == 1 else _between(start, end, last),
    )


def _between(start: Point, end: Point, part: float) -> Point:
    return (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
