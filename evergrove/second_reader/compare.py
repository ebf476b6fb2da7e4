"""A second reader's records beside the program's: agreement raises confidence, doubt is queued.

The second reader never adds, changes or removes a value. Records meet where their centre (mean or
median) has the same place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import printed_numbers
from evergrove.reading.records.candidates import confidence
from evergrove.second_reader.answers import Item

CENTRES = ("mean", "median")
# What both readers must give alike: numbers whose place in the text can be compared.
COMPARED = ("mean", "median", "sd", "se", "q1", "q3", "min", "max", "ci_low", "ci_high")
AGREES, DIFFERS, SILENT = "second_reader_agrees", "second_reader_differs", "second_reader_silent"
ONLY = "second_reader_only"


def compared(found: Mapping[str, Any], items: Sequence[Item] | None) -> dict[str, Any]:
    """What `read_abstract` found, with the second reader's view of it.

    Each record gets one of the reasons `second_reader_agrees`, `second_reader_differs` (with what
    the other read as alternatives {"field", "value", "reader"}) or `second_reader_silent`; the
    queue gets every disagreement, and `second_reader_only` where the other read a centre that the
    program did not. `items` None: the answer could not be used, and nothing but the queue changes.
    """
    if items is None:
        return {**found, "queue": sorted({*found["queue"], "second_reader_unusable"})}
    queue = set(found["queue"])
    by_place: dict[tuple[int, int], list[Item]] = {}
    for item in items:
        for name in CENTRES:
            if name in item.values:
                by_place.setdefault(item.values[name][1], []).append(item)
    met: set[tuple[int, int]] = set()
    several = len({r["arm"] for r in found["records"]}) > 1 or len({i.arm for i in items}) > 1
    records = []
    for record in found["records"]:
        place = _centre(record)
        others = by_place.get(place, []) if place else []
        if not others:
            reason, differences = SILENT, []
        else:
            met.add(place)  # type: ignore[arg-type]
            differences = min((_differences(record, item, several) for item in others), key=len)
            reason = DIFFERS if differences else AGREES
        if reason != AGREES:
            queue.add(reason)
        changed = {
            **record,
            "reasons": [*record["reasons"], reason],
            "alternatives": [*record["alternatives"], *differences],
        }
        changed["confidence"] = confidence(changed)
        records.append(changed)
    if any(place not in met for place in by_place):
        queue.add(ONLY)
    if any(item.dropped for item in items):
        queue.add("second_reader_unplaced")
    return {**found, "records": records, "queue": sorted(queue)}


def _centre(record: Mapping[str, Any]) -> tuple[int, int] | None:
    """The place of the number itself, without a sign that the span may include."""
    for name in CENTRES:
        if record.get(name) is not None and name in record["spans"]:
            return _digits(record["spans"][name])
    return None


def _digits(span: Sequence[Any]) -> tuple[int, int]:
    start, end, surface = span
    return start + len(surface) - len(surface.lstrip("+-\u2212\u2013 ")), end


def _differences(record: Mapping[str, Any], item: Item, several: bool) -> list[dict[str, Any]]:
    out = []

    def differs(name: str, value: object) -> None:
        out.append({"field": name, "value": value, "reader": "second"})

    if item.stat != record["stat"]:
        differs("stat", item.stat)
    for name in COMPARED:
        mine = record.get(name)
        # An undecided plus-minus value agrees with either reading of it.
        if mine is None and name in ("sd", "se"):
            mine = record.get("pm")
            mine_span = record["spans"].get("pm")
        else:
            mine_span = record["spans"].get(name)
        other = item.values.get(name)
        if other is None:
            if record.get(name) is not None:
                differs(name, None)
        elif mine is None or mine_span is None or _digits(mine_span) != other[1]:
            differs(name, other[0])
    if record.get("n") is not None and "n" in item.values and item.values["n"][0] != record["n"]:
        differs("n", item.values["n"][0])
    # A single group has many names.
    if several and not _alike(record["arm"], item.arm):
        differs("arm", item.arm)
    if not _same_time(record, item.timepoint):
        differs("timepoint_label", item.timepoint)
    return out


_WORD = re.compile(r"[^\W\d_]{2,}|\d+(?:\.\d+)?")
_EMPTY = frozenset({"the", "of", "in", "at", "group", "groups", "arm", "arms", "patients", "and"})
_TIME = re.compile(r"(\d+(?:\.\d+)?|[a-z]+)[ -]?([a-z]+)", re.IGNORECASE)
_BASELINE = re.compile(
    r"base ?line|before|pre-?(?:op|treat|proc|inter|inj)|\bpre\b|initial|entry|admission", re.I
)


def _words(text: str) -> set[str]:
    found = {word.casefold() for word in _WORD.findall(text)}
    return (found - _EMPTY) or found


def _alike(ours: str, theirs: str) -> bool:
    """One group by whatever name: they share a word, or both mean everybody."""
    everybody = {"all", "", "overall", "total", "none"}
    if ours.casefold() in everybody or theirs.casefold() in everybody:
        return ours.casefold() in everybody and theirs.casefold() in everybody
    return bool(_words(ours) & _words(theirs))


def _same_time(record: Mapping[str, Any], theirs: str) -> bool:
    ours = str(record["timepoint_label"] or "")
    if record["timepoint_days"] == 0 or _BASELINE.search(ours):
        return bool(_BASELINE.search(theirs)) or _words(ours) == _words(theirs)
    if _BASELINE.search(theirs) and record["stat"] == "level":
        return False
    mine, other = record["timepoint_days"], _days(theirs)
    if mine is not None and other:
        return any(abs(mine - days) <= 0.04 * max(mine, days) for days in other)
    return bool(_words(ours) & _words(theirs)) or not ours


def _days(text: str) -> set[int]:
    """Every length of time that a text names, in days."""
    return {day for match in _TIME.finditer(text) for day in printed_numbers.days(match[0])}
