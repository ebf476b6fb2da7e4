"""The flow diagram on a sheet: boxes as high as their text, arrows in the lanes between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove.figures.columns import Advance
from evergrove.figures.flow_table import PHASES, Table
from evergrove.figures.paragraphs import Item, Page, box
from evergrove.figures.pen import Tall
from evergrove.figures.sheet import Line, Shape, Sheet
from evergrove.figures.style import Style

_PAD = 4.0
_LANE = 13.0  # between columns, and between rows: room for an arrow
_HEAD, _HEAD_HALF = 4.5, 2.4
_INDENT = 4.0
_GREY = "#e8e8e8"
#: Widths of the columns: names of databases and reasons need more room than the rest.
_SHARES = {"previous": 0.72, "databases": 1.05, "databases-out": 1.15, "other": 0.95}
_SHARES["other-out"] = 1.13
_Box = tuple[float, float, float, float]  # left, top, right, bottom


def flow_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """Place a flow table on a sheet; adds `placement` (the box of each box, in points) to it."""
    page = Page(style, advance, tall)
    page.title(table["title"])
    spans = _columns(table, page)
    boxes, rows = _rows(table, page, spans)
    for start, end, arrow in ((boxes[a["from"]], boxes[a["to"]], a) for a in table["arrows"]):
        name = f"arrow-{arrow['from']}-{arrow['to']}"
        page.group(name, "", _arrow(start, end, arrow["way"], page.style))
    _phases(page, rows)
    page.notes(table["notes"])
    sheet = page.sheet(table["figure"], table["title"], table["description"])
    table["placement"] = {
        "unit": "pt",
        "width": round(style.width, 2),
        "height": sheet.height,
        "boxes": {id: [round(v, 2) for v in place] for id, place in boxes.items()},
    }
    return sheet


def _size(page: Page) -> float:
    return page.style.note_size


def _columns(table: Table, page: Page) -> dict[str, tuple[float, float]]:
    """Left and right of each column, right of the names of the phases."""
    style, names = page.style, table["columns"]
    left = style.margin + _phase_width(page) + 6
    free = style.width - style.margin - left - _LANE * (len(names) - 1)
    shares = [_SHARES[name] for name in names]
    spans = {}
    for name, share in zip(names, shares, strict=True):
        width = free * share / sum(shares)
        spans[name] = (left, left + width)
        left += width + _LANE
    return spans


def _phase_width(page: Page) -> float:
    size = _size(page)
    return max(page.advance(name, size, True) for _, name, _ in PHASES) + 2 * _PAD


def _rows(
    table: Table, page: Page, spans: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, _Box], dict[int, tuple[float, float]]]:
    """Draw the boxes row by row; where each box and each row of boxes is."""
    places: dict[str, _Box] = {}
    rows: dict[int, tuple[float, float]] = {}
    names = table["columns"]
    for number in sorted({part["row"] for part in table["boxes"]}):
        top = page.y
        found = [part for part in table["boxes"] if part["row"] == number]
        texts = {}
        for part in found:
            left = spans[part["column"]][0]
            last = names[names.index(part["column"]) + part["span"] - 1]
            texts[part["id"]], end = _text(page, part, left, top, spans[last][1])
            places[part["id"]] = (left, top, spans[last][1], end)
        bottom = max(places[part["id"]][3] for part in found)
        for part in found:
            if part["kind"] == "header":
                places[part["id"]] = (*places[part["id"]][:3], bottom)
            fill = _GREY if part["kind"] == "header" else "#ffffff"
            frame = Shape(box(*places[part["id"]]), fill, page.style.ink, page.style.line)
            page.group(part["id"], part["spoken"], [frame, *texts[part["id"]]])
        rows[number] = (top, bottom)
        page.y = bottom + (_LANE if number else 6.0)
    page.y += 3 - _LANE
    return places, rows


def _text(
    page: Page, part: Mapping[str, Any], left: float, top: float, right: float
) -> tuple[list[Item], float]:
    """The text of one box, numbers in line at its right side, and where the box ends."""
    size, bold = _size(page), part["kind"] == "header"
    items: list[Item] = []
    y = top + _PAD
    for line in part["lines"]:
        start = left + _PAD + _INDENT * line["level"]
        words, y = _line(page, line, start, right - _PAD, y, size, bold)
        items += words
    return items, y + _PAD


def _line(
    page: Page,
    line: Mapping[str, Any],
    left: float,
    right: float,
    top: float,
    size: float,
    bold: bool,
) -> tuple[Sequence[Item], float]:
    """Text with its number behind the last line, or under it where there is no room."""
    shown = line["shown"]
    if not shown:
        return page.block(line["text"], left, right - left, top, size, bold)
    width, gap = page.advance(shown, size, bold), 0.5 * size
    room = right - left
    lines = page.lines(line["text"], room, size, bold)
    if page.advance(lines[-1], size, bold) + gap + width > room:
        # A narrower column keeps the number on the last line, if no word is broken for it.
        less = room - gap - width
        words = line["text"].split()
        whole = all(page.advance(word, size, bold) <= less for word in words)
        if whole and len(page.lines(line["text"], less, size, bold)) <= len(lines) + 1:
            room = less
    words, bottom = page.block(line["text"], left, room, top, size, bold)
    last = words[-1]
    if last.left + last.width + gap > right - width:
        bottom += page.pitch(shown, size)
    baseline = bottom - 0.25 * size
    return [*words, page.words(right, baseline, shown, size, "end", bold)], bottom


def _arrow(start: _Box, end: _Box, way: str, style: Style) -> list[Item]:
    """A line with a head, from the side of one box to the side of another."""
    middle = (start[0] + start[2]) / 2
    if way == "right":
        y = start[1] + min(start[3] - start[1], end[3] - end[1]) / 2
        path = [(start[2], y), (end[0], y)]
    elif way == "down":
        path = [(middle, start[3]), (middle, end[1])]
    else:
        y = (end[1] + end[3]) / 2
        side = end[2] if way == "down-left" else end[0]
        path = [(middle, start[3]), (middle, y), (side, y)]
    (x0, y0), (x1, y1) = path[-2:]
    across, down = _sign(x1 - x0), _sign(y1 - y0)
    foot = (x1 - across * _HEAD, y1 - down * _HEAD)
    head = (
        (foot[0] + down * _HEAD_HALF, foot[1] + across * _HEAD_HALF),
        (x1, y1),
        (foot[0] - down * _HEAD_HALF, foot[1] - across * _HEAD_HALF),
    )
    return [Line((*path[:-1], foot), style.line, style.ink), Shape(head, style.ink)]


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _phases(page: Page, rows: Mapping[int, tuple[float, float]]) -> None:
    """The names of the phases beside their rows."""
    style, size = page.style, _size(page)
    left, width = style.margin, _phase_width(page)
    for id, name, numbers in PHASES:
        found = [rows[number] for number in numbers if number in rows]
        if not found:
            continue
        top, bottom = found[0][0], found[-1][1]
        frame = Shape(box(left, top, left + width, bottom), _GREY)
        y = (top + bottom) / 2 + 0.35 * size
        words = page.words(left + width / 2, y, name, size, "middle", bold=True)
        page.group(f"phase-{id}", name, [frame, words])
