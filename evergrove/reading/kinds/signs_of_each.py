"""Signs of changes of several measures told again: "NRS 3 LOWER, KOOS 9 HIGHER; then 4 and 12"."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.frames import Run
from evergrove.reading.vectors import Cell


def signs_of_each(cells: list[Cell]) -> None:
    """ "NRS was 3.9 points LOWER and KOOS 9 points HIGHER; at 1 year the figures were 4.1 and 12".

    What only goes on has for each measure the way that it went before, and not that of the last.
    """
    told: dict[tuple[str | None, str | None], str] = {}
    for cell in cells:
        if cell.run.stat == "change" and not cell.run.inherits and cell.mention is not None:
            told.setdefault((cell.mention.key, cell.mention.qualifier), cell.run.sign)
    if len(set(told.values())) < 2:
        return
    made: dict[tuple[int, str], Run] = {}
    for cell in cells:
        run = cell.run
        if run.stat != "change" or not run.inherits or cell.mention is None:
            continue
        sign = told.get((cell.mention.key, cell.mention.qualifier), run.sign)
        if sign != run.sign and len(run.values) > 1:
            cell.run = made.setdefault((id(run), sign), replace(run, sign=sign))
