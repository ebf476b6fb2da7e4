"""A sentence that is the next row of a table: "At 24 h: 1.4, 2.6 and 4.8"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Memory
from evergrove.reading.view import View

_HEADS_ROW = word_set(": , = it was were at on")


def row_of_time(tokens: list[Token], view: View, run: Run, memory: Memory) -> bool:
    """ "NRS at 2 h: 1.7 (wax), 5.4 (clay). AT 24 H: 1.4, 2.6.": the next row of the same groups.

    Nothing but a time stands before as many scores as there were groups.
    """
    dated = {k for time in view.times for k in range(time.first, time.last)}
    ahead = [k for k in range(view.a, run.first) if k not in dated]
    if view.arms or not dated or not {tokens[k].word for k in ahead} <= _HEADS_ROW:
        return False
    told = {cell.run.stat for cell in memory.cells} | {run.stat}
    named = {cell.mention.key for cell in memory.cells if cell.mention is not None}
    return len(run.values) == len(memory.arms) > 1 and told == {"level"} and len(named) == 1


def row_of_named_groups(tokens: list[Token], view: View, run: Run, memory: Memory) -> bool:
    """ "NRS at 2 h: wax 4.4, clay 4.8. AT 4 H: WAX 3.3, CLAY 4.9.": the next row, groups named.

    Nothing but a time, a colon and the groups of the row before, each with its value.
    """
    if ":" not in view.words or not view.times or view.mentions:
        return False
    told = {cell.run.stat for cell in memory.cells} | {run.stat}
    measures = {cell.mention.key for cell in memory.cells if cell.mention is not None}
    if len(told) != 1 or len(measures) != 1:
        return False
    before = {cell.arm.name for cell in memory.cells if cell.arm is not None}
    if len(before) < 2 or {arm.name for arm in view.arms} != before:
        return False
    items = (*view.arms, *view.times, *view.q.values)
    held = {k for item in items for k in range(item.first, item.last)}
    last = max(value.first for value in view.q.values)
    outside = {tokens[k].word for k in range(view.a, last) if k not in held}
    return outside <= _HEADS_ROW | _BETWEEN_GROUPS


_BETWEEN_GROUPS = word_set("; and ( ) group arm to mean")
