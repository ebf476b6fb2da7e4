"""The sign of a change whose word says no direction, by the two levels beside it."""

from __future__ import annotations

from evergrove.reading.drafts import Draft
from evergrove.reading.vectors import same_label

_UNSIGNED = ("change_unsigned", "direction_assumed")


def signs_by_levels(drafts: list[Draft]) -> None:
    """ "Went from 9.0 before to 1.1 after, A CHANGE OF 7.9": a fall, as the levels tell.

    Only where two levels of the same measure and group in the sentence differ by that number.
    """
    for draft in drafts:
        record = draft.record
        if record["stat"] != "change" or draft.cell.value.sign or draft.cell.value.spreads:
            continue
        if not any(reason in record["reasons"] for reason in _UNSIGNED):
            continue
        centre = "mean" if record.get("mean") is not None else "median"
        moved = _moved(draft, drafts, centre)
        if moved is None or record.get(centre) is None:
            continue
        size = abs(record[centre])
        if moved and abs(abs(moved) - size) <= 0.051 + 0.005 * size:
            record[centre] = size if moved > 0 else -size
            record["reasons"] = [r for r in record["reasons"] if r not in _UNSIGNED]


def _moved(draft: Draft, drafts: list[Draft], centre: str) -> float | None:
    """Later minus earlier of the two levels that belong to a change, if they are told."""
    levels = [
        other
        for other in drafts
        if other.view is (draft.view.host or draft.view)
        and other.record["stat"] == "level"
        and other.record["measure"] == draft.record["measure"]
        and other.record["arm"] == draft.record["arm"]
        and other.cell.time is not None
    ]
    before = [other for other in levels if other.cell.time.kind == "base"]
    after = [other for other in levels if other.cell.time.kind != "base"]
    if len(after) > 1 and draft.cell.time is not None:
        after = [other for other in after if same_label(other.cell.time, draft.cell.time)]
    if len(before) != 1 or len(after) != 1:
        return None
    ends = [other[0].record.get(centre) for other in (before, after)]
    return None if None in ends else float(ends[1] - ends[0])
