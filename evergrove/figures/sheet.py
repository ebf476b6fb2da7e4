"""A sheet: words, lines and shapes at their places, before any drawing program sees them.

Coordinates are points from the top left corner, y downwards. What a test wants to know about
overlap is answered here without drawing; another writer (native shapes of a slide) can start
from here as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

#: Height of the line box of DejaVu Sans above and below the baseline, in sizes.
ASCENT, DESCENT = 0.928, 0.236

Point = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """One line of text. `x` is its start, middle or end as `anchor` says; `y` its baseline."""

    x: float
    y: float
    text: str
    size: float
    width: float
    anchor: str = "start"
    bold: bool = False
    colour: str = "#000000"
    #: Base direction of the paragraph that this line belongs to.
    right_to_left: bool = False

    @property
    def colours(self) -> tuple[str, ...]:
        """What it is drawn with."""
        return (self.colour,)

    @property
    def left(self) -> float:
        """Where the first glyph begins."""
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return self.x - share * self.width

    @property
    def box(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of the line box."""
        top, bottom = self.y - ASCENT * self.size, self.y + DESCENT * self.size
        return self.left, top, self.left + self.width, bottom


@dataclass(frozen=True)
class Line:
    """A stroke through two or more points."""

    points: tuple[Point, ...]
    width: float
    colour: str
    dash: tuple[float, ...] = ()

    @property
    def colours(self) -> tuple[str, ...]:
        """What it is drawn with."""
        return (self.colour,)


@dataclass(frozen=True)
class Shape:
    """A closed polygon; `fill` None leaves it open, `edge` None without outline."""

    points: tuple[Point, ...]
    fill: str | None
    edge: str | None = None
    edge_width: float = 0.0

    @property
    def colours(self) -> tuple[str, ...]:
        """What it is drawn with."""
        return tuple(colour for colour in (self.fill, self.edge) if colour)


@dataclass(frozen=True)
class Group:
    """Things that belong together: one study, one axis. `label` is what a screen reader says."""

    id: str
    label: str
    items: tuple[Words | Line | Shape, ...]


@dataclass
class Sheet:
    """One picture. `title` and `description` travel in the files, not in the drawing."""

    id: str
    width: float
    height: float
    title: str
    description: str
    groups: list[Group] = field(default_factory=list)

    def items(self) -> Iterator[Words | Line | Shape]:
        """All that is drawn, in drawing order."""
        for group in self.groups:
            yield from group.items

    def words(self) -> Iterator[Words]:
        """All texts, in drawing order."""
        return (item for item in self.items() if isinstance(item, Words))
