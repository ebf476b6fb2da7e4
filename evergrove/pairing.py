"""What the program read by itself, put together as measurements: pure functions of its records.

A record of the reader is one summary (a level or a change) of one arm at one time. A measurement
has a before and an after, so records of one arm are paired: its baseline with each later level,
and with the change of the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evergrove.extraction_rules import STATISTICS, SUMMARY_FIELDS, Measurement, missing_for
from evergrove.printed_numbers import with_printed_digits

Record = Mapping[str, Any]

_BASELINE_WORDS = ("baseline", "pre", "before", "initial", "admission", "entry")


@dataclass(frozen=True)
class Paired:
    """A measurement made of records, with the numbers of those records."""

    measurement: Measurement
    records: tuple[int, ...]


def of_outcome(records: Iterable[Record], outcome: Mapping[str, Any]) -> list[int]:
    """The numbers of the records that are about the protocol's outcome.

    A record's measure is an instrument, perhaps with a qualifier after a colon; an instrument
    belongs to the outcome if it is the outcome's id or begins with it and "_" (`pain_vas` is pain).
    """
    wanted = outcome["id"]
    found = []
    for number, record in enumerate(records):
        instrument = str(record["measure"]).partition(":")[0]
        if instrument == wanted or instrument.startswith(f"{wanted}_"):
            found.append(number)
    return found


def pair(
    records: Sequence[Record], numbers: Iterable[int], outcome: Mapping[str, Any]
) -> list[Paired]:
    """The measurements that the records (those of `numbers`) make up, in the order of the text."""
    arms: dict[tuple[str, str], list[int]] = {}
    for number in numbers:
        if records[number]["stat"] in ("level", "change"):
            arms.setdefault(_arm(records[number]), []).append(number)
    found: list[Paired] = []
    for group in arms.values():
        found += _pair_arm(records, group, outcome)
    return found


def _arm(record: Record) -> tuple[str, str]:
    return str(record["measure"]), str(record.get("arm") or "all")


def _pair_arm(
    records: Sequence[Record], group: Sequence[int], outcome: Mapping[str, Any]
) -> list[Paired]:
    levels = [number for number in group if records[number]["stat"] == "level"]
    before = next((number for number in levels if is_baseline(records[number])), None)
    changes = {
        _time(records[number]): number for number in group if records[number]["stat"] == "change"
    }
    found = []
    for after in levels:
        if is_baseline(records[after]):
            continue
        change = changes.pop(_time(records[after]), None)
        found.append(_measurement(records, before, after, change, outcome))
    found += [_measurement(records, before, None, change, outcome) for change in changes.values()]
    if not found and before is not None:
        found.append(_measurement(records, before, None, None, outcome))
    return [item for item in found if item is not None]


def is_baseline(record: Record) -> bool:
    """Whether the record is of the time before treatment."""
    if record.get("timepoint_days") is not None:
        return record["timepoint_days"] == 0
    label = str(record.get("timepoint_label") or "").casefold()
    return label.startswith(_BASELINE_WORDS)


def _time(record: Record) -> tuple[object, object]:
    days = record.get("timepoint_days")
    return (days, None) if days is not None else (None, record.get("timepoint_label"))


def _measurement(
    records: Sequence[Record],
    before: int | None,
    after: int | None,
    change: int | None,
    outcome: Mapping[str, Any],
) -> Paired | None:
    sides = {"before": before, "after": after, "change": change}
    used = {side: number for side, number in sides.items() if number is not None}
    later = records[after if after is not None else change if change is not None else before]
    values = {
        f"{side}_{name}": _as_printed(records[number], name)
        for side, number in used.items()
        for name in SUMMARY_FIELDS
        if records[number].get(name) is not None
    }
    statistic = next((name for name in STATISTICS if not missing_for(name, values)), None)
    if statistic == "p_value_only" and (values or later.get("p_op") is None):
        return None
    levels = {
        side: Decimal(repr(records[number]["ci_level"]))
        for side, number in used.items()
        if records[number].get("ci_level") is not None
    }
    baseline_only = later is records[before] if before is not None else False
    measurement = Measurement(
        place="; ".join(f"records[{number}]" for number in sorted(used.values())),
        cohort=_arm(later)[1],
        outcome=outcome["id"],
        scale=scale_of(later, outcome["instruments"]),
        label=str(later.get("timepoint_label") or "not stated"),
        days=None if baseline_only else later.get("timepoint_days"),
        statistic=statistic,
        n_analysed=later.get("n"),
        values=values,
        ci_levels=levels,
        p=_p(later),
        confidence=None if later.get("confidence") is None else str(later["confidence"]),
        note=_note(records, used.values()),
    )
    return Paired(measurement, tuple(sorted(used.values())))


def _as_printed(record: Record, name: str) -> Decimal:
    place = record["spans"].get(name)
    return with_printed_digits(record[name], place[2] if place else None)


def scale_of(record: Record, instruments: Mapping[str, Mapping[str, Any]]) -> str:
    """The declared scale that a record can be on; empty unless exactly one can.

    An instrument's kind (vas, nrs) must be a word of the scale's name, unless the record does not
    say it; printed bounds must be the scale's; values must lie on it.
    """
    kind = str(record["measure"]).partition(":")[0].partition("_")[2]
    bounds = (record.get("scale_min"), record.get("scale_max"))
    values = [record[name] for name in SUMMARY_FIELDS if record.get(name) is not None]
    fits = []
    for name, scale in instruments.items():
        words = name.casefold().replace("-", " ").split()
        low, high = scale["min"], scale["max"]
        if (kind and kind not in words) or low is None or high is None:
            continue
        if None not in bounds and bounds != (low, high):
            continue
        if record["stat"] == "level" and not all(low <= value <= high for value in values):
            continue
        fits.append(name)
    return fits[0] if len(fits) == 1 else ""


def _p(record: Record) -> str | None:
    if record.get("p_op") is None:
        return None
    if record.get("p") is None:
        return str(record["p_op"])
    sign = "" if record["p_op"] == "=" else record["p_op"]
    return f"{sign}{record['p']!r}"


def _note(records: Sequence[Record], numbers: Iterable[int]) -> str | None:
    """The reader's own doubts, in its words."""
    doubts: list[str] = []
    for number in numbers:
        for key in ("flags", "reasons"):
            doubts += [str(doubt) for doubt in records[number].get(key) or ()]
    return "; ".join(dict.fromkeys(doubts)) or None
