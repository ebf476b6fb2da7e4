"""EndNote's tagged text (Refer, "%A Author"), as journals, Google Scholar and CNKI offer it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evergrove.formats import identifiers
from evergrove.formats.dates import date
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.names import name_list, natural_name
from evergrove.formats.pages import pages
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, join, short
from evergrove.records import Record, make_record

_TAG = r"[ \t]*%([0-9A-Z@!#$&*+^<>()?~\[\]=])(?:[ \t]|$)"
_PAIRS = re.compile(rf"^{_TAG}(.*(?:\n(?!{_TAG.replace('(', '(?:', 1)}).*)*)", re.MULTILINE)
_ONE_A_LINE = frozenset("AKUEY")
_ARTICLE_NUMBER = re.compile(r"\bartn?\.?\s*(?:no\.?\s*)?([A-Za-z]?\d[\w.-]*)", re.IGNORECASE)


def read(text: str) -> Iterator[Entry]:
    """Every record of an EndNote tagged file, in file order."""
    begin: int | None = None
    end = 0
    seen: set[str] = set()
    group: list[tuple[str, str]] = []
    for match in _PAIRS.finditer(text):
        tag, value = match.groups()
        if begin is not None and _starts_new(tag, seen, text[end - 1 : match.start()]):
            yield from _entry(begin, end, group)
            begin, seen, group = None, set(), []
        if begin is None:
            begin = match.start()
        # Blank lines at the end of a value part records; they are no part of it.
        end = match.start() + len(match.group().rstrip())
        seen.add(tag)
        group.append((tag, value))
    if begin is not None:
        yield from _entry(begin, end, group)


def _starts_new(tag: str, seen: set[str], gap: str) -> bool:
    """A second type, or after a blank line a tag that a record begins with."""
    if tag == "0" and "0" in seen:
        return True
    if gap.count("\n") > 1:
        return (tag in seen and tag not in "AKUEYZ") or (tag in "0TAFBDJ" and "T" in seen)
    return tag == "T" and "T" in seen and bool(seen & set("ADJPX"))


def _entry(start: int, end: int, pairs: list[tuple[str, str]]) -> Iterator[Entry]:
    tags: RawTags = {}
    for tag, value in pairs:
        lines = value.split("\n") if tag in _ONE_A_LINE else [value]
        for line in lines:
            line = " ".join(line.split())
            if line:
                tags.setdefault(tag, []).append(line)
    if tags:
        yield Entry(start, end, to_record(tags))


def to_record(tags: RawTags) -> Record:
    """The citation record of EndNote's tags (without the percent sign)."""
    get = tags.get
    year, month = date(join(get("D", [])))
    for value in (*get("8", ()), *get("7", ())):
        said, number = date(value)
        if month is None and number and said in (None, year):
            month = number
        year = year or said
    # Of two names the first is in the language of the article, the second a translation.
    journal = join(get("J", [])[:1]) or join(get("B", []))
    notes = [*get("O", ()), *get("Z", ())]
    article = _ARTICLE_NUMBER.search(" ".join(notes))
    # "Artn 106 / 10.9999/…": what follows the number is a note of its own.
    notes += [_ARTICLE_NUMBER.sub("", note).strip() for note in notes]
    return make_record(
        source_type=_writer(tags),
        raw_tags=tags,
        pmid=_pmid(tags, notes),
        pmcid=identifiers.pmcid(" ".join((*get("2", ()), *get("M", ())))),
        doi=next(filter(None, map(identifiers.doi, get("R", ()))), None)
        or next(filter(None, map(identifiers.doi_alone, (*get("U", ()), *get("M", ())))), None)
        or next(filter(None, map(identifiers.doi_in_url, get("U", ()))), None)
        or next(filter(None, map(identifiers.doi_stated, notes)), None),
        title=join(get("T", [])),
        authors=_authors(tags),
        year=year,
        month=month,
        journal=journal,
        journal_abbrev=journal if journal and abbreviated(journal) else None,
        volume=short(join(get("V", []))),
        issue=short(join(get("N", []))),
        pages=pages(join(get("P", []))) or (pages(article.group(1)) if article else None),
        abstract=abstract_of(get("X", ())),
        language=join(get("G", [])),
        publication_types=[t for t in map(clean, (*get("9", ()), *get("0", ()))) if t],
        urls=[url for url in get("U", ()) if ":" in url],
        status_links=links_in_words((*get("O", ()), *get("Z", ()))),
    )


def _authors(tags: RawTags) -> list[str]:
    names: list[str | None] = []
    for value in tags.get("A", ()):
        if ";" in value or (" and " in value and value.count(",") > 1):
            names += [natural_name(part) for part in name_list(value)]
        else:
            names.append(natural_name(value))
    return [name for name in names if name]


def _pmid(tags: RawTags, notes: list[str]) -> str | None:
    for value in tags.get("M", ()):
        found = identifiers.pmid_named_in(value)
        if found:
            return found
    found = next(filter(None, map(identifiers.pmid_stated, notes)), None)
    if found:
        return found
    base = " ".join((*tags.get("~", ()), *tags.get("W", ()))).lower()
    if "pubmed" in base or "medline" in base or "nlm" in base.split():
        return next(filter(None, map(identifiers.pmid, tags.get("M", ()))), None)
    return None


def _writer(tags: RawTags) -> str:
    address = (tags.get("U") or [""])[0]
    return "highwire-endnote" if "/content/" in address else "endnote-tagged"
