"""Web of Science plain text ("FN … / VR 1.0 / PT J"), also as old ISI exports wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evergrove.formats import identifiers
from evergrove.formats.dates import date, month_of
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.names import initials_name, name_list
from evergrove.formats.pages import page_range, pages
from evergrove.formats.text import clean, join, short, words
from evergrove.records import Record, make_record

KNOWN_TAGS = words(
    "FN VR PT AU AF BA BF CA GP BE TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI "
    "OI FU FX CR NR TC Z9 Z1 Z2 Z3 Z8 ZB ZS ZR ZA U1 U2 PU PI PA SN EI BN J9 JI PD PY VL IS "
    "PN SU SI MA BP EP AR DI D2 EA EY PG P2 WC WE SC GA PM UT OA HC HP DA ER EF PS AN CO PV "
    "ED IP PR BY TA MC MI MQ CB CC BD OR TN AE DC"
)
_IN_RECORD = KNOWN_TAGS - {"ER", "EF", "FN", "VR"}
_ONE_A_LINE = words("AU AF BA BF CA GP BE ED CR C1 RI OI")
# PT says J(ournal), B(ook), S(eries), P(atent); some writers spell it out.
_START = re.compile(r"^PT[ \t]+\S.*$", re.MULTILINE)
_END = re.compile(r"^ER[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^(?:PT|AU|BA|TI|SO|UT|DI)[ \t]+\S", re.MULTILINE)
_LINE = re.compile(r"([A-Z][A-Z0-9])(?:[ \t](.*)|$)")
_LABEL = re.compile(r"^(?:UNSP|ARTN|ART(?:\.|ICLE)?(?: NO\.?| ID)?)[ :]*", re.IGNORECASE)


def read(text: str) -> Iterator[Entry]:
    """Every record of a Web of Science file, in file order."""
    for start, end in record_spans(text):
        tags = gather(text[start:end])
        if tags:
            yield Entry(start, end, to_record(tags))


def record_spans(text: str) -> list[tuple[int, int]]:
    """From PT to ER, or to the next PT where ER is missing; also what stands before ER without PT.

    "ER" with more on its line is text.
    """
    spans = []
    cuts = [0, *(match.start() for match in _START.finditer(text)), len(text)]
    for start, stop in pairwise(cuts):
        for end in _END.finditer(text, start, stop):
            spans.append((start, end.end()))
            start = end.end()
        spans.append((start, stop))
    return [(start, stop) for start, stop in spans if _FIELD.search(text, start, stop)]


def gather(chunk: str) -> RawTags:
    """{tag: [values]} of one record. Indented lines, and lines that begin with no tag that the
    record may still have, continue the value before; authors and references are one a line."""
    pairs: list[tuple[str, list[str]]] = []
    seen: set[str] = set()
    for line in chunk.split("\n"):
        match = _LINE.match(line)
        if line.rstrip() in ("ER", "EF"):
            break
        if match and match[1] in _IN_RECORD and (match[1] not in seen or match[1] in _ONE_A_LINE):
            seen.add(match[1])
            pairs.append((match[1], [match[2] or ""]))
        elif pairs and line.strip():
            pairs[-1][1].append(line)
    tags: RawTags = {}
    for tag, lines in pairs:
        values = lines if tag in _ONE_A_LINE else [" ".join(lines)]
        for value in values:
            value = " ".join(value.split())
            if value:
                tags.setdefault(tag, []).append(value)
    return tags


def to_record(tags: RawTags) -> Record:
    """The citation record of one Web of Science record. PG is a page count there, not pages."""
    get = tags.get
    year, month = date(join(get("PY", [])))
    said_year, said_month = date(join(get("PD", [])))
    if year is None:
        year = said_year or date(join(get("EA", [])))[0]
    if said_year in (None, year):
        month = said_month or month_of(join(get("PD", [])))
    article = _LABEL.sub("", join(get("AR", [])) or "")
    unique = " ".join(get("UT", ()))
    return make_record(
        source_type="wos-plain",
        raw_tags=tags,
        pmid=identifiers.pmid(join(get("PM", []))) or identifiers.pmid_named_in(unique),
        pmcid=None,
        doi=_doi(tags, unique),
        title=join(get("TI", [])),
        authors=_authors(tags),
        year=year,
        month=month,
        journal=join(get("SO", [])) or join(get("SE", [])),
        journal_abbrev=join(get("JI", [])) or join(get("J9", [])) or join(get("TA", [])),
        volume=short(join(get("VL", []))),
        issue=short(join(get("IS", [])) or join(get("SI", [])) or join(get("SU", []))),
        pages=page_range(join(get("BP", [])), join(get("EP", [])))
        or pages(join(get("PS", [])))
        or pages(article.split(" ")[0]),
        abstract=join(get("AB", [])),
        language=join(get("LA", [])),
        publication_types=[t for t in map(clean, (join(get("DT", [])) or "").split(";")) if t],
        mesh=[],
        urls=[],
    )


def _doi(tags: RawTags, unique: str) -> str | None:
    places = [value for tag in ("DI", "D2", "AR") for value in tags.get(tag, ())]
    if unique.startswith("INSPEC"):
        # Inspec lists numbers of many kinds in ID, in brackets: "[S0953(06)1],[10.1088/…]".
        places += re.findall(r"\[(10\.[^\[\]]+)\]", " ".join(tags.get("ID", ())))
    return next(filter(None, map(identifiers.doi, places)), None)


def _authors(tags: RawTags) -> list[str]:
    """AF has the names in full; AU is taken where AF lacks some of them."""
    brief = _names(tags.get("AU", ())) or _names(tags.get("BA", ()))
    full = _names(tags.get("AF", ())) or _names(tags.get("BF", ()))
    return (full if len(full) >= len(brief) else brief) + _names(tags.get("CA", ()))


def _names(values: list[str] | tuple[()]) -> list[str]:
    parts = [part for value in values for part in (name_list(value) if ";" in value else [value])]
    return [name for name in map(initials_name, parts) if name]
