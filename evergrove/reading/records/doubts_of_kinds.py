"""Doubts whether a number is a score, a change or a difference between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evergrove.reading.text.words import CHANGE, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import View

Record = dict[str, Any]
#: A record and the sentence that its centre stands in.
Placed = tuple[Record, "View"]
_MOVED = CHANGE | word_set("difference differences benefit superiority advantage")


def doubts_of_kinds(records: list[Record], placed: list[Placed]) -> set[str]:
    """change_or_level, change_or_difference and level_or_difference, where they are in doubt.

    change_or_level: scores alone, none of them at baseline, in a sentence that tells a change; or
    one group has a change where another has a score, or at one visit and not at the other.
    change_or_difference: changes of one group in a sentence that names two. level_or_difference: a
    difference between two groups at a time when only one of them has a score.
    """
    found: set[str] = set()
    if _scores_of_change(records, placed) or _mixed(records):
        found.add("change_or_level")
    if _one_of_two(placed):
        found.add("change_or_difference")
    if _one_beside_difference(records):
        found.add("level_or_difference")
    return found


def later(record: Record) -> bool:
    """Whether a record is of a visit behind baseline, or of none that is told."""
    return record["timepoint_label"] != "baseline"


def _scores_of_change(records: list[Record], placed: list[Placed]) -> bool:
    """ "a FALL in VAS was seen 30 min after wax (2.1) and clay (3.6)": of the fall, or scores?"""
    begun = {r["measure"] for r in records if r["stat"] == "level" and not later(r)}
    return any(
        record["stat"] == "level"
        and later(record)
        and record["measure"] not in begun
        and not view.words.isdisjoint(_MOVED)
        for record, view in placed
    )


def _mixed(records: list[Record]) -> bool:
    """ "fell by 3.3 with wax; with clay it was 1.7", "down by 3.3 at 1 month, 1.4 at a year"."""
    visits: dict[tuple[str, str | None], dict[str, set[str]]] = {}
    groups: dict[tuple[str, str], dict[str | None, set[str]]] = {}
    for record in records:
        measure, arm, time = record["measure"], record["arm"], record["timepoint_label"]
        if record["stat"] == "between_diff":
            continue
        if later(record):
            visits.setdefault((measure, time), {}).setdefault(arm, set()).add(record["stat"])
        groups.setdefault((measure, arm), {}).setdefault(time, set()).add(record["stat"])
    cells = [list(kinds.values()) for kinds in visits.values()]
    cells += [list(kinds.values()) for kinds in groups.values() if "baseline" not in kinds]
    return any({"level"} in kinds and {"change"} in kinds for kinds in cells)


def _one_of_two(placed: list[Placed]) -> bool:
    """ "wax, when compared with clay, reduced VAS by 2.9": of one of them, or how much more?"""
    told: dict[int, list[Placed]] = {}
    for record, view in placed:
        told.setdefault(view.a, []).append((record, view))
    for mine in told.values():
        names = {arm.arm.shown() if arm.arm is not None else arm.name for arm in mine[0][1].arms}
        alone = len({record["arm"] for record, _ in mine}) == 1
        if len(names) > 1 and alone and all(record["stat"] == "change" for record, _ in mine):
            return True
    return False


def _one_beside_difference(records: list[Record]) -> bool:
    """ "1.7 with wax; 2.6 with clay", the first read as the difference between the two."""
    cells: dict[tuple[str, str | None], list[Record]] = {}
    for record in records:
        cells.setdefault((record["measure"], record["timepoint_label"]), []).append(record)
    for mine in cells.values():
        scored = {record["arm"] for record in mine if record["stat"] != "between_diff"}
        for record in mine:
            names = set(record["arm"].split(" minus "))
            if record["stat"] == "between_diff" and len(names) == 2 and len(scored & names) == 1:
                return True
    return False
