"""The frames of a row of panels: axes, ticks and titles around the room for the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evergrove.figures.chart_axes import Rows, Scale, columns, named_ticks, rows, scale
from evergrove.figures.chart_marks import Box, colour
from evergrove.figures.columns import Advance
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import Style
from evergrove.figures.text import right_to_left, wrap

Item = Words | Line | Shape
Panel = Mapping[str, Any]
_TICK = 3.0


@dataclass
class Frame:
    """Where a panel's data are drawn, and what stands around them."""

    box: Box
    x: Scale
    y: Scale
    spoken: str
    items: list[Item] = field(default_factory=list)
    #: The lowest edge of what stands under the panel.
    bottom: float = 0.0


def framed(
    panels: Sequence[Panel],
    top: float,
    height: float,
    across: int,
    gap: float,
    style: Style,
    advance: Advance,
    tall: Callable[[str], bool],
    least_gutter: float = 0.0,
) -> list[Frame]:
    """The frames of panels side by side, `across` of them filling the width of the page.

    `top` is the upper edge of their titles, `height` that of the data (rows of a list make their
    own). Only the first panel prints the labels of such rows; the others share them. The numbers
    of the upright axis get `least_gutter` points or more, to bring stacked panels in line.
    """
    row = _Row(panels, top, height, across, gap, style, advance, tall)
    row.least_gutter = least_gutter
    return row.frames()


def gutter(panel: Panel, height: float, style: Style, advance: Advance) -> float:
    """The width of the numbers of an upright axis, with their ticks."""
    if panel["y"].get("categories"):
        return 0.0
    place = scale(panel["y"], height, 0.0)
    found = named_ticks(panel["y"], place, (0, height), style, advance, False, style.text_size)
    widest = max((advance(text, style.text_size, False) for _, text in found), default=0.0)
    return widest + _TICK + 3


class _Row:
    def __init__(
        self,
        panels: Sequence[Panel],
        top: float,
        height: float,
        across: int,
        gap: float,
        style: Style,
        advance: Advance,
        tall: Callable[[str], bool],
    ) -> None:
        self.panels, self.top, self.height, self.across = panels, top, height, across
        self.gap, self.style, self.advance, self.tall = gap, style, advance, tall
        self.size = style.text_size
        self.rows: Rows | None = None
        self.least_gutter = 0.0
        if categories := panels[0]["y"].get("categories"):
            labels = [" ".join(lines) for lines in categories]
            pitch = {label: self._pitch(label) for label in labels}
            self.rows = rows(labels, style, advance, pitch, across)
            self.height = sum(self.rows.heights)

    def frames(self) -> list[Frame]:
        spans = self._spans()
        heads = [self._head(p, s) for p, s in zip(self.panels, spans, strict=True)]
        head = max(height for _, height in heads)
        out = []
        for panel, span, (words, height) in zip(self.panels, spans, heads, strict=True):
            # Titles of a row stand on the same line above their frames.
            shift = self.top + head - height
            frame = self._frame(panel, span, self.top + head)
            frame.items += [self._words(x, shift + y, *rest) for x, y, *rest in words]
            out.append(frame)
        return out

    def _spans(self) -> list[tuple[float, float, float, float]]:
        """(left of the titles, left, right of the data, right of everything) of each panel."""
        style, page = self.style, self.style.width - 2 * self.style.margin
        gutters = [self._gutter(panel, first=not i) for i, panel in enumerate(self.panels)]
        rights = [self._right_gutter(panel) for panel in self.panels]
        if self.rows is not None:
            spent = sum(gutters) + sum(rights) + self.gap * (self.across - 1)
            width = (page - spent) / self.across
        spans, x = [], style.margin
        for gutter, right in zip(gutters, rights, strict=True):
            if self.rows is None:
                # Equal outer widths, so that panels stand in line with those above and below.
                width = (page - self.gap * (self.across - 1)) / self.across - gutter - right
            spans.append((x, x + gutter, x + gutter + width, x + gutter + width + right))
            x += gutter + width + right + self.gap
        return spans

    def _gutter(self, panel: Panel, first: bool) -> float:
        if self.rows is not None:
            return self.rows.width + 8 if first else 0.0
        own = gutter(panel, self.height, self.style, self.advance)
        return max(own, self.least_gutter)

    def _right_gutter(self, panel: Panel) -> float:
        if not panel.get("right"):
            return 6.0 if self.rows is None else 0.0
        texts = [text for _, text in panel["right"]["ticks"]]
        widest = max((self.advance(text, self.size, False) for text in texts), default=0.0)
        return widest + _TICK + 3

    # Above the frame.

    def _head(
        self, panel: Panel, span: tuple[float, float, float, float]
    ) -> tuple[list[tuple[Any, ...]], float]:
        """Titles as (x, y from the top, text, anchor, bold), and their height together."""
        outer, left, _right, end = span
        words: list[tuple[Any, ...]] = []
        y = 0.0
        start = left if self.rows is not None else outer
        if panel.get("title"):
            room = end - start + (self.gap - 3 if self.rows is not None else 0)
            room = min(room, self.style.width - self.style.margin - start)
            for line in self._wrapped(panel["title"], room, bold=True):
                y += self._pitch(line)
                words.append((start, y - 0.25 * self.size, line, "start", True))
        level = y
        second = panel.get("right")
        room = (end - outer) * (0.5 if second else 1.0) - (8 if second else 0)
        title = "" if self.rows is not None else panel["y"]["title"]
        for line in self._wrapped(title, room) if title else []:
            y += self._pitch(line)
            words.append((outer, y - 0.25 * self.size, line, "start", False))
        if second:
            below = level
            for line in self._wrapped(second["title"], room):
                below += self._pitch(line)
                words.append((end, below - 0.25 * self.size, line, "end", False))
            y = max(y, below)
        return words, y + 5

    # The frame and what is under it.

    def _frame(self, panel: Panel, span: tuple[float, float, float, float], top: float) -> Frame:
        _, left, right, _ = span
        bottom = top + self.height
        box = (left, top, right, bottom)
        x_axis, y_axis = panel["x"], panel["y"]
        count = len(x_axis.get("categories") or ())
        pitch = (right - left) / count if count else 0.0
        across = scale(x_axis, left, right, [left + (i + 0.5) * pitch for i in range(count)])
        if self.rows is not None:
            middles, y = [], top
            for height in self.rows.heights:
                middles.append(y + height / 2)
                y += height
            upright = scale(y_axis, top, bottom, middles)
        else:
            upright = scale(y_axis, bottom, top)
        titles = [x_axis["title"], y_axis["title"], (panel.get("right") or {}).get("title")]
        spoken = "Axes: " + "; ".join(title for title in titles if title)
        frame = Frame(box, across, upright, spoken)
        self._outline(frame, panel)
        self._under(frame, panel, span, count, pitch)
        self._beside(frame, panel, span)
        return frame

    def _outline(self, frame: Frame, panel: Panel) -> None:
        left, top, right, bottom = frame.box
        style = self.style
        if self.rows is not None:
            # From a name to its points in the last panel the eye needs a line.
            for y in frame.y.middles:
                pale = colour("quiet/30", style)
                frame.items.append(Line(((left, y), (right, y)), style.thin_line, pale))
        frame.items.append(Line(((left, bottom), (right, bottom)), style.line, style.ink))
        side = style.quiet if self.rows is not None else style.ink
        frame.items.append(Line(((left, top), (left, bottom)), style.line, side))
        if panel.get("right"):
            frame.items.append(Line(((right, top), (right, bottom)), style.line, style.ink))

    def _under(
        self,
        frame: Frame,
        panel: Panel,
        span: tuple[float, float, float, float],
        count: int,
        pitch: float,
    ) -> None:
        left, _, right, bottom = frame.box
        axis, style = panel["x"], self.style
        # Panels beside a list of rows are narrow.
        size = self.size if self.rows is None else style.note_size
        y = bottom + _TICK + 1
        if count:
            y = self._level_list(frame, axis["categories"], pitch, y)
        else:
            room = (left - self.gap / 2 + 1, right + self.gap / 2 - 1)
            room = (max(room[0], style.margin), min(room[1], style.width - style.margin))
            for at, text in named_ticks(axis, frame.x, room, style, self.advance, True, size):
                frame.items.append(
                    Line(((at, bottom), (at, bottom + _TICK)), style.line, style.ink)
                )
                words = self._words(at, y + 0.93 * size, text, "middle", size=size)
                frame.items.append(words)
            y += 1.3 * size
        room = span[3] - left + (self.gap - 6 if self.rows is not None else 0)
        # Centred under the data as far as the panel goes.
        for line in self._wrapped(axis["title"], room) if axis["title"] else []:
            y += self._pitch(line)
            half = self.advance(line, size, False) / 2
            least = max(left - self.gap / 2 + 2, style.margin) + half
            most = min(right + self.gap / 2 - 2, style.width - style.margin) - half
            middle = min(max((left + right) / 2, least), max(most, least))
            frame.items.append(self._words(middle, y - 0.25 * size, line, "middle"))
        frame.bottom = y + 2

    def _level_list(
        self, frame: Frame, categories: Sequence[Sequence[str]], pitch: float, top: float
    ) -> float:
        step, lines = columns(categories, pitch, self.style, self.advance)
        deepest = top
        # With only some printed, the last one that the page has room for is among them.
        end = self.style.width - self.style.margin
        fits = [
            number
            for number, part in enumerate(lines)
            if frame.x.at(number) + max(map(self._width, part), default=0.0) / 2 <= end
        ]
        shown = set(fits[::-step] if step > 1 else range(len(lines)))
        for number, part in enumerate(lines):
            at, bottom = frame.x.at(number), frame.box[3]
            ends = ((at, bottom), (at, bottom + _TICK))
            frame.items.append(Line(ends, self.style.line, self.style.ink))
            if number not in shown:
                continue
            y = top
            for line in part:
                y += self._pitch(line)
                frame.items.append(self._words(at, y - 0.25 * self.size, line, "middle"))
            deepest = max(deepest, y)
        return deepest + 2

    def _beside(self, frame: Frame, panel: Panel, span: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = frame.box
        style, size, axis = self.style, self.size, panel["y"]
        if self.rows is not None:
            if panel is self.panels[0]:
                self._row_labels(frame, span[0])
            return
        for at, text in named_ticks(axis, frame.y, (top, bottom), style, self.advance, False, size):
            frame.items.append(Line(((left - _TICK, at), (left, at)), style.line, style.ink))
            frame.items.append(self._words(left - _TICK - 2, at + 0.36 * size, text, "end"))
        if second := panel.get("right"):
            for at, text in named_ticks(
                second, frame.y, (top, bottom), style, self.advance, False, size
            ):
                frame.items.append(Line(((right, at), (right + _TICK, at)), style.line, style.ink))
                frame.items.append(self._words(span[3], at + 0.36 * size, text, "end"))

    def _row_labels(self, frame: Frame, left: float) -> None:
        assert self.rows is not None
        for number, lines in enumerate(self.rows.lines):
            pitch = self._pitch(" ".join(lines))
            first = frame.y.at(number) - (len(lines) - 1) * pitch / 2 + 0.36 * self.size
            for position, line in enumerate(lines):
                backwards = right_to_left(" ".join(lines))
                x, anchor = (left + self.rows.width, "end") if backwards else (left, "start")
                y = first + position * pitch
                frame.items.append(self._words(x, y, line, anchor))

    # Pieces.

    def _width(self, text: str) -> float:
        return self.advance(text, self.size, False)

    def _wrapped(self, text: str, room: float, bold: bool = False) -> list[str]:
        return wrap(text, room, lambda line: self.advance(line, self.size, bold))

    def _words(
        self,
        x: float,
        y: float,
        text: str,
        anchor: str = "start",
        bold: bool = False,
        size: float | None = None,
    ) -> Words:
        size = self.size if size is None else size
        style, width = self.style, self.advance(text, size, bold)
        return Words(x, y, text, size, width, anchor, bold, style.ink, right_to_left(text))

    def _pitch(self, text: str) -> float:
        return self.size * (self.style.tall_leading if self.tall(text) else self.style.leading)
