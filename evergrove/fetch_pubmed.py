"""The protocol's searches, run today: one dated export a search, and a log of what was asked.

The only stage with the network, run by `snakemake update` alone. It writes into the review's
folder: `citations/<date>-<search>.xml|ris` for every search that found something, and
`searches/<date>.json`, which is written last and so says that the day's searches are complete.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.europepmc import as_ris, search_all
from evergrove.eutils import Client
from evergrove.fetching import Window, run_search
from evergrove.tables import read_json, read_text, write_bytes, write_json

# The first search goes back to before PubMed; later ones overlap with the last by some days, as
# records appear late and duplicates cost nothing.
BEGINNING = date(1800, 1, 1)
OVERLAP = timedelta(days=30)
PLATFORMS = {
    "pubmed": ("PubMed", "NCBI E-utilities", "xml"),
    "europepmc": ("Europe PMC", "Europe PMC REST web service", "ris"),
}


def fetch(
    searches: Sequence[Mapping[str, Any]],
    folder: Path,
    today: date,
    work: Path,
    say: Callable[[str], None],
    client: Client | None = None,
) -> dict[str, Any]:
    """Run every search of a review; returns the log that is to be written last.

    `folder` is config/reviews/<slug>, `work` where unfinished searches are kept; the `client` is
    made from the environment unless one is given. Exports are written as soon as each is whole.
    """
    client = client or Client.from_environment()
    logged = [
        _run_one(
            search, folder, today, client, work, lambda text, s=search: say(f"{s['id']}: {text}")
        )
        for search in searches
    ]
    return {"date": today.isoformat(), "searches": logged}


def write_log(path: Path | str, log: Mapping[str, Any]) -> None:
    """Write the day's search log, which marks its searches as complete."""
    write_json(path, log)


def _run_one(
    search: Mapping[str, Any],
    folder: Path,
    today: date,
    client: Client,
    work: Path,
    say: Callable[[str], None],
) -> dict[str, Any]:
    database, platform, suffix = PLATFORMS[search["source"]]
    strategy = " ".join(search["strategy"].split())
    window = Window(last_searched(folder, search["id"], strategy, today), today)
    if search["source"] == "pubmed":
        found = run_search(
            client, strategy, window, work, withdrawn=withdrawn(folder), progress=say
        )
        export, hits, warnings = found.export, len(found.ids), found.warnings
        query = f"({strategy}) AND {window.as_query()}"
    else:
        query = f"({strategy}) AND (FIRST_IDATE:[{window.first} TO {window.last}])"
        items = search_all(client.europepmc, query)
        export, hits, warnings = as_ris(items).encode(), len(items), []
    name = f"{today.isoformat()}-{search['id']}.{suffix}" if hits else None
    if name:
        write_bytes(folder / "citations" / name, export)
    say(f"{hits} records from {window.first} to {window.last}")
    return {
        "id": search["id"],
        "source": search["source"],
        "database": database,
        "platform": platform,
        "strategy": strategy,
        "query": query,
        "window": [window.first.isoformat(), window.last.isoformat()],
        "date": today.isoformat(),
        "hits": hits,
        "export": name,
        "sha256": hashlib.sha256(export).hexdigest() if name else None,
        "warnings": warnings,
    }


def last_searched(folder: Path, search_id: str, strategy: str, today: date) -> date:
    """From which day to search: the last complete search of the same strategy, less the overlap."""
    latest = BEGINNING
    for file in sorted((folder / "searches").glob("*.json")):
        for entry in read_json(file)["searches"]:
            if entry["id"] == search_id and entry["strategy"] == strategy:
                day = date.fromisoformat(entry["window"][1])
                if day < today:
                    latest = max(latest, day - OVERLAP)
    return latest


def withdrawn(folder: Path) -> frozenset[str]:
    """PMIDs that a person listed as no longer delivered, one a line, in searches/withdrawn.txt."""
    file = folder / "searches" / "withdrawn.txt"
    if not file.exists():
        return frozenset()
    ids = read_text(file).split()
    for number, pmid in enumerate(ids, start=1):
        if not pmid.isdigit():
            raise EvergroveError(
                "not a PMID", file=file, place=f"entry {number}", value=pmid, remedy="Digits only."
            )
    return frozenset(ids)
