"""A frame from one group to another: "reduced from 4.2 WITH PLACEBO to 2.1 WITH WAX (at 2 h)"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Labels, Run
from evergrove.reading.vectors import same_label


def frames_between_groups(runs: list[Run]) -> None:
    """Take such numbers for the scores of two groups at one time, not for before and after.

    Only where each of the two has its own group behind it and the first has no time of its own; a
    time behind the second is then that of both. A frame behind them that names no group ("and
    FROM 3.0 TO 1.0 at 4 h") goes on with the same two.
    """
    groups: tuple[list[Labels], list[Labels]] | None = None
    for left, right in itertools.pairwise(runs):
        if (left.role, right.role) != ("from", "to") or left.stat != "level":
            continue
        if len(left.values) != 1 or len(right.values) != 1 or left.post.get("time"):
            continue
        if groups and not any(run.post.get("arm") or run.pre.get("arm") for run in (left, right)):
            left.post["arm"], right.post["arm"] = groups
        first, second = _only_group(left), _only_group(right)
        times = right.post.get("time", [])
        if first is None or second is None or same_label(first, second):
            continue
        if left.pre.get("time") or any(time.kind == "base" for x in times for time in x.items):
            continue
        left.call_level()
        right.call_level()
        if times:
            left.post["time"] = times
        groups = left.post["arm"], right.post["arm"]


def _only_group(run: Run) -> object | None:
    """The one group that stands behind a number; None where there is none or several."""
    behind = [arm for labels in run.post.get("arm", []) for arm in labels.items]
    return behind[0] if len(behind) == 1 else None


def scores_of_each(runs: list[Run]) -> None:
    """ "NO DIFFERENCE between groups (VAS: 9.0 IN THE WAX GROUP and 9.1 IN THE CLAY GROUP)".

    Two numbers, each with a group of its own behind it, are the scores that did not differ.
    """
    for left, right in itertools.pairwise(runs):
        if left.stat != "between_diff" or right.stat != "between_diff":
            continue
        first, second = _only_group(left), _only_group(right)
        single = len(left.values) == len(right.values) == 1
        if not single or first is None or second is None or same_label(first, second):
            continue
        if any(value.sign or value.percent for value in (*left.values, *right.values)):
            continue
        left.call_own_level()
        right.call_level()
