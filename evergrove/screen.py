"""Stage screen: the hand-kept decisions meet the reports, and the counts of the flow diagram.

A decision is never lost: a row of screening.csv that finds no report, or two, stops the stage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evergrove import eligibility, report_status, reviewer_agreement, waiting_order
from evergrove.errors import EvergroveError
from evergrove.report_lookup import IDENTIFIERS, Lookup
from evergrove.report_names import proposed_names
from evergrove.screening_decisions import AWAITING, Decision, decide
from evergrove.screening_table import by_report, check_rows, exclusion_reasons
from evergrove.tables import Row

REPORT_COLUMNS = (
    "report_id", "pmid", "pmcid", "doi", "title", "authors", "year", "journal", "volume", "issue",
    "pages", "language", "publication_types", "status", "abstract_record", "n_records", "records",
)  # fmt: skip
DECISION_COLUMNS = ("report", "decision", "stage", "reason", "reviewer", "note")
SCREENED_COLUMNS = (*DECISION_COLUMNS, *REPORT_COLUMNS)
TO_SCREEN_COLUMNS = (
    "report", "report_id", "title", "authors", "year", "journal", "pmid", "doi", "waits_for",
    "new", "score",
)  # fmt: skip
CONFLICT_COLUMNS = (
    "report", "report_id", "title", "stage", "kind", "decisions", "settled_by",
)  # fmt: skip

AGREEMENT_COLUMNS = reviewer_agreement.AGREEMENT_COLUMNS

Report = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Screened:
    """Rows of screened.csv, to_screen.csv, conflicts.csv and reviewer_agreement.csv; flow.json
    and recall.json."""

    screened: list[dict[str, object]]
    to_screen: list[dict[str, object]]
    flow: dict[str, object]
    conflicts: list[dict[str, object]] = field(default_factory=list)
    agreement: list[dict[str, object]] = field(default_factory=list)
    recall: dict[str, object] = field(default_factory=dict)


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
    abstracts: Mapping[str, str | None] | None = None,
) -> Screened:
    """Join reports with the decisions on them.

    reports: rows of reports.csv; screening: rows of the hand-kept screening.csv; protocol: its
    `criteria.exclude[].id` are the reasons that an exclusion may give, its `criteria.automatic`
    the rules that need no person, its `screening.reviewers` how many must decide; search_log:
    rows of search_log.csv; search_logs: what updates asked and learnt, see
    `search_logs.read_logs`; abstracts: record_id -> abstract, by which (with the titles and the
    decisions) what waits is put in order.
    Raises EvergroveError for a row that cannot be used, and for counts that do
    not add up (a file of an older run, or a lost record).
    """
    reasons = exclusion_reasons(protocol)
    check_rows(screening, reasons)
    grouped = by_report(screening)
    place_of = _places(grouped, reports)
    reviewers = (protocol.get("screening") or {}).get("reviewers", 1)  # type: ignore[attr-defined]
    decided = {place_of[name]: (name, decide(rows, reviewers)) for name, rows in grouped.items()}
    names = proposed_names(
        [report for index, report in enumerate(reports) if index not in decided],
        {name.casefold() for name in grouped},
    )
    rules = eligibility.rules(protocol)
    rows, waits, conflicts = [], {}, []
    for index, report in enumerate(reports):
        name, decision = decided.get(index) or (
            names[report["report_id"]],
            _by_rule(report, rules) or Decision(AWAITING, "", "", "", "", "decision"),
        )
        kept = {"report": name} | {key: getattr(decision, key) for key in DECISION_COLUMNS[1:]}
        rows.append({**kept, **{key: report[key] for key in REPORT_COLUMNS}})
        waits[name] = decision.waits_for
        conflicts += _conflicts(name, report, decision)
    rows = report_status.with_status(rows, search_logs)
    rows.sort(key=lambda row: str(row["report"]))
    waiting, recall = waiting_order.in_reading_order(
        rows, waits, abstracts or {}, protocol, search_logs
    )
    return Screened(
        screened=rows,
        to_screen=[{name: row[name] for name in TO_SCREEN_COLUMNS} for row in waiting],
        flow=flow_counts(
            rows,
            [*reasons, *(rule.id for rule in rules)],
            search_log=search_log,
            n_records=n_records,
            n_rejects=n_rejects,
            n_duplicates=n_duplicates,
        ),
        conflicts=sorted(conflicts, key=lambda row: (str(row["report"]), str(row["stage"]))),
        agreement=reviewer_agreement.agreement(grouped),
        recall=recall,
    )


def _by_rule(report: Report, rules: Sequence[eligibility.Rule]) -> Decision | None:
    """The decision of the first rule of the protocol that takes the report out, if one does."""
    for rule in rules:
        if rule.applies(report):
            return Decision("ineligible", "automatic", rule.id, "", rule.text)
    return None


def _conflicts(name: str, report: Report, decision: Decision) -> list[dict[str, object]]:
    """Rows of conflicts.csv: what the reviewers of one report did not agree on."""
    return [
        {
            "report": name,
            "report_id": report["report_id"],
            "title": report["title"],
            "stage": conflict.stage,
            "kind": conflict.kind,
            "decisions": "; ".join(
                f"{who or 'unnamed'}: {said}" + (f" ({reason})" if reason else "")
                for who, said, reason in conflict.decisions
            ),
            "settled_by": conflict.settled,
        }
        for conflict in decision.conflicts
    ]


# --- which report a decision means ------------------------------------------------------------


def _places(grouped: Mapping[str, Sequence[Row]], reports: Sequence[Report]) -> dict[str, int]:
    """The position of the report that each name's rows mean; each row finds the same one."""
    lookup = Lookup(reports)
    places: dict[str, int] = {}
    taken: dict[int, Row] = {}
    for name, rows in grouped.items():
        for row in rows:
            if not any(row.text(column) for column in (*IDENTIFIERS, "title")):
                continue
            found = lookup.find(row)
            if len(found) != 1:
                raise _not_one(row, [reports[position] for position in found])
            if places.setdefault(name, found[0]) != found[0]:
                raise row.error(
                    "report",
                    f"another row of this name means {reports[places[name]]['report_id']},"
                    f" this one {reports[found[0]]['report_id']}",
                    "Give each report a name of its own, such as kortman2013a.",
                )
            other = taken.setdefault(found[0], row)
            if other["report"] != row["report"]:
                raise row.error(
                    "report",
                    f"line {other.line} ({other['report']}) decides on the same report,"
                    f" {reports[found[0]]['report_id']}",
                    "Use one name for it; if these are two reports, keep them apart in"
                    " duplicates.csv.",
                )
    return places


def _not_one(row: Row, found: Sequence[Report]) -> EvergroveError:
    given = "; ".join(
        f"{name} {row.text(name)}" for name in (*IDENTIFIERS, "title", "year") if row.text(name)
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

    records = reports + duplicates; reports = screened + awaiting + ineligible; screened =
    included + excluded + unclear + not_retrieved; the reasons add up.
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
    awaiting, ineligible = decisions.count(AWAITING), decisions.count("ineligible")

    def by_reason(decision: str) -> dict[str, int]:
        given = Counter(str(row["reason"]) for row in screened if row["decision"] == decision)
        return {reason: given[reason] for reason in reasons if reason in given}

    return {
        "files": len(search_log),
        "records": n_records,
        "rejects": n_rejects,
        "duplicates": n_duplicates,
        "reports": n_reports,
        "ineligible": ineligible,
        "ineligible_by_reason": by_reason("ineligible"),
        "screened": n_reports - awaiting - ineligible,
        "awaiting": awaiting,
        "unclear": decisions.count("unclear"),
        "not_retrieved": decisions.count("not_retrieved"),
        "excluded": decisions.count("exclude"),
        "excluded_by_reason": by_reason("exclude"),
        "included": decisions.count("include"),
    }
