"""How far the program's own reading of a text agrees with the verified measurements, cell by cell.

Pure: verified measurements and candidate records of one report in, compared cells out. Which
record belongs to which measurement is decided by equal values at overlapping places first, then
by equal values, time, words of the arm and number of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evergrove.extraction_rules import SUMMARY_FIELDS, Measurement, as_printed
from evergrove.printed_numbers import p_value, with_printed_digits

Record = Mapping[str, Any]

_COMMON_WORDS = {"all", "and", "for", "group", "patients", "people", "the", "with", "without"}


@dataclass(frozen=True)
class Cell:
    """One compared cell; the field is named as in the extraction file ("before.mean")."""

    measurement_id: str
    field: str
    verified: str
    candidate: str
    verdict: str  # agree, differ, only_verified, only_candidate
    start: int | None = None
    end: int | None = None
    surface: str | None = None


@dataclass(frozen=True)
class Agreement:
    """All compared cells, and the records (by place) that no verified measurement claims."""

    cells: list[Cell]
    unclaimed: list[int]


@dataclass
class _Slot:
    """One side of a measurement, for which the text may have one record."""

    measurement_id: str
    side: str
    measurement: Measurement
    values: dict[str, Decimal]

    def span(self, name: str) -> tuple[int, int] | None:
        return self.measurement.spans.get(f"{self.side}.{name}")


def compare(
    measurements: Sequence[tuple[str, Measurement]],
    records: Sequence[Record],
    *,
    same_text: bool,
) -> Agreement:
    """Compare verified measurements (with their ids) with the candidates of the same report.

    `same_text` says that both have their places in one and the same text. Records other than
    levels and changes are passed over. A baseline that several measurements of a cohort repeat is
    compared once, under the first of them.
    """
    slots = _slots(measurements)
    pairs = _matched(slots, records, same_text, single=_single_cohort(measurements))
    cells: list[Cell] = []
    for measurement_id, measurement in measurements:
        later = []
        for number, slot in enumerate(slots):
            if slot.measurement_id == measurement_id:
                record = records[pairs[number]] if number in pairs else None
                cells += _side_cells(slot, record)
                if record is not None and slot.side != "before":
                    later.append(record)
        cells += _shared_cells(measurement_id, measurement, later)
    unclaimed = _unclaimed(records, set(pairs.values()))
    for number in unclaimed:
        cells += _record_cells(records[number])
    return Agreement(cells, unclaimed)


def _slots(measurements: Sequence[tuple[str, Measurement]]) -> list[_Slot]:
    slots: list[_Slot] = []
    baselines = set()
    for measurement_id, item in measurements:
        for side in ("before", "after", "change"):
            values = {
                name: item.values[f"{side}_{name}"]
                for name in SUMMARY_FIELDS
                if f"{side}_{name}" in item.values
            }
            if not values:
                continue
            key = (item.cohort, item.scale, tuple(sorted(values.items())))
            if side == "before" and key in baselines:
                continue
            slots.append(_Slot(measurement_id, side, item, values))
            if side == "before":
                baselines.add(key)
    return slots


def _single_cohort(measurements: Iterable[tuple[str, Measurement]]) -> bool:
    return len({item.cohort for _, item in measurements}) == 1


# ---- which record belongs to which slot ----


def _matched(
    slots: Sequence[_Slot], records: Sequence[Record], same_text: bool, single: bool
) -> dict[int, int]:
    """Slot number to record number, best pairs first; each is used once."""
    scored = []
    for number, slot in enumerate(slots):
        for place, record in enumerate(records):
            score = _score(slot, record, same_text, single)
            if score > 0:
                scored.append((-score, number, place))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, number, place in sorted(scored):
        if number not in pairs and place not in used:
            pairs[number] = place
            used.add(place)
    return pairs


def _score(slot: _Slot, record: Record, same_text: bool, single: bool) -> float:
    """How well a record fits; 0 is not at all.

    Equal values at overlapping places decide; then equal values; then the same time in the same
    arm, so that a value that was read wrongly is found beside the right one.
    """
    if record["stat"] != ("change" if slot.side == "change" else "level"):
        return 0
    equal = [name for name in slot.values if _same_number(slot.values[name], record.get(name))]
    placed = [name for name in equal if same_text and _overlap(slot.span(name), record, name)]
    time = _time_fit(slot, record)
    words = _shared_words(slot.measurement.cohort, record.get("arm"))
    in_arm = words > 0 or (single and record.get("arm") in (None, "all"))
    if not placed and not (equal and time >= 0) and not (time > 0 and in_arm):
        return 0
    same_n = record.get("n") is not None and record["n"] == slot.measurement.n_analysed
    fits = 10 * len(equal) + 4 * time + 2 * words + in_arm + same_n
    return max(1000 * len(placed) + fits, 0.5)


def _time_fit(slot: _Slot, record: Record) -> float:
    """1 the same time, 0 nothing known against it, -1 another time."""
    days, stored = record.get("timepoint_days"), slot.measurement.days
    baseline = days == 0
    if slot.side == "before":
        return 1 if baseline else -1 if days is not None else 0
    if baseline:
        return -1
    if days is None or stored is None:
        return 0.5 if days == stored else 0
    # Months are 30 or 30.4375 days: the same printed time within 4 %.
    return 1 if abs(days - stored) <= max(1, 0.04 * stored) else -1


def _shared_words(cohort: str, arm: str | None) -> int:
    return len(_words(cohort) & _words(arm or ""))


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold().replace("_", " "))
    return {word.rstrip("s") for word in words if len(word) > 2 and word not in _COMMON_WORDS}


def _overlap(span: tuple[int, int] | None, record: Record, name: str) -> bool:
    place = record.get("spans", {}).get(name)
    return span is not None and place is not None and span[0] < place[1] and place[0] < span[1]


def _same_number(stored: Decimal, read: float | None) -> bool:
    return read is not None and float(stored) == float(read)


# ---- the cells ----


def _side_cells(slot: _Slot, record: Record | None) -> list[Cell]:
    cells = []
    for name in SUMMARY_FIELDS:
        stored = slot.values.get(name)
        read = record.get(name) if record else None
        if stored is None and read is None:
            continue
        equal = stored is not None and _same_number(stored, read)
        cells.append(
            _cell(
                slot.measurement_id,
                f"{slot.side}.{name}",
                as_printed(stored),
                _digits(record, name),
                equal,
                record,
                name,
            )
        )
    return cells


def _shared_cells(
    measurement_id: str, measurement: Measurement, records: Sequence[Record]
) -> list[Cell]:
    """Cells of the measurement as a whole: number analysed, p, time."""
    cells = []
    n = next((record for record in records if record.get("n") is not None), None)
    if n is not None or measurement.n_analysed is not None:
        read = n["n"] if n else None
        equal = read is not None and read == measurement.n_analysed
        stored = as_printed(measurement.n_analysed)
        cells.append(_cell(measurement_id, "n_analysed", stored, _shown(read), equal, n, "n"))
    p = next((record for record in records if record.get("p_op") is not None), None)
    if p is not None or measurement.p is not None:
        equal = p is not None and measurement.p is not None and _same_p(measurement.p, p)
        read_p = _shown_p(p) if p else ""
        cells.append(_cell(measurement_id, "p", measurement.p or "", read_p, equal, p, "p"))
    time = next((record for record in records if record.get("timepoint_days") is not None), None)
    if records and (time is not None or measurement.days is not None):
        days = time["timepoint_days"] if time else None
        equal = days is not None and days == measurement.days
        stored = as_printed(measurement.days)
        field_name = "timepoint.days"
        cells.append(
            _cell(measurement_id, field_name, stored, _shown(days), equal, time, "timepoint")
        )
    return cells


def _record_cells(record: Record) -> list[Cell]:
    """A record that no verified measurement claims: every cell of it stands alone."""
    side = "change" if record["stat"] == "change" else "level"
    names = [name for name in SUMMARY_FIELDS if record.get(name) is not None]
    return [
        _cell("", f"{side}.{name}", "", _digits(record, name), False, record, name)
        for name in names
    ]


def _cell(
    measurement_id: str,
    field_name: str,
    stored: str,
    read: str,
    equal: bool,
    record: Record | None,
    span_name: str,
) -> Cell:
    if stored and read:
        verdict = "agree" if equal else "differ"
    else:
        verdict = "only_verified" if stored else "only_candidate"
    place = record.get("spans", {}).get(span_name) if record and read else None
    start, end, surface = place if place else (None, None, None)
    return Cell(measurement_id, field_name, stored, read, verdict, start, end, surface)


def _same_p(stored: str, record: Record) -> bool:
    if record["p_op"] == "ns" or stored.casefold().replace(".", "") == "ns":
        return record["p_op"] == "ns" and stored.casefold().replace(".", "") == "ns"
    parsed = p_value(stored)
    return (
        parsed is not None
        and record.get("p") is not None
        and parsed[0] == record["p_op"]
        and float(parsed[1]) == float(record["p"])
    )


def _shown_p(record: Record) -> str:
    if record.get("p") is None:
        return str(record["p_op"])
    return f"{'' if record['p_op'] == '=' else record['p_op']}{_shown(record['p'])}"


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _digits(record: Record | None, name: str) -> str:
    """A value that was read, with the digits that the text has for it."""
    if record is None or record.get(name) is None:
        return ""
    place = record.get("spans", {}).get(name)
    return as_printed(with_printed_digits(record[name], place[2] if place else None))


def _unclaimed(records: Sequence[Record], claimed: set[int]) -> list[int]:
    """Levels and changes that belong to no measurement and do not repeat one that does."""
    known = {_content(records[number]) for number in claimed}
    return [
        number
        for number, record in enumerate(records)
        if number not in claimed
        and record["stat"] in ("level", "change")
        and any(record.get(name) is not None for name in SUMMARY_FIELDS)
        and _content(record) not in known
    ]


def _content(record: Record) -> tuple[object, ...]:
    return (record["stat"], *(record.get(name) for name in SUMMARY_FIELDS))
