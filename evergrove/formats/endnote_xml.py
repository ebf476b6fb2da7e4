"""EndNote's XML, also as Zotero, Mendeley, Bookends and JabRef write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from evergrove.formats import identifiers
from evergrove.formats.dates import date
from evergrove.formats.entry import Entry
from evergrove.formats.names import name_list, natural_name
from evergrove.formats.pages import pages
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, clean, short
from evergrove.formats.xml import broken, flat_text, flatten, parse_piece, pieces, refuse_entities
from evergrove.records import Record, make_record

_NLM = re.compile(r"medline|pubmed|\bnlm\b", re.IGNORECASE)
_BOOKS = {"book", "edited book", "electronic book", "thesis", "report"}


def read(text: str) -> Iterator[Entry]:
    """Every record of an EndNote XML file, in file order."""
    spans = list(pieces(text, ("record",)))
    first = spans[0][0] if spans else -1
    refuse_entities(text, first)
    for start, end, whole in spans:
        if not whole:
            yield Entry(start, end, None, "the XML breaks off inside this record")
            continue
        try:
            element = parse_piece(text[start:end], text[: max(first, 0)])
        except (ParseError, ValueError) as error:
            yield Entry(start, end, None, broken(error))
            continue
        yield Entry(start, end, to_record(element))


def to_record(root: Element) -> Record:
    """The citation record of one `record` element."""
    kind = root.find("ref-type")
    kind_name = "" if kind is None else kind.get("name") or ""
    year, month = date(_said(root, "dates/year"))
    if month is None:
        said_year, said_month = date(_said(root, "dates/pub-dates/date"))
        year = year or said_year
        month = said_month if said_year in (None, year) else None
    title = _said(root, "titles/title")
    second = _said(root, "titles/secondary-title")
    journal = _said(root, "periodical/full-title") or second
    abbreviation = next(
        (
            name
            for tag in ("abbr-1", "abbr-2", "abbr-3")
            if (name := _said(root, f"periodical/{tag}"))
        ),
        None,
    )
    if title is None and kind_name.lower() in _BOOKS:
        title = second
    if abbreviation is None and journal and abbreviated(journal):
        abbreviation = journal
    noted = [*root.iter("notes"), *root.iter("research-notes")]
    notes = [text for text in map(_lines, noted) if text]
    urls = [u for u in (clean(flat_text(url)) for url in root.findall("urls//url")) if u]
    return make_record(
        source_type="endnote-xml",
        raw_tags=flatten(root),
        pmid=_pmid(root, notes),
        pmcid=identifiers.pmcid(_said(root, "custom2")),
        doi=identifiers.doi(_said(root, "electronic-resource-num"))
        or next(filter(None, map(identifiers.doi_in_url, urls)), None)
        or next(filter(None, map(identifiers.doi_stated, notes)), None),
        title=title,
        authors=_authors(root),
        year=year,
        month=month,
        journal=journal,
        journal_abbrev=abbreviation,
        volume=short(_said(root, "volume")),
        issue=short(_said(root, "number") or _said(root, "issue")),
        pages=pages(_said(root, "pages")) or pages(_said(root, "custom7")),
        abstract=_said(root, "abstract"),
        language=_said(root, "language"),
        publication_types=[t for t in (_said(root, "work-type"), clean(kind_name)) if t],
        urls=urls,
        status_links=links_in_words(notes),
    )


def _said(root: Element, path: str) -> str | None:
    return clean(flat_text(root.find(path)))


def _lines(element: Element) -> str:
    """A note with its line ends, which EndNote writes as carriage returns."""
    return re.sub(r"[\r\n]+\s*", "\n", flat_text(element)).strip()


def _authors(root: Element) -> list[str]:
    names: list[str | None] = []
    for author in root.findall("contributors/authors/author"):
        text = flat_text(author).strip()
        if ";" in text or "\r" in text or (" and " in text and text.count(",") > 1):
            names += [natural_name(part) for part in name_list(text.replace("\r", "\n"))]
        else:
            names.append(natural_name(text))
    return [name for name in names if name]


def _pmid(root: Element, notes: list[str]) -> str | None:
    """The accession number is a PMID only if the record says that it comes from PubMed."""
    accession = _said(root, "accession-num") or ""
    named = identifiers.pmid_named_in(accession)
    if named:
        return named
    origin = " ".join(
        filter(None, (_said(root, "remote-database-name"), _said(root, "remote-database-provider")))
    )
    if _NLM.search(origin) and not re.search(r"embase|ovid.*embase", origin, re.IGNORECASE):
        found = identifiers.pmid(accession)
        if found:
            return found
    return next(filter(None, map(identifiers.pmid_stated, notes)), None)
