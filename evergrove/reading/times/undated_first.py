"""A score that no time is told with, ahead of where it went: "NRS was 5.0. After 3 months it FELL".

It is the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.drafts import Draft

_LATER = frozenset(("point", "window", "final"))


def date_first_scores(drafts: list[Draft]) -> None:
    """ "Mean NRS was 5.0. AFTER 3 MONTHS of wax it IMPROVED TO 3.7": the 5.0 is of baseline.

    Where the next sentence tells the same group's score at a later time, as the end of a move,
    and nothing before tells of any time; the others of its sentence are of baseline too.
    """
    levels = [draft for draft in drafts if draft.record["stat"] == "level"]
    first = next((d for d in levels if d.record["timepoint_label"] is None), None)
    if first is None or first.view.times:
        return
    if any(d.at < first.at and d.record["timepoint_label"] is not None for d in drafts):
        return
    mine = [d for d in drafts if d.view is first.view]
    if any(d.record["timepoint_label"] is not None or d not in levels for d in mine):
        return
    ends = [d for d in levels if d.sentence == first.sentence + 1 and _moved_to(d)]
    told = {(d.record["measure"], d.record["arm"]) for d in ends if d.view.a - first.view.b < 2}
    if not any((d.record["measure"], d.record["arm"]) in told for d in mine):
        return
    cells = {(d.record["measure"], d.record["arm"]) for d in mine}
    if any(_based(d) and (d.record["measure"], d.record["arm"]) in cells for d in levels):
        return
    for draft in mine:
        draft.cell.time = Time(0, 0, "base", "baseline", 0)
        draft.record["timepoint_label"], draft.record["timepoint_days"] = "baseline", 0
        draft.record["reasons"].append("time_assumed")


def _moved_to(draft: Draft) -> bool:
    time = draft.cell.time
    return draft.cell.run.role == "to" and time is not None and time.kind in _LATER


def _based(draft: Draft) -> bool:
    return draft.cell.time is not None and draft.cell.time.kind == "base"
