"""The sheet that stands where a figure cannot be drawn, and says why."""

from __future__ import annotations

from evergrove.figures.columns import Advance
from evergrove.figures.paragraphs import Page
from evergrove.figures.pen import Tall
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import Style
from evergrove.figures.table import Table


def absent_table(figure: str, title: str, reason: str) -> Table:
    """The table of a figure that has no numbers: `reason` is a sentence."""
    return {
        "figure": figure,
        "kind": "absent",
        "title": title,
        "description": f"{title}. {reason}",
        "reason": reason,
    }


def absent_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """The reason in words, under the title."""
    page = Page(style, advance, tall)
    page.title(table["title"])
    page.paragraph("reason", table["reason"], style.text_size)
    return page.sheet(table["figure"], table["title"], table["description"])
