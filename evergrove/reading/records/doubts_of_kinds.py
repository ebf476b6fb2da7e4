"""Doubts whether a number is a score, a change or a difference between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evergrove.reading.arms.comparators import behind_comparator
from evergrove.reading.text.words import CHANGE, word_set

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import Arm
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

Record = dict[str, Any]
#: A record and the sentence that its centre stands in.
Placed = tuple[Record, "View"]
_COMPARING = word_set("compared versus vs relative against")
_MOVED = CHANGE | word_set("difference differences benefit superiority advantage")


def doubts_of_kinds(document: Document, records: list[Record], placed: list[Placed]) -> set[str]:
    """change_or_level, change_or_difference, level_or_difference and values_conflict.

    change_or_level: scores alone, none of them at baseline, in a sentence that tells a change; or
    one group has a change where another has a score, or at one visit and not at the other.
    change_or_difference: changes of one group in a sentence that names two, or that sets it against
    one without a number. level_or_difference: a difference between two groups at a time when only
    one of them has a score. values_conflict: two differences in one cell.
    """
    found: set[str] = set()
    if _scores_of_change(records, placed) or _mixed(records):
        found.add("change_or_level")
    told: dict[int, tuple[View, list[Record]]] = {}
    for record, view in placed:
        told.setdefault(view.a, (view, []))[1].append(record)
    if any(_one_of_two(view, mine) or _alone(document, view, mine) for view, mine in told.values()):
        found.add("change_or_difference")
    if _two_differences(records):
        found.add("values_conflict")
    if _one_beside_difference(records):
        found.add("level_or_difference")
    return found


def centre_place(record: Record) -> int | None:
    """Where the mean of a record stands in its text, or the median if it has no mean."""
    spans = record["spans"]
    centre = spans.get("mean") or spans.get("median")
    return None if centre is None else centre[0]


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


def _one_of_two(view: View, mine: list[Record]) -> bool:
    """ "wax, when compared with clay, reduced VAS by 2.9": of one of them, or how much more?"""
    names = {_shown(arm) for arm in view.arms}
    alone = len({record["arm"] for record in mine}) == 1
    return len(names) > 1 and alone and all(record["stat"] == "change" for record in mine)


def _alone(document: Document, view: View, mine: list[Record]) -> bool:
    """ "NRS fell by 1.9 WITH WAX COMPARED WITH CLAY": of wax, or how much more than with clay?"""
    if view.words.isdisjoint(_COMPARING) or any(r["stat"] == "between_diff" for r in mine):
        return False
    tokens = document.tokens
    for arm in [arm for arm in view.arms if behind_comparator(tokens, arm)]:
        place = document.source.place(tokens[arm.first].start)
        before = [r for r in mine if (at := centre_place(r)) is not None and at < place]
        named = any(record["arm"] == _shown(arm) for record in mine)
        if not named and any(record["stat"] == "change" for record in before):
            return True
    return False


def _shown(arm: Arm) -> str:
    return arm.arm.shown() if arm.arm is not None else arm.name


def _two_differences(records: list[Record]) -> bool:
    """ "wax minus clay" twice at one time, with two sizes: of two analyses, or of other groups."""
    told: dict[tuple[Any, ...], Any] = {}
    for record in records:
        names = record["arm"].split(" minus ")
        if record["stat"] == "between_diff" and len(names) == 2:
            cell = (record["measure"], frozenset(names), record["timepoint_label"])
            size = abs(record["mean"] if record["mean"] is not None else record["median"])
            if told.setdefault(cell, size) != size:
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
