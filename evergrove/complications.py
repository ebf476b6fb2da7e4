"""Events per cohort (complications), kept by hand, and their pooled proportions.

`complications.csv` holds what the reports print: so many of so many people had the event. A report
that does not speak of an event has no row, and is not counted as having none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evergrove import pooling, report_status
from evergrove.errors import EvergroveError
from evergrove.escalc import escalc
from evergrove.extraction_files import ALL_COHORTS, Cohort, Studies, read_studies
from evergrove.proportions import double_arcsine_back, proportion
from evergrove.selection import report_label
from evergrove.tables import Row, read_csv

COLUMNS = ("report", "cohort", "event", "events", "n", "note")
SCREENED_COLUMNS = ("report", "decision", "status")
# From this number of cohorts on something is pooled.
FEW = 2


@dataclass(frozen=True)
class Count:
    """One row of complications.csv; `cohort` is "*" for all people of the report."""

    report: str
    cohort: str
    event: str
    events: int
    n: int
    note: str


def read_complications(path: Path | str, studies: Studies) -> list[Count]:
    """The rows of complications.csv, checked against each other and against studies.csv.

    Raises EvergroveError for a report or cohort that studies.csv does not know, a number that is
    not whole, more events than people, and a cohort that stands twice for an event, also as part
    of its whole report.
    """
    counts: list[Count] = []
    seen: dict[tuple[str, str], dict[str, int]] = {}
    known = {row.report for row in studies}
    for row in read_csv(path, COLUMNS):
        count = _count(row)
        if count.report not in known:
            raise row.error(
                "report", "not a report of studies.csv", "Name the report as studies.csv does."
            )
        if count.cohort != ALL_COHORTS and studies.find(count.report, count.cohort) is None:
            raise row.error(
                "cohort",
                f"not a cohort of {count.report} in studies.csv",
                'Name it as studies.csv does, or write "*" for all people of the report.',
            )
        others = seen.setdefault((count.report, count.event), {})
        clash = count.cohort in others or (others and ALL_COHORTS in (count.cohort, *others))
        if clash:
            raise row.error(
                "cohort",
                f'these people are counted twice for "{count.event}" (line '
                f"{others.get(count.cohort) or next(iter(others.values()))})",
                'Give the whole report ("*") or its cohorts, each once.',
            )
        others[count.cohort] = row.line
        counts.append(count)
    return counts


@dataclass(frozen=True)
class Kept:
    """What a review keeps and knows: its counts, studies.csv, and the rows of screened.csv."""

    counts: Sequence[Count]
    studies: Studies
    screened: Sequence[Mapping[str, str]]


def read_kept(
    complications: Sequence[Path | str],
    studies: Path | str,
    screened: Path | str,
    protocol: Mapping[str, Any],
) -> Kept:
    """The same from files; `complications` is empty where the review keeps none."""
    known = read_studies(studies, protocol)
    counts = [row for path in complications for row in read_complications(path, known)]
    return Kept(counts, known, read_csv(screened, SCREENED_COLUMNS, ("*",)))


def _count(row: Row) -> Count:
    for column in ("report", "cohort", "event"):
        if row.text(column) is None:
            raise row.error(column, "empty", "Every row needs a report, a cohort and an event.")
    values = {}
    for column in ("events", "n"):
        text = row.text(column) or ""
        if not (text.isascii() and text.isdigit()):
            raise row.error(
                column,
                "not a whole number",
                "Write the number that is printed; a report without it has no row.",
            )
        values[column] = int(text)
    if values["n"] == 0:
        raise row.error("n", "nobody", "Write the number of people, 1 or more.")
    if values["events"] > values["n"]:
        raise row.error(
            "events", f"more than the {values['n']} people", "Count people, not events."
        )
    return Count(row["report"], row["cohort"], row["event"], note=row["note"], **values)


def pooled_complications(kept: Kept | None, protocol: Mapping[str, Any]) -> dict[str, Any] | None:
    """The block `complications` of syntheses.json; None without a row.

    Left out, each with its reason in "dropped": reports that screening did not include, cohorts
    that studies.csv does not use (their people may be in another report), and retracted reports
    unless the protocol keeps those.
    """
    if kept is None or not kept.counts:
        return None
    studies = kept.studies
    status = {row["report"]: row for row in kept.screened}
    left_out = report_status.excluded_flags(protocol["syntheses"]["primary"])
    used: dict[str, list[Count]] = {}
    dropped = []
    for count in kept.counts:
        used.setdefault(count.event, [])
        reason = _why_not(count, studies, status.get(count.report), left_out)
        if reason is None:
            used[count.event].append(count)
        else:
            row = {"report": count.report, "cohort": count.cohort, "event": count.event}
            dropped.append(row | {"label": _label(count), "reason": reason})
    return {
        "level": protocol["model"]["level"],
        "events": [_event(event, rows, studies, protocol) for event, rows in used.items() if rows],
        "dropped": dropped,
    }


def _why_not(
    count: Count, studies: Studies, screened: Mapping[str, str] | None, left_out: Sequence[str]
) -> str | None:
    if screened is None or screened["decision"] != "include":
        return "The report is not included (or not yet)."
    if report_status.RETRACTED in left_out and report_status.RETRACTED in report_status.flags(
        screened["status"]
    ):
        return "The report has been retracted."
    cohorts = _cohorts(count, studies)
    unused = [cohort for cohort in cohorts if cohort.use != "pool"]
    if not unused:
        return None
    if len(unused) < len(cohorts):
        return "Not all of these people are used, and they are not counted apart."
    return unused[0].reason


def _cohorts(count: Count, studies: Studies) -> list[Cohort]:
    if count.cohort == ALL_COHORTS:
        return [row for row in studies if row.report == count.report]
    return [studies.find(count.report, count.cohort)]


def _label(count: Count) -> str:
    name = report_label(count.report)
    return name if count.cohort == ALL_COHORTS else f"{name}, {count.cohort}"


def _event(
    event: str, rows: Sequence[Count], studies: Studies, protocol: Mapping[str, Any]
) -> dict[str, Any]:
    level = protocol["model"]["level"]
    x, n = [row.events for row in rows], [row.n for row in rows]
    found = proportion(x, n, labels=[_label(row) for row in rows], level=level)
    owners = [sorted({cohort.study for cohort in _cohorts(row, studies)}) for row in rows]
    for group, row, studies_of in zip(found["groups"], rows, owners, strict=True):
        group |= {
            "report": row.report,
            "cohort": row.cohort,
            "study": "; ".join(studies_of),
            "note": row.note,
        }
    n_studies = len({name for names in owners for name in names})
    warnings = list(found["warnings"])
    if len(rows) < FEW:
        warnings.append("One cohort: nothing is pooled.")
    elif n_studies < len(rows):
        warnings.append(
            "Cohorts of one study are taken as independent: the intervals may be too narrow."
        )
    return {
        "event": event,
        "level": level,
        "n_studies": n_studies,
        **found,
        "warnings": warnings,
        "double_arcsine": _double_arcsine(x, n, protocol),
    }


def _double_arcsine(
    x: Sequence[int], n: Sequence[int], protocol: Mapping[str, Any]
) -> dict[str, Any]:
    """The Freeman-Tukey model of older reviews, for comparison, with its warnings."""
    empty: dict[str, Any] = {"fit": None, "studies": [], "back": None, "warnings": []}
    if sum(x) == 0:
        return empty | {"reason": "no_events"}
    if len(x) < FEW:
        return empty | {"reason": "one_study"}
    model = protocol["model"]
    yi, vi = escalc("PFT", {"xi": x, "ni": n})
    how = {key: model[key] for key in ("method", "test", "level")}
    fit = pooling.fit(yi, vi, prediction=model["prediction"], **how)
    back = double_arcsine_back(fit["b"], fit["ci_low"], fit["ci_high"], n)
    return {
        "fit": fit,
        "studies": [{"yi": float(y), "vi": float(v)} for y, v in zip(yi, vi, strict=True)],
        "back": back,
        "warnings": back["warnings"],
        "reason": None,
    }


def check_kept(path: Path | str, studies: Studies) -> int:
    """How many rows a review's complications.csv has; 0 without the file. For `evergrove check`."""
    path = Path(path)
    if not path.exists():
        return 0
    rows = read_complications(path, studies)
    if not rows:
        raise EvergroveError(
            "no row below the header", file=path, remedy="Fill it, or delete the file."
        )
    return len(rows)
