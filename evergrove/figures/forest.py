"""A forest plot: the figure table placed on a sheet, so that nothing overlaps.

Rows grow with their labels, the page with its rows; the width is the style's. Widths of words
come from `advance`, so this module draws nothing and needs no drawing library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evergrove.figures import marks
from evergrove.figures.axis import tick_digits, ticks
from evergrove.figures.columns import (
    SPANNING,
    Advance,
    columns_of,
    effect_parts,
    label_lines,
    letters_of,
    letters_width,
)
from evergrove.figures.sheet import Group, Line, Shape, Sheet, Words
from evergrove.figures.style import Style
from evergrove.figures.text import right_to_left, wrap
from evergrove.shown_measures import measure_of

Table = dict[str, Any]
#: Whether a text needs a font with a taller line box.
Tall = Callable[[str], bool]


def forest_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """Place a forest table on a sheet; adds `placement` (what is where) and the axis' ticks to it.

    Lengths in `placement` are points from the top left corner.
    """
    return _Forest(table, style, advance, tall).sheet()


class _Forest:
    """The page from top to bottom; `y` is where the next thing begins."""

    def __init__(self, table: Table, style: Style, advance: Advance, tall: Tall) -> None:
        self.table, self.style, self.advance, self.tall = table, style, advance, tall
        self.columns = columns_of(table, style, advance)
        self.groups: list[Group] = []
        self.places: list[dict[str, float]] = []
        self.y = style.margin

    def sheet(self) -> Sheet:
        table, style = self.table, self.style
        if style.show_title and table["title"]:
            self._paragraph("title", table["title"], style.text_size + 1, bold=True)
            self.y += 5
        self._header()
        top = self.y
        centres = [self._row(row) for row in table["rows"]]
        if table["axis"]["drawn"]:
            self.groups.insert(0, self._guides(top, self.y, centres))
            self._axis()
            self._directions()
            self._axis_title()
        self.y += 4
        for number, note in enumerate(table["notes"], 1):
            self._paragraph(f"note-{number}", note, style.note_size)
            self.y += 1
        self._key()
        height = round(self.y + style.margin, 2)
        table["placement"] = self._placement(height)
        return Sheet(
            table["figure"], style.width, height, table["title"], table["description"], self.groups
        )

    # Rows.

    def _header(self) -> None:
        style, size = self.style, self.style.text_size
        deepest = max(len(column["header"]) for column in self.table["columns"])
        pitch = style.leading * size
        items: list[Words | Line | Shape] = []
        for column in self.table["columns"]:
            left, right = self.columns.span[column["id"]]
            x, anchor = (left, "start") if column["id"] == "study" else (right, "end")
            first = deepest - len(column["header"])
            for position, line in enumerate(column["header"], first + 1):
                baseline = self.y + position * pitch - 0.3 * size
                items.append(self._words(x, baseline, line, size, anchor, bold=True))
        self.y += deepest * pitch + 2
        items.append(self._rule(style.line))
        self.y += 3
        headers = [" ".join(column["header"]) for column in self.table["columns"]]
        self._group("header", "Columns: " + ", ".join(filter(None, headers)), items)

    def _row(self, row: Mapping[str, Any]) -> float:
        """Place one row; returns the height at which its mark stands."""
        kind, style = row["kind"], self.style
        items: list[Words | Line | Shape] = []
        if kind == "pooled":
            self.y += 2
            items.append(self._rule(style.thin_line))
            self.y += 2
        elif kind == "group" and self.places:
            self.y += 3
        top = self.y
        size = style.note_size if kind == "remark" else style.text_size
        pitch = self._pitch(row["label"], size)
        baseline = top + style.row_gap / 2 + pitch - 0.3 * size
        label, lines = self._label(row, baseline, pitch, size)
        centre = baseline - 0.36 * style.text_size
        items += label + self._cells(row, baseline)
        if "values" in row:
            items += self._mark(row, centre)
        self.y = top + style.row_gap + lines * pitch
        self.places.append(
            {"top": round(top, 2), "bottom": round(self.y, 2), "centre": round(centre, 2)}
        )
        self._group(row["id"], row.get("spoken", row["label"]), items)
        return centre

    def _label(
        self, row: Mapping[str, Any], baseline: float, pitch: float, size: float
    ) -> tuple[list[Words], int]:
        """The words of a label in as many lines as it needs, and the number of lines.

        Its letters stand behind the last line. Later lines are indented on the side where a line
        begins: right in Hebrew and Arabic.
        """
        style, text, letters = self.style, row["label"], letters_of(row)
        bold = bool(row.get("bold"))
        indent = 0.0 if row["kind"] == "remark" else style.indent
        left, right = self.columns.span["study"]
        if row["kind"] in SPANNING:
            right = self.columns.span["plot"][0] - style.column_gap
        room = right - left
        lines = label_lines(row, room, style, self.advance, indent)
        extra = letters_width(row, style, self.advance)

        def width(line: str) -> float:
            return self.advance(line, size, bold)

        backwards = right_to_left(text)
        colour = style.soft_ink if row["kind"] == "remark" else style.ink
        starts = [indent if number else 0.0 for number in range(len(lines))]
        # A broken paragraph from right to left fills the column; one line stays with its cell.
        block = room if len(lines) > 1 else width(lines[0]) + extra
        words = []
        for number, (line, start) in enumerate(zip(lines, starts, strict=True)):
            x = left + (block - start if backwards else start)
            y = baseline + number * pitch
            anchor = "end" if backwards else "start"
            words.append(Words(x, y, line, size, width(line), anchor, bold, colour, backwards))
        if letters:
            last = words[-1]
            end = last.left - extra if backwards else last.left + last.width + style.mark_gap
            words.append(self._words(end, last.y - 0.22 * size, letters, style.mark_size))
        return words, len(lines)

    def _cells(self, row: Mapping[str, Any], baseline: float) -> list[Words]:
        size, cells, items = self.style.text_size, row.get("cells", {}), []
        for name, text in cells.items():
            if text and isinstance(text, str) and name in self.columns.span:
                right = self.columns.span[name][1]
                items.append(self._words(right, baseline, text, size, "end"))
        for column, ends in {"effect": self.columns.parts, **self.columns.intervals}.items():
            for name, text in effect_parts(cells.get(column)).items():
                items.append(self._words(ends[name], baseline, text, size, "end"))
        return items

    def _mark(self, row: Mapping[str, Any], centre: float) -> list[Line | Shape]:
        at = {
            name: None if row["values"][name] is None else self.columns.x(row["values"][name])
            for name in ("estimate", "low", "high")
        }
        share = self._share(row) if row["shape"] == "square" else None
        frame = marks.Frame(self.columns.left, self.columns.right, centre, self.style)
        behind: list[Line | Shape] = []
        if row["values"].get("pi_low") is not None:
            low, high = (self.columns.x(row["values"][name]) for name in ("pi_low", "pi_high"))
            behind = marks.whiskers(low, high, frame)
        return behind + marks.mark(row["shape"], at, frame, share)

    def _share(self, row: Mapping[str, Any]) -> float:
        """The weight as a share of the largest one: the area of the square."""
        weights = [r["values"]["weight"] for r in self.table["rows"] if r["kind"] == "study"]
        known = [weight for weight in weights if weight is not None]
        if not known or max(known) <= 0:
            return 0.4
        return (row["values"]["weight"] or 0.0) / max(known)

    # Behind and under the rows.

    def _guides(self, top: float, bottom: float, centres: Sequence[float]) -> Group:
        """The line of no effect, quiet, and the line of the pooled estimate."""
        style, axis = self.style, self.table["axis"]
        items: list[Line] = []
        if axis["null"] is not None:
            x = self.columns.x(axis["null"])
            items.append(Line(((x, top), (x, bottom)), style.line, style.quiet))
        if axis.get("reference") is not None:
            x = self.columns.x(axis["reference"])
            items.append(Line(((x, top), (x, bottom)), style.line, style.diamond, (2.0, 2.0)))
        for row, centre in zip(self.table["rows"], centres, strict=True):
            if row["kind"] == "pooled":
                x = self.columns.x(row["values"]["estimate"])
                if self.columns.left <= x <= self.columns.right:
                    ends = ((x, top), (x, centre - style.diamond_height / 2))
                    items.append(Line(ends, style.line, style.diamond, (2.0, 2.0)))
        return Group("guides", "Lines of no effect and of the pooled estimate", tuple(items))

    def _axis(self) -> None:
        style, axis, columns = self.style, self.table["axis"], self.columns
        size, y = style.text_size, self.y + 3
        items: list[Words | Line | Shape] = [
            Line(((columns.left, y), (columns.right, y)), style.line, style.ink)
        ]
        placed = self._ticks(size)
        for x, text in placed:
            items.append(Line(((x, y), (x, y + 3)), style.line, style.ink))
            items.append(self._words(x, y + 4 + 0.93 * size, text, size, "middle"))
        axis["ticks"] = [text for _, text in placed]
        self.y = y + 4 + 1.3 * size
        self._group("axis", f"Axis: {axis['title']}", items)

    def _ticks(self, size: float) -> list[tuple[float, str]]:
        """As many round values as can be printed with space between them."""
        axis, style = self.table["axis"], self.style
        measure = measure_of(self.table["measure"])
        for most in range(9, 0, -1):
            found = ticks(axis["low"], axis["high"], measure, most)
            values = [value for _, value in found]
            digits = tick_digits(values)
            texts = [
                style.numbers.fixed(
                    value, tick_digits([value]) if measure.scale == "log" else digits
                )
                for value in values
            ]
            xs = [self.columns.x(place) for place, _ in found]
            half = [self.advance(text, size, False) / 2 for text in texts]
            gaps = (xs[i + 1] - half[i + 1] - (xs[i] + half[i]) for i in range(len(xs) - 1))
            if all(gap >= 0.6 * size for gap in gaps):
                return list(zip(xs, texts, strict=True))
        return []

    def _directions(self) -> None:
        """What each side of the line of no effect means, starting from that line.

        The strip under the ticks is free on both sides of the plot, so a label has the whole way
        to the page's edge; it is broken into lines where that is not enough.
        """
        axis, style, columns = self.table["axis"], self.style, self.columns
        negative, positive = axis["negative_side"], axis["positive_side"]
        if not positive:
            return
        size, edge, gap = style.note_size, style.width - style.margin, 4.0
        left, right = f"← {negative}", f"{positive} →"
        if axis["null"] is not None:
            x = columns.x(axis["null"])
            sides = [
                ("end", x - gap, x - gap - style.margin, left),
                ("start", x + gap, edge - x - gap, right),
            ]
        elif axis["low"] > (measure_of(self.table["measure"]).null or 0.0):
            sides = [("end", columns.right, columns.right - style.margin, right)]
        else:
            sides = [("start", columns.left, edge - columns.left, left)]
        items: list[Words | Line | Shape] = []
        pitch, deepest = style.leading * size, 0
        for anchor, x, room, text in sides:
            lines = wrap(text, max(room, 30.0), lambda line: self.advance(line, size, False))
            deepest = max(deepest, len(lines))
            for number, line in enumerate(lines, 1):
                y = self.y + number * pitch - 0.2 * size
                items.append(self._words(x, y, line, size, anchor))
        self.y += deepest * pitch + 2
        self._group("directions", f"Right: {positive}. Left: {negative}.", items)

    def _axis_title(self) -> None:
        """Centred under the plot as far as the page allows."""
        style, size, title = self.style, self.style.text_size, self.table["axis"]["title"]
        room = style.width - 2 * style.margin
        middle = (self.columns.left + self.columns.right) / 2
        items: list[Words | Line | Shape] = []
        for line in wrap(title, room, lambda text: self.advance(text, size, False)):
            self.y += self._pitch(line, size)
            half = self.advance(line, size, False) / 2
            x = min(max(middle, style.margin + half), style.width - style.margin - half)
            items.append(self._words(x, self.y - 0.25 * size, line, size, "middle"))
        self.y += 3
        self._group("axis-title", title, items)

    def _paragraph(self, id: str, text: str, size: float, bold: bool = False) -> None:
        """Lines over the whole width."""
        style = self.style
        room = style.width - 2 * style.margin
        items: list[Words | Line | Shape] = []
        for line in wrap(text, room, lambda line: self.advance(line, size, bold)):
            self.y += self._pitch(text, size)
            items.append(self._words(style.margin, self.y - 0.25 * size, line, size, bold=bold))
        self._group(id, text, items)

    def _key(self) -> None:
        """What the letters mean, run on in one paragraph."""
        style, entries = self.style, self.table["key"]
        if not entries:
            return
        size, small = style.note_size, style.mark_size
        left, room = style.margin, style.width - 2 * style.margin
        items: list[Words | Line | Shape] = []
        x = left
        self.y += style.leading * size
        for number, entry in enumerate(entries, 1):
            text = entry["text"] + (";" if number < len(entries) else ".")
            letter = self.advance(entry["letter"], small, False) + style.mark_gap
            if x > left and x + letter + self.advance(text, size, False) > left + room:
                x, self.y = left, self.y + self._pitch(text, size)
            items.append(self._words(x, self.y - 0.37 * size, entry["letter"], small))
            lines = wrap(text, room - letter, lambda line: self.advance(line, size, False))
            for position, line in enumerate(lines):
                if position:
                    self.y += self._pitch(text, size)
                items.append(self._words(x + letter, self.y - 0.25 * size, line, size))
            x += letter + self.advance(lines[-1], size, False) + 6
        spoken = "; ".join(f"{entry['letter']}: {entry['text']}" for entry in entries)
        self._group("key", spoken, items)

    # Pieces.

    def _group(self, id: str, label: str, items: Sequence[Words | Line | Shape]) -> None:
        self.groups.append(Group(id, label, tuple(items)))

    def _words(
        self, x: float, y: float, text: str, size: float, anchor: str = "start", bold: bool = False
    ) -> Words:
        width = self.advance(text, size, bold)
        return Words(x, y, text, size, width, anchor, bold, self.style.ink, right_to_left(text))

    def _rule(self, width: float) -> Line:
        ends = ((self.style.margin, self.y), (self.style.width - self.style.margin, self.y))
        return Line(ends, width, self.style.ink)

    def _pitch(self, text: str, size: float) -> float:
        return size * (self.style.tall_leading if self.tall(text) else self.style.leading)

    def _placement(self, height: float) -> dict[str, Any]:
        spans = self.columns.span.items()
        return {
            "unit": "pt",
            "width": round(self.style.width, 2),
            "height": height,
            "columns": {id: [round(left, 2), round(right, 2)] for id, (left, right) in spans},
            "axis": [round(self.columns.left, 2), round(self.columns.right, 2)],
            "rows": self.places,
        }
