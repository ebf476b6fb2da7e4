"""Doubts that arithmetic raises: a change, a difference or a percentage that its scores refute."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
Cell = tuple[str, str, str | None]  # measure, group, time
_TENTH = 0.1  # as most scores are printed, where a record has no place
_LEAST = 1.0  # of a hundred: percentages are printed whole, of scores with one decimal


def doubts_of_sums(records: list[Record]) -> set[str]:
    """change_inconsistent, percent_inconsistent and difference_inconsistent.

    change_inconsistent: a mean change is not the mean at that time minus the mean at baseline.
    percent_inconsistent: a mean change in per cent is not that share of the mean at baseline.
    difference_inconsistent: a difference between two groups is not that of their means at that
    time or of their changes, in either order, and no model is named. Each within what the last
    printed digits allow. So a number given to a wrong time, group or kind is asked about, wherever
    its cell is printed in two ways.
    """
    means = [record for record in records if record["mean"] is not None]
    levels = {_cell(record): record for record in means if record["stat"] == "level"}
    found: set[str] = set()
    for record in means:
        if record["stat"] == "between_diff":
            if _difference_refuted(record, levels):
                found.add("difference_inconsistent")
            continue
        measure, arm, time = _cell(record)
        first, last = levels.get((measure, arm, "baseline")), levels.get((measure, arm, time))
        if first is None or last is None or first is last:
            continue
        if record["stat"] == "change" and _change_refuted(record, first, last):
            found.add("change_inconsistent")
        elif record["stat"] == "percent_change" and _percent_refuted(record, first, last):
            found.add("percent_inconsistent")
    return found


def _cell(record: Record) -> Cell:
    return record["measure"], record["arm"], record["timepoint_label"]


def _change_refuted(change: Record, first: Record, last: Record) -> bool:
    """ "from 7.1 to 3.3 at 1 month, a FALL OF 3.8, and rose to 4.1 at 1 year", with that year."""
    off = abs(last["mean"] - first["mean"] - change["mean"])
    return off > _rounding(change, first, last)


def _percent_refuted(percent: Record, first: Record, last: Record) -> bool:
    """ "from 8.0 to 4.0, a fall of 70%": of something else."""
    if not first["mean"]:
        return False
    off = abs(100 * (last["mean"] - first["mean"]) / first["mean"] - percent["mean"])
    loose = 200 * _rounding(first, last) / abs(first["mean"])
    return off > max(_LEAST, loose) + _rounding(percent)


def _difference_refuted(difference: Record, levels: dict[Cell, Record]) -> bool:
    """ "3.1 with wax and 4.2 with clay (difference 2.4)": of another visit, or of other groups.

    It may be one of changes: "from 8.2 to 3.2 and from 6.3 to 5.3, difference 4.0".
    """
    if "model_based" in difference["flags"] or "model_based" in difference["reasons"]:
        return False
    names = difference["arm"].split(" minus ")
    if len(names) != 2:
        return False
    measure, _, time = _cell(difference)
    last = [levels.get((measure, name, time)) for name in names]
    first = [levels.get((measure, name, "baseline")) for name in names]
    scores = [record for record in last if record is not None]
    if len(scores) < 2 or _fits(difference, scores, scores[0]["mean"] - scores[1]["mean"]):
        return False
    begun = [record for record in first if record is not None]
    if len(begun) < 2 or time == "baseline":
        return True
    changes = [after["mean"] - before["mean"] for after, before in zip(scores, begun, strict=True)]
    return not _fits(difference, [*scores, *begun], changes[0] - changes[1])


def _fits(difference: Record, of: list[Record], size: float) -> bool:
    """Whether a difference is of that size, in either order."""
    return abs(abs(size) - abs(difference["mean"])) <= _rounding(difference, *of)


def _rounding(*records: Record) -> float:
    """How far off a sum of printed means may be: half a unit of the last digit of each."""
    return 0.5 * sum(_last_digit(record) for record in records) + 1e-9


def _last_digit(record: Record) -> float:
    """What one more in the last printed digit of a mean is: 0.1 of "3.8"."""
    span = record["spans"].get("mean")
    if span is None:
        return _TENTH
    printed = span[2].replace(",", ".").replace("\u00b7", ".")
    return float(10.0 ** -len(printed.partition(".")[2]))
