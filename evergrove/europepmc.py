"""Europe PMC as a second source: the REST search, page by page, and its records as RIS.

Europe PMC needs no key. Results are asked for with a cursor, so that a list that changes between
two pages neither repeats nor loses a record; the number received must be the number promised.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from evergrove.errors import EvergroveError

BASE_URL = "https://www.ebi.ac.uk/europepmc/webservices/rest/"
PAGE = 1000


def search_all(ask: Callable[[str], bytes], query: str) -> list[dict[str, Any]]:
    """Every core record of a query, in Europe PMC's order.

    `ask` gives the body of an address relative to the service. Raises EvergroveError when another
    number of different records came than was promised.
    """
    cursor, found, promised = "*", {}, None
    while True:
        parameters = {
            "query": query,
            "format": "json",
            "resultType": "core",
            "pageSize": str(PAGE),
            "cursorMark": cursor,
            "sort": "P_PDATE_D asc",
        }
        answer = json.loads(ask("search?" + urlencode(parameters)))
        promised = int(answer["hitCount"])
        results = answer["resultList"]["result"]
        found.update({(item["source"], item["id"]): item for item in results})
        following = answer.get("nextCursorMark")
        if not results or not following or following == cursor:
            break
        cursor = following
    if len(found) != promised:
        raise EvergroveError(
            f"Europe PMC promised {promised} records and {len(found)} different ones came",
            remedy="Run the same command again later.",
        )
    return list(found.values())


def as_ris(items: Sequence[Mapping[str, Any]]) -> str:
    """Core records as RIS, one entry each, in the order given; what is absent stays absent."""
    return "".join(_entry(item) for item in items)


def _entry(item: Mapping[str, Any]) -> str:
    journal = item.get("journalInfo") or {}
    title = (journal.get("journal") or {}).get("title")
    pages = item.get("pageInfo") or ""
    first, _, last = pages.partition("-")
    types = (item.get("pubTypeList") or {}).get("pubType") or []
    lines = [
        ("TY", "UNPB" if item.get("source") == "PPR" else "JOUR"),
        ("ID", f"{item['source']}:{item['id']}"),
        ("TI", item.get("title")),
        *(("AU", name) for name in _authors(item)),
        ("PY", item.get("pubYear")),
        ("DA", (item.get("firstPublicationDate") or "").replace("-", "/")),
        ("T2", title),
        ("JA", (journal.get("journal") or {}).get("medlineAbbreviation")),
        ("VL", journal.get("volume")),
        ("IS", journal.get("issue")),
        ("SP", first),
        ("EP", last),
        ("AB", item.get("abstractText")),
        ("DO", item.get("doi")),
        ("AN", item.get("pmid")),
        ("C2", item.get("pmcid")),
        ("LA", item.get("language")),
        *(("M3", kind) for kind in types),
        ("DB", "Europe PMC"),
    ]
    text = "".join(f"{tag}  - {' '.join(str(value).split())}\n" for tag, value in lines if value)
    return f"{text}ER  - \n\n"


def _authors(item: Mapping[str, Any]) -> list[str]:
    listed = (item.get("authorList") or {}).get("author") or []
    names = []
    for author in listed:
        if author.get("collectiveName"):
            names.append(author["collectiveName"])
        elif author.get("lastName"):
            given = author.get("firstName") or author.get("initials")
            names.append(f"{author['lastName']}, {given}" if given else author["lastName"])
        elif author.get("fullName"):
            names.append(author["fullName"])
    return names
