"""A chart on two axes: its table placed on a sheet, so that no text touches another or a point.

The table of a chart is plain JSON, as that of a forest plot:

- `figure`, `kind`, `title`, `description`, `notes` (texts), `columns` (panels in a row) and
  `height` (points, of the frame of a panel);
- `panels`: each with `id`, `title`, the axes `x` and `y` (and `right`, a second scale with given
  ticks), `bands` ({points, fill}), `lines` ({points, colour, width, dash}), `clouds` ({shape,
  colour, size, at}: marks without names) and `points`;
- a point has `id`, `x`, `y`, `shape`, `colour`, `size`, `label`, `spoken`, and may have the ends of
  intervals (`x_low`, `x_high`, `y_low`, `y_high`), `name` (of a study; without it a label that
  finds no place is not listed), `edge`, and `first` (its label is placed before the others);
- `key`: what the marks mean ({mark, colour, text}).

An axis has `title`, `low`, `high`, and may have `measure` (values then lie on the pooled scale,
ticks are printed on the measure's own), `reversed`, `ticks` ([value, text]) or `categories` (a list
of lists of lines; values are then 0, 1, ...). Colours are roles of the style, see `chart_marks`.

A point's `label` is printed beside it; points with the same `id` in several panels are one group
for a screen reader. Labels are given places in the order of the points.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.figures import chart_labels, chart_marks
from evergrove.figures.chart_axes import LABELS_LEAST
from evergrove.figures.chart_frame import Frame, Item, framed, gutter
from evergrove.figures.chart_marks import colour
from evergrove.figures.columns import Advance
from evergrove.figures.sheet import Group, Line, Point, Shape, Sheet, Words
from evergrove.figures.style import Style
from evergrove.figures.text import right_to_left, wrap

Table = dict[str, Any]
Tall = Callable[[str], bool]
#: A label beside a point: its widest line (points), liked and tried; its most lines. Longer ones
#: are listed.
LABEL_WIDTHS, LABEL_LINES = (120.0, 72.0), 3
#: So many names are written out in the note on points without a label.
NAMES_IN_NOTE = 12
#: Between panels, and the least width of the data of one, in points.
_PANEL_GAP, _PANEL_LEAST = 16.0, 32.0


def chart_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """Place the table of a chart on a sheet; adds `placement` and `unlabelled` to the table.

    Lengths in `placement` are points from the top left corner; `unlabelled` has the labels for
    which no free place was found.
    """
    return _Chart(table, style, advance, tall).sheet()


class _Chart:
    """The page from top to bottom; `y` is where the next thing begins."""

    def __init__(self, table: Table, style: Style, advance: Advance, tall: Tall) -> None:
        self.table, self.style, self.advance, self.tall = table, style, advance, tall
        self.groups: list[Group] = []
        #: What belongs to one study, from all panels: (spoken label, items).
        self.named: dict[str, tuple[str, list[Item]]] = {}
        self.unlabelled: list[str] = []
        self.frames: dict[str, Frame] = {}
        self.y = style.margin

    def sheet(self) -> Sheet:
        table, style = self.table, self.style
        if style.show_title and table["title"]:
            self._paragraph("title", table["title"], style.text_size + 1, bold=True)
            self.y += 5
        across = self._across()
        panels = table["panels"]
        for first in range(0, len(panels), across):
            self._row_of_panels(panels[first : first + across], across)
        for id, (spoken, items) in self.named.items():
            self.groups.append(Group(id, spoken, tuple(items)))
        self.y += 2
        self._key()
        notes = [*table["notes"], *self._unlabelled_note()]
        for number, note in enumerate(notes, 1):
            self._paragraph(f"note-{number}", note, style.note_size)
            self.y += 1
        height = round(self.y + style.margin, 2)
        table["unlabelled"] = self.unlabelled
        table["placement"] = {
            "unit": "pt",
            "width": round(style.width, 2),
            "height": height,
            "panels": {id: [round(x, 2) for x in frame.box] for id, frame in self.frames.items()},
        }
        return Sheet(
            table["figure"], style.width, height, table["title"], table["description"], self.groups
        )

    # Panels.

    def _row_of_panels(self, panels: Sequence[Mapping[str, Any]], across: int) -> None:
        style = self.style
        # In every row of panels the first one prints the labels that they share.
        panels = (
            [{**panels[0], "y": self.table["panels"][0]["y"]}, *panels[1:]]
            if across > 1
            else panels
        )
        frames = framed(
            panels,
            self.y,
            self._height(panels[0]),
            across,
            self.table.get("gap", _PANEL_GAP),
            style,
            self.advance,
            self.tall,
            self._gutter() if across == 1 else 0.0,
        )
        for panel, frame in zip(panels, frames, strict=True):
            self.frames[panel["id"]] = frame
            self._panel(panel, frame)
        self.y = max(frame.bottom for frame in frames) + 8

    def _across(self) -> int:
        """Panels in a row: fewer than the table says where they would get too narrow."""
        wanted, gap = self.table.get("columns", 1), self.table.get("gap", _PANEL_GAP)
        room = (1 - LABELS_LEAST) * self.style.width - 2 * self.style.margin
        return max(1, min(wanted, int(room / (_PANEL_LEAST + gap))))

    def _height(self, panel: Mapping[str, Any]) -> float:
        return panel.get("height", self.table["height"])

    def _gutter(self) -> float:
        """What the widest numbers of stacked panels need, so that their frames stand in line."""
        return max(
            gutter(panel, self._height(panel), self.style, self.advance)
            for panel in self.table["panels"]
        )

    def _panel(self, panel: Mapping[str, Any], frame: Frame) -> None:
        style, id = self.style, panel["id"]
        behind: list[Item] = []
        for band in panel.get("bands", ()):
            outline = chart_marks.cut_polygon(self._places(band["points"], frame), frame.box)
            if len(outline) > 2:
                behind.append(Shape(outline, colour(band["fill"], style)))
        strokes: list[tuple[Point, Point]] = []
        for line in panel.get("lines", ()):
            for part in chart_marks.cut_line(self._places(line["points"], frame), frame.box):
                ink, width = colour(line["colour"], style), line.get("width", style.line)
                behind.append(Line(part, width, ink, tuple(line.get("dash", ()))))
                strokes += itertools.pairwise(part)
        marks: list[Item] = []
        for cloud in panel.get("clouds", ()):
            ink = colour(cloud["colour"], style)
            for x, y in self._places(cloud["at"], frame):
                marks.append(
                    chart_marks.point(cloud["shape"], x, y, cloud["size"], ink, style.line)
                )
        self._say(
            f"behind-{id}", panel.get("spoken", f"Lines and areas of {panel['title']}"), behind
        )
        self._say(f"axes-{id}", frame.spoken, frame.items)
        self._say(f"cloud-{id}", panel.get("cloud_spoken", ""), marks)
        boxes = [chart_marks.extent(mark) for mark in marks]
        for item in panel.get("points", ()):
            drawn = self._point(item, frame)
            boxes.append(chart_marks.extent(drawn[-1]))
            strokes += [
                (part.points[0], part.points[-1]) for part in drawn if isinstance(part, Line)
            ]
            self.named.setdefault(item["id"], (item.get("spoken", ""), []))[1].extend(drawn)
        self._labels(panel.get("points", ()), frame, boxes, strokes)

    def _places(self, points: Sequence[Sequence[float]], frame: Frame) -> list[Point]:
        return [(frame.x.at(x), frame.y.at(y)) for x, y in points]

    def _point(self, item: Mapping[str, Any], frame: Frame) -> list[Line | Shape]:
        """The intervals of a point, then its mark."""
        style, ink = self.style, colour(item["colour"], self.style)
        x, y = frame.x.at(item["x"]), frame.y.at(item["y"])
        bar = chart_marks.Bar(ink, item.get("line", style.line), item.get("cap", 0.0))
        drawn: list[Line | Shape] = []
        if item.get("x_low") is not None:
            low, high = frame.x.at(item["x_low"]), frame.x.at(item["x_high"])
            drawn += chart_marks.interval((low, y), (high, y), frame.box, bar)
        if item.get("y_low") is not None:
            low, high = frame.y.at(item["y_low"]), frame.y.at(item["y_high"])
            drawn += chart_marks.interval((x, low), (x, high), frame.box, bar)
        mark = chart_marks.point(item["shape"], x, y, item["size"], ink, style.line)
        if item.get("edge"):
            mark = Shape(mark.points, mark.fill, colour(item["edge"], style), style.thin_line)
        return [*drawn, mark]

    def _labels(
        self,
        points: Sequence[Mapping[str, Any]],
        frame: Frame,
        boxes: Sequence[chart_marks.Box],
        strokes: Sequence[tuple[Point, Point]],
    ) -> None:
        style, size = self.style, self.style.note_size
        wanted, texts, items = [], [], []
        for item in sorted(points, key=lambda item: not item.get("first")):
            if not item.get("label"):
                continue
            ways = self._ways(item["label"])
            if not ways:
                self._leave_out(item)
                continue
            pitch = self._pitch(item["label"], size)
            sizes = tuple(
                (max(self.advance(line, size, False) for line in lines), len(lines) * pitch)
                for lines in ways
            )
            x, y, radius = frame.x.at(item["x"]), frame.y.at(item["y"]), item["size"] * 0.63
            wanted.append(chart_labels.Wanted(x, y, radius, sizes))
            texts.append(ways)
            items.append(item)
        found = chart_labels.place(wanted, frame.box, boxes, strokes)
        for item, ways, label, place in zip(items, texts, wanted, found, strict=True):
            if place is None:
                self._leave_out(item)
                continue
            drawn: list[Item] = []
            if place.leader:
                drawn.append(Line(place.leader, style.thin_line, style.quiet))
            pitch = self._pitch(item["label"], size)
            drawn += self._label(ways[place.size], place.box, label.x, pitch)
            self.named[item["id"]][1].extend(drawn)

    def _ways(self, text: str) -> list[list[str]]:
        """The lines of a label, at its full width and narrower; none if it is too long for both."""
        size, ways = self.style.note_size, []
        for width in LABEL_WIDTHS:
            lines = wrap(text, width, lambda line: self.advance(line, size, False))
            if len(lines) <= LABEL_LINES and lines not in ways:
                ways.append(lines)
        return ways

    def _label(
        self, lines: Sequence[str], box: chart_marks.Box, x: float, pitch: float
    ) -> list[Words]:
        """The lines of a label, set against the side where its point is."""
        size = self.style.note_size
        end = (box[0] + box[2]) / 2 < x
        at, anchor = (box[2], "end") if end else (box[0], "start")
        first = box[1] + (pitch - size) / 2 + 0.85 * size
        return [
            self._words(at, first + number * pitch, line, size, anchor)
            for number, line in enumerate(lines)
        ]

    def _leave_out(self, item: Mapping[str, Any]) -> None:
        label = item["label"]
        # A number alone says nothing in a list; the table and the axis have it.
        if item.get("name") and label not in self.unlabelled:
            self.unlabelled.append(label)

    def _unlabelled_note(self) -> list[str]:
        names = self.unlabelled
        if not names:
            return []
        shown, more = names[:NAMES_IN_NOTE], len(names) - NAMES_IN_NOTE
        if more > 0:
            shown = [*shown, f"{wording.count(more)} more, which the table of this figure names"]
        return [f"Points without a label, for want of room: {'; '.join(shown)}."]

    # Under the panels.

    def _key(self) -> None:
        """Marks and what they mean, run on in one paragraph."""
        style, entries = self.style, self.table["key"]
        if not entries:
            return
        size, swatch = style.note_size, 20.0
        left, room = style.margin, style.width - 2 * style.margin
        items: list[Item] = []
        pitch = max(self._pitch(entry["text"], size) for entry in entries) + 1
        x = left
        self.y += pitch
        for entry in entries:
            lines = wrap(entry["text"], room - swatch, lambda t: self.advance(t, size, False))
            if x > left and x + swatch + self.advance(lines[0], size, False) > left + room:
                x, self.y = left, self.y + pitch
            items += self._swatch(entry, x, self.y - 0.6 * size)
            for number, line in enumerate(lines):
                self.y += pitch if number else 0.0
                items.append(self._words(x + swatch, self.y - 0.25 * size, line, size))
            x += swatch + max(self.advance(line, size, False) for line in lines) + 12
        self.y += 3
        self._say("key", "Key: " + "; ".join(entry["text"] for entry in entries), items)

    def _swatch(self, entry: Mapping[str, Any], x: float, y: float) -> list[Item]:
        style, ink = self.style, colour(entry["colour"], self.style)
        if entry["mark"] == "line":
            width = entry.get("width", style.line)
            return [Line(((x, y), (x + 16, y)), width, ink, tuple(entry.get("dash", ())))]
        if entry["mark"] == "band":
            corners = ((x, y - 3.5), (x + 16, y - 3.5), (x + 16, y + 3.5), (x, y + 3.5))
            return [Shape(corners, ink, style.quiet, style.thin_line)]
        size = entry.get("size", 5.0)
        return [chart_marks.point(entry["mark"], x + 8, y, size, ink, style.line)]

    # Pieces.

    def _paragraph(self, id: str, text: str, size: float, bold: bool = False) -> None:
        style = self.style
        room = style.width - 2 * style.margin
        items: list[Item] = []
        for line in wrap(text, room, lambda line: self.advance(line, size, bold)):
            self.y += self._pitch(text, size)
            items.append(self._words(style.margin, self.y - 0.25 * size, line, size, bold=bold))
        self._say(id, text, items)

    def _say(self, id: str, spoken: str, items: Sequence[Item]) -> None:
        if items:
            self.groups.append(Group(id, spoken, tuple(items)))

    def _words(
        self, x: float, y: float, text: str, size: float, anchor: str = "start", bold: bool = False
    ) -> Words:
        width = self.advance(text, size, bold)
        return Words(x, y, text, size, width, anchor, bold, self.style.ink, right_to_left(text))

    def _pitch(self, text: str, size: float) -> float:
        # A browser rounds the line box of a small font up to whole pixels.
        return 0.3 + size * (self.style.tall_leading if self.tall(text) else self.style.leading)
