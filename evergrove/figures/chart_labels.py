"""Labels beside the points of a chart: never on another label, a point or outside the frame.

Greedy, in the order given (the most telling first): each label takes the nearest free place
around its point, with a leader line where that is not beside it. Those that find none are tried
again before the others; one that still has none is reported, not printed over another.
(Christensen, Marks & Shieber 1995, ACM Trans Graph 14:203, compare this and slower ways.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evergrove.figures.chart_marks import Box, crosses, overlap
from evergrove.figures.sheet import Point

#: Distances from the point's edge at which places are tried, in points.
DISTANCES = (3.2, 8.0, 16.0, 28.0, 42.0, 60.0, 84.0)
TURNS = 24
#: A leader shorter than this is not drawn: the label stands beside its point.
LEADER_FROM = 5.0
_GAP, _BESIDE = 1.0, 3.0
#: What it costs, in points of distance, to lie on a line, and nearer to another point than its own.
_ON_A_LINE, _UNCLEAR = 40.0, 12.0
#: What a less liked way to break its lines costs.
_OTHER_SIZE = 6.0
#: A label keeps this far from the frame.
_INSET = 2.5
_CELL = 40.0


@dataclass(frozen=True)
class Wanted:
    """A label to place around a point: (width, height) of each way to break its lines, in points.

    The first is the one liked best.
    """

    x: float
    y: float
    radius: float
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Placed:
    """The box a label got, which of its sizes that is, and its leader line, if it needs one."""

    box: Box
    size: int
    leader: tuple[Point, Point] | None


#: How often labels that found no place are tried again before the others.
_ROUNDS = 4


def place(
    wanted: Sequence[Wanted],
    frame: Box,
    points: Sequence[Box],
    strokes: Sequence[tuple[Point, Point]] = (),
) -> list[Placed | None]:
    """A place for each wanted label, or None.

    `points` are the boxes of all points; no label or leader covers one (a leader starts at its
    own). `strokes` are lines that a label had better not lie on: such a place is taken only if
    there is no other.
    """
    order = list(range(len(wanted)))
    best: list[Placed | None] = []
    for _ in range(_ROUNDS):
        found = _greedy([wanted[i] for i in order], frame, points, strokes)
        left = [i for i, place in zip(order, found, strict=True) if place is None]
        if not best or len(left) < best.count(None):
            best = [None] * len(wanted)
            for i, place in zip(order, found, strict=True):
                best[i] = place
        if not left:
            break
        order = [*left, *(i for i in order if i not in left)]
    return best


def _greedy(
    wanted: Sequence[Wanted],
    frame: Box,
    points: Sequence[Box],
    strokes: Sequence[tuple[Point, Point]],
) -> list[Placed | None]:
    taken, others = _Boxes(points), _Boxes(points)
    drawn: list[tuple[Point, Point]] = []
    out: list[Placed | None] = []
    for label in wanted:
        best: tuple[float, Placed] | None = None
        for cost, box, size in _places(label, frame):
            if best is not None and cost >= best[0]:
                break
            if taken.any((box[0] - _BESIDE, box[1] - _GAP, box[2] + _BESIDE, box[3] + _GAP)) or any(
                crosses(*other, box) for other in drawn
            ):
                continue
            unclear = others.nearer(box, label)
            leader = _leader(label, box, 2.0 if unclear else LEADER_FROM)
            if leader is not None and (
                taken.on_the_way(leader, label) or any(_cross(leader, other) for other in drawn)
            ):
                continue
            cost += _ON_A_LINE * sum(crosses(a, b, box) for a, b in strokes)
            cost += _UNCLEAR * unclear
            if best is None or cost < best[0]:
                best = cost, Placed(box, size, leader)
        out.append(best[1] if best else None)
        if best:
            taken.add(best[1].box)
            if best[1].leader:
                drawn.append(best[1].leader)
    return out


def _places(label: Wanted, frame: Box) -> list[tuple[float, Box, int]]:
    """Places inside the frame with their cost: near ones first, right of the point preferred."""
    out, frame = [], _wider(frame, -_INSET)
    for distance in DISTANCES:
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            across, up = math.cos(angle), math.sin(angle)
            reach = label.radius + distance
            aslant = 0.0 if abs(up) < 1e-9 else 1.0
            cost = distance + aslant + (0.5 if across < -1e-9 else 0.0)
            for size, (width, height) in enumerate(label.sizes):
                # The box touches the circle around the point with its nearest side or corner.
                left = label.x + across * reach + (_sign(across) - 1) * width / 2
                top = label.y - up * reach - (_sign(up) + 1) * height / 2
                box = (left, top, left + width, top + height)
                across_page = frame[0] <= box[0] and box[2] <= frame[2]
                if across_page and frame[1] <= box[1] and box[3] <= frame[3]:
                    out.append((cost + _OTHER_SIZE * size, box, size))
    return sorted(out, key=lambda place: place[0])


def _sign(value: float) -> float:
    return 0.0 if abs(value) < 1e-9 else math.copysign(1.0, value)


def _leader(label: Wanted, box: Box, least: float) -> tuple[Point, Point] | None:
    """From the point's edge to the nearest place on the label's box, if that is `least` away."""
    end = (min(max(label.x, box[0]), box[2]), min(max(label.y, box[1]), box[3]))
    length = math.dist((label.x, label.y), end)
    if length - label.radius < least:
        return None
    part = (label.radius + 0.5) / length
    start = (label.x + part * (end[0] - label.x), label.y + part * (end[1] - label.y))
    stop = (end[0] - (end[0] - start[0]) / length, end[1] - (end[1] - start[1]) / length)
    return start, stop


def _wider(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


class _Boxes:
    """Boxes by the cells of a coarse grid, so that only near ones are looked at."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for cell in self._cells(box):
            self.cells.setdefault(cell, []).append(box)

    def any(self, box: Box) -> bool:
        return any(overlap(box, other) for cell in self._cells(box) for other in self._in(cell))

    def on_the_way(self, leader: tuple[Point, Point], label: Wanted) -> bool:
        """Whether a leader runs over a box other than that of its own point."""
        (x1, y1), (x2, y2) = leader
        around = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        for cell in self._cells(around):
            for box in self._in(cell):
                own = box[0] <= label.x <= box[2] and box[1] <= label.y <= box[3]
                if not own and crosses(*leader, box):
                    return True
        return False

    def nearer(self, box: Box, label: Wanted) -> bool:
        """Whether another point is about as near to a label as its own."""
        end = (min(max(label.x, box[0]), box[2]), min(max(label.y, box[1]), box[3]))
        reach = math.dist((label.x, label.y), end) - label.radius + 2
        around = _wider(box, reach)
        for cell in self._cells(around):
            for other in self._in(cell):
                own = other[0] <= label.x <= other[2] and other[1] <= label.y <= other[3]
                if not own and overlap(around, other):
                    return True
        return False

    def _in(self, cell: tuple[int, int]) -> list[Box]:
        return self.cells.get(cell, [])

    @staticmethod
    def _cells(box: Box) -> list[tuple[int, int]]:
        columns = range(math.floor(box[0] / _CELL), math.floor(box[2] / _CELL) + 1)
        rows = range(math.floor(box[1] / _CELL), math.floor(box[3] / _CELL) + 1)
        return [(column, row) for column in columns for row in rows]
