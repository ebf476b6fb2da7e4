"""A pen that fills one page from top to bottom with groups of words, lines and shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evergrove.figures.columns import Advance
from evergrove.figures.sheet import Group, Line, Shape, Words
from evergrove.figures.style import Style
from evergrove.figures.text import right_to_left, wrap

#: Whether a text needs a font with a taller line box.
Tall = Callable[[str], bool]
Items = list[Words | Line | Shape]


class Pen:
    """`y` is where the next thing begins, in points from the top; `groups` what was drawn."""

    def __init__(self, style: Style, advance: Advance, tall: Tall) -> None:
        self.style, self.advance, self.tall = style, advance, tall
        self.groups: list[Group] = []
        self.y = style.margin

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.style.width - 2 * self.style.margin

    def group(self, id: str, label: str, items: Sequence[Words | Line | Shape]) -> None:
        """Add things that belong together."""
        self.groups.append(Group(id, label, tuple(items)))

    def words(
        self, x: float, y: float, text: str, size: float, anchor: str = "start", bold: bool = False
    ) -> Words:
        """One line of text in the usual ink."""
        width = self.advance(text, size, bold)
        return Words(x, y, text, size, width, anchor, bold, self.style.ink, right_to_left(text))

    def rule(self, width: float) -> Line:
        """A line over the whole width at `y`."""
        ends = ((self.style.margin, self.y), (self.style.width - self.style.margin, self.y))
        return Line(ends, width, self.style.ink)

    def pitch(self, text: str, size: float) -> float:
        """The distance of two lines of this text."""
        return size * (self.style.tall_leading if self.tall(text) else self.style.leading)

    def paragraph(self, id: str, text: str, size: float, bold: bool = False) -> None:
        """Lines over the whole width."""
        items: Items = []
        for line in wrap(text, self.room, lambda line: self.advance(line, size, bold)):
            self.y += self.pitch(text, size)
            items.append(self.words(self.style.margin, self.y - 0.25 * size, line, size, bold=bold))
        self.group(id, text, items)
