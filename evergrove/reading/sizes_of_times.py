"""A number of people in the bracket behind a time is that of every score at this time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token

if TYPE_CHECKING:
    from evergrove.reading.document import View
    from evergrove.reading.vectors import Cell


def give_sizes_of_times(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "At 2 years (n = 61) back pain was 2.4 and leg pain 1.8, from 6.6 and 6.9 before (n = 68)".

    Read where two times have such a bracket and no value has one of its own group.
    """
    if len(cells) < 3 or len({cell.arm.name for cell in cells if cell.arm is not None}) > 1:
        return
    behind: dict[str, Count] = {}
    for time in view.times:
        for count in view.q.counts:
            own = count.equals and not count.each and count.at - time.last in (2, 3)
            if own and tokens[time.last].word in ("(", "["):
                behind.setdefault(time.label, count)
    if len(behind) < 2:
        return
    for cell in cells:
        if cell.value.n is None and cell.time is not None and cell.time.label in behind:
            cell.count = behind[cell.time.label]
