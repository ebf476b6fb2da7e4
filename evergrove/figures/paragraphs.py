"""Paragraphs and single words on a sheet that is filled from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from evergrove.figures.pen import Pen
from evergrove.figures.sheet import Line, Shape, Sheet, Words
from evergrove.figures.text import right_to_left, wrap

Item = Words | Line | Shape
#: Browsers round the line box of Arabic at 7 up to 9.
_LEAST_LEADING = 1.3


class Page(Pen):
    """A sheet in the making, with its title, its small print and texts in columns."""

    def pitch(self, text: str, size: float) -> float:
        """From one line of the text to the next."""
        if self.tall(text):
            return size * self.style.tall_leading
        return size * max(self.style.leading, _LEAST_LEADING)

    def lines(self, text: str, room: float, size: float, bold: bool = False) -> list[str]:
        """The text broken to a width."""
        return wrap(text, room, lambda line: self.advance(line, size, bold))

    def block(
        self, text: str, left: float, room: float, top: float, size: float, bold: bool = False
    ) -> tuple[list[Words], float]:
        """The words of a paragraph in a column, and where it ends.

        Text from right to left that is broken stands at the right side of its column.
        """
        lines = self.lines(text, room, size, bold)
        pitch = self.pitch(text, size)
        at_right = right_to_left(text) and len(lines) > 1
        x, anchor = (left + room, "end") if at_right else (left, "start")
        out = []
        for number, line in enumerate(lines, 1):
            width = self.advance(line, size, bold)
            y = top + number * pitch - 0.25 * size
            way = right_to_left(text)
            out.append(Words(x, y, line, size, width, anchor, bold, self.style.ink, way))
        return out, top + len(lines) * pitch

    def paragraph(self, id: str, text: str, size: float, bold: bool = False) -> None:
        """Lines over the whole width, as a group of their own."""
        items, self.y = self.block(text, self.style.margin, self.room, self.y, size, bold)
        self.group(id, text, items)

    def title(self, text: str) -> None:
        """The title, where the style shows one."""
        if self.style.show_title and text:
            self.paragraph("title", text, self.style.text_size + 1, bold=True)
            self.y += 6

    def notes(self, notes: Sequence[str]) -> None:
        """Small print under the figure."""
        self.y += 5
        for number, note in enumerate(notes, 1):
            self.paragraph(f"note-{number}", note, self.style.note_size)
            self.y += 1

    def sheet(self, id: str, title: str, description: str) -> Sheet:
        """All of it, as high as it has become."""
        height = round(self.y + self.style.margin, 2)
        return Sheet(id, self.style.width, height, title, description, self.groups)


def box(left: float, top: float, right: float, bottom: float) -> tuple[tuple[float, float], ...]:
    """The corners of an upright rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))
