"""Stage match_reports: citation records become reports, and every merge says why.

records = reports + duplicates, whatever comes in. What a report says is taken from its
best-documented record; the other records fill what that one leaves empty.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evergrove import normalise
from evergrove.errors import EvergroveError
from evergrove.matching import Link, match
from evergrove.tables import Row, json_line, read_csv

Record = Mapping[str, object]

REPORT_COLUMNS = (
    "report_id", "pmid", "pmcid", "doi", "title", "authors", "year", "journal", "volume", "issue",
    "pages", "language", "publication_types", "status", "abstract_record", "n_records", "records",
)  # fmt: skip
DUPLICATE_COLUMNS = ("record_id", "report_id", "rule", "detail")
POSSIBLE_COLUMNS = ("report_id_a", "report_id_b", "reason")
DECISION_COLUMNS = ("record_a", "record_b", "decision", "reason")

_FILLED = (
    "pmid", "pmcid", "doi", "title", "authors", "year", "journal", "volume", "issue", "pages",
    "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reports:
    """The three tables of the stage, as rows of their columns, sorted by their keys."""

    reports: list[dict[str, object]]
    duplicates: list[dict[str, object]]
    possible: list[dict[str, object]]


def match_reports(records: Sequence[Record], decisions: Sequence[Row] = ()) -> Reports:
    """Match citation records into reports.

    records: objects of records.jsonl, each with a unique `record_id`. decisions: rows of the
    hand-kept duplicates.csv (`DECISION_COLUMNS`), which overrule every rule. Raises
    EvergroveError for a repeated record_id and for a decision that cannot be carried out.
    """
    # In the order of their names, so that the order of the files never changes a result.
    ordered = sorted(records, key=lambda record: _natural(str(record["record_id"])))
    position = _positions(ordered)
    same, different = _decided(decisions, position)
    matches = match(ordered, same=same.keys(), different=different.keys())
    _check_obeyed(matches.clusters, different)

    clusters = [_best_first(ordered, cluster) for cluster in matches.clusters]
    rows = [_report(ordered, cluster) for cluster in clusters]
    _name_reports(rows)
    home = {member: row for row, cluster in zip(rows, clusters, strict=True) for member in cluster}

    return Reports(
        reports=sorted(rows, key=lambda row: str(row["report_id"])),
        duplicates=_duplicates(ordered, clusters, matches.links, home),
        possible=_possible([*matches.maybe, *matches.related], home, _linked(ordered, home)),
    )


def read_decisions(paths: str | Sequence[str]) -> list[Row]:
    """The rows of the hand-kept duplicates.csv; `paths` may be empty, one path or several."""
    paths = [paths] if isinstance(paths, str) else paths
    return [row for path in paths for row in read_csv(path, DECISION_COLUMNS)]


def _natural(record_id: str) -> tuple[str, int, str]:
    """Sort key that puts `file#10` behind `file#9`."""
    file, _mark, index = record_id.rpartition("#")
    return (file, int(index), "") if index.isdecimal() else (record_id, -1, index)


def _positions(records: Sequence[Record]) -> dict[str, int]:
    position: dict[str, int] = {}
    for index, record in enumerate(records):
        name = str(record["record_id"])
        if name in position:
            raise EvergroveError(
                "two records have one record_id", value=name, remedy="Run parse_citations again."
            )
        position[name] = index
    return position


# --- decisions by hand ------------------------------------------------------------------------


def _decided(
    decisions: Sequence[Row], position: Mapping[str, int]
) -> tuple[dict[tuple[int, int], Row], dict[tuple[int, int], Row]]:
    """The pairs that a person called the same and those called different."""
    same: dict[tuple[int, int], Row] = {}
    different: dict[tuple[int, int], Row] = {}
    for row in decisions:
        pair = tuple(sorted(_record_of(row, column, position) for column in DECISION_COLUMNS[:2]))
        if pair[0] == pair[1]:
            raise row.error("record_b", "a record is compared with itself")
        decision = row.text("decision")
        if decision not in {"same", "different"}:
            raise row.error("decision", "unknown decision", 'Write "same" or "different".')
        (same if decision == "same" else different)[pair] = row
        if pair in same and pair in different:
            raise row.error("decision", "another row decides this pair otherwise", "Keep one row.")
    return same, different


def _record_of(row: Row, column: str, position: Mapping[str, int]) -> int:
    name = row.text(column)
    if name is None or name not in position:
        raise row.error(
            column,
            "no citation record has this record_id",
            "Copy it from column records of results/<review>/reports.csv.",
        )
    return position[name]


def _check_obeyed(
    clusters: Sequence[Sequence[int]], different: Mapping[tuple[int, int], Row]
) -> None:
    home = {member: cluster[0] for cluster in clusters for member in cluster}
    for (a, b), row in different.items():
        if home[a] == home[b]:
            raise row.error(
                "decision",
                'rows that say "same" tie these two records together',
                "Remove one of those rows, or this one.",
            )


# --- one report of many records ---------------------------------------------------------------


def _best_first(records: Sequence[Record], cluster: Sequence[int]) -> list[int]:
    """The members, the best-documented one first; equals in the order of their names."""
    return sorted(cluster, key=lambda member: (_poverty(records[member]), member))


def _poverty(record: Record) -> tuple[bool, bool, int]:
    filled = sum(bool(record.get(name)) for name in _FILLED)
    return not record.get("pmid"), not record.get("abstract"), -filled


def _report(records: Sequence[Record], cluster: Sequence[int]) -> dict[str, object]:
    """One row of reports.csv without its report_id; cluster: the founder first."""
    members = [records[member] for member in cluster]
    row: dict[str, object] = {"report_id": None}
    for name in _FILLED:
        row[name] = next((record[name] for record in members if record.get(name)), None)
    row["doi"] = normalise.doi(row["doi"])
    row["publication_types"] = _union(record.get("publication_types") for record in members)
    row["status"] = sorted({text for record in members for text in _status(record)})
    row["abstract_record"] = next(
        (record["record_id"] for record in members if record.get("abstract")), None
    )
    row["n_records"] = len(members)
    row["records"] = [str(records[member]["record_id"]) for member in sorted(cluster)]
    return row


def _union(lists: Iterable[object]) -> list[str]:
    """All values of several lists in the order of their first appearance."""
    seen: dict[str, None] = {}
    for values in lists:
        for value in values or ():  # type: ignore[attr-defined]
            seen.setdefault(str(value))
    return list(seen)


def _status(record: Record) -> list[str]:
    """Status links as `kind:pmid`; where a link has no PMID, `kind:doi`, and else its kind."""
    texts = []
    for link in record.get("status_links") or ():  # type: ignore[attr-defined]
        target = link.get("pmid") or link.get("doi")
        texts.append(f"{link['kind']}:{target}" if target else str(link["kind"]))
    return texts


# --- names of reports -------------------------------------------------------------------------


def _name_reports(rows: Sequence[dict[str, object]]) -> None:
    """Give each report its report_id, in place.

    An identifier names a report only when no other report has it too (conference abstracts may
    share one DOI); the next kind of identifier then does.
    """
    candidates = [_candidate_names(row) for row in rows]
    uses = Counter(name for names in candidates for name in names)
    taken: set[str] = set()
    for row, names in zip(rows, candidates, strict=True):
        free = (name for name in names if uses[name] == 1)
        name = next(free, None) or _numbered(names[-1], taken)
        taken.add(name)
        row["report_id"] = name


def _candidate_names(row: Mapping[str, object]) -> list[str]:
    names = [f"{kind}:{row[kind]}" for kind in ("pmid", "doi", "pmcid") if row[kind]]
    key = normalise.title_key(str(row["title"] or ""))
    names.append(f"title:{_digest(key)}")
    # Reports that share even their title are told apart by everything that they say.
    said = [row[name] for name in _FILLED]
    names.append(f"title:{_digest(json_line(said))}")
    return names


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _numbered(name: str, taken: set[str]) -> str:
    number = 1
    while (candidate := f"{name}-{number}") in taken:
        number += 1
    return candidate


# --- the other two tables ---------------------------------------------------------------------


def _duplicates(
    records: Sequence[Record],
    clusters: Sequence[Sequence[int]],
    links: Sequence[Link],
    home: Mapping[int, Mapping[str, object]],
) -> list[dict[str, object]]:
    """One row for each record that did not found its report, with the link that tied it in."""
    neighbours: dict[int, list[tuple[int, Link]]] = defaultdict(list)
    for link in links:
        neighbours[link.a].append((link.b, link))
        neighbours[link.b].append((link.a, link))
    rows: list[tuple[int, dict[str, object]]] = []
    for founder, *_others in clusters:
        seen, todo = {founder}, [founder]
        for current in todo:
            for other, link in neighbours[current]:
                if other in seen:
                    continue
                seen.add(other)
                todo.append(other)
                row = {
                    "record_id": records[other]["record_id"],
                    "report_id": home[other]["report_id"],
                    "rule": link.rule,
                    "detail": f"with {records[current]['record_id']}: {link.detail}",
                }
                rows.append((other, row))
    return [row for _position, row in sorted(rows, key=lambda pair: pair[0])]


def _linked(
    records: Sequence[Record], home: Mapping[int, Mapping[str, object]]
) -> list[tuple[str, str, str]]:
    """Pairs of reports, and why, of which a record of one names the other: erratum, update, …

    Comments are left out: they are about a study, not of it.
    """
    by_identifier = {
        (kind, row[kind]): str(row["report_id"])
        for row in home.values()
        for kind in ("pmid", "doi")
        if row[kind]
    }
    found = []
    for position, record in enumerate(records):
        for link in record.get("status_links") or ():  # type: ignore[attr-defined]
            if str(link["kind"]).startswith("comment"):
                continue
            own = str(home[position]["report_id"])
            identifiers = (("pmid", link.get("pmid")), ("doi", normalise.doi(link.get("doi"))))
            for other in {by_identifier.get(key) for key in identifiers} - {None, own}:
                found.append((own, str(other), f"linked: {link['kind']} in {record['record_id']}"))
    return found


def _possible(
    links: Iterable[Link],
    home: Mapping[int, Mapping[str, object]],
    linked: Iterable[tuple[str, str, str]],
) -> list[dict[str, object]]:
    """Each pair of reports once, with every reason that any two of their records gave."""
    pairs = [
        (*(str(home[at]["report_id"]) for at in (link.a, link.b)), f"{link.rule}: {link.detail}")
        for link in links
    ]
    reasons: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for a, b, reason in [*pairs, *linked]:
        reasons[tuple(sorted((a, b)))].add(reason)
    return [
        {"report_id_a": a, "report_id_b": b, "reason": "; ".join(sorted(texts))}
        for (a, b), texts in sorted(reasons.items())
    ]
