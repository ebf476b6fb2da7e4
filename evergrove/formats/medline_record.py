"""A citation record out of MEDLINE's tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from evergrove.formats import identifiers
from evergrove.formats.dates import date
from evergrove.formats.entry import RawTags
from evergrove.formats.names import comma_name, comma_names, initials_name
from evergrove.formats.pages import pages
from evergrove.formats.status import links_by_tag
from evergrove.formats.text import clean, join
from evergrove.records import Record

# Where these are said, SO adds nothing.
_WHOLE = {"DP", "TA", "VI", "PG"}
_SOURCE = re.compile(
    r"^(?P<journal>.*?)\.? (?P<date>(?:1[5-9]|20)\d\d[^;:]*)"
    r"(?:;(?P<volume>[^:(;]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>[^ ;]+?))?\.?(?: |$)"
)
Pairs = list[tuple[str, str]]


def to_record(tags: RawTags, in_order: Callable[[], Pairs]) -> Record:
    """The citation record of MEDLINE's tags; `in_order` gives them as (tag, value), in order."""
    get = tags.get
    source = {} if tags.keys() >= _WHOLE else parse_source(get("SO"))
    year, month = _date(tags, source)
    book = join(tags["BTI"]) if "BTI" in tags else None
    title = join(tags["TI"]) if "TI" in tags else None
    if title is None or title.rstrip(".") == "[Not Available]":
        title = join(get("TT", []) or get("VTI", [])) or book or title
    abbreviation = _name(tags["TA"]) if "TA" in tags else None
    if abbreviation is None and ("JT" not in tags or "volume" in source):
        abbreviation = clean(source.get("journal"))
    journal = (_name(tags["JT"]) if "JT" in tags else None) or (None if "TA" in tags else book)
    # Written out: a call of make_record() would cost as much as half a dozen of the fields.
    return {
        "source_file": None,
        "source_format": None,
        "record_index": None,
        "source_type": _writer(tags),
        "pmid": identifiers.pmid(tags["PMID"][0]) if "PMID" in tags else None,
        "pmcid": identifiers.pmcid(" ".join(tags["PMC"])) if "PMC" in tags else None,
        "doi": _doi(tags),
        "title": title,
        "authors": _authors(tags, in_order),
        "year": year,
        "month": None if year is None else month,
        "journal": journal or abbreviation,
        "journal_abbrev": abbreviation,
        "volume": tags["VI"][0] if "VI" in tags else source.get("volume"),
        "issue": tags["IP"][0] if "IP" in tags else source.get("issue"),
        "pages": _pages(tags, source),
        "abstract": join(tags["AB"]) if "AB" in tags else None,
        "language": "; ".join(tags["LA"]) if "LA" in tags else None,
        "publication_types": list(get("PT", ())),
        "mesh": list(get("MH", ())),
        "urls": _urls(tags),
        "status_links": links_by_tag(tags),
        "raw_tags": tags,
    }


@lru_cache(maxsize=8192)
def _journal(name: str) -> str | None:
    return clean(name)


def _name(values: list[str]) -> str | None:
    """A journal's name, which is the same in many records."""
    return _journal(values[0]) if len(values) == 1 else join(values)


def _date(tags: RawTags, source: dict[str, str]) -> tuple[int | None, int | None]:
    for said in tags.get("DP", ())[:1]:
        year, month = date(said)
        if year is not None:
            return year, month
    for said in (source.get("date"), *tags.get("DEP", ()), *tags.get("CDAT", ())):
        year, month = date(said)
        if year is not None:
            return year, month
    return None, None


def _writer(tags: RawTags) -> str:
    if "OWN" in tags and tags["OWN"][0].upper() == "ERIC":
        return "eric-nbib"
    if "PMC" in tags and next(iter(tags)) == "PMC":
        return "pmc-nbib"
    return "pubmed-nbib"


def _doi(tags: RawTags) -> str | None:
    for tag in ("LID", "AID"):
        for value in tags.get(tag, ()):
            if value.endswith("[doi]"):
                found = identifiers.doi(value[:-5].rstrip())
                if found:
                    return found
    for tag in ("AID", "LID", "DOI"):
        for value in tags.get(tag, ()):
            if not value.endswith("]"):
                found = identifiers.doi(value)
                if found:
                    return found
    return identifiers.doi_named_in(tags.get("SO", ()))


def _authors(tags: RawTags, in_order: Callable[[], Pairs]) -> list[str]:
    """Authors in order. FAU is the full form of the AU that follows it; CN is a group's name."""
    full = tags.get("FAU", ())
    if "CN" not in tags and len(full) >= len(tags.get("AU", ())):
        return comma_names(list(full))
    names: list[str | None] = []
    pending = False
    for tag, value in in_order():
        if tag == "FAU":
            names.append(comma_name(value))
            pending = True
        elif tag == "AU":
            if not pending:
                names.append(initials_name(value))
            pending = False
        elif tag == "CN":
            names.append(clean(value))
            pending = False
    return [name for name in names if name]


def parse_source(values: list[str] | None) -> dict[str, str]:
    """Journal, date, volume, issue, pages out of SO ("Pain. 2013 Sep;5(5):461-6. doi: …")."""
    match = _SOURCE.match(values[0]) if values else None
    return {key: said for key, said in match.groupdict().items() if said} if match else {}


def _urls(tags: RawTags) -> list[str]:
    urls = []
    for tag in ("LID", "AID"):
        for value in tags.get(tag, ()):
            if value[:4] == "http" and value[-1] != "]":
                urls.append(value)
    for tag in ("4099", "4100", "URLF", "URLS"):
        if tag in tags:
            urls += tags[tag]
    return urls


def _pages(tags: RawTags, source: dict[str, str]) -> str | None:
    if "PG" in tags:
        return pages(tags["PG"][0])
    if source.get("pages"):
        return pages(source["pages"])
    for value in (*tags.get("LID", ()), *tags.get("AID", ())):
        number = value.removesuffix(" [pii]")
        if number != value and identifiers.is_article_number(number):
            return pages(number.removeprefix("bmj."))
    return None
