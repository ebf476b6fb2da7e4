"""Stage count_flow: the counts of the PRISMA 2020 flow diagram, new and updated review.

Page MJ et al. The PRISMA 2020 statement. BMJ 2021;372:n71. Records, reports and studies are
counted apart. Every box is the sum of what leaves it; `check` holds this for any input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evergrove import prisma_csv, tables
from evergrove.errors import EvergroveError
from evergrove.flow_sources import BY_DATABASE, OTHER, Source, sources

RECORD_KEYS = ("record_id", "source_file", "source_type")
SCREENED_COLUMNS = ("report", "decision", "stage", "reason", "records")
PRISMA_COLUMNS = prisma_csv.COLUMNS
STUDY_COLUMNS = ("report", "study")


@dataclass(frozen=True, slots=True)
class Previous:
    """What the last version of the review had settled.

    `exports`: name -> number of entries then; `unsettled`: record ids of reports without a final
    decision then; `reports`, `studies`: the names of those included.
    """

    version: str = ""
    exports: Mapping[str, int] = field(default_factory=dict)
    unsettled: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    studies: frozenset[str] = frozenset()

    def settled(self, record_id: str) -> bool:
        """Whether this record belonged to a report with a final decision."""
        file, _, index = record_id.rpartition("#")
        return int(index) < self.exports.get(file, 0) and record_id not in self.unsettled


def state(
    version: str,
    screened: Sequence[Mapping[str, str]],
    search_log: Sequence[Mapping[str, str]],
    studies: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """What a version keeps, so that the next one can tell new from old (see `previous`)."""
    study_of = _study_names(studies)
    included = [row["report"] for row in screened if row["decision"] == "include"]
    waiting = [row for row in screened if row["decision"] in {"awaiting", "unclear"}]
    return {
        "version": version,
        "exports": {
            row["source_file"]: int(row["n_records"]) + int(row["n_rejects"]) for row in search_log
        },
        "unsettled": sorted(record for row in waiting for record in _records(row)),
        "included": {
            "reports": sorted(included),
            "studies": sorted({study_of.get(name, name) for name in included}),
        },
    }


def previous(kept: Mapping[str, Any] | None) -> Previous | None:
    """The `Previous` that `state` kept; None for a review without a version."""
    if kept is None:
        return None
    return Previous(
        version=kept["version"],
        exports=kept["exports"],
        unsettled=frozenset(kept["unsettled"]),
        reports=frozenset(kept["included"]["reports"]),
        studies=frozenset(kept["included"]["studies"]),
    )


def exported(
    records: Iterable[Mapping[str, Any]], rejects: Iterable[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """What each export gave, as rows of search_log.csv: `source_file, n_records, n_rejects`."""
    read = Counter(row["record_id"].rpartition("#")[0] for row in records)
    bad = Counter(row["source_file"] for row in rejects)
    return [
        {"source_file": name, "n_records": str(read[name]), "n_rejects": str(bad[name])}
        for name in sorted(read.keys() | bad.keys())
    ]


def newest(paths: Iterable[Path | str], now: Mapping[str, Any] | None = None) -> Previous | None:
    """The last version among these files (`versions/<YY.minor.patch>/screening.json`), if any.

    `now` is the `state` of the results: a version that is these results is not the one before.
    """
    kept = [(Path(path), tables.read_json(path)) for path in paths]
    for path, content in kept:
        if not re.fullmatch(r"\d+\.\d+\.\d+", str(content.get("version"))):
            raise EvergroveError(
                "not a version's screening state",
                file=path,
                place="version",
                value=content.get("version"),
                remedy="Put the file back as `evergrove release` wrote it.",
            )
    ordered = sorted((c for _, c in kept), key=lambda c: _version_key(c["version"]))
    if ordered and now is not None and _same_state(ordered[-1], now):
        ordered.pop()
    return previous(ordered[-1]) if ordered else None


def _same_state(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    return all(one[name] == two[name] for name in ("exports", "unsettled", "included"))


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def prisma_table(counts: Mapping[str, Any], protocol: Mapping[str, Any]) -> list[dict[str, object]]:
    """The rows of prisma.csv; reasons by their short names, since their texts are sentences."""
    criteria = protocol["criteria"]
    ids = [item["id"] for kind in ("exclude", "automatic") for item in criteria.get(kind, ())]
    return prisma_csv.prisma_rows(
        counts, {name: name.replace("_", " ").capitalize() for name in ids}
    )


@dataclass(frozen=True, slots=True)
class _Report:
    """A report of screened.csv; `old`: settled before, `kind`: of the source that counts it."""

    name: str
    decision: str
    stage: str
    reason: str
    old: bool
    kind: str

    @property
    def out_at_title(self) -> bool:
        return self.decision == "exclude" and self.stage == "title_abstract"

    @property
    def before_full_text(self) -> bool:
        """Whether somebody must still get the full text, or decide for the first time."""
        undecided = self.decision == "unclear" and self.stage == "title_abstract"
        return undecided or self.decision == "awaiting"


def count_flow(
    records: Sequence[Mapping[str, Any]],
    rejects: Sequence[Mapping[str, Any]],
    screened: Sequence[Mapping[str, str]],
    studies: Sequence[Mapping[str, str]],
    protocol: Mapping[str, Any],
    *,
    search_logs: Sequence[Mapping[str, Any]] = (),
    before: Previous | None = None,
) -> dict[str, Any]:
    """The counts of prisma.json (docs/reference/files.md names each).

    records, rejects: of records.jsonl and rejects.jsonl; screened, studies: rows of screened.csv
    and studies.csv;
    before: the last version, for the variant of an updated review. Raises EvergroveError where
    the files do not fit together.
    """
    source_of = sources(_types(records, rejects), protocol, search_logs)
    report_of = {record: row["report"] for row in screened for record in _records(row)}
    again = _again(records, report_of, source_of)
    old = before or Previous()
    new_records = [
        row
        for row in records
        if row["record_id"] not in again and not old.settled(row["record_id"])
    ]
    new_rejects = [
        row for row in rejects if row["record_index"] >= old.exports.get(row["source_file"], 0)
    ]
    reports = _reports(screened, records, source_of, again, old)
    counts = {
        "variant": "updated" if before else "new",
        "previous_version": before.version if before else None,
        "databases": _databases(new_records, new_rejects, reports, source_of),
        "other": _other(new_records, new_rejects, reports, source_of),
        "retrieved_again": sum(not old.settled(record) for record in again),
        "included": _included(reports, _study_names(studies), old),
        "previous": {"reports": len(old.reports), "studies": len(old.studies)} if before else None,
    }
    check(counts)
    return counts


def _types(
    records: Iterable[Mapping[str, Any]], rejects: Iterable[Mapping[str, Any]]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in records:
        found.setdefault(row["source_file"], set()).add(row["source_type"] or "")
    for row in rejects:
        found.setdefault(row["source_file"], set())
    return dict(sorted(found.items()))


def _again(
    records: Iterable[Mapping[str, Any]],
    report_of: Mapping[str, str],
    source_of: Mapping[str, Source],
) -> set[str]:
    """Records that a later run of the same search fetched once more.

    The windows of a live search overlap on purpose, so that the same record comes with many
    updates. It was identified once.
    """
    seen: set[tuple[str, str]] = set()
    again = set()
    fetched = [row for row in records if source_of[row["source_file"]].search]
    for row in sorted(fetched, key=lambda row: source_of[row["source_file"]].searched_on):
        key = (source_of[row["source_file"]].search, report_of[row["record_id"]])
        earlier = key in seen
        if earlier:
            again.add(row["record_id"])
        seen.add(key)
    return again


def _reports(
    screened: Iterable[Mapping[str, str]],
    records: Iterable[Mapping[str, Any]],
    source_of: Mapping[str, Source],
    again: Collection[str],
    old: Previous,
) -> list[_Report]:
    file_of = {row["record_id"]: row["source_file"] for row in records}
    out = []
    for row in screened:
        held = _records(row)
        unknown = [record for record in held if record not in file_of]
        if unknown:
            raise _contradiction("a record of screened.csv is not in records.jsonl", unknown[0])
        kinds = [source_of[file_of[record]].kind for record in held if record not in again]
        from_database = [kind for kind in kinds if kind in BY_DATABASE]
        out.append(
            _Report(
                name=row["report"],
                decision=row["decision"],
                stage=row["stage"],
                reason=row["reason"],
                old=row["report"] in old.reports or any(old.settled(record) for record in held),
                kind=(from_database or kinds)[0],
            )
        )
    return out


def _databases(
    records: Sequence[Mapping[str, Any]],
    rejects: Sequence[Mapping[str, Any]],
    reports: Sequence[_Report],
    source_of: Mapping[str, Source],
) -> dict[str, Any]:
    def by_kind(kind: str) -> dict[str, int]:
        names = [
            source_of[row["source_file"]].name
            for row in (*records, *rejects)
            if source_of[row["source_file"]].kind == kind
        ]
        return dict(sorted(Counter(names).items()))

    mine = [r for r in reports if r.kind in BY_DATABASE and not r.old]
    named = {kind: by_kind(kind) for kind in BY_DATABASE}
    n_records = sum(source_of[row["source_file"]].kind in BY_DATABASE for row in records)
    n_rejects = sum(source_of[row["source_file"]].kind in BY_DATABASE for row in rejects)
    automatic = [r for r in mine if r.decision == "ineligible"]
    awaiting = sum(r.decision == "awaiting" for r in mine)
    screened = [r for r in mine if r.decision not in {"ineligible", "awaiting"}]
    at_title = [r for r in screened if r.out_at_title]
    sought = [r for r in screened if not r.out_at_title]
    return {
        "identified": n_records + n_rejects,
        "databases": named["database"],
        "registers": named["register"],
        "duplicates": n_records - len(mine),
        "ineligible": _by_reason(automatic),
        "unreadable": n_rejects,
        "awaiting_screening": awaiting,
        "screened": len(screened),
        "excluded": len(at_title),
        "excluded_by_reason": _by_reason(at_title),
        **_retrieved(sought),
    }


def _other(
    records: Sequence[Mapping[str, Any]],
    rejects: Sequence[Mapping[str, Any]],
    reports: Sequence[_Report],
    source_of: Mapping[str, Source],
) -> dict[str, Any]:
    """The column of other methods: reports that no database gave; all of them are sought."""
    mine = [r for r in reports if r.kind in OTHER and not r.old]
    kinds = Counter(r.kind for r in mine)
    n_records = sum(source_of[row["source_file"]].kind in OTHER for row in records)
    return {
        "records": n_records,
        "known_already": n_records - len(mine),
        "unreadable": sum(source_of[row["source_file"]].kind in OTHER for row in rejects),
        "identified": len(mine),
        **{kind: kinds[kind] for kind in OTHER},
        **_retrieved(mine),
    }


def _retrieved(sought: Sequence[_Report]) -> dict[str, Any]:
    """From the reports sought to those included."""
    not_retrieved = sum(r.decision == "not_retrieved" for r in sought)
    assessed = [r for r in sought if r.decision != "not_retrieved" and not r.before_full_text]
    excluded = [r for r in assessed if r.decision in {"exclude", "ineligible"}]
    included = [r for r in assessed if r.decision == "include"]
    return {
        "sought": len(sought),
        "not_retrieved": not_retrieved,
        "awaiting_full_text": sum(r.before_full_text for r in sought),
        "assessed": len(assessed),
        "reports_excluded": len(excluded),
        "reports_excluded_by_reason": _by_reason(excluded),
        "awaiting_classification": sum(r.decision == "unclear" for r in assessed),
        "included": len(included),
        "included_on_abstract": sum(r.stage == "title_abstract" for r in included),
    }


def _included(
    reports: Sequence[_Report],
    study_of: Mapping[str, str],
    old: Previous,
) -> dict[str, Any]:
    now = [r for r in reports if r.decision == "include"]
    names = {r.name for r in now}
    studies = {study_of.get(name, name) for name in names}
    fresh = {r.name for r in now if not r.old}
    back = {r.name for r in now if r.old and r.name not in old.reports}
    new_studies = {study_of.get(name, name) for name in fresh} - old.studies
    return {
        "reports": len(names),
        "studies": len(studies),
        "new_reports": len(fresh),
        "new_studies": len(new_studies),
        "reports_reclassified": len(back),
        "studies_reclassified": len(studies - old.studies - new_studies),
        "reports_removed": len(old.reports - names),
        "studies_removed": len(old.studies - studies),
    }


def _by_reason(reports: Iterable[_Report]) -> dict[str, int]:
    return dict(sorted(Counter(r.reason for r in reports).items()))


def _study_names(studies: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """report -> study; where its cohorts belong to several studies, the first row's."""
    found: dict[str, str] = {}
    for row in studies:
        found.setdefault(row["report"], row["study"])
    return found


def _records(row: Mapping[str, str]) -> list[str]:
    return [record for record in row["records"].split("; ") if record]


# --- what must add up -------------------------------------------------------------------------


def sums(counts: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """(what, total, sum of the parts) of every box of the diagram."""
    dbr, other, inc = counts["databases"], counts["other"], counts["included"]
    was = counts["previous"] or {"reports": 0, "studies": 0}
    out = [
        (
            "records identified, by source",
            dbr["identified"],
            sum(dbr["databases"].values()) + sum(dbr["registers"].values()),
        ),
        (
            "records identified",
            dbr["identified"],
            dbr["duplicates"]
            + sum(dbr["ineligible"].values())
            + dbr["unreadable"]
            + dbr["awaiting_screening"]
            + dbr["screened"],
        ),
        ("records screened", dbr["screened"], dbr["excluded"] + dbr["sought"]),
        ("records excluded, by reason", dbr["excluded"], sum(dbr["excluded_by_reason"].values())),
        ("other records", other["records"], other["known_already"] + other["identified"]),
        ("other reports, by source", other["identified"], sum(other[kind] for kind in OTHER)),
        ("other reports", other["identified"], other["sought"]),
        ("new reports included", inc["new_reports"], dbr["included"] + other["included"]),
    ]
    for name, column in (("databases", dbr), ("other", other)):
        reasons = sum(column["reports_excluded_by_reason"].values())
        out += [
            (
                f"reports sought ({name})",
                column["sought"],
                column["not_retrieved"] + column["awaiting_full_text"] + column["assessed"],
            ),
            (
                f"reports assessed ({name})",
                column["assessed"],
                column["reports_excluded"] + column["awaiting_classification"] + column["included"],
            ),
            (f"reports excluded by reason ({name})", column["reports_excluded"], reasons),
        ]
    for what in ("reports", "studies"):
        parts = was[what] - inc[f"{what}_removed"] + inc[f"{what}_reclassified"]
        out.append((f"{what} included", inc[what], parts + inc[f"new_{what}"]))
    return out


def check(counts: Mapping[str, Any]) -> None:
    """Raise EvergroveError for a box that is not the sum of what leaves it, or a count below 0."""
    for what, total, parts in sums(counts):
        if total != parts:
            raise _contradiction(f"{what}: the counts do not add up", f"{total} and {parts}")
    for column in ("databases", "other"):
        for name, value in counts[column].items():
            if isinstance(value, int) and value < 0:
                raise _contradiction(f"{column}, {name}: a count below nothing", value)


def _contradiction(problem: str, value: object) -> EvergroveError:
    return EvergroveError(
        problem,
        value=value,
        remedy="The files are of different runs; delete results/<review> and run again.",
    )
