"""Where each citation export came from, as the flow diagram counts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.search_logs import Log

BY_DATABASE = ("database", "register")
OTHER = ("website", "organisation", "citation_search")

# The first part of a record's `source_type`, and the database it stands for. A reference manager
# says nothing of the database, so that its exports are of a database not named.
_NAMES = {
    "pubmed": "PubMed", "pmc": "PubMed Central", "scopus": "Scopus", "wos": "Web of Science",
    "embase": "Embase", "ovid": "Ovid", "cochrane": "Cochrane Library", "ebsco": "EBSCO",
    "cinahl": "CINAHL", "proquest": "ProQuest", "eric": "ERIC", "highwire": "HighWire",
    "jstor": "JSTOR", "openalex": "OpenAlex", "scholar": "Google Scholar",
}  # fmt: skip
NOT_NAMED = "Database not named"


@dataclass(frozen=True, slots=True)
class Source:
    """Where one export came from; `search` is the protocol's search that wrote it, or ""."""

    kind: str
    name: str
    search: str = ""
    searched_on: str = ""


def sources(
    files: Mapping[str, Iterable[str]],
    protocol: Mapping[str, Any],
    search_logs: Sequence[Log],
) -> dict[str, Source]:
    """The source of each export: `files` maps its name to the source types of its records.

    The first entry of the protocol's `sources` whose pattern fits decides; else the search log
    that names the export; else the program that wrote it. Raises EvergroveError for a pattern
    that fits no export.
    """
    declared = protocol.get("sources") or ()
    for number, item in enumerate(declared):
        if not any(fnmatchcase(name, item["files"]) for name in files):
            raise EvergroveError(
                "no citation export has such a name",
                file="protocol.yaml",
                place=f"sources[{number}].files",
                value=item["files"],
                remedy=f"Exports: {', '.join(sorted(files)) or 'none yet'}.",
            )
    logged = {
        entry["export"]: Source("database", entry["database"], entry["id"], log["date"])
        for log in search_logs
        for entry in log["searches"]
        if entry["export"]
    }
    return {
        name: _declared(name, declared) or logged.get(name) or _written_by(types)
        for name, types in files.items()
    }


def _declared(name: str, declared: Iterable[Mapping[str, str]]) -> Source | None:
    for item in declared:
        if fnmatchcase(name, item["files"]):
            return Source(item["kind"], item["name"])
    return None


def _written_by(types: Iterable[str]) -> Source:
    names = {_NAMES.get(kind.split("-")[0], NOT_NAMED) for kind in types}
    return Source("database", names.pop() if len(names) == 1 else NOT_NAMED)
