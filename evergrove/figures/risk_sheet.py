"""Risk of bias on a sheet: a table of symbols, and bars whose parts are told apart by pattern."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evergrove.figures.columns import Advance
from evergrove.figures.paragraphs import Item, Page, box
from evergrove.figures.pen import Tall
from evergrove.figures.risk_table import Table
from evergrove.figures.sheet import Line, Shape, Sheet
from evergrove.figures.style import Style

_MARK = 11.0  # height of a symbol's shape
_BAR = 8.5
_GAP = 7.0
_FAINT = "#d9d9d9"
Answer = Mapping[str, str]


def traffic_light_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """Place a table of `traffic_light_table` on a sheet; adds `placement` to it."""
    page = Page(style, advance, tall)
    page.title(table["title"])
    centres, label_room = _grid(table, page)
    size, step = style.text_size, style.leading * style.text_size
    items: list[Item] = [page.words(style.margin, page.y + 0.75 * step, "Study", size, bold=True)]
    for column in table["columns"]:
        x = centres[column["id"]]
        words = page.words(x, page.y + 0.75 * step, column["header"], size, "middle", bold=True)
        items.append(words)
    page.y += step + 2
    items.append(_rule(page, style.line, style.ink))
    page.group("header", "Columns: " + ", ".join(c["name"] for c in table["columns"]), items)
    answers = {answer["id"]: answer for key in table["keys"] for answer in key["answers"]}
    page.y += 2
    rows = []
    for number, row in enumerate(table["rows"]):
        top = page.y
        items = [_rule(page, style.thin_line, _FAINT)] if number else []
        inner = page.lines(row["label"], label_room, size)
        height = max(_MARK + 3, len(inner) * page.pitch(row["label"], size) + 3)
        text = len(inner) * page.pitch(row["label"], size)
        words, _ = page.block(
            row["label"], style.margin, label_room, top + (height - text) / 2, size
        )
        items += words
        for id, judgement in row["cells"].items():
            if judgement is not None:
                items += _symbol(page, answers[judgement], centres[id], top + height / 2)
        page.y = top + height
        rows.append({"top": round(top, 2), "bottom": round(page.y, 2)})
        page.group(row["id"], row["spoken"], items)
    page.group("end", "", [_rule(page, style.line, style.ink)])
    page.y += 5
    for number, key in enumerate(table["keys"], 1):
        _key(page, f"key-{number}", key["heading"], key["answers"], patterned=False)
    _domain_key(page, [c for c in table["columns"] if c["header"] == c["id"]])
    page.notes(table["notes"])
    sheet = page.sheet(table["figure"], table["title"], table["description"])
    table["placement"] = {
        "unit": "pt",
        "width": round(style.width, 2),
        "height": sheet.height,
        "columns": {id: round(x, 2) for id, x in centres.items()},
        "rows": rows,
    }
    return sheet


def risk_summary_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """Place a table of `risk_summary_table` on a sheet; adds `placement` to it."""
    page = Page(style, advance, tall)
    page.title(table["title"])
    columns = _summary_columns(table, page)
    placement: dict[str, list[float]] = {}
    for number, section in enumerate(table["sections"]):
        page.y += 8 if number else 0
        _summary_section(page, section, columns, f"section-{number + 1}", placement)
    page.y += 5
    for number, section in enumerate(table["sections"], 1):
        several = len(table["sections"]) > 1 and number == len(table["sections"])
        heading = section["rows"][0]["label"] if several else ""
        _key(page, f"key-{number}", heading, section["answers"], patterned=True)
    page.notes(table["notes"])
    sheet = page.sheet(table["figure"], table["title"], table["description"])
    table["placement"] = {
        "unit": "pt",
        "width": round(style.width, 2),
        "height": sheet.height,
        "bar": [round(columns["bar"][0], 2), round(columns["bar"][1], 2)],
        "bars": placement,
    }
    return sheet


def _grid(table: Table, page: Page) -> tuple[dict[str, float], float]:
    """The middle of each column of symbols, and the room for labels left of them."""
    style, size = page.style, page.style.text_size
    inner = style.width - 2 * style.margin
    widths = {
        column["id"]: max(_MARK + 5, page.advance(column["header"], size, True) + 5)
        for column in table["columns"]
    }
    wanted = max((page.advance(row["label"], size, False) for row in table["rows"]), default=0.0)
    room = inner - sum(widths.values()) - _GAP
    # Columns are drawn apart as far as the labels leave room, up to twice what they need.
    spare = max(0.0, min(room - max(wanted + 0.1, 60.0), sum(widths.values()) * 0.6))
    room -= spare
    x, centres = style.margin + room + _GAP, {}
    for id, width in widths.items():
        wide = width + spare / len(widths)
        centres[id] = x + wide / 2
        x += wide
    return centres, min(room, wanted + 0.1)


def _symbol(page: Page, answer: Answer, x: float, y: float) -> list[Item]:
    """A judgement: its shape, filled, and its sign inside."""
    corners = _corners(answer["shape"], x, y)
    style = page.style
    items: list[Item] = []
    if corners:
        items.append(Shape(corners, answer["fill"], style.ink, style.thin_line))
    if answer["symbol"]:
        size = style.text_size
        # The middle of capitals and of mathematical signs in DejaVu Sans, in sizes.
        middle = 0.365 if answer["symbol"] in "?!" else 0.313
        words = page.words(x, y + middle * size, answer["symbol"], size, "middle", bold=True)
        items.append(replace(words, colour=answer["ink"] if corners else style.ink))
    return items


def _corners(shape: str, x: float, y: float) -> tuple[tuple[float, float], ...]:
    half = _MARK / 2
    if shape == "circle":
        turns = (2 * math.pi * step / 32 for step in range(32))
        return tuple((x + half * math.cos(turn), y + half * math.sin(turn)) for turn in turns)
    if shape == "square":
        side = 0.9 * half
        return box(x - side, y - side, x + side, y + side)
    if shape == "diamond":
        side = 1.18 * half
        return ((x, y - side), (x + side, y), (x, y + side), (x - side, y))
    return ()


def _key(page: Page, id: str, heading: str, answers: Sequence[Answer], patterned: bool) -> None:
    """What symbols (and patterns) mean, run on in lines."""
    style, size = page.style, page.style.note_size
    swatch, edge = 16.0, style.width - style.margin
    items: list[Item] = []
    height = _MARK + 4
    x, y = style.margin, page.y + height / 2
    if heading:
        words = page.words(x, y + 0.365 * size, f"{heading}:", size, bold=True)
        items.append(words)
        x += words.width + 8
    for answer in answers:
        mark = _MARK + 5 if answer["symbol"] else 0.0
        needed = mark + (swatch + 4 if patterned else 0) + page.advance(answer["name"], size, False)
        if x > style.margin and x + needed > edge:
            x, y = style.margin, y + height
        if answer["symbol"]:
            items += _symbol(page, answer, x + _MARK / 2 + 1, y)
        x += mark
        if patterned:
            items += _patterned(answer, x, y - _BAR / 2, x + swatch, y + _BAR / 2, style)
            x += swatch + 4
        words = page.words(x, y + 0.365 * size, answer["name"], size)
        items.append(words)
        x += words.width + 14
    page.y = y + height / 2
    spoken = ", ".join(f"{answer['symbol']} {answer['name']}".strip() for answer in answers)
    page.group(id, f"{heading}: {spoken}" if heading else spoken, items)


def _domain_key(page: Page, columns: Sequence[Mapping[str, str]]) -> None:
    """What the short names of the domains stand for, in two columns."""
    style, size = page.style, page.style.note_size
    half = (style.width - 2 * style.margin - 12) / 2
    indent = max(page.advance(column["id"], size, True) for column in columns) + 5
    rows = (len(columns) + 1) // 2
    items: list[Item] = []
    page.y += 3
    top, deepest = page.y, page.y
    for left, part in (
        (style.margin, columns[:rows]),
        (style.margin + half + 12, columns[rows:]),
    ):
        y = top
        for column in part:
            words, end = page.block(column["name"], left + indent, half - indent, y, size)
            first = page.words(left, words[0].y, column["id"], size, bold=True)
            items += [first, *words]
            y = end + 1
        deepest = max(deepest, y)
    page.y = deepest
    page.group("domains", "; ".join(f"{c['id']}: {c['name']}" for c in columns), items)


def _summary_columns(table: Table, page: Page) -> dict[str, tuple[float, float]]:
    """Left and right of: label, kind of share, bar, and each judgement's numbers (by place)."""
    style, size = page.style, page.style.text_size
    small = style.note_size
    inner = style.width - 2 * style.margin
    number = max(page.advance("100%", size, False), _MARK)
    most = max(len(section["answers"]) for section in table["sections"])
    kind = max(page.advance(text, small, False) for text in ("Studies", "Weight"))
    right = style.width - style.margin
    columns = {}
    for place in range(most - 1, -1, -1):
        columns[f"answer-{place}"] = (right - number, right)
        right -= number + _GAP
    wanted = max(
        page.advance(row["label"], size, False)
        for section in table["sections"]
        for row in section["rows"]
    )
    left = style.margin
    free = right - left - kind - 2 * _GAP
    label = min(wanted + 0.1, max(free - 170.0, 0.36 * inner * free / inner))
    columns["label"] = (left, left + label)
    columns["kind"] = (left + label + _GAP, left + label + _GAP + kind)
    columns["bar"] = (columns["kind"][1] + _GAP, right)
    return columns


def _summary_section(
    page: Page,
    section: Mapping[str, Any],
    columns: Mapping[str, tuple[float, float]],
    id: str,
    placement: dict[str, list[float]],
) -> None:
    """Header of symbols, then two bars a domain with their numbers beside them."""
    style, size, answers = page.style, page.style.text_size, section["answers"]
    items: list[Item] = []
    y = page.y + _MARK / 2 + 1
    for place, answer in enumerate(answers):
        left, right = columns[f"answer-{place}"]
        if answer["symbol"]:
            items += _symbol(page, answer, right - _MARK / 2, y)
        else:
            top, bottom = y - _BAR / 2, y + _BAR / 2
            items += _patterned(answer, right - _MARK, top, right, bottom, style)
    page.y += _MARK + 4
    items.append(_rule(page, style.line, style.ink))
    page.y += 2
    page.group(id, "Columns: " + ", ".join(answer["name"] for answer in answers), items)
    pitch = max(_BAR + 2.5, style.leading * size)
    for row in section["rows"]:
        left, right = columns["label"]
        top = page.y
        words, end = page.block(row["label"], left, right - left, top, size)
        items = [*words]
        y = top
        for kind, shares in row["shares"].items():
            middle = y + pitch / 2
            items += _share_row(page, kind, shares, answers, columns, middle)
            start, stop = columns["bar"]
            placement[f"{row['id']}-{kind}"] = [round(v, 2) for v in (start, middle, stop)]
            y += pitch
        page.y = max(end, y) + 4
        page.group(row["id"], row["spoken"], items)
    page.y -= 2
    page.group(f"{id}-end", "", [_rule(page, style.thin_line, style.ink)])


def _share_row(
    page: Page,
    kind: str,
    shares: Mapping[str, Mapping[str, Any]],
    answers: Sequence[Answer],
    columns: Mapping[str, tuple[float, float]],
    middle: float,
) -> list[Item]:
    """One bar, what it is a share of, and its numbers."""
    style, size = page.style, page.style.text_size
    name = {"studies": "Studies", "weight": "Weight"}[kind]
    base = middle + 0.365 * size
    items: list[Item] = [page.words(columns["kind"][0], base, name, style.note_size)]
    x, right = columns["bar"]
    width = right - x
    for place, answer in enumerate(answers):
        share = shares[answer["id"]]
        if share["percent"] > 0:
            end = x + width * share["percent"] / 100
            items += _patterned(answer, x, middle - _BAR / 2, end, middle + _BAR / 2, style)
            x = end
        edge = columns[f"answer-{place}"][1]
        items.append(page.words(edge, base, share["shown"], size, "end"))
    return items


def _patterned(
    answer: Answer, left: float, top: float, right: float, bottom: float, style: Style
) -> list[Item]:
    """A rectangle with a pattern of lines or dots inside, so that it is known without colour."""
    edge = Shape(box(left, top, right, bottom), answer["fill"], style.ink, style.thin_line)
    pattern, items = answer["pattern"], [edge]
    width, height = style.thin_line, bottom - top
    if pattern in ("rising", "falling"):
        step, x = 4.0 if pattern == "rising" else 2.6, left - height
        while x < right:
            start, end = max(x, left), min(x + height, right)
            if end > start:
                ys = [top + value - x for value in (start, end)]
                if pattern == "rising":
                    ys = [top + bottom - y for y in ys]
                items.append(Line(((start, ys[0]), (end, ys[1])), width, style.ink))
            x += step
    elif pattern == "level":
        for part in (0.25, 0.5, 0.75):
            y = top + part * height
            items.append(Line(((left, y), (right, y)), width, style.ink))
    elif pattern == "upright":
        x = left + 3.0
        while x < right - 0.5:
            items.append(Line(((x, top), (x, bottom)), width, style.ink))
            x += 5.0
    elif pattern == "dots":
        items += _dots(left, top, right, bottom, style.ink)
    return items


def _dots(left: float, top: float, right: float, bottom: float, ink: str) -> list[Item]:
    """Two dotted lines: a dash as long as it is thick is a dot."""
    thick, gap = 0.9, 2.3
    items: list[Item] = []
    for row, share in enumerate((0.27, 0.73)):
        start, y = left + 1.2 + row * (thick + gap) / 2, top + share * (bottom - top)
        if start + thick < right - 0.6:
            items.append(Line(((start, y), (right - 0.6, y)), thick, ink, (thick, gap)))
    return items


def _rule(page: Page, width: float, colour: str) -> Line:
    ends = ((page.style.margin, page.y), (page.style.width - page.style.margin, page.y))
    return Line(ends, width, colour)
