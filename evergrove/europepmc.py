"""Europe PMC as a second source: the REST search, page by page, and its records as RIS.

Europe PMC needs no key. Results are asked for with a cursor, so that a list that changes between
two pages neither repeats nor loses a record; the number received must be the number promised.
Pages that have arrived are kept, so that a run that was killed goes on behind the last one.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from evergrove.errors import EvergroveError
from evergrove.tables import write_bytes

BASE_URL = "https://www.ebi.ac.uk/europepmc/webservices/rest/"
PAGE = 1000


def search_all(ask: Callable[[str], bytes], query: str, work: Path) -> list[dict[str, Any]]:
    """Every core record of a query, in Europe PMC's order.

    `ask` gives the body of an address relative to the service; `work` is a folder of this query
    alone, in which pages are kept. Raises EvergroveError when another number of different records
    came than was promised; the pages are then dropped, because they are of no use.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    promised: list[int] = []
    for answer in _pages(ask, query, work):
        promised.append(int(answer["hitCount"]))
        for item in answer["resultList"]["result"]:
            found[item["source"], item["id"]] = item
    if len(found) != promised[-1]:
        shutil.rmtree(work, ignore_errors=True)
        raise EvergroveError(
            f"Europe PMC promised {promised[-1]} records and {len(found)} different ones came",
            remedy="Run the same command again later; the search then begins anew.",
        )
    return list(found.values())


def _pages(ask: Callable[[str], bytes], query: str, work: Path) -> Iterator[dict[str, Any]]:
    cursor, number = "*", 0
    while True:
        number += 1
        parameters = {
            "query": query,
            "format": "json",
            "resultType": "core",
            # The strategy as it is written, without terms that the service would add.
            "synonym": "FALSE",
            "pageSize": str(PAGE),
            "cursorMark": cursor,
            "sort": "P_PDATE_D asc",
        }
        answer = _page(ask, "search?" + urlencode(parameters), work / f"page-{number:05d}.json")
        yield answer
        following = answer.get("nextCursorMark")
        if not answer["resultList"]["result"] or not following or following == cursor:
            return
        cursor = following


def _page(ask: Callable[[str], bytes], address: str, file: Path) -> dict[str, Any]:
    # Written in one step and whole, so that what is there was checked when it came.
    if not file.exists():
        write_bytes(file, ask(address))
    return json.loads(file.read_bytes())


def as_ris(items: Sequence[Mapping[str, Any]]) -> str:
    """Core records as RIS, one entry each, in the order given; what is absent stays absent."""
    return "".join(_entry(item) for item in items)


def _entry(item: Mapping[str, Any]) -> str:
    journal = item.get("journalInfo") or {}
    title = (journal.get("journal") or {}).get("title")
    pages = item.get("pageInfo") or ""
    first, _, last = pages.partition("-")
    types = _list(item, "pubTypeList", "pubType")
    lines = [
        ("TY", "UNPB" if item.get("source") == "PPR" else "JOUR"),
        ("TI", _without_markup(item.get("title"))),
        *(("AU", name) for name in _authors(item)),
        ("PY", item.get("pubYear")),
        ("DA", (item.get("firstPublicationDate") or "").replace("-", "/")),
        ("T2", title),
        ("JA", (journal.get("journal") or {}).get("medlineAbbreviation")),
        ("VL", journal.get("volume")),
        ("IS", journal.get("issue")),
        ("SP", first),
        ("EP", last),
        ("AB", _without_markup(item.get("abstractText"))),
        ("DO", item.get("doi")),
        ("PM", item.get("pmid")),
        ("C2", item.get("pmcid")),
        ("AN", f"{item['source']}:{item['id']}"),
        ("LA", item.get("language")),
        *(("M3", kind) for kind in types),
        *(("N1", note) for note in _notes(item)),
        ("DB", "Europe PMC"),
    ]
    text = "".join(f"{tag}  - {' '.join(str(value).split())}\n" for tag, value in lines if value)
    return f"{text}ER  - \n\n"


def _list(item: Mapping[str, Any], outer: str, inner: str) -> list[Any]:
    """A list inside an object; Europe PMC leaves both out, or writes null, where there is none."""
    found = (item.get(outer) or {}).get(inner) or []
    return found if isinstance(found, list) else [found]


def _authors(item: Mapping[str, Any]) -> list[str]:
    names = []
    for author in _list(item, "authorList", "author"):
        if author.get("collectiveName"):
            names.append(author["collectiveName"])
        elif author.get("lastName"):
            given = author.get("firstName") or author.get("initials")
            names.append(f"{author['lastName']}, {given}" if given else author["lastName"])
        elif author.get("fullName"):
            names.append(author["fullName"])
    return names


# A preprint is "of" its paper there; MEDLINE calls the same an update, seen from the other side.
_SAME_KIND = {"Preprint of": "Update in", "Preprint in": "Update of"}


def _notes(item: Mapping[str, Any]) -> list[str]:
    """Retractions, errata and the like, in the words in which RIS files state them."""
    notes = []
    for link in _list(item, "commentCorrectionList", "commentCorrection"):
        kind = " ".join(str(link.get("type") or "").split()).capitalize()
        pmid = f"PMID: {link['id']}" if link.get("source") == "MED" and link.get("id") else None
        said = " ".join(filter(None, (link.get("reference"), link.get("note"), pmid)))
        if kind:
            notes.append(f"{_SAME_KIND.get(kind, kind)}: {said}")
    return notes


def _without_markup(text: str | None) -> str | None:
    """Headings of sections as words, "Methods: …"; other tags are left to the reader of RIS."""
    if not text:
        return None
    return re.sub(
        r"\s*<h[1-6]>\s*(.*?)[\s:.]*</h[1-6]>\s*",
        lambda heading: f" {heading[1]}: " if heading[1] else " ",
        text,
        flags=re.DOTALL,
    )
