"""Ovid's text exports: field names on lines of their own, or two-letter tags ("VN  - Ovid …")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evergrove.formats import identifiers
from evergrove.formats.dates import date
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.names import initials_name, loose_name, name_list, undecorated
from evergrove.formats.ovid_source import parse_source
from evergrove.formats.pages import page_range, pages
from evergrove.formats.status import links_by_tag, links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, join, short
from evergrove.records import Record, make_record

# "<1>" or "<12. >" on a line of its own heads a record.
HEAD = re.compile(r"^<\s*\d+\s*\.?\s*>[ \t]*$", re.MULTILINE)
TAGGED_START = re.compile(r"^VN  - Ovid", re.MULTILINE)
_TAG_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)")
_BRACKETS = re.compile(r"\s*\[[^\]]*\]?")
# Field names as Ovid prints them, lower case, to the tag that its tagged export uses.
LABELS = {
    "abstract": "AB",
    "accession number": "AN",
    "article number": "AR",
    "author": "AU",
    "author initials": "AI",
    "author keywords": "KW",
    "author name id": "NI",
    "authors": "AU",
    "authors full name": "FA",
    "author full name": "FA",
    "book title": "BT",
    "cas registry/ec number/name of substance": "RN",
    "comments": "CM",
    "comment": "CM",
    "copyright": "RO",
    "country of publication": "CY",
    "database": "DB",
    "date of publication": "DP",
    "digital object identifier": "DO",
    "document type": "DT",
    "doi": "DO",
    "doi number": "DO",
    "electronic date of publication": "EP",
    "entrez date": "EZ",
    "entry date": "ED",
    "entry week": "EW",
    "heading word": "HW",
    "institution": "IN",
    "issn": "IS",
    "issn linking": "IL",
    "issue": "IP",
    "issue/part": "IP",
    "journal abbreviation": "JA",
    "journal name": "JN",
    "journal subset": "SB",
    "journal title": "JN",
    "journal word": "JW",
    "keyword heading": "KW",
    "keywords": "KW",
    "language": "LG",
    "link to the ovid full text or citation": "XL",
    "link to the external link resolver": "XL",
    "local messages": "LM",
    "mesh subject headings": "SH",
    "nlm journal code": "JC",
    "original title": "OT",
    "page": "PG",
    "pages": "PG",
    "pagination": "PG",
    "pmid": "PM",
    "publication date": "DP",
    "publication history status": "PH",
    "publication status": "PS",
    "publication type": "PT",
    "publisher": "PU",
    "publishing model": "PW",
    "pubmed id": "PM",
    "record owner": "RC",
    "score": "SC",
    "source": "SO",
    "status": "ST",
    "subject headings": "SH",
    "title": "TI",
    "ui": "UI",
    "unique identifier": "UI",
    "update code": "UP",
    "version id": "VI",
    "volume": "VO",
    "year of publication": "YR",
    "year": "YR",
}
_LABEL_SET = "|".join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True))
LABEL_LINE = re.compile(rf"^(?:{_LABEL_SET})[ \t]*:?[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NEW_LABEL = re.compile(r"^[A-Z][A-Za-z/ ()&-]{2,60}$")
_ONE_A_LINE = frozenset({"AU", "FA", "XL", "CM"})
_KIND = re.compile(r"\s*\[[A-Z][A-Za-z ,;:&/.()-]{2,60}\]\s*\.?$")
_BARE_INITIAL = re.compile(r" [A-Z](?= )")
_FAMILY = r"(?:[a-z'’]+ ){0,3}[^\W\d_][\w'’-]+"
_NEXT_NAME = re.compile(rf"\.\s+(?={_FAMILY} [A-Z]{{1,4}}\b)")
_NEXT_FULL_NAME = re.compile(rf"\.\s+(?={_FAMILY}(?: [^\W\d_][\w'’-]+)?, )")
_MEDLINE = re.compile(r"medline|pubmed", re.IGNORECASE)
_OTHER_BASE = re.compile(r"embase|psycinfo|biosis|cab |journals@ovid|ebm reviews", re.IGNORECASE)


def read(text: str) -> Iterator[Entry]:
    """Every record of an Ovid export, in file order."""
    tagged = TAGGED_START.search(text) is not None or LABEL_LINE.search(text) is None
    pattern = HEAD if HEAD.search(text) else TAGGED_START
    starts = [match.start() for match in pattern.finditer(text)]
    lead = LABEL_LINE.search(text)
    if not starts and not tagged and lead:
        starts = _starts_by_label(text)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        pairs = _tagged(text[start:end]) if tagged else _labelled(text[start:end])
        tags = _gather(pairs)
        if tags:
            yield Entry(start, end, to_record(tags))


def _starts_by_label(text: str) -> list[int]:
    """Records without "<n>" heads begin where the first label of the file comes again."""
    first = LABEL_LINE.search(text)
    if first is None:
        return []
    word = re.escape(first.group().strip())
    return [m.start() for m in re.finditer(rf"^{word}[ \t]*$", text, re.MULTILINE | re.IGNORECASE)]


def _tagged(chunk: str) -> list[tuple[str, list[str]]]:
    pairs: list[tuple[str, list[str]]] = []
    for line in chunk.split("\n"):
        match = _TAG_LINE.match(line)
        if match:
            pairs.append((match[1], [match[2] or ""]))
        elif pairs and line.strip() and not HEAD.match(line):
            pairs[-1][1].append(line)
    return pairs


def _labelled(chunk: str) -> list[tuple[str, list[str]]]:
    """A line at the margin that is a known field name, or looks like one, heads indented values."""
    pairs: list[tuple[str, list[str]]] = []
    for line in chunk.split("\n"):
        word = line.rstrip(" \t:")
        known = LABELS.get(word.lower())
        if known or (line[:1].isupper() and _NEW_LABEL.match(word)):
            pairs.append((known or word, []))
        elif pairs and line.strip() and not HEAD.match(line):
            pairs[-1][1].append(line)
    return pairs


def _gather(pairs: list[tuple[str, list[str]]]) -> RawTags:
    tags: RawTags = {}
    for tag, lines in pairs:
        values = (
            lines
            if tag in _ONE_A_LINE and len(lines) > 1 and _separate(lines)
            else [" ".join(lines)]
        )
        for value in values:
            value = " ".join(value.split())
            if value:
                tags.setdefault(tag, []).append(value)
    return tags


def _separate(lines: list[str]) -> bool:
    """Whether each line is a value of its own: wrapped lists of authors end in a separator."""
    return not any(line.rstrip().endswith((";", ",")) for line in lines[:-1])


def to_record(tags: RawTags) -> Record:
    """The citation record of Ovid's tags. IS is the ISSN there; issue and pages stand in SO."""
    get = tags.get
    source = parse_source(join(get("SO", [])) or join(get("BT", [])) or "")
    year, month = date(join(get("YR", [])))
    if year is None:
        year = source.year
    for value in (*get("DP", ()), *get("DG", ()), *get("ST", ())):
        said, number = date(value)
        year = year or said
        month = month or (number if said in (None, year) else None)
    journal = join(get("JN", [])) or join(get("JT", [])) or source.journal
    abbreviation = join(get("JA", [])) or join(get("TA", []))
    if abbreviation is None and journal and abbreviated(journal):
        abbreviation = journal
    title = join(get("TI", []))
    return make_record(
        source_type="ovid-tagged" if "VN" in tags else "ovid-text",
        raw_tags=tags,
        pmid=_pmid(tags),
        pmcid=identifiers.pmcid(" ".join((*get("OI", ()), *get("PC", ())))),
        doi=next(filter(None, map(identifiers.doi, (*get("DO", ()), *get("DI", ())))), None)
        or identifiers.doi_named_in(get("SO", ())),
        title=(_KIND.sub("", title).strip() or title) if title else None,
        authors=_authors(tags),
        year=year,
        month=month or source.month,
        journal=journal,
        journal_abbrev=abbreviation,
        volume=short(join(get("VO", []))) or source.volume,
        issue=short(join(get("IP", []))) or source.issue,
        pages=pages(join(get("PG", [])))
        or page_range(source.pages, None)
        or pages(join(get("AR", []))),
        abstract=abstract_of(get("AB", ())),
        language=(join(get("LG", [])) or "").rstrip(".") or None,
        publication_types=[
            kind.rstrip(".")
            for value in (*get("PT", ()), *get("DT", ()))
            for kind in re.split(r"(?<=[a-z])\.\s+", clean(value) or "")
            if kind
        ],
        mesh=[h for value in get("SH", ()) for h in _headings(value)],
        urls=[url for url in get("XL", ()) if url.startswith("http")],
        status_links=links_by_tag(tags) + links_in_words(get("CM", ())),
    )


def _authors(tags: RawTags) -> list[str]:
    """FA has the names in full; degrees, superscripts and roles are no part of a name."""
    lists = []
    for tag in ("FA", "AU"):
        names: list[str | None] = []
        for value in tags.get(tag, ()):
            value = _BRACKETS.sub("", value)
            # "Smith JA.  Jones B." and "Smith, John 1;  Jones, Bea 2" are lists.
            parts = _NEXT_NAME.split(value)
            if len(parts) == 1 and value.count(",") > 1:
                parts = _NEXT_FULL_NAME.split(value)
                parts = parts if all(part.count(",") == 1 for part in parts) else [value]
            if len(parts) > 1:
                parts[-1] = parts[-1].rstrip(". ")
            parts = [
                name for part in parts for name in (name_list(part) if ";" in part else [part])
            ]
            for part in parts:
                name = undecorated(part.strip())
                if name:
                    # The last dot ends the name, unless it belongs to an initial.
                    last = name.split()[-1]
                    if "." not in last[:-1] and (len(last) > 2 or _BARE_INITIAL.search(name)):
                        name = name.rstrip(".")
                    names.append(loose_name(name) if "," in name else initials_name(name))
        lists.append([name for name in names if name])
    full, brief = lists
    return full if full and len(full) >= len(brief) else brief


def _pmid(tags: RawTags) -> str | None:
    for value in tags.get("PM", ()):
        return identifiers.pmid(value)
    base = " ".join(tags.get("DB", ()))
    number = (tags.get("UI") or [""])[0]
    if number.isdigit() and 5 <= len(number) <= 8 and not _OTHER_BASE.search(base):
        return identifiers.pmid(number)
    number = (tags.get("AN") or [""])[0].rstrip(".")
    if _MEDLINE.search(base) and not _OTHER_BASE.search(base) and number.isdigit():
        return identifiers.pmid(number)
    return None


def _headings(value: str) -> list[str]:
    parts = re.split(r"\.\s+(?=[*A-Z])|\s*;\s*", value)
    return [part.rstrip(". ") for part in parts if part.strip(". ")]
