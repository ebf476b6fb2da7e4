"""A citation record out of MEDLINE's tags."""

from __future__ import annotations

import re
from collections.abc import Callable

from evergrove.formats import identifiers
from evergrove.formats.dates import date
from evergrove.formats.entry import RawTags
from evergrove.formats.names import comma_name, comma_names, initials_name
from evergrove.formats.pages import pages
from evergrove.formats.status import links_by_tag
from evergrove.formats.text import clean, join
from evergrove.records import Record, make_record

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
    year, month = date((get("DP") or [None])[0])
    if year is None:
        for said in (source.get("date"), *get("DEP", ()), *get("CDAT", ())):
            year, month = date(said)
            if year is not None:
                break
    book = join(get("BTI", []))
    title = join(get("TI", []))
    if title is None or title.rstrip(".") == "[Not Available]":
        title = join(get("TT", []) or get("VTI", [])) or book or title
    abbreviation = join(get("TA", []))
    if abbreviation is None and ("JT" not in tags or "volume" in source):
        abbreviation = clean(source.get("journal"))
    return make_record(
        source_type=_writer(tags),
        raw_tags=tags,
        pmid=identifiers.pmid((get("PMID") or [None])[0]),
        pmcid=identifiers.pmcid(" ".join(tags["PMC"])) if "PMC" in tags else None,
        doi=_doi(tags),
        title=title,
        authors=_authors(tags, in_order),
        year=year,
        month=month,
        journal=join(get("JT", [])) or (None if get("TA") else book),
        journal_abbrev=abbreviation,
        volume=(get("VI") or [source.get("volume")])[0] or None,
        issue=(get("IP") or [source.get("issue")])[0] or None,
        pages=_pages(tags, source),
        abstract=join(get("AB", [])),
        language="; ".join(get("LA", ())) or None,
        publication_types=list(get("PT", ())),
        mesh=list(get("MH", ())),
        urls=_urls(tags),
        status_links=links_by_tag(tags),
    )


def _writer(tags: RawTags) -> str:
    owner = (tags.get("OWN") or [""])[0].upper()
    if owner == "ERIC":
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
