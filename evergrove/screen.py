"""Stage screen: the hand-kept decisions meet the reports, and the counts of the flow diagram.

A decision is never lost: a row of screening.csv that finds no report, or two, stops the stage.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evergrove import normalise, report_status
from evergrove.errors import EvergroveError
from evergrove.tables import Row, read_csv

REPORT_COLUMNS = (
    "report_id", "pmid", "pmcid", "doi", "title", "authors", "year", "journal", "volume", "issue",
    "pages", "language", "publication_types", "status", "abstract_record", "n_records", "records",
)  # fmt: skip
DECISION_COLUMNS = ("report", "decision", "stage", "reason", "reviewer", "note")
SCREENED_COLUMNS = (*DECISION_COLUMNS, *REPORT_COLUMNS)
TO_SCREEN_COLUMNS = ("report", "report_id", "title", "authors", "year", "journal", "pmid", "doi")

# What screening.csv must and may have as columns.
REQUIRED_COLUMNS = ("report", "decision", "stage", "reason")
OPTIONAL_COLUMNS = ("pmid", "pmcid", "doi", "title", "year", "reviewer", "note")

DECISIONS = ("include", "exclude", "unclear")
STAGES = ("title_abstract", "full_text")
_IDENTIFIERS = {"pmid": normalise.pmid, "pmcid": normalise.pmcid, "doi": normalise.doi}

Report = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Screened:
    """Rows of screened.csv and to_screen.csv, and the object of flow.json."""

    screened: list[dict[str, object]]
    to_screen: list[dict[str, object]]
    flow: dict[str, object]


def read_screening(path: Path | str, protocol: Mapping[str, object]) -> list[Row]:
    """The rows of screening.csv, each found to be usable by itself.

    Raises EvergroveError (file, line, column, value, remedy) for a row without a name, two rows
    of one name, an unknown decision, stage or reason, an exclusion without a reason, an
    unreadable identifier, and a row that does not say which report it means.
    """
    rows = read_csv(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS)
    _check_rows(rows, exclusion_reasons(protocol))
    return rows


def screen(
    reports: Sequence[Report],
    screening: Sequence[Row],
    protocol: Mapping[str, object],
    *,
    search_log: Sequence[Mapping[str, str]],
    n_records: int,
    n_rejects: int,
    n_duplicates: int,
    search_logs: Sequence[Mapping[str, object]] = (),
) -> Screened:
    """Join reports with the decisions on them.

    reports: rows of reports.csv; screening: rows of the hand-kept screening.csv; protocol: its
    `criteria.exclude[].id` are the reasons that an exclusion may give; search_log: rows of
    search_log.csv; search_logs: what updates asked and learnt, see `search_logs.read_logs`.
    Raises EvergroveError for a row that cannot be used, and for counts that do
    not add up (a file of an older run, or a lost record).
    """
    reasons = exclusion_reasons(protocol)
    decided = _decisions(screening, reports, reasons)
    names = _proposed_names(
        [report for index, report in enumerate(reports) if index not in decided],
        {str(row["report"]).casefold() for row in decided.values()},
    )
    rows = []
    for index, report in enumerate(reports):
        if index in decided:
            first = {name: decided[index].text(name) for name in DECISION_COLUMNS}
        else:
            first = {"report": names[report["report_id"]], "decision": "awaiting"}
        rows.append({**first, **{name: report[name] for name in REPORT_COLUMNS}})
    rows = report_status.with_status(rows, search_logs)
    rows.sort(key=lambda row: str(row["report"]))
    waiting = [row for row in rows if row["decision"] in {"awaiting", "unclear"}]
    return Screened(
        screened=rows,
        to_screen=[{name: row[name] for name in TO_SCREEN_COLUMNS} for row in waiting],
        flow=flow_counts(
            rows,
            reasons,
            search_log=search_log,
            n_records=n_records,
            n_rejects=n_rejects,
            n_duplicates=n_duplicates,
        ),
    )


def exclusion_reasons(protocol: Mapping[str, object]) -> list[str]:
    """The ids of the protocol's exclusion criteria, in its order."""
    criteria = protocol.get("criteria") or {}
    return [str(criterion["id"]) for criterion in criteria.get("exclude") or ()]  # type: ignore[attr-defined]


# --- decisions --------------------------------------------------------------------------------


def _decisions(
    screening: Sequence[Row], reports: Sequence[Report], reasons: Collection[str]
) -> dict[int, Row]:
    """The row that decides on each report, by the report's position."""
    _check_rows(screening, reasons)
    index = _Index(reports)
    decided: dict[int, Row] = {}
    for row in screening:
        found = index.find(row)
        if len(found) != 1:
            raise _not_one(row, [reports[position] for position in found])
        if found[0] in decided:
            other = decided[found[0]]
            raise row.error(
                "report",
                f"line {other.line} ({other['report']}) decides on the same report,"
                f" {reports[found[0]]['report_id']}",
                "Keep one row; if these are two reports, keep them apart in duplicates.csv.",
            )
        decided[found[0]] = row
    return decided


def _check_rows(screening: Iterable[Row], reasons: Collection[str]) -> None:
    names: dict[str, Row] = {}
    for row in screening:
        _check_row(row, reasons)
        # Other files and file names are made of it, and some disks know no case.
        earlier = names.setdefault(str(row.text("report")).casefold(), row)
        if earlier is not row:
            raise row.error(
                "report",
                f"the name stands in line {earlier.line} too",
                "Give each report a name of its own, such as kortman2013a.",
            )


def _check_row(row: Row, reasons: Collection[str]) -> None:
    """The row's own words; the report it means is looked for elsewhere."""
    if row.text("report") is None:
        raise row.error("report", "the report has no name", "Write a short one: kortman2013.")
    decision, stage, reason = (row.text(name) for name in ("decision", "stage", "reason"))
    if decision not in DECISIONS:
        raise row.error("decision", "unknown decision", f"Write one of: {', '.join(DECISIONS)}.")
    if stage not in STAGES:
        raise row.error("stage", "unknown stage", f"Write one of: {', '.join(STAGES)}.")
    if reason is not None and reason not in reasons:
        raise row.error(
            "reason",
            "the protocol has no such exclusion criterion",
            f"Known ids: {', '.join(reasons) or 'none'} (protocol.yaml, criteria.exclude).",
        )
    if decision == "exclude" and reason is None:
        raise row.error(
            "reason",
            "an exclusion needs a reason",
            f"Write one of: {', '.join(reasons) or '(add criteria.exclude to protocol.yaml)'}.",
        )
    if decision == "include" and reason is not None:
        raise row.error(
            "reason", "an included report has no reason for exclusion", "Empty the cell."
        )
    for name, read in _IDENTIFIERS.items():
        if row.text(name) is not None and read(row.text(name)) is None:
            raise row.error(name, f"not a {name.upper()}", "Correct it, or empty the cell.")
    if row.text("year") is not None and normalise.year(row.text("year")) is None:
        raise row.error("year", "not a year", "Write four digits, or nothing.")
    if not any(row.text(name) for name in (*_IDENTIFIERS, "title")):
        raise row.error(
            "title",
            "nothing says which report is meant",
            "Give at least one of pmid, pmcid, doi or title.",
        )
    if not any(row.text(name) for name in _IDENTIFIERS) and not normalise.title_key(row["title"]):
        raise row.error("title", "the title has no letter in it", "Correct it.")


def _not_one(row: Row, found: Sequence[Report]) -> EvergroveError:
    given = "; ".join(
        f"{name} {row.text(name)}" for name in (*_IDENTIFIERS, "title", "year") if row.text(name)
    )
    if not found:
        problem = f"no report among the citations matches this row ({given})"
        remedy = "Add the citation to citations/, or correct the row's identifiers, title or year."
    else:
        listed = ", ".join(report["report_id"] for report in found)
        problem = f"{len(found)} reports match this row ({given}): {listed}"
        remedy = (
            "Leave only identifiers, or a title and year, that one of them has; if they are one"
            " report, say so in duplicates.csv."
        )
    return row.error("report", problem, remedy)


class _Index:
    """Looks up the reports that a row of screening.csv means."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._by_identifier: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        for position, report in enumerate(reports):
            for name, value in _identifiers(report):
                self._by_identifier[name, value].append(position)
            title = normalise.title_key(report["title"])
            if title:
                self._by_title[title].append(position)

    def find(self, row: Row) -> list[int]:
        """Positions of the reports that match, ascending.

        A report with an equal identifier matches. Where no report has one, the title decides
        (with a year that is equal or missing on one side), among the reports that have none of
        the kinds of identifier that the row gives: a row that names a PMID does not mean a
        report with another PMID.
        """
        given = _identifiers(row)
        found = {position for key in given for position in self._by_identifier[key]}
        if found:
            return sorted(found)
        kinds = {name for name, _value in given}
        year = normalise.year(row.text("year"))
        for position in self._by_title[normalise.title_key(row["title"])]:
            report = self._reports[position]
            if kinds & {name for name, _value in _identifiers(report)}:
                continue
            other = normalise.year(report["year"])
            if year is None or other is None or year == other:
                found.add(position)
        return sorted(found)


def _identifiers(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """The (kind, normalised value) pairs that a row gives."""
    values = ((name, read(row[name])) for name, read in _IDENTIFIERS.items())
    return [(name, value) for name, value in values if value is not None]


# --- names of reports that nobody has named ----------------------------------------------------


def _proposed_names(reports: Iterable[Report], taken: set[str]) -> dict[str, str]:
    """A short name for each report (first author and year), by report_id.

    Reports that would have one name get a, b, … in the order of their report_ids.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        wanted[_short_name(report)].append(report["report_id"])
    names: dict[str, str] = {}
    used = set(taken)
    for base, report_ids in sorted(wanted.items()):
        alone = len(report_ids) == 1
        suffixes = itertools.chain([""] if alone else [], _letters())
        for report_id in sorted(report_ids):
            name = next(f"{base}{s}" for s in suffixes if f"{base}{s}" not in used)
            used.add(name)
            names[report_id] = name
    return names


def _short_name(report: Report) -> str:
    authors = normalise.author_list(report["authors"])
    stem = normalise.family_name(authors[0]) if authors else ""
    if not stem:
        stem = "".join(normalise.title_words(report["title"]).split()[:3])
    stem = re.sub(r"[^a-z0-9]", "", stem)[:40] or "report"
    year = normalise.year(report["year"])
    return f"{stem}{year}" if year else f"{stem}undated"


def _letters() -> Iterable[str]:
    """a, b, …, z, aa, ab, …"""
    number = 0
    while True:
        number += 1
        text, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            text = chr(ord("a") + digit) + text
        yield text


# --- counts -----------------------------------------------------------------------------------


def flow_counts(
    screened: Sequence[Mapping[str, object]],
    reasons: Sequence[str],
    *,
    search_log: Sequence[Mapping[str, str]],
    n_records: int,
    n_rejects: int,
    n_duplicates: int,
) -> dict[str, object]:
    """The counts of the flow diagram; raises EvergroveError where they do not add up.

    records = reports + duplicates; reports = screened + awaiting; screened = included + excluded
    + unclear; the reasons add up to the excluded.
    """
    decisions = [str(row["decision"]) for row in screened]
    n_reports = len(screened)
    logged = {
        name: sum(int(row[name]) for row in search_log) for name in ("n_records", "n_rejects")
    }
    held = sum(int(str(row["n_records"])) for row in screened)
    for problem, mine, other in (
        ("records read and records in search_log.csv", n_records, logged["n_records"]),
        ("rejects listed and rejects in search_log.csv", n_rejects, logged["n_rejects"]),
        ("records and records held by reports", n_records, held),
        ("records and reports with duplicates", n_records, n_reports + n_duplicates),
    ):
        if mine != other:
            raise EvergroveError(
                f"counts do not add up: {problem} differ",
                value=f"{mine} and {other}",
                remedy="The files are of different runs; delete results/<review> and run again.",
            )
    excluded = [str(row["reason"]) for row in screened if row["decision"] == "exclude"]
    awaiting = decisions.count("awaiting")
    return {
        "files": len(search_log),
        "records": n_records,
        "rejects": n_rejects,
        "duplicates": n_duplicates,
        "reports": n_reports,
        "screened": n_reports - awaiting,
        "awaiting": awaiting,
        "unclear": decisions.count("unclear"),
        "excluded": len(excluded),
        "excluded_by_reason": {
            reason: excluded.count(reason) for reason in reasons if reason in excluded
        },
        "included": decisions.count("include"),
    }
