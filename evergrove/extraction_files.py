"""The hand-kept files of extraction: extraction/<report>.json and studies.csv, read and checked.

docs/reference/files.md is their contract. The first mistake found ends the reading with an
`EvergroveError` that names the file, the place, the value and what to do.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from evergrove import printed_numbers
from evergrove.errors import EvergroveError
from evergrove.extraction_rules import At, Measurement, nearest, read_measurement, stored_value
from evergrove.tables import Row, read_csv, read_text

STUDY_COLUMNS = ("report", "cohort", "study", "group", "use", "overlaps", "reason")
ALL_COHORTS = "*"


# ---- studies.csv ----


@dataclass(frozen=True)
class Cohort:
    """One row of studies.csv: the study that a report's cohort belongs to, and its use."""

    report: str
    cohort: str
    study: str
    group: str
    use: str
    overlaps: tuple[str, ...]
    reason: str
    row: Row


class Studies:
    """The rows of studies.csv, found by report and cohort; "*" stands for all other cohorts."""

    def __init__(self, rows: Iterable[Cohort]) -> None:
        self._rows = {(row.report, row.cohort): row for row in rows}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Cohort]:
        return iter(self._rows.values())

    def find(self, report: str, cohort: str) -> Cohort | None:
        """The cohort's own row, else the report's row for all cohorts."""
        return self._rows.get((report, cohort)) or self._rows.get((report, ALL_COHORTS))


def read_studies(path: Path | str, protocol: Mapping[str, Any]) -> Studies:
    """studies.csv, checked: every use and group is known, every `no` has its reason."""
    rows: dict[tuple[str, str], Cohort] = {}
    for row in read_csv(path, STUDY_COLUMNS):
        cohort = _cohort(row, _groups(protocol))
        key = (cohort.report, cohort.cohort)
        if key in rows:
            raise row.error(
                "cohort", f"stands twice for {cohort.report} (line {rows[key].row.line})"
            )
        rows[key] = cohort
    return Studies(rows.values())


def _cohort(row: Row, groups: Collection[str]) -> Cohort:
    for column in ("report", "cohort", "study"):
        if row.text(column) is None:
            raise row.error(column, "empty", "Every row needs a report, a cohort and a study.")
    use, group = row.text("use"), row.text("group") or ""
    if use not in ("pool", "no"):
        raise row.error("use", "unknown use", "Write pool or no.")
    if use == "no" and row.text("reason") is None:
        raise row.error("reason", "empty", 'Say why this cohort is not used (use is "no").')
    if group and groups and group not in groups:
        raise row.error("group", "not a group of the protocol", nearest(group, groups))
    overlaps = tuple(part.strip() for part in row["overlaps"].split(";") if part.strip())
    return Cohort(
        report=row.text("report"),
        cohort=row.text("cohort"),
        study=row.text("study"),
        group=group,
        use=use,
        overlaps=overlaps,
        reason=row.text("reason") or "",
        row=row,
    )


def _groups(protocol: Mapping[str, Any]) -> list[str]:
    subgroups = protocol["syntheses"].get("subgroups", [])
    return sorted({level for item in subgroups for level in item["levels"]})


def check_studies_against_reports(studies: Studies, reports: Collection[str]) -> None:
    """Every report that studies.csv names is one that was screened."""
    for cohort in studies:
        if cohort.report not in reports:
            raise cohort.row.error("report", "no such report", nearest(cohort.report, reports))
        for other in cohort.overlaps:
            if other not in reports:
                raise cohort.row.error("overlaps", "no such report", nearest(other, reports))


# ---- extraction/<report>.json ----


@dataclass(frozen=True)
class Extraction:
    """One extraction file. `verified_by` is None where no person has looked at it."""

    file: Path
    report: str
    location: str
    url: str | None
    sha256: str | None
    verified_by: str | None
    verified_on: str | None
    measurements: tuple[Measurement, ...]


def load_extraction_folder(
    folder: Path | str, protocol: Mapping[str, Any], studies: Studies
) -> list[Extraction]:
    """Every extraction file of a review, by report, each cohort found in studies.csv.

    Places in texts are checked by the stage, which has the texts. A folder that is not there holds
    no files; a file with another ending than .json is an error, because it would not be read.
    """
    folder = Path(folder)
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [file for file in files if not file.name.startswith(".")]
    for file in files:
        if file.suffix != ".json":
            raise EvergroveError(
                "not an extraction file", file=file, remedy="Name it <report>.json, or move it."
            )
    extractions = [read_extraction(file, protocol) for file in files]
    check_cohorts(extractions, studies)
    return extractions


def read_extraction(path: Path | str, protocol: Mapping[str, Any]) -> Extraction:
    """One extraction file, checked against the protocol (not yet against any text)."""
    return extraction_of(read_text(path), path, protocol)


def extraction_of(text: str, path: Path | str, protocol: Mapping[str, Any]) -> Extraction:
    """What the file of that name says, or would say, if this were its text; checked alike."""
    path = Path(path)
    at = At(path)
    data = at.keys(_document(text, path), ("report", "source", "verified", "measurements"))
    report = (at / "report").text(data["report"])
    if report != path.stem:
        raise (at / "report").error(
            "not the file's name", report, f'Write "{path.stem}", or rename the file.'
        )
    source = (at / "source").keys(data["source"], ("location", "sha256"), ("url",))
    verified_by, verified_on = _verified(data["verified"], at / "verified")
    if not isinstance(data["measurements"], list):
        raise (at / "measurements").error("not a list", data["measurements"])
    measurements = tuple(
        read_measurement(item, at / "measurements" / number, protocol)
        for number, item in enumerate(data["measurements"])
    )
    _check_duplicates(measurements, at)
    sha256 = _sha256(source["sha256"], at / "source" / "sha256")
    for measurement in measurements:
        if measurement.spans and sha256 is None:
            raise At(path, f"{measurement.place}.spans").error(
                "places in a text that is not named",
                remedy="Give source.sha256 of the abstract's text, or drop the places.",
            )
    return Extraction(
        file=path,
        report=report,
        location=(at / "source" / "location").text(source["location"]),
        url=(at / "source" / "url").text_or_none(source.get("url")),
        sha256=sha256,
        verified_by=verified_by,
        verified_on=verified_on,
        measurements=measurements,
    )


def _document(text: str, path: Path) -> Any:
    """The JSON document with its digits. A key that stands twice would lose a value: an error."""

    def pairs(items: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        for key in keys:
            if keys.count(key) > 1:
                raise EvergroveError(
                    f'the key "{key}" stands twice', file=path, remedy="Keep one of them."
                )
        return dict(items)

    def refused(name: str) -> Decimal:
        raise EvergroveError("not a number that JSON allows", file=path, value=name)

    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=refused, object_pairs_hook=pairs
        )
    except json.JSONDecodeError as error:
        raise EvergroveError(
            f"not valid JSON: {error.msg}", file=path, place=f"line {error.lineno}"
        ) from None
    except (RecursionError, ValueError):
        raise EvergroveError(
            "not valid JSON: nested too deeply, or a number of thousands of digits", file=path
        ) from None


def _verified(data: Any, at: At) -> tuple[str | None, str | None]:
    if data is None:
        return None, None
    at.keys(data, ("by",), ("on",))
    by, on = (at / "by").text(data["by"]), (at / "on").text_or_none(data.get("on"))
    if on is not None:
        try:
            datetime.date.fromisoformat(on)
        except ValueError:
            raise (at / "on").error("not a date", on, "Write YYYY-MM-DD, or null.") from None
    return by, on


def _sha256(value: Any, at: At) -> str | None:
    text = at.text_or_none(value)
    if text is not None and not re.fullmatch(r"[0-9a-f]{64}", text):
        raise at.error("not a SHA-256 in small hexadecimal digits", text)
    return text


def _check_duplicates(measurements: Sequence[Measurement], at: At) -> None:
    seen: dict[tuple[object, ...], str] = {}
    for item in measurements:
        key = (item.cohort, item.outcome, item.scale, item.label, item.days, item.statistic)
        if key in seen:
            raise At(at.file, item.place).error(
                f"the same measurement as {seen[key]}",
                f"{item.cohort}, {item.label}, {item.statistic}",
                "Drop one, or say in cohort or timepoint.label how they differ.",
            )
        seen[key] = item.place


def check_cohorts(
    extractions: Iterable[Extraction],
    studies: Studies,
    reports: Collection[str] | None = None,
) -> None:
    """Every cohort has its row in studies.csv, and every such row of a read report its cohort.

    `reports` narrows the check to the reports that are used (an excluded one needs no row).
    """
    for extraction in extractions:
        if reports is not None and extraction.report not in reports:
            continue
        cohorts = {item.cohort for item in extraction.measurements}
        rows = [row for row in studies if row.report == extraction.report]
        for item in extraction.measurements:
            if studies.find(extraction.report, item.cohort) is None:
                named = [row.cohort for row in rows]
                raise At(extraction.file, f"{item.place}.cohort").error(
                    "not in studies.csv",
                    item.cohort,
                    f"Add a row for {extraction.report}. {nearest(item.cohort, named)}",
                )
        for row in rows:
            if row.cohort != ALL_COHORTS and row.cohort not in cohorts:
                raise row.row.error(
                    "cohort", f"not in {extraction.file.name}", nearest(row.cohort, cohorts)
                )


# ---- places in texts ----


def text_hash(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal (as `evergrove extract` gives it)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_places(extraction: Extraction, texts: Sequence[str]) -> str | None:
    """The one of the report's texts that the file was read from, with every place checked in it.

    None where the file names no text. Raises EvergroveError where no text has the stored hash, a
    place lies outside the text, or the characters there cannot be read as the value.
    """
    if extraction.sha256 is None:
        return None
    text = next((text for text in texts if text_hash(text) == extraction.sha256), None)
    if text is None:
        held = ", ".join(text_hash(text)[:12] + "…" for text in texts)
        raise At(extraction.file, "source.sha256").error(
            "no abstract of this report that is held has this SHA-256",
            extraction.sha256,
            f"Held: {held}. Read the report again from what is held now, or put the earlier "
            "citation file back."
            if texts
            else "No abstract is held: put the citation file back, or write null and drop the "
            "places.",
        )
    for item in extraction.measurements:
        for name, (start, end) in item.spans.items():
            at = At(extraction.file, f"{item.place}.spans.{name}")
            if end > len(text):
                raise at.error(
                    f"outside the text ({len(text)} characters)",
                    [start, end],
                    _elsewhere(text, stored_value(item, name)),
                )
            stored = stored_value(item, name)
            if not says(text, start, end, name, stored):
                raise at.error(
                    f"the text there is not {name.removeprefix('timepoint.')} = {stored}",
                    text[start:end],
                    _elsewhere(text, stored),
                )
    return text


def says(text: str, start: int, end: int, name: str, stored: Any) -> bool:
    """Whether the characters at that place can be read as the field's stored value."""
    surface = text[start:end]
    if name == "p":
        return _same_p(surface, text[max(0, start - 6) : start], stored)
    if name == "timepoint.label":
        return printed_numbers.same_words(surface, stored)
    if name == "timepoint.days":
        # The number alone may be marked: its unit then stands beside it.
        return stored in printed_numbers.days_at(text, start, end)
    if name.startswith("n_"):
        return Decimal(stored) in printed_numbers.counts(surface)
    found = printed_numbers.numbers(surface)
    if name.startswith("change."):
        # "A fall of 7.6" is stored as -7.6: its sign is in the words.
        return abs(stored) in {abs(number) for number in found}
    return stored in found


def _same_p(surface: str, before: str, stored: str) -> bool:
    if printed_numbers.same_words(surface, stored):
        return True
    printed, value = printed_numbers.p_value(surface), printed_numbers.p_value(stored)
    if printed is None or value is None or printed[1] != value[1]:
        return False
    sign = printed[0]
    if not any(mark in surface for mark in "=<>≤≥"):
        # Only the number is marked: its sign stands before it.
        sign = next((mark for mark in "<>" if mark in before), "=")
    return sign == value[0]


def _elsewhere(text: str, stored: Any) -> str:
    """Where the value does stand, as a help; no promise that it is that one."""
    needle = str(stored)
    found = [match.start() for match in re.finditer(rf"(?<![\d.]){re.escape(needle)}(?!\d)", text)]
    if not found:
        return f"The text does not hold {needle}: correct the value or the place."
    places = ", ".join(f"[{start}, {start + len(needle)}]" for start in found[:5])
    return f"{needle} stands at {places}."
