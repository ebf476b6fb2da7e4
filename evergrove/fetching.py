"""One search of PubMed, from a strategy to a checked export: planned, resumable, never partial.

Everything that has arrived is kept in a working folder, each file whole or absent, so that a run
that was killed goes on where it stopped. The export appears in one step when every record that was
promised is there.
"""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from evergrove.errors import EvergroveError
from evergrove.tables import read_json, write_bytes, write_json

# esearch gives no more ids of one query than this, whatever is asked.
MOST_IDS = 9999
BATCH = 200
ROOT_ELEMENT = "PubmedArticleSet"


class SearchClient(Protocol):
    """What this module needs of `evergrove.eutils.Client`."""

    def search(self, term: str, *, retmax: int = ...): ...

    def fetch(self, ids: list[str], check: Callable[[bytes], str | None]) -> bytes: ...


@dataclass(frozen=True)
class Window:
    """Days on which records came into PubMed (Create Date, [crdt]), both included."""

    first: date
    last: date

    def halves(self) -> tuple[Window, Window]:
        middle = self.first + (self.last - self.first) // 2
        return Window(self.first, middle), Window(middle + timedelta(days=1), self.last)

    def as_query(self) -> str:
        return f'("{self.first:%Y/%m/%d}"[crdt] : "{self.last:%Y/%m/%d}"[crdt])'


@dataclass
class Found:
    """What a finished search gave: ids in ascending order, the export's bytes, PubMed's remarks."""

    ids: list[str]
    export: bytes
    warnings: list[str]


def run_search(
    client: SearchClient,
    strategy: str,
    window: Window,
    folder: Path,
    *,
    withdrawn: frozenset[str] = frozenset(),
    progress: Callable[[str], None] = lambda text: None,
) -> Found:
    """All records of `strategy` that came into PubMed within `window`, as one PubMed XML file.

    `folder` keeps what has arrived; a second call with the same strategy and window goes on from
    there. `withdrawn` are ids that PubMed lists but no longer delivers. Raises EvergroveError when
    a record that was promised does not come.
    """
    work = folder / work_name(strategy, window.as_query())
    plan = _plan(client, strategy, window, work, progress)
    wanted = [pmid for pmid in plan["ids"] if pmid not in withdrawn]
    batches = [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]
    bodies = []
    for number, ids in enumerate(batches, start=1):
        bodies.append(_batch(client, ids, work / f"batch-{_name(ids)}.xml"))
        progress(f"{min(number * BATCH, len(wanted))} of {len(wanted)} records received")
    return Found(wanted, join_exports(bodies), plan["warnings"])


def work_name(strategy: str, query: str) -> str:
    """The name of the folder in which an unfinished search is kept."""
    return hashlib.sha256(f"{strategy}\0{query}".encode()).hexdigest()[:16]


def _plan(
    client: SearchClient,
    strategy: str,
    window: Window,
    work: Path,
    progress: Callable[[str], None],
) -> dict:
    """The ids to get, found in slices that each stay below PubMed's limit; kept once complete."""
    file = work / "plan.json"
    if file.exists():
        return read_json(file)
    ids: set[str] = set()
    warnings: dict[str, None] = {}
    total = 0
    for term in _slices(client, f"({strategy})", window):
        page = client.search(term, retmax=MOST_IDS)
        ids.update(page.ids)
        warnings.update(dict.fromkeys(page.warnings))
        total += page.count
    if len(ids) != total:
        raise EvergroveError(
            f"PubMed promised {total} records and named {len(ids)} different ones",
            remedy="Run the same command again; the index may have changed meanwhile.",
        )
    plan = {
        "strategy": strategy,
        "window": window.as_query(),
        "warnings": list(warnings),
        "ids": sorted(ids, key=int),
    }
    write_json(file, plan)
    progress(f"{total} records match")
    return plan


def _slices(client: SearchClient, strategy: str, window: Window) -> Iterable[str]:
    """Queries that together give the whole window, each with at most `MOST_IDS` records."""
    term = f"{strategy} AND {window.as_query()}"
    if client.search(term, retmax=0).count <= MOST_IDS:
        yield term
    elif window.first < window.last:
        for half in window.halves():
            yield from _slices(client, strategy, half)
    else:
        # One day with more: halve by PubMed's ids instead, which are numbers.
        yield from _id_slices(client, term, 1, 1 << 33)


def _id_slices(client: SearchClient, day: str, low: int, high: int) -> Iterable[str]:
    term = f"{day} AND ({low} : {high}[UID])"
    count = client.search(term, retmax=0).count
    if count == 0:
        return
    if count <= MOST_IDS:
        yield term
        return
    middle = (low + high) // 2
    yield from _id_slices(client, day, low, middle)
    yield from _id_slices(client, day, middle + 1, high)


def _batch(client: SearchClient, ids: list[str], file: Path) -> bytes:
    if file.exists():
        body = file.read_bytes()
        if missing_of(body, ids) is None:
            return body
    body = client.fetch(ids, lambda answer: missing_of(answer, ids))
    write_bytes(file, body)
    return body


def missing_of(body: bytes, ids: Sequence[str]) -> str | None:
    """What is wrong with a PubMed XML answer to a request for `ids`; None when nothing is."""
    try:
        # The export joins many answers, which have to be of one encoding.
        body.decode("utf-8")
        got = pmids_of(body)
    except ElementTree.ParseError as error:
        return f"the XML is not whole ({error})"
    except ValueError as error:
        return str(error)
    missing = sorted(set(ids) - set(got), key=int)
    if missing:
        return f"{len(ids)} records were asked for, {', '.join(missing[:5])} did not come"
    if len(got) != len(ids):
        return f"{len(ids)} records were asked for, {len(got)} came"
    return None


def pmids_of(body: bytes) -> list[str]:
    """The PMIDs of a PubMed XML document, in its order. ParseError or ValueError if it is none."""
    root = ElementTree.fromstring(body)
    if root.tag != ROOT_ELEMENT:
        raise ValueError(f"the answer is <{root.tag}>, not <{ROOT_ELEMENT}>")
    found = []
    for record in root:
        pmid = record.find("MedlineCitation/PMID")
        if pmid is None:
            pmid = record.find("BookDocument/PMID")
        if pmid is not None and pmid.text:
            found.append(pmid.text.strip())
    return found


def join_exports(bodies: Sequence[bytes]) -> bytes:
    """One PubMed XML document with the records of several, byte for byte as they came."""
    inner = []
    for body in bodies:
        start = body.index(b">", body.index(f"<{ROOT_ELEMENT}".encode())) + 1
        end = body.rfind(f"</{ROOT_ELEMENT}>".encode())
        if end < 0:
            continue  # <PubmedArticleSet/>: an empty answer
        inner.append(body[start:end].strip(b"\r\n"))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT_ELEMENT}>\n'.encode()
    return head + b"\n".join(inner) + f"\n</{ROOT_ELEMENT}>\n".encode()


def _name(ids: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(ids)).encode()).hexdigest()[:16]
