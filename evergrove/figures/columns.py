"""Where the columns of a forest plot stand, from the widths of what is printed in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.figures.sheet import ASCENT
from evergrove.figures.style import MM, Style
from evergrove.figures.text import wrap

#: Width of one line in points: (text, size, bold) -> points.
Advance = Callable[[str, float, bool], float]
#: Kinds of rows whose label may run over all columns left of the plot.
SPANNING = ("group", "remark", "empty")
#: Columns whose cells are estimates with bounds, put in line part by part.
INTERVALS = ("effect", "prediction")
#: Widths of the plot that are tried when labels must be broken.
_WIDTHS_TRIED = 4


@dataclass(frozen=True)
class Columns:
    """Left and right end of each column in points; what the axis does with values."""

    span: dict[str, tuple[float, float]]
    #: Where each part of an estimate ends: estimate, low, joint, high.
    parts: dict[str, float]
    #: The widest fraction of each column whose decimal marks stand in line, else 0.
    fractions: dict[str, float]
    #: The strip left of the labels in which brackets stand.
    gutter: float
    gap: float
    left: float
    right: float
    low: float
    high: float
    #: The same as `parts` for other columns of intervals, by column.
    intervals: dict[str, dict[str, float]] = field(default_factory=dict)

    def x(self, value: float) -> float:
        """The place of a value of the pooled scale."""
        return self.left + (value - self.low) * (self.right - self.left) / (self.high - self.low)


def columns_of(table: dict[str, Any], style: Style, advance: Advance) -> Columns:
    """Give each column the width of its widest text, and share the rest between labels and plot.

    Raises EvergroveError if the page is too narrow for the columns.
    """
    ids = [column["id"] for column in table["columns"]]
    gutter = style.text_size if any(row.get("bracket") for row in table["rows"]) else 0.0
    headers = {
        column["id"]: _widest(column["header"], style, advance) for column in table["columns"]
    }
    widths, fractions, part_ends = {}, {}, {}
    for column in table["columns"]:
        id = column["id"]
        if id in INTERVALS:
            width, part_ends[id] = _parts(table, id, style, advance)
            widths[id] = max(width, headers[id])
        elif id not in ("study", "plot"):
            widest, fractions[id] = _cells_width(column, table, style, advance)
            widths[id] = max(headers[id], widest)
    wanted = max(headers["study"], _widest_label(table, style, advance)) + gutter
    gap, free = _room(style, sum(widths.values()), len(ids))
    widths["plot"] = _plot_width(free, wanted, table, style, advance, gutter)
    widths["study"] = free - widths["plot"]
    span, x = {}, style.margin
    for id in ids:
        span[id] = (x, x + widths[id])
        x += widths[id] + gap
    left, right = span["study"]
    span["study"] = (left + gutter, right)
    ends = {
        id: {name: span[id][1] - end for name, end in found.items()}
        for id, found in part_ends.items()
    }
    effect = ends.pop("effect", {})
    left, right = span["plot"][0] + style.plot_inset, span["plot"][1] - style.plot_inset
    axis = table["axis"]
    low, high = axis["low"], axis["high"]
    return Columns(span, effect, fractions, gutter, gap, left, right, low, high, ends)


def _room(style: Style, used: float, count: int) -> tuple[float, float]:
    """The gap between columns, and what is left for labels and plot, in points."""
    for gap, plot in (
        (style.column_gap, style.plot_least),
        (style.gap_tight, style.plot_tight),
    ):
        free = style.width - 2 * style.margin - used - gap * (count - 1)
        if free >= plot + style.study_least:
            return gap, free
    least = style.width - free + style.plot_tight + style.study_least
    raise EvergroveError(
        "the columns of the forest plot do not fit the width of the page",
        value=f"{style.width / MM:.0f} mm",
        remedy=f"They need {math.ceil(least / MM)} mm: draw it wider (--width) or with fewer "
        "columns (--column).",
    )


def _cells_width(
    column: Mapping[str, Any], table: dict[str, Any], style: Style, advance: Advance
) -> tuple[float, float]:
    """The widest cell of a column and, if its decimal marks stand in line, the widest fraction."""
    size = style.text_size
    if "domains" in column:
        return len(column["domains"]) * judgement_pitch(column, style, advance), 0.0
    cells = (row["cells"].get(column["id"]) for row in table["rows"] if "cells" in row)
    texts = [text for text in cells if text]
    if column.get("align") == "left":
        lines = [line for text in texts for line in cell_lines(text, style, advance)]
        return max((advance(line, size, False) for line in lines), default=0.0) + 0.1, 0.0
    if column.get("align") == "decimal":
        mark = style.numbers.decimal_mark
        cut = [split_at_mark(text, mark) for text in texts]
        whole = max((advance(whole, size, False) for whole, _ in cut), default=0.0)
        fraction = max((advance(fraction, size, False) for _, fraction in cut), default=0.0)
        return whole + fraction, fraction
    return max((advance(text, size, False) for text in texts), default=0.0), 0.0


def judgement_pitch(column: Mapping[str, Any], style: Style, advance: Advance) -> float:
    """How far apart the symbols of two domains stand."""
    widest = max(advance(name, style.text_size, True) for name in column["domains"])
    return max(1.45 * style.text_size, widest + 3.0)


def cell_lines(text: str, style: Style, advance: Advance) -> list[str]:
    """The lines of a cell of a column of text."""
    most = style.text_column_most
    return wrap(text, most, lambda line: advance(line, style.text_size, False))


def split_at_mark(text: str, mark: str) -> tuple[str, str]:
    """A printed number before its decimal mark, and from there on."""
    place = text.find(mark)
    return (text, "") if place < 0 else (text[:place], text[place:])


def letters_of(row: Mapping[str, Any], style: Style) -> str:
    """The letters behind a label, as `marked` writes them."""
    letters = row.get("letters", ())
    return marked(",".join(letters), style) if letters else ""


def marked(letters: str, style: Style) -> str:
    """Letters as they stand behind a label: in brackets where they may not be smaller than it."""
    return letters if style.mark_size <= 0.9 * style.text_size else f"({letters})"


def raised(size: float, style: Style, most: float) -> float:
    """How far letters stand above the baseline of a text of `size`, at most `most` sizes.

    They do not reach above its line.
    """
    return max(0.0, min(most * size, ASCENT * (size - style.mark_size)))


def _plot_width(
    free: float,
    wanted: float,
    table: dict[str, Any],
    style: Style,
    advance: Advance,
    gutter: float,
) -> float:
    """The width of the plot, of what is `free` for it and for labels that want `wanted`.

    If labels must be broken, the plot has the greatest width at which they take the fewest lines.
    """
    if free - wanted >= style.plot_least:
        # More than the most would only draw the intervals out.
        return min(free - wanted, style.plot_most)
    least = min(style.plot_least, free - style.study_least)
    if free - least < style.study_wanted:
        # Many columns: a plot that is a little narrower saves labels from being cut to words.
        least = max(style.plot_tight, min(least, free - style.study_wanted))
    most = max(least, min(style.plot_wanted, 0.55 * free))
    step = (most - least) / _WIDTHS_TRIED
    widths = [most - number * step for number in range(_WIDTHS_TRIED + 1)]
    return min(
        widths,
        key=lambda width: (_label_lines(free - width - gutter, table, style, advance), -width),
    )


def _label_lines(room: float, table: dict[str, Any], style: Style, advance: Advance) -> int:
    """How many lines the labels take in a column of that width."""
    return sum(
        len(label_lines(row, room, style, advance))
        for row in table["rows"]
        if row["kind"] not in SPANNING
    )


def label_lines(
    row: Mapping[str, Any], room: float, style: Style, advance: Advance, indent: float | None = None
) -> list[str]:
    """A label broken to a width, with room left for its letters after the last line.

    Later lines are narrower by `indent` (the style's, if it is None).
    """
    indent = style.indent if indent is None else indent
    size = style.note_size if row["kind"] == "remark" else style.text_size
    bold = bool(row.get("bold"))

    def width(line: str) -> float:
        return advance(line, size, bold)

    lines = wrap(row["label"], room, width, room - indent)
    extra = letters_width(row, style, advance)
    if extra and width(lines[-1]) + extra > room - (indent if len(lines) > 1 else 0.0):
        # The letters stay with the label's last word, so the whole label makes room.
        lines = wrap(row["label"], room - extra, width, room - indent - extra)
    return lines


def letters_width(row: Mapping[str, Any], style: Style, advance: Advance) -> float:
    """The width of the letters behind a label, with the space before them."""
    letters = letters_of(row, style)
    return advance(letters, style.mark_size, False) + style.mark_gap if letters else 0.0


def _widest(lines: Sequence[str], style: Style, advance: Advance) -> float:
    return max((advance(line, style.text_size, True) for line in lines), default=0.0)


def _widest_label(table: dict[str, Any], style: Style, advance: Advance) -> float:
    widest = 0.0
    for row in table["rows"]:
        if row["kind"] in SPANNING:
            continue
        width = advance(row["label"], style.text_size, bool(row.get("bold")))
        width += letters_width(row, style, advance)
        # A hair more, so that the sum that is compared later is not just above it.
        widest = max(widest, width + 0.1)
    return widest


def _parts(
    table: dict[str, Any], column: str, style: Style, advance: Advance
) -> tuple[float, dict[str, float]]:
    """Width of a column of estimates or intervals, and how far from its right end each part ends.

    All numbers of a part have the same decimals, so that ends in line put the decimal marks in
    line.
    """
    widest = {"estimate": 0.0, "low": 0.0, "joint": 0.0, "high": 0.0}
    for row in table["rows"]:
        effect = row.get("cells", {}).get(column)
        for name, text in effect_parts(effect).items():
            widest[name] = max(widest[name], advance(text, style.text_size, False))
    space = advance(" ", style.text_size, False)
    ends = {"high": 0.0, "joint": widest["high"] + space}
    ends["low"] = ends["joint"] + widest["joint"] + space
    if not widest["estimate"]:
        return ends["low"] + widest["low"], ends
    ends["estimate"] = ends["low"] + widest["low"] + 1.3 * space
    return ends["estimate"] + widest["estimate"], ends


def effect_parts(effect: dict[str, str] | None) -> dict[str, str]:
    """The pieces of "7.30 [6.95 to 7.65]" that are put in line one by one."""
    parts: dict[str, str] = {}
    if effect and effect["estimate"]:
        parts["estimate"] = effect["estimate"]
    if effect and effect["low"]:
        parts["low"] = f"[{effect['low']}"
        parts["joint"] = effect["joint"].strip()
        parts["high"] = f"{effect['high']}]"
    return parts
