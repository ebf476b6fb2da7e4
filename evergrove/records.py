"""The citation record: its keys, and what all formats share in filling them.

A record is a plain dict with exactly the keys of `FIELDS`. What is absent is None or an empty
list. `raw_tags` holds everything that the export said, `{tag: [values]}`, as it was printed.
"""

from __future__ import annotations

from typing import Any

FIELDS = (
    "source_file",
    "source_format",
    "record_index",
    "source_type",
    "pmid",
    "pmcid",
    "doi",
    "title",
    "authors",
    "year",
    "month",
    "journal",
    "journal_abbrev",
    "volume",
    "issue",
    "pages",
    "abstract",
    "language",
    "publication_types",
    "mesh",
    "urls",
    "status_links",
    "raw_tags",
)
REJECT_FIELDS = ("source_file", "record_index", "line", "reason", "text")

Record = dict[str, Any]


def make_record(
    *,
    source_type: str,
    raw_tags: dict[str, list[str]],
    pmid: str | None = None,
    pmcid: str | None = None,
    doi: str | None = None,
    title: str | None = None,
    authors: list[str] | None = None,
    year: int | None = None,
    month: int | None = None,
    journal: str | None = None,
    journal_abbrev: str | None = None,
    volume: str | None = None,
    issue: str | None = None,
    pages: str | None = None,
    abstract: str | None = None,
    language: str | None = None,
    publication_types: list[str] | None = None,
    mesh: list[str] | None = None,
    urls: list[str] | None = None,
    status_links: list[dict[str, str | None]] | None = None,
) -> Record:
    """A record with every key of `FIELDS` in order; the file's own three are filled in later.

    A journal known only by its abbreviation is in `journal` as well.
    """
    return {
        "source_file": None,
        "source_format": None,
        "record_index": None,
        "source_type": source_type,
        "pmid": pmid,
        "pmcid": pmcid,
        "doi": doi,
        "title": title,
        "authors": authors or [],
        "year": year,
        "month": None if year is None else month,
        "journal": journal or journal_abbrev,
        "journal_abbrev": journal_abbrev,
        "volume": volume,
        "issue": issue,
        "pages": pages,
        "abstract": abstract,
        "language": language,
        "publication_types": publication_types or [],
        "mesh": mesh or [],
        "urls": urls or [],
        "status_links": status_links or [],
        "raw_tags": raw_tags,
    }


def says_nothing(record: Record) -> bool:
    """Whether a record has nothing by which a report could be recognised.

    That is: no title, DOI, PMID or author, and no journal or book title either.
    """
    return not (
        record["title"] or record["doi"] or record["pmid"] or record["authors"] or record["journal"]
    )
