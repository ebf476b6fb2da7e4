"""Sizes told beside measures: "5.2 at rest (34 patients) and 8.1 on activity (18)", told once."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.vectors import Cell, Memory
from evergrove.reading.view import View


def sizes_of_measures(view: View, cells: list[Cell], memory: Memory) -> None:
    """ "NRS was 5.2 at rest (n = 34) and 8.1 on activity (n = 18). At 6 weeks it was 2.2 AT REST".

    Those who rated the one and those who rated the other were not as many: a later score of the
    same measure, of no group, is of its own. Not where the later sentence counts people.
    """
    if view.q.counts:
        return
    told = [one for cells_of in memory.told.values() for one in cells_of]
    sized = [one for one in told if one.count is not None and one.arm is None]
    if len({one.count.value for one in sized if one.count is not None}) < 2:
        return
    for cell in cells:
        if cell.count is None and cell.arm is None and (own := _own(cell, sized)) is not None:
            cell.count = own


def _own(cell: Cell, sized: list[Cell]) -> Count | None:
    """The one number of people that rated the measure of a cell, and no other measure."""
    if cell.mention is None:
        return None
    mine: dict[int, Count] = {}
    others: set[int] = set()
    for one in sized:
        if one.mention is None or one.count is None:
            continue
        if one.mention.same(cell.mention):
            mine[one.count.value] = one.count
        else:
            others.add(one.count.value)
    alone = len(mine) == 1 and bool(others - mine.keys())
    return next(iter(mine.values())) if alone else None
