"""Where the columns of a forest plot stand, from the widths of what is printed in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evergrove.figures.style import Style
from evergrove.figures.text import wrap

#: Width of one line in points: (text, size, bold) -> points.
Advance = Callable[[str, float, bool], float]
#: Kinds of rows whose label may run over all columns left of the plot.
SPANNING = ("group", "remark", "empty")
#: Widths of the plot that are tried when labels must be broken.
_WIDTHS_TRIED = 4


@dataclass(frozen=True)
class Columns:
    """Left and right end of each column in points; what the axis does with values."""

    span: dict[str, tuple[float, float]]
    #: Where each part of an estimate ends: estimate, low, joint, high.
    parts: dict[str, float]
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
    """Give each column the width of its widest text, and share the rest between labels and plot."""
    ids = [column["id"] for column in table["columns"]]
    headers = {
        column["id"]: _widest(column["header"], style, advance) for column in table["columns"]
    }
    widths, part_ends = {}, {}
    for id in interval_columns(table):
        width, part_ends[id] = _parts(table, id, style, advance)
        widths[id] = max(width, headers[id])
    for id in ids:
        if id not in ("study", "plot", *part_ends):
            cells = (row["cells"].get(id) for row in table["rows"] if "cells" in row)
            texts = (text for text in cells if text)
            widest = max((advance(text, style.text_size, False) for text in texts), default=0.0)
            widths[id] = max(headers[id], widest)
    free = style.width - 2 * style.margin - sum(widths.values())
    free -= style.column_gap * (len(ids) - 1)
    wanted = max(headers["study"], _widest_label(table, style, advance))
    widths["plot"] = _plot_width(free, wanted, table, style, advance)
    widths["study"] = free - widths["plot"]
    span, x = {}, style.margin
    for id in ids:
        span[id] = (x, x + widths[id])
        x += widths[id] + style.column_gap
    ends = {
        id: {name: span[id][1] - end for name, end in found.items()}
        for id, found in part_ends.items()
    }
    left, right = span["plot"][0] + style.plot_inset, span["plot"][1] - style.plot_inset
    low, high = table["axis"]["low"], table["axis"]["high"]
    return Columns(span, ends.pop("effect", {}), left, right, low, high, ends)


def interval_columns(table: Mapping[str, Any]) -> list[str]:
    """The columns whose cells are estimates with bounds, put in line part by part."""
    return [column["id"] for column in table["columns"] if column["id"] in ("effect", "prediction")]


def letters_of(row: Mapping[str, Any]) -> str:
    """The letters behind a label."""
    return ",".join(row.get("letters", ()))


def _plot_width(
    free: float, wanted: float, table: dict[str, Any], style: Style, advance: Advance
) -> float:
    """The width of the plot, of what is `free` for it and for labels that want `wanted`.

    If labels must be broken, the plot has the greatest width at which they take the fewest lines.
    """
    if free - wanted >= style.plot_least:
        # More than the most would only draw the intervals out.
        return min(free - wanted, style.plot_most)
    most = max(style.plot_least, min(style.plot_wanted, 0.55 * free))
    step = (most - style.plot_least) / _WIDTHS_TRIED
    widths = [most - number * step for number in range(_WIDTHS_TRIED + 1)]
    return min(
        widths, key=lambda width: (_label_lines(free - width, table, style, advance), -width)
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
    letters = letters_of(row)
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
