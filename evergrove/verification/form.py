"""What a person is asked about a report: its measurements, each field with value and place.

The suggestions come from the report's extraction file, or, where it has none, from the program's
own reading of the abstract. A suggestion is never saved without a person's decision on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from evergrove import pairing
from evergrove.extraction_files import says
from evergrove.extraction_rules import SIDES, SUMMARY_FIELDS, Measurement, as_printed
from evergrove.verification.derived import Derived, split
from evergrove.verification.kept_json import Literal
from evergrove.verification.numbers import (
    FIELDS,
    TEXTS,
    WHOLE,
    Number,
    Place,
    places_of,
    typed_number,
)

# What a person is asked about a measurement that nobody suggested.
USUAL = (
    "timepoint.label", "timepoint.days", "n_analysed", "before.mean", "before.sd", "after.mean",
    "after.sd",
)  # fmt: skip


def get(measurement: Mapping[str, Any], field: str) -> Any:
    """The field's value in a measurement as it stands in a file; None if it has none."""
    part, _, name = field.partition(".")
    if not name:
        return measurement.get(part)
    return (measurement.get(part) or {}).get(name)


def put(measurement: dict[str, Any], field: str, value: Any) -> None:
    """Set the field's value in a measurement of a file; None takes it out."""
    part, _, name = field.partition(".")
    if not name:
        if value is not None or part in measurement:
            measurement[part] = value
        return
    inner = measurement.get(part)
    if part in SIDES:
        inner = dict(inner or {})
        if value is None:
            inner.pop(name, None)
        else:
            known = name in inner
            inner[name] = value
            if not known:
                order = [*SUMMARY_FIELDS, "ci_level"]
                inner = {key: inner[key] for key in sorted(inner, key=order.index)}
        if any(inner.get(key) is not None for key in SUMMARY_FIELDS):
            measurement[part] = inner
        elif part in measurement:
            measurement[part] = None
    elif inner is not None:
        inner[name] = value


def set_place(measurement: dict[str, Any], field: str, place: Place | None) -> None:
    """Set where the field stands in the text; None takes its place out."""
    spans = measurement.get("spans") or {}
    if place is None:
        spans.pop(field, None)
    else:
        spans[field] = [Literal(place[0]), Literal(place[1])]
    if spans or "spans" in measurement:
        measurement["spans"] = spans


def decimal_of(value: Any, field: str) -> Any:
    """The value of a file's field as extraction_files compares it with a text."""
    if field in TEXTS:
        return str(value)
    number = typed_number(value, field)
    return int(number) if field in WHOLE else number


def fields_of(
    measurement: Mapping[str, Any], text: str, numbers: Sequence[Number], *, same_text: bool
) -> list[dict[str, Any]]:
    """The measurement's fields: name, value, place, and how the value was kept.

    `kind` is `verbatim` (there is a place that says the value), `derived`, or `open` (a value
    without a place). Where `same_text` is false, the kept places are of another text: a value that
    stands in this one once is offered at that place.
    """
    _, derivations = split(measurement.get("note"))
    derived = {item.field: item for item in derivations}
    found = []
    for name in FIELDS:
        value = get(measurement, name)
        if value is None or isinstance(value, bool):
            continue
        item: dict[str, Any] = {"name": name, "value": str(value), "kind": "open", "place": None}
        if same_text and name in derived:
            item |= {"kind": "derived", **_told(derived[name])}
        else:
            place = _place(measurement, name, value, text, numbers, same_text)
            if place is not None:
                item |= {"kind": "verbatim", "place": list(place)}
        found.append(item)
    return found


def _told(item: Derived) -> dict[str, Any]:
    return {"formula": item.formula, "spans": [list(s) for s in item.spans], "why": item.note}


def _place(
    measurement: Mapping[str, Any],
    name: str,
    value: Any,
    text: str,
    numbers: Sequence[Number],
    same_text: bool,
) -> Place | None:
    stored = decimal_of(value, name)
    kept = (measurement.get("spans") or {}).get(name)
    if same_text and kept is not None:
        start, end = int(kept[0]), int(kept[1])
        return (start, end) if end <= len(text) and says(text, start, end, name, stored) else None
    places = places_of(text, numbers, name, str(value))
    return places[0] if len(places) == 1 else None


def suggested(
    line: Mapping[str, Any] | None, text: str, outcome: Mapping[str, Any]
) -> list[tuple[dict[str, Any], str]]:
    """The program's own reading as measurements of a file, each with the reader's doubts."""
    if line is None:
        return []
    records = line["records"]
    paired = pairing.pair(records, pairing.of_outcome(records, outcome), outcome)
    return [
        (
            _document(item.measurement, _places(item, records, text)),
            item.measurement.note or "",
        )
        for item in paired
    ]


def _document(item: Measurement, places: Mapping[str, Place]) -> dict[str, Any]:
    """The measurement as it would stand in a file, without the reader's doubts and confidence."""
    sides: dict[str, dict[str, Literal] | None] = {}
    for side in SIDES:
        values = {
            name: Literal(as_printed(item.values[f"{side}_{name}"]))
            for name in SUMMARY_FIELDS
            if f"{side}_{name}" in item.values
        }
        level = item.ci_levels.get(side)
        if values and level is not None and "ci_low" in values:
            values["ci_level"] = Literal(as_printed(level))
        sides[side] = values or None
    return {
        "cohort": item.cohort,
        "outcome": item.outcome,
        "scale": item.scale,
        "timepoint": {"label": item.label, "days": _whole(item.days)},
        "n_enrolled": None,
        "n_analysed": _whole(item.n_analysed),
        "statistic": item.statistic,
        **sides,
        "p": item.p,
        "confidence": None,
        "flags": [],
        "note": None,
        "spans": {name: [Literal(a), Literal(b)] for name, (a, b) in places.items()},
    }


def _whole(value: int | None) -> Literal | None:
    return None if value is None else Literal(int(value))


def _places(
    item: pairing.Paired, records: Sequence[Mapping[str, Any]], text: str
) -> dict[str, Place]:
    """Where the reader found each value; only places that say the value."""
    values = item.measurement
    found: dict[str, tuple[Place, Any]] = {}
    for number in item.records:
        record = records[number]
        before = record["stat"] == "level" and pairing.is_baseline(record)
        side = "change" if record["stat"] == "change" else "before" if before else "after"
        for name, (start, end, _) in record["spans"].items():
            if name in SUMMARY_FIELDS:
                stored: Any = values.values.get(f"{side}_{name}")
                field = f"{side}.{name}"
            elif before and len(item.records) > 1:
                continue
            elif name == "n":
                field, stored = "n_analysed", values.n_analysed
            elif name == "p":
                field, stored = "p", values.p
            elif name == "timepoint":
                field, stored = "timepoint.days", values.days
                label = _label_at(text, start, values.label)
                if label is not None:
                    found["timepoint.label"] = (label, values.label)
            else:
                continue
            if stored is not None:
                found[field] = ((start, end), stored)
    if "timepoint.label" not in found:
        places = places_of(text, (), "timepoint.label", values.label)
        if len(places) == 1:
            found["timepoint.label"] = (places[0], values.label)
    return {
        field: place
        for field in FIELDS
        if field in found
        for place, stored in [found[field]]
        if says(text, *place, field, stored)
    }


def _label_at(text: str, start: int, label: str) -> Place | None:
    for place in places_of(text, (), "timepoint.label", label):
        if place[0] <= start < place[1]:
            return place
    return None


def empty(cohort: str, outcome: str, scale: str) -> dict[str, Any]:
    """A measurement that a person adds; its values come with the decisions."""
    return {
        "cohort": cohort,
        "outcome": outcome,
        "scale": scale,
        "timepoint": {"label": "", "days": None},
        "n_enrolled": None,
        "n_analysed": None,
        "statistic": "mean_sd",
        "before": None,
        "after": None,
        "change": None,
        "p": None,
        "confidence": None,
        "flags": [],
        "note": None,
        "spans": {},
    }


def same_value(one: object, other: object, field: str) -> bool:
    """Whether two people would say that these are one value of the field."""
    if one is None or other is None:
        return one is None and other is None
    if field in TEXTS:
        return "".join(str(one).split()).casefold() == "".join(str(other).split()).casefold()
    return Decimal(typed_number(one, field)) == Decimal(typed_number(other, field))
