"""The time at which a second frame begins, where the first tells it: "from 7 AT 2 H to 4"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import (
    OWN_SIDES,
    Cell,
    Vectors,
    same_label,
)


def first_times_again(runs: list[Run], times: Vectors, before: list[Cell]) -> None:
    """ "fell from 7 AT 2 H to 4 at 24 h with gel, and FROM 8 TO 6 with ice": 8 is at 2 h too.

    `before`: the values of the sentence before, whose frames hold where this one tells no times.
    """
    if len(runs) > 1:
        _rows_again(runs, times)
    told = None if any(how in OWN_SIDES for how in times.how) else _begun(before)
    for index, run in enumerate(runs[:-1]):
        if run.role != "from" or run.stat != "level":
            continue
        if times.how[index] in OWN_SIDES:
            first = times.of[index][0]
            dated = first is not None and first.kind == "point" and times.of[index][-1] is first
            told = first if dated else None
        elif times.how[index] == "frame" and told is not None:
            later = runs[index + 1]
            if later.role == "to" and times.how[index + 1] not in OWN_SIDES:
                times.set(index, [told], "copy")
                rest = _others(before, told)
                if times.how[index + 1] == "assumed" and len(rest) == len(later.values):
                    times.set(index + 1, rest, "memory")


def _rows_again(runs: list[Run], times: Vectors) -> None:
    """ "5.3, 4.4 and 3.6 AT 4, 12 AND 24 WEEKS; for clay 6.1, 5.7 and 5.2 POSTOPERATIVELY".

    A row of scores after treatment has the times of the one row of as many before it.
    """
    for index, run in enumerate(runs):
        size, row = len(run.values), times.of[index]
        if not index or size < 2 or run.stat != "level" or any(t is not row[0] for t in row):
            continue
        if row[0] is None or row[0].kind != "post" or row[0].days is not None:
            continue
        before = [
            times.of[k]
            for k in range(index)
            if len(times.of[k]) == size and times.how[k] in OWN_SIDES and runs[k].stat == "level"
        ]
        dated = len(before) == 1 and all(t is not None and t.kind == "point" for t in before[0])
        if dated and len({t.label for t in before[0] if t is not None}) == size:
            times.set(index, before[0], "template")


def _others(cells: list[Cell], told: Time) -> list[Time]:
    """The times of the sentence before but for the one that its frames began at, in their order."""
    out: dict[str, Time] = {}
    for cell in cells:
        if cell.time is not None and not same_label(cell.time, told):
            out.setdefault(cell.time.label, cell.time)
    return list(out.values())


def _begun(cells: list[Cell]) -> Time | None:
    """The one time, and no baseline, of the values that frames of the sentence before began at."""
    first = [cell.time for cell in cells if cell.run.role == "from" and cell.run.stat == "level"]
    if not first or any(time is None or time.kind != "point" for time in first):
        return None
    return first[0] if len({time.label for time in first if time is not None}) == 1 else None
