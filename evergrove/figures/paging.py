"""Where a tall table is cut into pages: full pages, and nothing torn apart that belongs together.

Pure arithmetic on the heights and kinds of rows; `forest` draws the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Rows that say something about the row before them and may not open a page.
_FOLLOWING = ("subtotal", "remark", "pooled", "robust", "prediction")


@dataclass(frozen=True)
class Block:
    """One row: its kind and height, the heading to repeat if a page begins with it, and its study.

    `heading` is the height of the subgroup heading that must stand again above this row when it
    opens a page (0 where there is none); `cluster` names the study whose cohorts are bracketed.
    """

    kind: str
    height: float
    heading: float = 0.0
    cluster: str | None = None


def pages(blocks: Sequence[Block], room: float, last_room: float) -> list[tuple[int, int]]:
    """(start, end) of the rows of each page, for pages with `room` and a last one with `last_room`.

    Of all ways to cut, the one is taken that overfills no page, tears the fewest rows apart that
    belong together (`torn`), needs the fewest pages and fills the pages before the last best, in
    this order. A row that is taller than a page stands alone on one that it overfills.
    """
    count = len(blocks)
    best: list[tuple[tuple[float, int, int, float], int]] = [((0.0, 0, 0, 0.0), 0)]
    for end in range(1, count + 1):
        limit = last_room if end == count else room
        found = None
        height = 0.0
        for start in range(end - 1, -1, -1):
            height += blocks[start].height
            whole = height + (blocks[start].heading if start else 0.0)
            over = max(0.0, whole - limit)
            if over and found is not None and whole > room:
                break
            before = best[start][0]
            slack = 0.0 if end == count else max(0.0, limit - whole) ** 2
            cost = (
                before[0] + over,
                before[1] + (torn(blocks, start) if start else 0),
                before[2] + 1,
                before[3] + slack,
            )
            if found is None or cost < found[0]:
                found = (cost, start)
        assert found is not None
        best.append(found)
    cuts, end = [], count
    while end:
        start = best[end][1]
        cuts.append((start, end))
        end = start
    return cuts[::-1]


def torn(blocks: Sequence[Block], start: int) -> int:
    """How many things a page break before row `start` (above 0) tears apart.

    A heading from its first two rows, a total from its rows, one row from the rest of its group,
    cohorts of one study from each other.
    """
    here, before = blocks[start], blocks[start - 1]
    two_before = blocks[start - 2].kind if start > 1 else ""
    after = blocks[start + 1].kind if start + 1 < len(blocks) else ""
    one_left = here.kind == "study" and before.kind == "study" and two_before in ("group", "")
    one_taken = here.kind == "study" and before.kind == "study" and after != "study"
    return (
        (here.kind in _FOLLOWING)
        + (before.kind == "group")
        + one_left
        + one_taken
        + (here.cluster is not None and here.cluster == before.cluster)
    )
