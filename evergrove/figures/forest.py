"""A forest plot: the figure table placed on a sheet or several, so that nothing overlaps.

Rows grow with their labels, the page with its rows; the width is the style's. Widths of words
come from `advance`, so this module draws nothing and needs no drawing library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.figures import paging
from evergrove.figures.columns import Advance, Columns, columns_of
from evergrove.figures.forest_page import ABOVE_NOTES, Page, label_height
from evergrove.figures.pen import Tall
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import MM, Style

Table = dict[str, Any]
Row = Mapping[str, Any]


def forest_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """Place a forest table on one sheet; adds `placement` (what is where) and the ticks to it.

    Lengths in `placement` are points from the top left corner.
    """
    return forest_sheets(table, replace(style, page_height=None), advance, tall)[0]


def forest_sheets(table: Table, style: Style, advance: Advance, tall: Tall) -> list[Sheet]:
    """The same on as many sheets as the style's page height asks for.

    Each page has the header and the axis with its ticks; the title stands on the first; what the
    sides mean, notes and key on the last. A subgroup that goes on has its heading again. With
    several pages, `placement` names the page (from 1) of each row, and `id`, `title` and
    `description` of each sheet say which page it is. Raises EvergroveError if a page is too low
    for a single row.
    """
    columns = columns_of(table, style, advance)
    whole = Page(table, columns, style, advance, tall)
    whole.draw(list(table["rows"]), first=True, notes=list(table["notes"]), last=True)
    if style.page_height is None or whole.height <= style.page_height:
        table["placement"] = _placement(table, columns, style, [whole])
        return [_sheet(table, whole, 1, 1)]
    plan = _plan(table, whole, style)
    sheets = []
    for number, part in enumerate(plan, 1):
        page = Page(table, columns, style, advance, tall)
        page.draw(
            part["rows"],
            first=number == 1,
            notes=part["notes"],
            last=number == len(plan),
            axis_ends=part["axis_ends"],
            label=f"Page {number} of {len(plan)}",
        )
        if page.height > style.page_height + 1e-6:
            raise EvergroveError(
                "a page is too low for the rows and notes that cannot be parted",
                value=f"{style.page_height / MM:.0f} mm",
                remedy=f"It takes {page.height / MM:.0f} mm: draw the figure wider.",
            )
        sheets.append(page)
    table["placement"] = _placement(table, columns, style, sheets)
    return [_sheet(table, page, number, len(sheets)) for number, page in enumerate(sheets, 1)]


def _plan(table: Table, whole: Page, style: Style) -> list[dict[str, Any]]:
    """Which rows and notes stand on which page, from the heights in the uncut figure."""
    rows, heights = table["rows"], whole.heights
    assert style.page_height is not None
    label = ABOVE_NOTES + label_height(style) + 0.01  # heights of pages are rounded to 0.01
    # Without axis title and notes; the title of the first page is left to all, which is simpler.
    room = style.page_height - whole.head - whole.ticks - label - 2 * style.margin
    blocks, heading, height = [], None, 0.0
    for row, own in zip(rows, heights, strict=True):
        if row["kind"] == "group":
            heading, height = row, own
        elif row["kind"] in ("pooled", "robust", "prediction"):
            heading = None
        repeated = height if heading is not None and row["kind"] != "group" else 0.0
        blocks.append(paging.Block(row["kind"], own, repeated, row.get("cluster")))
    tail = whole.under + sum(whole.note_heights) + whole.key
    notes_apart = room - tail < min(sum(heights[-4:]), room / 3)
    cuts = paging.pages(blocks, room, room - (whole.under if notes_apart else tail))
    plan = []
    for start, end in cuts:
        part = list(rows[start:end])
        if start and blocks[start].heading:
            part.insert(0, _continued(rows, start))
        plan.append({"rows": part, "notes": [], "axis_ends": end == len(rows)})
    if not notes_apart:
        plan[-1]["notes"] = list(table["notes"])
        return plan
    room = style.page_height - 2 * style.margin - label - whole.key
    left, used = [], 0.0
    for note, height in zip(table["notes"], whole.note_heights, strict=True):
        if left and used + height > room:
            plan.append({"rows": [], "notes": left, "axis_ends": False})
            left, used = [], 0.0
        left.append(note)
        used += height
    plan.append({"rows": [], "notes": left, "axis_ends": False})
    return plan


def _continued(rows: Sequence[Row], start: int) -> dict[str, Any]:
    """The heading of the subgroup that row `start` belongs to, for the top of a page."""
    heading = next(row for row in reversed(rows[:start]) if row["kind"] == "group")
    label = f"{heading['label']} (continued)"
    return {**heading, "label": label, "id": f"{heading['id']}-continued", "repeated": True}


def _sheet(table: Table, page: Page, number: int, count: int) -> Sheet:
    id, title, description = table["figure"], table["title"], table["description"]
    if count > 1:
        which = f"page {number} of {count}"
        id = f"{id}-page-{number}"
        title = f"{title} ({which})" if title else which.capitalize()
        description = f"{which.capitalize()}. {description}"
    return Sheet(id, page.style.width, page.height, title, description, page.groups)


def _placement(
    table: Table, columns: Columns, style: Style, pages: Sequence[Page]
) -> dict[str, Any]:
    places = []
    for number, page in enumerate(pages, 1):
        places += [place if len(pages) == 1 else place | {"page": number} for place in page.places]
    placement = {
        "unit": "pt",
        "width": round(style.width, 2),
        "height": max(page.height for page in pages),
        "columns": {
            id: [round(left, 2), round(right, 2)] for id, (left, right) in columns.span.items()
        },
        "axis": [round(columns.left, 2), round(columns.right, 2)],
        "rows": places,
    }
    return placement if len(pages) == 1 else placement | {"pages": [p.height for p in pages]}
