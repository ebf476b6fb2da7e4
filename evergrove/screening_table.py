"""The hand-kept screening.csv: one row a report, stage and reviewer, each usable by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from evergrove import normalise
from evergrove.report_lookup import IDENTIFIERS
from evergrove.tables import Row, read_csv

# What screening.csv must and may have as columns.
REQUIRED_COLUMNS = ("report", "decision", "stage", "reason")
OPTIONAL_COLUMNS = ("pmid", "pmcid", "doi", "title", "year", "reviewer", "note")

DECISIONS = ("include", "exclude", "unclear", "not_retrieved")
STAGES = ("title_abstract", "full_text")
# The reviewer whose row settles what others disagree on.
CONSENSUS = "consensus"


def read_screening(path: Path | str, protocol: Mapping[str, object]) -> list[Row]:
    """The rows of screening.csv, each found to be usable by itself.

    Raises EvergroveError (file, line, column, value, remedy) for a row without a name, one name
    in two spellings, two rows of one report, stage and reviewer, an unknown decision, stage or
    reason, an exclusion without a reason, an unreadable identifier, and a report of which no row
    says which one it is.
    """
    rows = read_csv(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS)
    check_rows(rows, exclusion_reasons(protocol))
    return rows


def exclusion_reasons(protocol: Mapping[str, object]) -> list[str]:
    """The ids of the protocol's exclusion criteria, in its order."""
    criteria = protocol.get("criteria") or {}
    return [str(criterion["id"]) for criterion in criteria.get("exclude") or ()]  # type: ignore[attr-defined]


def by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each report, under its name, in the order of the table."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.text("report")), []).append(row)
    return found


def reviewer(row: Row) -> str:
    """Who decided; an empty cell is a reviewer without a name."""
    return row.text("reviewer") or ""


def check_rows(rows: Collection[Row], reasons: Collection[str]) -> None:
    """Raise for the first row that cannot be used; see `read_screening`."""
    for row in rows:
        _check_words(row, reasons)
    _check_names(rows)
    for rows_of_one in by_report(rows).values():
        if not any(_says_which(row) for row in rows_of_one):
            raise rows_of_one[0].error(
                "title",
                "nothing says which report is meant",
                "Give at least one of pmid, pmcid, doi or title.",
            )


def _check_names(rows: Iterable[Row]) -> None:
    spellings: dict[str, Row] = {}
    deciders: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        name = str(row.text("report"))
        # Other files and file names are made of it, and some disks know no case.
        earlier = spellings.setdefault(name.casefold(), row)
        if earlier["report"] != row["report"]:
            raise row.error(
                "report",
                f"the name stands in line {earlier.line} in another spelling",
                "Spell it equally in the rows of one report; two reports need two names.",
            )
        key = (name, str(row.text("stage")), reviewer(row).casefold())
        earlier = deciders.setdefault(key, row)
        if earlier is not row:
            raise row.error(
                "report",
                f"the name stands in line {earlier.line} too, with the same stage and reviewer",
                "Give each report a name of its own, such as kortman2013a; where two people"
                " decided on one report, name each of them in the column reviewer.",
            )


def _check_words(row: Row, reasons: Collection[str]) -> None:
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
    if decision in {"include", "not_retrieved"} and reason is not None:
        what = "an included report" if decision == "include" else "a report without its full text"
        raise row.error("reason", f"{what} has no reason for exclusion", "Empty the cell.")
    if decision == "not_retrieved" and stage != "full_text":
        raise row.error(
            "stage",
            "only a full text can be out of reach",
            "Write full_text, or decide on title and abstract.",
        )
    for name, read in IDENTIFIERS.items():
        if row.text(name) is not None and read(row.text(name)) is None:
            raise row.error(name, f"not a {name.upper()}", "Correct it, or empty the cell.")
    if row.text("year") is not None and normalise.year(row.text("year")) is None:
        raise row.error("year", "not a year", "Write four digits, or nothing.")
    if row.text("title") and not _identified(row) and not normalise.title_key(row["title"]):
        raise row.error("title", "the title has no letter in it", "Correct it.")


def _identified(row: Row) -> bool:
    return any(row.text(name) for name in IDENTIFIERS)


def _says_which(row: Row) -> bool:
    return _identified(row) or row.text("title") is not None
