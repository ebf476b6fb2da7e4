"""Scores told twice, the second time with their spread: "to 43 and 40 ... (40 ± 6 vs 43 ± 7)"."""

from __future__ import annotations

from evergrove.reading.drafts import Draft
from evergrove.reading.vectors import same_label


def with_later_spreads(drafts: list[Draft]) -> list[Draft]:
    """Of "VAS was 43 with wax and 40 with clay at 4 weeks. ... (43 ± 7 vs 40 ± 6)" one for each.

    The second pair has no other time, and each of its values is one that the same group had before
    it without a spread: it is told of that time, and the first telling is no second record.
    """
    with_spreads: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.record["stat"] == "level" and draft.cell.value.spreads:
            with_spreads.setdefault(id(draft.view), []).append(draft)
    gone: set[int] = set()
    for again in with_spreads.values():
        if len(again) < 2 or len(again) == len(drafts):
            continue
        firsts = [_told_before(drafts, draft) for draft in again]
        if None in firsts or len({id(first) for first in firsts}) < len(again):
            continue
        for draft, first in zip(again, firsts, strict=True):
            if first is not None:
                _date_as(draft, first)
                gone.add(id(first))
    return [draft for draft in drafts if id(draft) not in gone]


def _told_before(drafts: list[Draft], draft: Draft) -> Draft | None:
    """The one dated score of that group with the same number and no spread, sentences before."""
    mine = draft.record
    same = [
        other
        for other in drafts
        if other.view is not draft.view
        and other.at < draft.at
        and not other.cell.value.spreads
        and other.cell.time is not None
        and other.cell.value.value == draft.cell.value.value
        and (draft.cell.time is None or same_label(draft.cell.time, other.cell.time))
        and all(other.record[name] == mine[name] for name in ("measure", "arm", "stat"))
    ]
    return same[0] if len(same) == 1 else None


def _date_as(draft: Draft, first: Draft) -> None:
    if draft.cell.time is None:
        draft.record["reasons"].append("time_carried")
    draft.cell.time = first.cell.time
    for name in ("timepoint_label", "timepoint_days"):
        draft.record[name] = first.record[name]
    if "timepoint" in first.places:
        draft.places["timepoint"] = first.places["timepoint"]
