"""What stands under the rows of a forest plot: ticks, what the sides mean, title, and the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove.figures import marks
from evergrove.figures.axis import tick_digits, ticks
from evergrove.figures.columns import Columns, marked, raised
from evergrove.figures.pen import Items, Pen
from evergrove.figures.sheet import Line
from evergrove.figures.text import wrap
from evergrove.shown_measures import measure_of

Table = dict[str, Any]


def draw_axis(pen: Pen, table: Table, columns: Columns) -> None:
    """The line of the axis with its ticks; the ticks are added to the table."""
    style, axis = pen.style, table["axis"]
    size, y = style.text_size, pen.y + 3
    items: Items = [Line(((columns.left, y), (columns.right, y)), style.line, style.ink)]
    placed = _ticks(pen, table, columns, size)
    for x, text in placed:
        items.append(Line(((x, y), (x, y + 3)), style.line, style.ink))
        items.append(pen.words(x, y + 4 + 0.93 * size, text, size, "middle"))
    axis["ticks"] = [text for _, text in placed]
    pen.y = y + 4 + 1.3 * size
    pen.group("axis", f"Axis: {axis['title']}", items)


def _ticks(pen: Pen, table: Table, columns: Columns, size: float) -> list[tuple[float, str]]:
    """As many round values as can be printed with space between them."""
    axis, numbers = table["axis"], pen.style.numbers
    measure = measure_of(table["measure"])
    for most in range(9, 0, -1):
        found = ticks(axis["low"], axis["high"], measure, most)
        values = [value for _, value in found]
        digits = tick_digits(values)
        texts = [
            numbers.fixed(value, tick_digits([value]) if measure.scale == "log" else digits)
            for value in values
        ]
        xs = [columns.x(place) for place, _ in found]
        half = [pen.advance(text, size, False) / 2 for text in texts]
        gaps = (xs[i + 1] - half[i + 1] - (xs[i] + half[i]) for i in range(len(xs) - 1))
        if all(gap >= 0.6 * size for gap in gaps):
            return list(zip(xs, texts, strict=True))
    return []


def draw_directions(pen: Pen, table: Table, columns: Columns) -> None:
    """What each side of the line of no effect means, starting from that line.

    The strip under the ticks is free on both sides of the plot, so a label has the whole way
    to the page's edge; it is broken into lines where that is not enough.
    """
    axis, style = table["axis"], pen.style
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
    elif axis["low"] > (measure_of(table["measure"]).null or 0.0):
        sides = [("end", columns.right, columns.right - style.margin, right)]
    else:
        sides = [("start", columns.left, edge - columns.left, left)]
    items: Items = []
    pitch, deepest = style.leading * size, 0
    for anchor, x, room, text in sides:
        lines = wrap(text, max(room, 30.0), lambda line: pen.advance(line, size, False))
        deepest = max(deepest, len(lines))
        for number, line in enumerate(lines, 1):
            y = pen.y + number * pitch - 0.2 * size
            items.append(pen.words(x, y, line, size, anchor))
    pen.y += deepest * pitch + 2
    pen.group("directions", f"Right: {positive}. Left: {negative}.", items)


def draw_axis_title(pen: Pen, table: Table, columns: Columns) -> None:
    """Centred under the plot as far as the page allows."""
    style, size, title = pen.style, pen.style.text_size, table["axis"]["title"]
    middle = (columns.left + columns.right) / 2
    items: Items = []
    for line in wrap(title, pen.room, lambda text: pen.advance(text, size, False)):
        pen.y += pen.pitch(line, size)
        half = pen.advance(line, size, False) / 2
        x = min(max(middle, style.margin + half), style.width - style.margin - half)
        items.append(pen.words(x, pen.y - 0.25 * size, line, size, "middle"))
    pen.y += 3
    pen.group("axis-title", title, items)


def draw_key(pen: Pen, entries: Sequence[Mapping[str, Any]]) -> None:
    """What letters and marks mean, run on in one paragraph."""
    if not entries:
        return
    style = pen.style
    size, small = style.note_size, style.mark_size
    left, room = style.margin, pen.room
    items: Items = []
    raise_ = raised(size, style, 0.12)
    x = left
    pen.y += style.leading * size
    for number, entry in enumerate(entries, 1):
        text = entry["text"] + (";" if number < len(entries) else ".")
        shape = style.square_most + 3 if entry.get("shape") else 0.0
        name = marked(entry["letter"], style)
        letter = shape + pen.advance(name, small, False) + style.mark_gap
        if x > left and x + letter + pen.advance(text, size, False) > left + room:
            x, pen.y = left, pen.y + pen.pitch(text, size)
        if shape:
            middle = x + style.square_most / 2
            items += marks.sample(entry["shape"], middle, pen.y - 0.6 * size, style)
        items.append(pen.words(x + shape, pen.y - 0.25 * size - raise_, name, small))
        lines = wrap(text, room - letter, lambda line: pen.advance(line, size, False))
        for position, line in enumerate(lines):
            if position:
                pen.y += pen.pitch(text, size)
            items.append(pen.words(x + letter, pen.y - 0.25 * size, line, size))
        x += letter + pen.advance(lines[-1], size, False) + 6
    spoken = "; ".join(f"{entry['letter']}: {entry['text']}" for entry in entries)
    pen.group("key", spoken, items)
