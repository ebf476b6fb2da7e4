"""Duplicates in a plain table of citations, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evergrove.errors import EvergroveError
from evergrove.matching import Link, match, no_cycle_collection
from evergrove.tables import Row, read_csv, read_jsonl, read_text

# Names of columns, in lower case, and what they are called here.
_NAMES = {
    "id": "id",
    "record_id": "id",
    "title": "title",
    "authors": "authors",
    "author": "authors",
    "year": "year",
    "journal": "journal",
    "booktitle": "journal",
    "journal_abbrev": "journal",
    "volume": "volume",
    "issue": "issue",
    "number": "issue",
    "pages": "pages",
    "doi": "doi",
    "abstract": "abstract",
    "pmid": "pmid",
    "pmcid": "pmcid",
}


def read_table(path: Path | str) -> list[dict[str, object]]:
    """The rows of a CSV or JSON lines file of citations, by the names that `dedupe` takes.

    The format is found from the content. Raises EvergroveError where the file cannot be read, has
    no column `id`, has none that a citation could be recognised by, or has an id twice.
    """
    with no_cycle_collection():
        if read_text(path).lstrip()[:1] == "{":
            return _named(path, read_jsonl(path), _object_number)
        return _named(path, read_csv(path, (), ("*",)), _line_number)


Rows = Sequence[Mapping[str, object] | Row]


def _object_number(_rows: Rows, at: int) -> str:
    return f"object {at + 1}"


def _line_number(rows: Rows, at: int) -> str:
    return f"line {rows[at].line}"  # type: ignore[union-attr]


def _named(
    path: Path | str, rows: Rows, place: Callable[[Rows, int], str]
) -> list[dict[str, object]]:
    named: list[dict[str, object]] = []
    seen: dict[str, int] = {}
    known_as: dict[str, str | None] = {}
    for at, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise EvergroveError("not an object", file=path, place=place(rows, at), value=row)
        citation: dict[str, object] = {}
        for name, value in row.items():
            # The first name that has a value counts: journal before booktitle.
            if value:
                if name not in known_as:
                    known_as[name] = _NAMES.get(name.strip().lower())
                known = known_as[name]
                if known and not citation.get(known):
                    citation[known] = value
        own = str(citation.get("id", "")).strip()
        if not own:
            raise EvergroveError(
                "a citation has no id",
                file=path,
                place=place(rows, at),
                remedy="Give every citation a column id.",
            )
        first = seen.setdefault(own, at)
        if first != at:
            raise EvergroveError(
                f"the id stands twice, first in {place(rows, first)}",
                file=path,
                place=place(rows, at),
                value=own,
            )
        citation["id"] = own
        named.append(citation)
    if rows and not any(len(citation) > 1 for citation in named):
        raise EvergroveError(
            "no column that a citation could be recognised by",
            file=path,
            value=", ".join(rows[0]),
            remedy=f"Known columns: {', '.join(dict.fromkeys(_NAMES.values()))}.",
        )
    return named


def dedupe(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Clusters of citations that are one report: the object that `evergrove dedupe` prints.

    rows: as `read_table` gives them, each with an `id` of its own. `clusters` has every id in
    exactly one list, in the order of the rows; `maybe` lists pairs that may be duplicates and
    `related` pairs of reports that seem to be of one study, as [id, id, reason].
    """
    with no_cycle_collection():
        ids = [str(row["id"]) for row in rows]
        matches = match(rows)

        def pairs(links: Sequence[Link]) -> list[list[str]]:
            return [[ids[link.a], ids[link.b], f"{link.rule}: {link.detail}"] for link in links]

        return {
            "clusters": [[ids[member] for member in cluster] for cluster in matches.clusters],
            "maybe": pairs(matches.maybe),
            "related": pairs(matches.related),
            "n_records": len(ids),
        }
