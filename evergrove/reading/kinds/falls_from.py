"""Where a fall began, with the time of the fall behind it: "fell by 2.4 FROM 6.9 AT 1 YEAR"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Vectors, same_label


def falls_from(runs: list[Run], times: Vectors) -> None:
    """Date the score that a change is told to begin at by the baseline, where no end is told.

    "Pain fell by 0.6 from 3.9 at 1 year TO 3.3 at 2 years" has both its times, and is left alone.
    """
    for index in range(1, len(runs)):
        change, start = runs[index - 1], runs[index]
        if change.stat not in ("change", "percent_change") or change.role != "by":
            continue
        if start.stat != "level" or start.role != "from" or len(start.values) != 1:
            continue
        if index + 1 < len(runs) and runs[index + 1].role == "to":
            continue
        told, own = times.of[index - 1][0], times.of[index][0]
        if own is None or own.kind != "point" or not (told is None or same_label(told, own)):
            continue
        times.set(index, [Time(0, 0, "base", "baseline", 0)], "assumed")
        for other in range(index):
            # "by 2.4 from 6.9 with wax and by 1.1 from 6.8 with clay at 1 year": both falls
            if runs[other].stat == change.stat and not any(times.of[other]):
                times.set(other, [own] * len(runs[other].values), "copy")
