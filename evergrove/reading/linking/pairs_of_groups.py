"""Two scores set against each other, both of one group: "7.4 vs 2.4 in group A, ..."."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Run


def pair_of_one_group(runs: list[Run], index: int) -> Any | None:
    """The group behind the pair at `index`, if behind another pair another group stands; or None.

    "VAS decreased (7.4 vs 2.4 in group A and 7.3 vs 2.5 in group B)": before and after in each, and
    no pair of groups. A single pair may be of two groups ("3.1 vs 4.4 in the wax group").
    """
    one = _behind(runs[index])
    if one is None:
        return None
    others = [_behind(run) for k, run in enumerate(runs) if k != index and run.versus]
    if not others or any(other is None for other in others):
        return None
    names = [one.name, *(other.name for other in others if other is not None)]
    return one if len(set(names)) == len(names) else None


def _behind(run: Run) -> Any | None:
    """The one group that stands behind a pair, where none stands before it or inside."""
    post = run.post.get("arm", [])
    alone = len(run.values) == 2 and run.versus and not run.pre.get("arm")
    if not alone or len(post) != 1 or len(post[0].items) != 1:
        return None
    return post[0].items[0]
