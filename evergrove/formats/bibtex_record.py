"""A citation record out of the fields of a BibTeX entry."""

from __future__ import annotations

import re

from evergrove.formats import identifiers
from evergrove.formats.dates import date, month_of
from evergrove.formats.entry import RawTags
from evergrove.formats.latex import plain
from evergrove.formats.names import comma_name, natural_name
from evergrove.formats.pages import pages
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, short
from evergrove.records import Record, make_record

JOURNAL = (
    "journal",
    "journaltitle",
    "journal-title",
    "journal_title",
    "fjournal",
    "booktitle",
    "publicationtitle",
    "series",
)
ABBREVIATION = (
    "shortjournal",
    "abbrev_source_title",
    "journal-iso",
    "journal_abbrev",
    "journal-abbreviation",
    "journalabbreviation",
)
ARTICLE_NUMBER = (
    "article-number",
    "art_number",
    "elocation-id",
    "eid",
    "articleno",
    "article_number",
    "pagenumber",
)
# Keys of Web of Science, Europe PMC and TeXMed: "MEDLINE:123", "PMID:123", "pmid123".
_NLM_KEY = re.compile(r"MEDLINE|\bPMID:?\d", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_MACRO = re.compile(r"\{?\\[A-Za-z]+\}?$")
_OF_THE_HOST = ("year", "date", "month", "volume", "publisher", "series", "language", "langid")
_EXTENDED = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*([^,]*)", re.IGNORECASE)
_TYPES = {
    "article": "Journal Article",
    "inproceedings": "Conference Paper",
    "conference": "Conference Paper",
    "incollection": "Book Chapter",
    "inbook": "Book Chapter",
    "book": "Book",
    "phdthesis": "Thesis",
    "mastersthesis": "Thesis",
    "thesis": "Thesis",
    "techreport": "Report",
    "report": "Report",
    "unpublished": "Unpublished Work",
    "misc": "Miscellaneous",
    "dataset": "Dataset",
    "online": "Web Page",
}


def to_record(own: RawTags, host: RawTags | None = None) -> Record:
    """The citation record of one entry; `own` are the fields as printed, names in lower case.

    `host` is the entry of the book in which this one appeared, if the file has it: what its parts
    do not say themselves (year, publisher, volume, the book's title) is taken from there.
    """
    tags = own if not host else {**_inherited(host), **own}

    def said(*names: str) -> str | None:
        for name in names:
            for value in tags.get(name, ()):
                text = clean(plain(value))
                if text:
                    return text
        return None

    year, month = _date(tags)
    title = said("title")
    journal = said(*(name for name in JOURNAL if name != "series" or "title" not in tags))
    if journal is None and _MACRO.match(tags.get("journal", [""])[0]):
        # A macro of the journal's own style (AAS): its name is better than nothing.
        journal = tags["journal"][0].strip("\\{} ")
    kind = tags["ENTRYTYPE"][0].lower()
    if title is None and kind in ("book", "proceedings", "collection"):
        title = said("booktitle")
    abbreviation = said(*ABBREVIATION)
    if abbreviation is None and journal and abbreviated(journal):
        abbreviation = journal
    notes = [plain(value) for name in ("note", "annote", "extra") for value in tags.get(name, ())]
    return make_record(
        source_type=_writer(tags),
        raw_tags=own,
        pmid=_pmid(tags, notes),
        pmcid=identifiers.pmcid(said("pmcid", "pmc")),
        doi=_doi(tags, notes),
        title=title,
        authors=_authors(tags.get("author", ())),
        year=year,
        month=month,
        journal=journal,
        journal_abbrev=abbreviation,
        volume=short(said("volume")),
        issue=short(said("number", "issue")),
        pages=pages(said("pages", "page")) or pages(said(*ARTICLE_NUMBER)),
        abstract=abstract_of([plain(value) for value in tags.get("abstract", ())]),
        language=said("language", "langid"),
        publication_types=_types(tags, said("document_type", "type")),
        urls=_urls(tags),
        status_links=links_in_words(notes),
    )


def _inherited(host: RawTags) -> RawTags:
    """Fields of a book for its parts: its title is their "booktitle", its pages are not theirs."""
    kept = {name: host[name] for name in _OF_THE_HOST if name in host}
    title = host.get("booktitle") or host.get("title")
    return {**kept, "booktitle": title} if title else kept


def _date(tags: RawTags) -> tuple[int | None, int | None]:
    year = month = None
    for name in ("year", "date", "issued", "publicationdate"):
        for value in tags.get(name, ()):
            said, number = date(plain(value).strip("{}[]() "))
            if year is None and said:
                year = said
            if month is None and number and said == year and not value.endswith("-01-01"):
                month = number
    for value in tags.get("month", ()):
        text = plain(value)
        month = month_of(text) or date(text)[1] or _first_number(text) or month
        break
    return year, month


def _first_number(text: str) -> int | None:
    match = re.match(r"0?([1-9]|1[0-2])\b", text.strip())
    return int(match.group(1)) if match else None


def _authors(values: list[str] | tuple[()]) -> list[str]:
    names: list[str | None] = []
    for value in values:
        for part in _split_outside_braces(value):
            part = part.strip().strip(",").strip()
            if part.startswith("{") and part.endswith("}") and "," not in part:
                # Braces keep a group's name together.
                names.append(comma_name(clean(plain(part)) or ""))
                continue
            text = clean(plain(part))
            if not text:
                continue
            if "=" in text and (pieces := dict(_EXTENDED.findall(text))):
                # BibLaTeX's extended form: "family=Elm, given=Bob, prefix=van der".
                names.append(_put_together(pieces))
            elif ";" in text:
                names += [natural_name(piece) for piece in text.split(";") if piece.strip()]
            else:
                names.append(natural_name(text))
    return [name for name in names if name]


def _put_together(pieces: dict[str, str]) -> str | None:
    said = {name.lower(): value.strip() for name, value in pieces.items()}
    family = " ".join(filter(None, (said.get("prefix"), said.get("family"))))
    given = " ".join(filter(None, (said.get("given"), said.get("suffix"))))
    return ", ".join(filter(None, (family, given))) or None


def _split_outside_braces(value: str) -> list[str]:
    """The names between " and ", which is text where it stands in braces."""
    if "{" not in value:
        return _AND.split(value)
    parts, depth, begin = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\s+and\s+", value, re.IGNORECASE):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and not sign.startswith("\\"):
            parts.append(value[begin : match.start()])
            begin = match.end()
    return [*parts, value[begin:]]


def _doi(tags: RawTags, notes: list[str]) -> str | None:
    for name in ("doi", "DOI"):
        for value in tags.get(name, ()):
            found = identifiers.doi(plain(value).replace(" ", ""))
            if found:
                return found
    addresses = [
        plain(v) for name in ("url", "ee", "link", "bdsk-url-1") for v in tags.get(name, ())
    ]
    found = next(filter(None, map(identifiers.doi_in_url, addresses)), None)
    return found or next(filter(None, map(identifiers.doi_stated, notes)), None)


def _pmid(tags: RawTags, notes: list[str]) -> str | None:
    for name in ("pmid", "pubmed_id", "pubmedid", "pubmed-id"):
        for value in tags.get(name, ()):
            return identifiers.pmid(plain(value))
    if any("pubmed" in value.lower() for value in tags.get("eprinttype", ())):
        return next(filter(None, map(identifiers.pmid, tags.get("eprint", ()))), None)
    unique = " ".join((*tags.get("unique-id", ()), *tags.get("ID", ())))
    found = identifiers.pmid_named_in(unique) if _NLM_KEY.search(unique) else None
    return found or next(filter(None, map(identifiers.pmid_stated, notes)), None)


def _types(tags: RawTags, said: str | None) -> list[str]:
    kind = tags["ENTRYTYPE"][0].lower()
    return list(dict.fromkeys(t for t in (said, _TYPES.get(kind, kind)) if t))


def _urls(tags: RawTags) -> list[str]:
    values = [plain(v) for name in ("url", "eprint", "link", "ee") for v in tags.get(name, ())]
    return list(dict.fromkeys(value for value in values if "://" in value))


def _writer(tags: RawTags) -> str:
    key = tags.get("ID", [""])[0]
    if any("scopus" in value.lower() for value in tags.get("source", ())):
        return "scopus-bibtex"
    if re.match(r"(?:WOS|ISI|MEDLINE|BIOSIS|KJD|SCIELO):", key) or "unique-id" in tags:
        return "wos-bibtex"
    url, eprint = tags.get("url", [""])[0], tags.get("eprint", [""])[0]
    if "elocation-id" in tags or ("/content/" in url and "/content/" in eprint):
        return "highwire-bibtex"
    if re.fullmatch(r"[a-z]+(?:19|20)\d\d[a-z0-9]+", key) and "doi" not in tags:
        return "scholar-bibtex"
    return "bibtex"
