"""RefWorks tagged text ("RT Journal Article"), as HighWire's journals and RefWorks write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evergrove.formats import identifiers
from evergrove.formats.dates import date, month_of
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.names import name_list, read_names
from evergrove.formats.pages import page_range
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, join, short, words
from evergrove.records import Record, make_record

KNOWN_TAGS = words(
    "RT SR ID A1 A2 A3 A4 A5 A6 T1 T2 T3 JF JO YR FD VO IS SP OP K1 AB NO ED PB PP SN AV AD "
    "AN LA CL SF OT LK DO CN DB DS IP RD ST U1 U2 U3 U4 U5 U6 U7 U8 U9 U10 U11 U12 U13 U14 "
    "U15 UL SL LL CR WT WV WP OL PMID PMCID"
)
_MANY = words("A1 A2 A3 A4 A5 A6 K1 LK UL NO SN")
_START = re.compile(r"^RT[ \t]+\S", re.MULTILINE)
_LINE = re.compile(r"(PMID|PMCID|[A-Z][A-Z0-9]|U1[0-5])(?:[ \t]+(.*)|$)")
_MONTH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/|$)")


def read(text: str) -> Iterator[Entry]:
    """Every record of a RefWorks tagged file, in file order. What comes before RT is a legend."""
    starts = [match.start() for match in _START.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Entry(start, end, to_record(gather(text[start:end])))


def gather(chunk: str) -> RawTags:
    """{tag: [values]}. A line that begins with no tag that may come now continues the last one."""
    pairs: list[tuple[str, list[str]]] = []
    seen: set[str] = set()
    for line in chunk.split("\n"):
        match = _LINE.match(line)
        if match and match[1] in KNOWN_TAGS and (match[1] not in seen or match[1] in _MANY):
            seen.add(match[1])
            pairs.append((match[1], [match[2] or ""]))
        elif pairs and line.strip():
            pairs[-1][1].append(line)
    tags: RawTags = {}
    for tag, lines in pairs:
        values = lines if tag in ("A1", "K1", "UL", "LK") else [" ".join(lines)]
        for value in values:
            value = " ".join(value.split())
            if value:
                tags.setdefault(tag, []).append(value)
    return tags


def to_record(tags: RawTags) -> Record:
    """The citation record of RefWorks' tags."""
    get = tags.get
    year, month = date(join(get("YR", [])))
    if month is None:
        year, month = _free_date(join(get("FD", [])), year)
    journal = join(get("JF", [])) or join(get("T2", []))
    abbreviation = join(get("JO", []))
    if abbreviation is None and journal and abbreviated(journal):
        abbreviation = journal
    return make_record(
        source_type=_writer(tags),
        raw_tags=tags,
        pmid=identifiers.pmid(join(get("PMID", [])))
        or next(filter(None, map(identifiers.pmid_named_in, get("AN", ()))), None)
        or next(filter(None, map(identifiers.pmid_stated, get("NO", ()))), None),
        pmcid=identifiers.pmcid(join(get("PMCID", []))),
        doi=next(filter(None, map(identifiers.doi, get("DO", ()))), None)
        or next(filter(None, map(identifiers.doi_stated, get("NO", ()))), None)
        or next(filter(None, map(identifiers.doi_in_url, (*get("LK", ()), *get("UL", ())))), None),
        title=join(get("T1", [])),
        authors=_authors(tags),
        year=year,
        month=month,
        journal=journal,
        journal_abbrev=abbreviation,
        volume=short(join(get("VO", []))),
        issue=short(join(get("IS", []))),
        pages=page_range(join(get("SP", [])), join(get("OP", []))),
        abstract=abstract_of(get("AB", ())),
        language=join(get("LA", [])),
        publication_types=[t for t in map(clean, get("RT", ())) if t],
        urls=[url for url in (*get("UL", ()), *get("LK", ())) if ":" in url],
        status_links=links_in_words(get("NO", ())),
    )


def _free_date(text: str | None, year: int | None) -> tuple[int | None, int | None]:
    """Year and month of FD: "Feb", "08/31" (month first), "2013 Sep"; 01/01 says no month."""
    if not text:
        return year, None
    match = _MONTH_DAY.match(text)
    if match:
        first, second = int(match.group(1)), int(match.group(2))
        return year, first if 1 <= first <= 12 and (first, second) != (1, 1) else None
    said, month = date(text)
    return year or said, (month or month_of(text)) if said in (None, year) or not year else None


def _authors(tags: RawTags) -> list[str]:
    names: list[str] = []
    for value in tags.get("A1", ()):
        many = ";" in value or (" and " in value and value.count(",") > 1)
        names += name_list(value) if many else [value]
    return read_names(names)


def _writer(tags: RawTags) -> str:
    address = (tags.get("UL") or [""])[0]
    return "highwire-refworks" if "/content/" in address else "refworks-tagged"
