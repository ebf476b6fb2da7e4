"""One page of a forest plot, drawn from top to bottom: header, rows, and what stands under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove.figures import marks
from evergrove.figures.columns import (
    INTERVALS,
    SPANNING,
    Advance,
    Columns,
    cell_lines,
    effect_parts,
    judgement_pitch,
    label_lines,
    letters_of,
    letters_width,
    raised,
    split_at_mark,
)
from evergrove.figures.pen import Items, Pen, Tall
from evergrove.figures.risk import judgement_items
from evergrove.figures.sheet import Group, Line, Shape, Words
from evergrove.figures.style import Style
from evergrove.figures.text import right_to_left
from evergrove.figures.under import draw_axis, draw_axis_title, draw_directions, draw_key

Table = dict[str, Any]
Row = Mapping[str, Any]

ABOVE_NOTES = 4  # points between the axis and what stands under it


def label_height(style: Style) -> float:
    """What "Page 2 of 5" takes at the foot of a page, in points."""
    return 1.5 * style.note_size


class Page(Pen):
    """One page from top to bottom.

    After `draw`: the heights of its parts, and `places`, where each row of the table stands.
    """

    def __init__(
        self, table: Table, columns: Columns, style: Style, advance: Advance, tall: Tall
    ) -> None:
        super().__init__(style, advance, tall)
        self.table, self.columns = table, columns
        self.places: list[dict[str, float]] = []
        self.heights: list[float] = []
        self.note_heights: list[float] = []
        self.head = self.ticks = self.under = self.key = self.height = 0.0

    def draw(
        self,
        rows: Sequence[Row],
        *,
        first: bool,
        notes: Sequence[str],
        last: bool,
        axis_ends: bool = True,
        label: str | None = None,
    ) -> None:
        """Draw these rows, and on the `last` page what stands under them all.

        `axis_ends` is whether the directions and the title of the axis stand here; `label` says
        which page this is.
        """
        table, style = self.table, self.style
        if first and style.show_title and table["title"]:
            self.paragraph("title", table["title"], style.text_size + 1, bold=True)
            self.y += 5
        if rows:
            self._header()
            self.head = self.y - style.margin
            self._rows(rows, axis_ends)
        self.y += ABOVE_NOTES
        written = len(table["notes"]) if last else 0
        written = written - len(notes)
        for number, note in enumerate(notes, 1 + max(written, 0)):
            before = self.y
            self.paragraph(f"note-{number}", note, style.note_size)
            self.y += 1
            self.note_heights.append(self.y - before)
        if last:
            before = self.y
            draw_key(self, table["key"])
            self.key = self.y - before
        if label:
            size = style.note_size
            self.y += label_height(style)
            right = style.width - style.margin
            items = [self.words(right, self.y - 0.25 * size, label, size, "end")]
            self.group("page", label, items)
        self.height = round(self.y + style.margin, 2)

    def _rows(self, rows: Sequence[Row], axis_ends: bool) -> None:
        top, centres = self.y, []
        for row in rows:
            before = self.y
            centres.append(self._row(row))
            self.heights.append(self.y - before)
        self._brackets(rows, centres)
        if not self.table["axis"]["drawn"]:
            return
        self.groups.insert(0, self._guides(rows, top, self.y, centres))
        before = self.y
        draw_axis(self, self.table, self.columns)
        self.ticks = self.y - before
        if axis_ends:
            before = self.y
            draw_directions(self, self.table, self.columns)
            draw_axis_title(self, self.table, self.columns)
            self.under = self.y + 4 - before

    def _header(self) -> None:
        style, size = self.style, self.style.text_size
        deepest = max(len(_header_lines(column)) for column in self.table["columns"])
        pitch = style.leading * size
        items: Items = []
        for column in self.table["columns"]:
            left, right = self.columns.span[column["id"]]
            starts = column["id"] == "study" or column.get("align") == "left"
            x, anchor = (left, "start") if starts else (right, "end")
            if "domains" in column:
                x, anchor = left, "start"
                baseline = self.y + deepest * pitch - 0.3 * size
                for centre, name in zip(self._centres(column), column["domains"], strict=True):
                    items.append(self.words(centre, baseline, name, size, "middle", bold=True))
            first = deepest - len(_header_lines(column))
            for position, line in enumerate(column["header"], first + 1):
                baseline = self.y + position * pitch - 0.3 * size
                items.append(self.words(x, baseline, line, size, anchor, bold=True))
        self.y += deepest * pitch + 2
        items.append(self.rule(style.line))
        self.y += 3
        headers = [" ".join(column["header"]) for column in self.table["columns"]]
        self.group("header", "Columns: " + ", ".join(filter(None, headers)), items)

    def _centres(self, column: Row) -> list[float]:
        """Where the symbols of each domain stand."""
        left = self.columns.span[column["id"]][0]
        pitch = judgement_pitch(column, self.style, self.advance)
        return [left + (number + 0.5) * pitch for number in range(len(column["domains"]))]

    def _row(self, row: Row) -> float:
        """Place one row; returns the height at which its mark stands."""
        kind, style = row["kind"], self.style
        items: Items = []
        if kind == "pooled":
            self.y += 2
            items.append(self.rule(style.thin_line))
            self.y += 2
        elif kind == "group" and self.places:
            self.y += 3
        top = self.y
        size = style.note_size if kind == "remark" else style.text_size
        pitch = self.pitch(row["label"], size)
        baseline = top + style.row_gap / 2 + pitch - 0.3 * size
        label, lines = self._label(row, baseline, pitch, size)
        centre = baseline - 0.36 * style.text_size
        cells, deepest = self._cells(row, baseline)
        items += label + cells
        if "values" in row:
            items += self._mark(row, centre)
        self.y = top + style.row_gap + max(lines * pitch, deepest)
        if not row.get("repeated"):
            self.places.append(
                {"top": round(top, 2), "bottom": round(self.y, 2), "centre": round(centre, 2)}
            )
        self.group(row["id"], row.get("spoken", row["label"]), items)
        return centre

    def _label(
        self, row: Row, baseline: float, pitch: float, size: float
    ) -> tuple[list[Words], int]:
        """The words of a label in as many lines as it needs, and the number of lines.

        Its letters stand behind the last line. Later lines are indented on the side where a line
        begins: right in Hebrew and Arabic.
        """
        style, text, letters = self.style, row["label"], letters_of(row, self.style)
        bold = bool(row.get("bold"))
        indent = 0.0 if row["kind"] == "remark" else style.indent
        left, right = self.columns.span["study"]
        if row["kind"] in SPANNING:
            left -= self.columns.gutter
        if row["kind"] != "study":
            # As far as the first column in which this row has something.
            right = self._next_cell(row) - self.columns.gap
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
            words.append(
                self.words(end, last.y - raised(size, style, 0.22), letters, style.mark_size)
            )
        return words, len(lines)

    def _next_cell(self, row: Row) -> float:
        """Where the first column begins in which a row has something, or the plot."""
        for column in self.table["columns"][1:]:
            id = column["id"]
            left, right = self.columns.span[id]
            text = row.get("cells", {}).get(id)
            if id == "plot":
                return left
            if isinstance(text, str) and text and column.get("align") != "left":
                return right - self.advance(text, self.style.text_size, False)
            if text:
                return left
        return self.style.width - self.style.margin

    def _cells(self, row: Row, baseline: float) -> tuple[Items, float]:
        """What stands in the columns of a row, and the height of the deepest cell."""
        style, size, cells = self.style, self.style.text_size, row.get("cells", {})
        items: Items = []
        deepest = 0.0
        for column in self.table["columns"]:
            id = column["id"]
            if id in ("study", "plot", *INTERVALS) or not cells.get(id):
                continue
            left, right = self.columns.span[id]
            if "domains" in column:
                centres, y = self._centres(column), baseline - 0.36 * size
                judged = zip(centres, cells[id], strict=True)
                items += judgement_items(judged, y, style, self.advance)
            elif column.get("align") == "left":
                lines, pitch = cell_lines(cells[id], style, self.advance), style.leading * size
                if any(map(self.tall, lines)):
                    pitch = style.tall_leading * size
                for number, line in enumerate(lines):
                    items.append(self.words(left, baseline + number * pitch, line, size))
                deepest = max(deepest, len(lines) * pitch)
            else:
                fraction = split_at_mark(cells[id], style.numbers.decimal_mark)[1]
                missing = self.columns.fractions[id] - self.advance(fraction, size, False)
                x = right - (missing if column.get("align") == "decimal" else 0.0)
                items.append(self.words(x, baseline, cells[id], size, "end"))
        for id, ends in {"effect": self.columns.parts, **self.columns.intervals}.items():
            for name, text in effect_parts(cells.get(id)).items():
                items.append(self.words(ends[name], baseline, text, size, "end"))
        return items, deepest

    def _mark(self, row: Row, centre: float) -> list[Line | Shape]:
        at = {
            name: None if row["values"][name] is None else self.columns.x(row["values"][name])
            for name in ("estimate", "low", "high")
        }
        share = self._share(row) if row["shape"] in ("square", "new") else None
        frame = marks.Frame(self.columns.left, self.columns.right, centre, self.style)
        behind: list[Line | Shape] = []
        if row["values"].get("pi_low") is not None:
            low, high = (self.columns.x(row["values"][name]) for name in ("pi_low", "pi_high"))
            behind = marks.whiskers(low, high, frame)
        return behind + marks.mark(row["shape"], at, frame, share)

    def _share(self, row: Row) -> float:
        """The weight as a share of the largest one: the area of the square."""
        weights = [r["values"]["weight"] for r in self.table["rows"] if r["kind"] == "study"]
        known = [weight for weight in weights if weight is not None]
        if not known or max(known) <= 0:
            return 0.4
        return (row["values"]["weight"] or 0.0) / max(known)

    def _brackets(self, rows: Sequence[Row], centres: Sequence[float]) -> None:
        """A bracket left of the labels of each run of cohorts of one study."""
        style = self.style
        left = style.margin + style.thin_line
        items: list[Line] = []
        start = 0
        for end in range(1, len(rows) + 1):
            name = rows[start].get("cluster")
            if end < len(rows) and name is not None and rows[end].get("cluster") == name:
                continue
            if name is not None:
                # One row of a study that was cut by the page keeps its bracket.
                top, bottom = centres[start] - 3, centres[end - 1] + 3
                right = left + 0.35 * style.text_size
                points = ((right, top), (left, top), (left, bottom), (right, bottom))
                items.append(Line(points, style.line, style.soft_ink))
            start = end
        if items:
            self.group("brackets", "Brackets join cohorts of one study", items)

    def _guides(
        self, rows: Sequence[Row], top: float, bottom: float, centres: Sequence[float]
    ) -> Group:
        """The line of no effect, quiet, and the line of the pooled estimate."""
        style, axis = self.style, self.table["axis"]
        items: list[Line] = []
        if axis["null"] is not None:
            x = self.columns.x(axis["null"])
            items.append(Line(((x, top), (x, bottom)), style.line, style.quiet))
        if axis.get("reference") is not None:
            x = self.columns.x(axis["reference"])
            items.append(Line(((x, top), (x, bottom)), style.line, style.diamond, (2.0, 2.0)))
        ends = {
            row["id"]: y - style.diamond_height / 2 for row, y in zip(rows, centres, strict=True)
        }
        for row in self.table["rows"]:
            if row["kind"] == "pooled":
                x = self.columns.x(row["values"]["estimate"])
                if self.columns.left <= x <= self.columns.right:
                    end = ends.get(row["id"], bottom)
                    items.append(Line(((x, top), (x, end)), style.line, style.diamond, (2.0, 2.0)))
        return Group("guides", "Lines of no effect and of the pooled estimate", tuple(items))


def _header_lines(column: Row) -> list[str]:
    """The lines over a column; the names of its domains are one more."""
    return [*column["header"], ""] if "domains" in column else column["header"]
