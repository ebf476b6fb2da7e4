"""Where the columns of a forest plot stand, from the widths of what is printed in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evergrove.figures.style import Style

#: Width of one line in points: (text, size, bold) -> points.
Advance = Callable[[str, float, bool], float]
#: Kinds of rows whose label may run over all columns left of the plot.
SPANNING = ("group", "remark", "empty")


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

    def x(self, value: float) -> float:
        """The place of a value of the pooled scale."""
        return self.left + (value - self.low) * (self.right - self.left) / (self.high - self.low)


def columns_of(table: dict[str, Any], style: Style, advance: Advance) -> Columns:
    """Give each column the width of its widest text, and share the rest between labels and plot."""
    ids = [column["id"] for column in table["columns"]]
    headers = {
        column["id"]: _widest(column["header"], style, advance) for column in table["columns"]
    }
    parts, part_ends = _parts(table, style, advance)
    widths = {"effect": max(parts, headers["effect"])} if "effect" in ids else {}
    for id in ids:
        if id not in ("study", "plot", "effect"):
            cells = (row["cells"].get(id) for row in table["rows"] if "cells" in row)
            texts = (text for text in cells if text)
            widest = max((advance(text, style.text_size, False) for text in texts), default=0.0)
            widths[id] = max(headers[id], widest)
    free = style.width - 2 * style.margin - sum(widths.values())
    free -= style.column_gap * (len(ids) - 1)
    wanted = max(headers["study"], _widest_label(table, style, advance))
    widths["study"], widths["plot"] = _share_out(free, wanted, style)
    span, x = {}, style.margin
    for id in ids:
        span[id] = (x, x + widths[id])
        x += widths[id] + style.column_gap
    ends = {}
    if "effect" in ids:
        ends = {name: span["effect"][1] - end for name, end in part_ends.items()}
    left, right = span["plot"][0] + style.plot_inset, span["plot"][1] - style.plot_inset
    return Columns(span, ends, left, right, table["axis"]["low"], table["axis"]["high"])


def letters_of(row: dict[str, Any]) -> str:
    """The letters behind a label."""
    return ",".join(row.get("letters", ()))


def _share_out(free: float, wanted: float, style: Style) -> tuple[float, float]:
    """Widths of the labels and of the plot."""
    if free - wanted >= style.plot_most:
        # More would only draw the intervals out; the space goes between label and numbers.
        return free - style.plot_most, style.plot_most
    if free - wanted >= style.plot_least:
        return wanted, free - wanted
    # Labels must be broken: then at a width that is good for the plot.
    plot = max(style.plot_least, min(style.plot_wanted, 0.55 * free))
    return free - plot, plot


def _widest(lines: Sequence[str], style: Style, advance: Advance) -> float:
    return max((advance(line, style.text_size, True) for line in lines), default=0.0)


def _widest_label(table: dict[str, Any], style: Style, advance: Advance) -> float:
    widest = 0.0
    for row in table["rows"]:
        if row["kind"] in SPANNING:
            continue
        width = advance(row["label"], style.text_size, bool(row.get("bold")))
        if letters := letters_of(row):
            width += advance(letters, style.mark_size, False) + style.mark_gap
        # A hair more, so that the sum that is compared later is not just above it.
        widest = max(widest, width + 0.1)
    return widest


def _parts(table: dict[str, Any], style: Style, advance: Advance) -> tuple[float, dict[str, float]]:
    """Width of the column of estimates, and how far from its right end each part ends.

    All numbers of a part have the same decimals, so that ends in line put the decimal marks in
    line.
    """
    widest = {"estimate": 0.0, "low": 0.0, "joint": 0.0, "high": 0.0}
    for row in table["rows"]:
        effect = row.get("cells", {}).get("effect")
        for name, text in effect_parts(effect).items():
            widest[name] = max(widest[name], advance(text, style.text_size, False))
    space = advance(" ", style.text_size, False)
    ends = {"high": 0.0, "joint": widest["high"] + space}
    ends["low"] = ends["joint"] + widest["joint"] + space
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
