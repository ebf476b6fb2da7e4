"""Stage measurements: what people verified and what the program read, as one table.

Verified values go verbatim into measurements.csv. What the program read for itself is compared
with them cell by cell, and becomes a row of its own only where nobody has extracted the report.
Nothing that a person should look at is left out of to_verify.csv.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evergrove import agreement, pairing, report_status
from evergrove.errors import EvergroveError
from evergrove.extraction_files import (
    Extraction,
    Studies,
    check_cohorts,
    check_places,
    check_studies_against_reports,
    text_hash,
)
from evergrove.extraction_rules import SIDES, SUMMARY_FIELDS, Measurement, as_printed, nearest
from evergrove.questions import Questions, ask_about_numbers, measurement_text, record_text

SUMMARY_COLUMNS = tuple(
    f"{side}_{name}" for side in SIDES for name in (*SUMMARY_FIELDS, "ci_level")
)
COLUMNS = (
    "measurement_id", "report", "study", "cohort", "group", "use", "use_reason", "outcome", "scale",
    "timepoint_label", "timepoint_days", "statistic", "n_enrolled", "n", *SUMMARY_COLUMNS, "p",
    "test", "test_statistic", "correlation", "status", "verified_by", "confidence", "flags", "note",
    "source_location", "source_url", "origin",
)  # fmt: skip
DISAGREEMENT_COLUMNS = (
    "report", "measurement_id", "field", "verified", "candidate", "start", "end", "surface",
    "verdict",
)  # fmt: skip
SCREENED_COLUMNS = ("report", "decision", "reason", "title", "abstract_record", "records")

# Why the measurements of a report that is not included are not used, by its decision.
NOT_INCLUDED = {
    "exclude": "Excluded at screening",
    "unclear": "Unclear at screening",
    "awaiting": "Not screened yet",
    "not_retrieved": "Full text not retrieved",
    "ineligible": "Ineligible by a rule of the protocol",
}

Table = list[dict[str, object]]


@dataclass(frozen=True)
class Measured:
    """The rows of measurements.csv, to_verify.csv and disagreements.csv."""

    rows: Table
    to_verify: Table
    disagreements: Table

    def summary(self) -> str:
        """One line of progress."""
        status = Counter(row["status"] for row in self.rows)
        verdicts = Counter(row["verdict"] for row in self.disagreements)
        compared = sum(verdicts.values())
        return (
            f"{len(self.rows)} measurements of {len({row['report'] for row in self.rows})} reports "
            f"({status['verified']} verified, {status['candidate']} not); the program's own "
            f"reading: {compared} cells compared, {verdicts['agree']} agree, "
            f"{verdicts['differ']} differ; {len(self.to_verify)} things for a person to look at"
        )


@dataclass(frozen=True)
class _Report:
    """One screened report and what there is about it."""

    name: str
    title: str
    decision: str
    reason: str
    status: str  # what became of it: "erratum_in:123; retraction_in:456"
    texts: tuple[str, ...]  # of its records; the one that the program reads is first
    extraction: Extraction | None
    read: Mapping[str, Any] | None  # its line of candidates.jsonl

    @property
    def included(self) -> bool:
        return self.decision == "include"


@dataclass(frozen=True)
class _Placed:
    """A measurement with its id and its row's other cells."""

    measurement_id: str
    measurement: Measurement
    row: dict[str, object]


def measure(
    *,
    candidates: Iterable[Mapping[str, Any]],
    screened: Iterable[Mapping[str, str]],
    studies: Studies,
    records: Iterable[Mapping[str, Any]],
    extractions: Sequence[Extraction],
    protocol: Mapping[str, Any],
) -> Measured:
    """The three tables of the stage.

    `candidates` and `records` are the lines of candidates.jsonl and records.jsonl, `screened` the
    rows of screened.csv. Raises EvergroveError where a place does not hold its value, an abstract
    is not the one that was read, an extraction file is of no screened report, or a cohort of an
    included report is not in studies.csv.
    """
    reports = _reports(candidates, screened, records, extractions)
    included = {report.name for report in reports if report.included}
    check_studies_against_reports(studies, {report.name for report in reports})
    check_cohorts(extractions, studies, included)
    questions = Questions()
    placed: list[_Placed] = []
    disagreements: Table = []
    for report in reports:
        placed += _of_report(report, studies, protocol, questions, disagreements)
    ask_about_numbers(
        questions,
        [
            (str(item.row["report"]), item.measurement_id, item.measurement)
            for item in placed
            if item.row["report"] in included
        ],
        protocol["outcome"]["instruments"],
    )
    return Measured([item.row for item in placed], questions.rows(), disagreements)


# ---- gathering ----


def _reports(
    lines: Iterable[Mapping[str, Any]],
    screened: Iterable[Mapping[str, str]],
    records: Iterable[Mapping[str, Any]],
    extractions: Sequence[Extraction],
) -> list[_Report]:
    abstracts = {record["record_id"]: record.get("abstract") for record in records}
    read = {line["report"]: line for line in lines}
    files = {extraction.report: extraction for extraction in extractions}
    found = [
        _Report(
            name=row["report"],
            title=row["title"],
            decision=row["decision"],
            reason=row["reason"],
            status=row.get("status") or "",
            texts=_texts(row, abstracts),
            extraction=files.get(row["report"]),
            read=read.get(row["report"]),
        )
        for row in screened
    ]
    names = [report.name for report in found]
    for extraction in extractions:
        if extraction.report not in names:
            raise EvergroveError(
                "no screened report has this name",
                file=extraction.file,
                place="report",
                value=extraction.report,
                remedy=f"Add it to screening.csv. {nearest(extraction.report, names)}",
            )
    return sorted(found, key=lambda report: report.name)


def _texts(row: Mapping[str, str], abstracts: Mapping[str, str | None]) -> tuple[str, ...]:
    named = [row["abstract_record"], *row["records"].split("; ")]
    texts = [abstracts.get(record_id) for record_id in named]
    return tuple(dict.fromkeys(text for text in texts if text))


# ---- one report ----


def _of_report(
    report: _Report,
    studies: Studies,
    protocol: Mapping[str, Any],
    questions: Questions,
    disagreements: Table,
) -> list[_Placed]:
    if report.included:
        _ask_about_status(report, questions)
    if report.extraction is not None:
        placed = _from_file(report, studies, questions)
        if report.included and report.extraction.verified_by and report.read is not None:
            disagreements += _compared(report, placed, protocol, questions)
        return placed
    placed = _from_candidates(report, studies, protocol, questions) if report.included else []
    if report.included and not placed:
        questions.ask(
            report.name,
            "no_extraction",
            f"extraction/{report.name}.json",
            report.title,
            "Enter what the report says, or exclude it with a reason in screening.csv.",
        )
    return placed


def _ask_about_status(report: _Report, questions: Questions) -> None:
    """Each notice about the report that changes what may be pooled, until a note mentions it."""
    measurements = report.extraction.measurements if report.extraction else ()
    for item in report_status.unread_notices(report.status, [m.note for m in measurements]):
        questions.ask(
            report.name,
            "notice",
            f"extraction/{report.name}.json",
            f"There is a notice about this report: {report_status.in_words(item)}.",
            "Read it, correct what it corrects, and name it in the note of a measurement.",
        )


def _from_file(report: _Report, studies: Studies, questions: Questions) -> list[_Placed]:
    """Rows of a report that has an extraction file, once every place holds its value."""
    file = report.extraction
    text = check_places(file, report.texts)
    placed = _placed(
        report.name,
        [(item, f"extraction/{file.file.name} {item.place}") for item in file.measurements],
        lambda item: _row(report, item, studies, file),
    )
    if report.included and text is not None and text != report.texts[0]:
        questions.ask(
            report.name,
            "stale",
            f"extraction/{report.name}.json source.sha256",
            "The program now reads another abstract of this report than the one verified.",
            "Check the numbers against the abstract that is read now.",
        )
    if report.included and file.verified_by is None:
        questions.ask(
            report.name,
            "unverified_file",
            f"extraction/{report.name}.json",
            f"{len(placed)} measurements that no person has verified.",
            "Check them against the report and fill in who verified them.",
        )
    return placed


def _placed(report: str, items: Iterable[tuple[Measurement, str]], row_of) -> list[_Placed]:
    """Rows with unique ids, by cohort and time, in the order of the file where these are equal."""
    ordered = sorted(
        items,
        key=lambda pair: (pair[0].cohort, pair[0].days is None, pair[0].days or 0),
    )
    taken: set[str] = set()
    found = []
    for item, origin in ordered:
        time = "unstated" if item.days is None else str(item.days)
        base = f"{report}/{item.cohort}/{time}"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}/{number}"
        taken.add(name)
        found.append(
            _Placed(name, item, {"measurement_id": name, **row_of(item), "origin": origin})
        )
    return found


def _row(
    report: _Report, item: Measurement, studies: Studies, file: Extraction | None
) -> dict[str, object]:
    cohort = studies.find(report.name, item.cohort)
    use, reason = (cohort.use, cohort.reason) if cohort else ("pool", "")
    if not report.included:
        why = f" ({report.reason})" if report.reason else ""
        use, reason = "no", f"{NOT_INCLUDED[report.decision]}{why}. {reason}".strip()
    cells: dict[str, object] = {
        "report": report.name,
        "study": cohort.study if cohort else report.name,
        "cohort": item.cohort,
        "group": cohort.group if cohort else "",
        "use": use,
        "use_reason": reason,
        "outcome": item.outcome,
        "scale": item.scale,
        "timepoint_label": item.label,
        "timepoint_days": item.days,
        "statistic": item.statistic,
        "n_enrolled": item.n_enrolled,
        "n": item.n_analysed,
        "p": item.p,
        "test": item.test,
        "test_statistic": as_printed(item.test_statistic),
        "correlation": as_printed(item.correlation),
        "status": "verified" if file and file.verified_by else "candidate",
        "verified_by": file.verified_by if file else None,
        "confidence": item.confidence,
        "flags": tuple(dict.fromkeys([*item.flags, *report_status.flags(report.status)])),
        "note": item.note,
        "source_location": file.location if file else "abstract",
        "source_url": file.url if file else None,
    }
    cells |= {name: as_printed(value) for name, value in item.values.items()}
    return cells | {f"{side}_ci_level": as_printed(v) for side, v in item.ci_levels.items()}


def _from_candidates(
    report: _Report, studies: Studies, protocol: Mapping[str, Any], questions: Questions
) -> list[_Placed]:
    """Rows of a report that nobody has extracted, from the program's own reading."""
    if report.read is None:
        return []
    records = report.read["records"]
    numbers = pairing.of_outcome(records, protocol["outcome"])
    paired = pairing.pair(records, numbers, protocol["outcome"])
    placed = _placed(
        report.name,
        [
            (item.measurement, f"candidates.jsonl {report.name} {item.measurement.place}")
            for item in paired
        ],
        lambda item: _row(report, item, studies, None),
    )
    for item in placed:
        questions.ask(
            report.name,
            "candidate",
            str(item.row["origin"]),
            measurement_text(item.measurement),
            f"Check it against the abstract and enter it in extraction/{report.name}.json.",
        )
    used = {number for item in paired for number in item.records}
    for number in numbers:
        if number not in used:
            questions.ask(
                report.name,
                "candidate_incomplete",
                f"candidates.jsonl {report.name} records[{number}]",
                record_text(records[number]),
                "Not a summary before and after; see whether the report says more.",
            )
    for doubt in report.read["queue"]:
        questions.ask(
            report.name,
            "reading_doubt",
            f"candidates.jsonl {report.name} queue",
            str(doubt),
            "Read the abstract.",
        )
    return placed


def _compared(
    report: _Report, placed: Sequence[_Placed], protocol: Mapping[str, Any], questions: Questions
) -> Table:
    """The cells of disagreements.csv, and what the program read that the file does not hold."""
    records = report.read["records"]
    numbers = pairing.of_outcome(records, protocol["outcome"])
    result = agreement.compare(
        [(item.measurement_id, item.measurement) for item in placed],
        [records[number] for number in numbers],
        same_text=report.extraction.sha256 == text_hash(report.texts[0]) if report.texts else False,
    )
    for number in result.unclaimed:
        questions.ask(
            report.name,
            "candidate_not_in_file",
            f"candidates.jsonl {report.name} records[{numbers[number]}]",
            record_text(records[numbers[number]]),
            f"See whether it belongs into extraction/{report.name}.json.",
        )
    return [
        {
            "report": report.name,
            "measurement_id": cell.measurement_id,
            "field": cell.field,
            "verified": cell.verified,
            "candidate": cell.candidate,
            "start": cell.start,
            "end": cell.end,
            "surface": cell.surface,
            "verdict": cell.verdict,
        }
        for cell in result.cells
    ]
