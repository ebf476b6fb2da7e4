"""A person's decisions become the text of an extraction file, or the reason why they cannot.

A value is verbatim (its characters stand at its place), derived (formula, places and a note), or
not in the abstract. Nothing else can be saved, and nothing is saved that the pipeline would refuse.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.extraction_files import check_places, extraction_of, says, text_hash
from evergrove.extraction_rules import as_printed
from evergrove.verification import derived
from evergrove.verification.form import empty, get, put, set_place
from evergrove.verification.kept_json import Literal, dump_like
from evergrove.verification.numbers import (
    FIELDS,
    TEXTS,
    Number,
    Place,
    printed_at,
    typed_number,
)

KINDS = ("verbatim", "derived", "absent")
# What a person may correct beside the values.
WORDS = ("cohort", "scale", "statistic", "note")


def decided_text(
    decisions: Mapping[str, Any],
    *,
    document: Mapping[str, Any],
    earlier: str | None,
    text: str,
    numbers: Sequence[Number],
    protocol: Mapping[str, Any],
    path: Path,
    by: str,
    on: str,
) -> str:
    """The extraction file's new text.

    `document` is the file as it stands (`earlier` its text), or what the program suggests. The
    decisions hold `measurements`, each with its `index` in the document (none for a new one),
    perhaps `drop`, the corrected `WORDS`, and `fields` {name: decision}; and `dismissed`, places
    of numbers that are no values. Raises EvergroveError where something is undecided, a quote does
    not stand at its place, or the result would break a rule of extraction files.
    """
    made = copy.deepcopy(dict(document))
    kept = [*made["measurements"]]
    outcome = protocol["outcome"]
    from_abstract = made["source"]["location"].strip().casefold() == "abstract"
    asked = _list(decisions, "measurements")
    indices = [item.get("index") for item in asked if item.get("index") is not None]
    whole = all(type(index) is int for index in indices)
    if not whole or sorted(indices) != list(range(len(kept))):
        raise EvergroveError(
            "not every measurement of the file is decided on", value=f"{indices} of {len(kept)}"
        )
    claimed: list[Place] = []
    results: list[tuple[int, dict[str, Any]]] = []
    for item in asked:
        index = item.get("index")
        if item.get("drop"):
            if index is not None and earlier is not None:
                raise EvergroveError(
                    "a measurement that is kept by hand is not dropped here",
                    place=f"measurements[{index}]",
                    remedy="Take it out of the file by hand, so that the change has its reason.",
                )
            continue
        one = kept[index] if index is not None else empty("", outcome["id"], "")
        claimed += _measurement(one, item, text, from_abstract)
        results.append((len(kept) if index is None else index, one))
    made["measurements"] = [one for _, one in sorted(results, key=lambda pair: pair[0])]
    given = decisions.get("dismissed") or []
    if not isinstance(given, list):
        raise EvergroveError("not a list of places", place="dismissed")
    dismissed = [_place(place, text, "dismissed") for place in given]
    left = undecided([*claimed, *dismissed], numbers)
    if left:
        shown = ", ".join(text[number.start : number.end] for number in left[:5])
        raise EvergroveError(
            f"{len(left)} numbers of the abstract are neither claimed nor dismissed",
            value=shown,
            remedy="Claim or dismiss each of them.",
        )
    made["source"] = {**made["source"], "sha256": text_hash(text)}
    made["verified"] = {**(made.get("verified") or {}), "by": by, "on": on}
    saved = dump_like(made, earlier)
    check_places(extraction_of(saved, path, protocol), [text])
    return saved


def undecided(claimed: Iterable[Place], numbers: Iterable[Number]) -> list[Number]:
    """The numbers that no claimed or dismissed place touches."""
    places = list(claimed)
    return [
        number
        for number in numbers
        if not any(start < number.end and number.start < end for start, end in places)
    ]


def _list(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = data.get(key)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise EvergroveError("not a list of objects", place=key)
    return found


def _place(value: Any, text: str, field: str) -> Place:
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(type(part) is int for part in value)
        or not 0 <= value[0] < value[1] <= len(text)
    ):
        raise EvergroveError("not a place in the text", place=field, value=value)
    return value[0], value[1]


def _measurement(
    one: dict[str, Any], item: Mapping[str, Any], text: str, from_abstract: bool
) -> list[Place]:
    """Apply the decisions on one measurement; the places that it claims."""
    fields = item.get("fields")
    if not isinstance(fields, dict):
        raise EvergroveError("not an object", place="fields")
    for name in fields:
        if name not in FIELDS:
            raise EvergroveError("no such field", value=name)
    written, derivations = derived.split(one.get("note"))
    for word in WORDS:
        if isinstance(item.get(word), str):
            if word == "note":
                written = item[word]
            else:
                one[word] = item[word].strip()
    missing = [
        name
        for name in FIELDS
        if name not in fields and (get(one, name) is not None or name == "timepoint.label")
    ]
    if missing:
        raise EvergroveError(
            "not decided yet",
            place=f"{one['cohort'] or 'new measurement'}",
            value=", ".join(missing),
            remedy="Each value is verbatim, derived, or not in the abstract.",
        )
    keep = {item.field: item for item in derivations if item.field not in fields}
    places = list(one.get("spans") or {})
    claimed: list[Place] = []
    for name in (name for name in FIELDS if name in fields):
        claimed += _field(one, name, fields[name], text, from_abstract, keep)
    spans = one.get("spans") or {}
    if not set(spans) <= set(places):
        # New places go where the files that people keep have them: times last.
        order = [*FIELDS[2:], *FIELDS[:2]]
        one["spans"] = {name: spans[name] for name in sorted(spans, key=order.index)}
    note = derived.join(written, [keep[name] for name in FIELDS if name in keep])
    if note != (one.get("note") or None):
        one["note"] = note
    return claimed


def _field(
    one: dict[str, Any],
    name: str,
    decision: Any,
    text: str,
    from_abstract: bool,
    keep: dict[str, derived.Derived],
) -> list[Place]:
    kind = decision.get("kind") if isinstance(decision, dict) else None
    if kind not in KINDS:
        raise EvergroveError(
            "neither verbatim, derived nor absent", place=name, value=kind or decision
        )
    if kind == "absent":
        set_place(one, name, None)
        # Words that name a time are the reader's own; what was read elsewhere stays as it is.
        if name == "timepoint.label":
            label = str(decision.get("value") or get(one, name) or "").strip()
            put(one, name, label or "not stated")
        elif from_abstract:
            put(one, name, None)
        return []
    value = decision.get("value")
    if kind == "verbatim":
        place = _place(decision.get("place"), text, name)
        put(one, name, _verbatim(name, value, place, text))
        set_place(one, name, place)
        return [place]
    if name in TEXTS:
        raise EvergroveError("words are quoted, not derived", place=name, value=value)
    number = typed_number(value, name)
    places = decision.get("spans") or []
    if not isinstance(places, list):
        raise EvergroveError("not a list of places", place=name)
    item = derived.Derived(
        name,
        str(decision.get("formula") or "").strip(),
        tuple(_place(place, text, name) for place in places),
        str(decision.get("why") or "").strip(),
    )
    derived.check(item, number, text)
    set_place(one, name, None)
    put(one, name, Literal(as_printed(number)))
    if name == "test.statistic" and get(one, name) is None:
        raise EvergroveError("a test statistic without a test", place=name)
    keep[name] = item
    return list(item.spans)


def _verbatim(name: str, value: Any, place: Place, text: str) -> Any:
    """The value as it is printed at its place, for a file."""
    if not isinstance(value, str | int) or not str(value).strip():
        raise EvergroveError("no value", place=name, value=value)
    surface = text[place[0] : place[1]]
    if name in TEXTS:
        if not says(text, *place, name, str(value).strip()):
            raise EvergroveError(f"the text there is not {value}", place=name, value=surface)
        return str(value).strip()
    number = typed_number(value, name)
    if name == "timepoint.days":
        if not says(text, *place, name, int(number)):
            raise EvergroveError(f"the text there is not {value} days", place=name, value=surface)
        return Literal(int(number))
    printed = printed_at(text, place, name, number)
    return Literal(int(printed)) if name.startswith("n_") else Literal(as_printed(printed))
