"""A citation record out of RIS tags, for all dialects of RIS."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from evergrove.formats import identifiers, ris_tags
from evergrove.formats.dates import date
from evergrove.formats.entry import RawTags
from evergrove.formats.names import all_plain, comma_names, name_list, read_names
from evergrove.formats.pages import page_range, pages, simple_range
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, join, short, unescape
from evergrove.records import Record

# 1 January stands for "some day of that year" in Y1, PY and DA alike.
_PLACEHOLDER = re.compile(r"\d{4}[/-]0?1[/-]0?1(?:$|/$|[ T]00:00)")
_NOT_PUBLISHED = re.compile(r"received|accepted|revised|entrez|pubmed|medline", re.IGNORECASE)
_OVID_DATE = re.compile(r"\d{4}-\d{2}//$")
_ISSUE = re.compile(r"(?:\d[\w/.-]{0,9}|Suppl\.?|Pt\.?)(?: [\w.-]{1,8}){0,2}$", re.IGNORECASE)
_URL_START = re.compile(r"(?<=[\s;])(?=(?:https?|ftp)://)")
_PLATFORMS = (
    # What a record says of its origin, and the name of the writer.
    (re.compile(r"scopus", re.I), "scopus-ris"),
    (re.compile(r"embase", re.I), "embase-ris"),
    (re.compile(r"ebsco", re.I), "ebsco-ris"),
    (re.compile(r"proquest", re.I), "proquest-ris"),
    (re.compile(r"web of science|^WOS:|webofscience", re.I), "wos-ris"),
    (re.compile(r"cochrane|central", re.I), "cochrane-ris"),
    (re.compile(r"ovid|<\d{4} to |psycinfo|medline\(r\)", re.I), "ovid-ris"),
    (re.compile(r"pubmed|^nlm$", re.I), "pubmed-ris"),
    (re.compile(r"citavi", re.I), "citavi-ris"),
    (re.compile(r"jstor", re.I), "jstor-ris"),
)
_EBSCO_MEDLINE = {"mnh", "cmedm", "mdc", "mnm", "cmh"}


# What may be said in which tags, in the order in which they are asked.
_WHERE = {
    "title": ris_tags.TITLE,
    "journal": ris_tags.JOURNAL,
    "abbreviation": ris_tags.ABBREVIATION,
    "authors": ris_tags.AUTHORS,
    "year": ris_tags.YEAR,
    "month": ris_tags.MONTH,
    "accessed": ("Y2",),
    "volume": ("VL", "VO"),
    "issue": ("IS",),
    "first_page": ("SP",),
    "last_page": ("EP", "LP"),
    "article_number": ("PG", *ris_tags.ARTICLE_NUMBER),
    "abstract": ris_tags.ABSTRACT,
    "language": ("LA",),
    "doi": ris_tags.DOI,
    "doi_address": ris_tags.DOI_ADDRESSES,
    "doi_note": ris_tags.DOI_NOTES,
    # All that may hold a PMID, and of it what names it and what begins with it.
    "pmid": ("PMID", "PM", *ris_tags.PMID_NAMED, *ris_tags.PMID_NOTES),
    "pmid_named": ris_tags.PMID_NAMED,
    "pmid_note": ris_tags.PMID_NOTES,
    "pmcid": ("C2", "U2"),
    "urls": ris_tags.URLS,
    "platform": ("DB", "DP", "M4", "AN"),
    "note": ("N1",),
}


class _There:
    """Those of the tags in `_WHERE` that a record has: one tuple for each kind of field."""

    __slots__ = tuple(_WHERE)

    def __init__(self, known: frozenset[str]) -> None:
        for field, tags in _WHERE.items():
            setattr(self, field, tuple(tag for tag in tags if tag in known))


@lru_cache(maxsize=4096)
def _there(tags: str) -> _There:
    """What there is in a record of these tags, which are separated by spaces.

    A file has few kinds of records, and most fields may be in any of several tags: to look for all
    of them in every record would take as long as everything else.
    """
    return _There(frozenset(tags.split(" ")))


def to_record(tags: RawTags) -> Record:
    """The citation record of the tags of one RIS record."""
    there = _there(" ".join(tags))
    year, month = _date(tags, there)
    title, journal, abbreviation = _titles(tags, there)
    # Written out: a call of make_record() would cost as much as half a dozen of the fields.
    return {
        "source_file": None,
        "source_format": None,
        "record_index": None,
        "source_type": _writer(tags, there),
        "pmid": _pmid(tags, there) if there.pmid else None,
        "pmcid": _pmcid(tags, there) if there.pmcid else None,
        "doi": _doi(tags, there) if there.doi else _doi_elsewhere(tags, there),
        "title": title,
        "authors": _authors(tags, there.authors) if there.authors else [],
        "year": year,
        "month": None if year is None else month,
        "journal": journal or abbreviation,
        "journal_abbrev": abbreviation,
        "volume": _short(tags, there.volume) if there.volume else None,
        "issue": (_short(tags, there.issue) if there.issue else None) or _old_issue(tags),
        "pages": _pages(tags, there),
        "abstract": abstract_of(tags[there.abstract[0]]) if there.abstract else None,
        "language": _usual(tags, there.language) if there.language else None,
        "publication_types": _types(tags),
        "mesh": [],
        "urls": _urls(tags, there.urls) if there.urls else [],
        "status_links": links_in_words(tags["N1"]) if there.note else [],
        "raw_tags": tags,
    }


def _first(tags: RawTags, names: tuple[str, ...]) -> str | None:
    """What the first of the tags that says anything says; all of them are there."""
    for name in names:
        found = clean(tags[name][0])
        if found:
            return found
    return None


# Journals and languages are the same in many records.
_cleaned = lru_cache(maxsize=8192)(clean)


def _usual(tags: RawTags, names: tuple[str, ...]) -> str | None:
    """The same as `_first` for what many records say."""
    if names and (found := _cleaned(tags[names[0]][0])):
        return found
    return _first(tags, names[1:])


def _short(tags: RawTags, names: tuple[str, ...]) -> str | None:
    """A volume or an issue; most are a number, which needs no cleaning."""
    if names and len(value := tags[names[0]][0]) < 10 and value.isdecimal():
        return value
    return short(_first(tags, names))


def _pmcid(tags: RawTags, there: _There) -> str | None:
    return identifiers.pmcid(" ".join(value for tag in there.pmcid for value in tags[tag]))


def _old_issue(tags: RawTags) -> str | None:
    """The issue in CP, which is the name of a meeting where Web of Science writes it."""
    found = _first(tags, ("CP",)) if "CP" in tags else None
    return found if found and _ISSUE.match(found) else None


def _titles(tags: RawTags, there: _There) -> tuple[str | None, str | None, str | None]:
    """Title, journal (or book, or meeting), and the journal's abbreviation."""
    title = join(tags[there.title[0]]) if there.title else None
    if title is None:
        names = ("TT", "ST") if _kind(tags) not in ris_tags.BOOKS else ("BT", "T2", "TT", "ST")
        title = _first(tags, tuple(name for name in names if name in tags))
    journal = _usual(tags, there.journal) or _longest_of_two(tags, there)
    abbreviation = _abbreviation(tags, there, journal)
    if journal and journal == title and _kind(tags) in ris_tags.BOOKS:
        journal = None
    return title, journal, abbreviation


def _longest_of_two(tags: RawTags, there: _There) -> str | None:
    """Where only tags for abbreviations are used, but with two names (Wiley): the full one."""
    names = {name for tag in there.abbreviation for name in tags[tag]}
    return clean(max(sorted(names), key=len)) if len(names) > 1 else None


def _kind(tags: RawTags) -> str:
    return tags["TY"][0].upper() if "TY" in tags else ""


def _abbreviation(tags: RawTags, there: _There, journal: str | None) -> str | None:
    for tag in there.abbreviation:
        for name in tags[tag]:
            if name != journal:
                return _cleaned(name)
    return journal if journal and abbreviated(journal) else None


def _authors(tags: RawTags, there: tuple[str, ...]) -> list[str]:
    if len(there) == 1:
        return _names(tags[there[0]])
    return [name for tag in there for name in _names(tags[tag])]


def _names(values: list[str]) -> list[str]:
    """The names in the values of one tag."""
    if all_plain(values):
        return values.copy()
    together = "".join(values)
    if "&" in together:
        values = list(map(unescape, values))
    if "{" in together:
        # BibTeX's braces around the name of a group.
        values = [value.strip("{}") for value in values]
    if any(map(_is_list, values)):
        parts = (name_list(value) if _is_list(value) else [value] for value in values)
        values = [part for several in parts for part in several]
    if all("," in value for value in values):
        return comma_names(values)
    return read_names(values)


def _is_list(value: str) -> bool:
    return ";" in value or (" and " in value and value.count(",") > 1)


def _date(tags: RawTags, there: _There) -> tuple[int | None, int | None]:
    """Year and month of publication; dates of receipt, acceptance and entry come last."""
    year = _year(tags, there, _published_year) or _year(tags, there, _any_year)
    month = None
    for tag in there.month:
        for value in tags[tag]:
            said, number = _published_month(value)
            if month is None and (said is None or said == year):
                month = number
        if month is not None:
            return year, month
    if there.accessed:
        # Y2 is when somebody looked, but Ovid's "2016-12//" is when it was published.
        for value in tags["Y2"]:
            if _OVID_DATE.match(value) and date(value)[0] == year:
                month = month or date(value)[1]
    return year, month


@lru_cache(maxsize=8192)
def _published_month(value: str) -> tuple[int | None, int | None]:
    """(year, month) of a date of publication that is said to the month."""
    return date(value) if _is_published(value) and not _is_placeholder(value) else (None, None)


@lru_cache(maxsize=8192)
def _published_year(value: str) -> int:
    return _any_year(value) if _is_published(value) else 0


def _any_year(value: str) -> int:
    return date(value)[0] or 0


def _is_placeholder(value: str) -> bool:
    return len(value) > 7 and _PLACEHOLDER.match(value) is not None


def _is_published(value: str) -> bool:
    return len(value) < 11 or not _NOT_PUBLISHED.search(value)


def _year(tags: RawTags, there: _There, year_of: Callable[[str], int]) -> int | None:
    for tag in there.year:
        values = tags[tag]
        # Of several years of one tag the last is that of publication.
        year = year_of(values[0]) if len(values) == 1 else max(map(year_of, values))
        if year:
            return year
    return None


def _pages(tags: RawTags, there: _There) -> str | None:
    found = None
    if there.first_page and there.last_page:
        found = simple_range(tags["SP"][0], tags[there.last_page[0]][0])
    if found is None and (there.first_page or there.last_page):
        found = page_range(_first(tags, there.first_page), _first(tags, there.last_page))
    if found is None and there.article_number:
        found = pages(_first(tags, there.article_number))
    return found


def _doi(tags: RawTags, there: _There) -> str | None:
    for tag in there.doi:
        for value in tags[tag]:
            found = identifiers.doi(value)
            if found:
                return found
    return _doi_elsewhere(tags, there)


def _doi_elsewhere(tags: RawTags, there: _There) -> str | None:
    """The DOI in an address, or at the head of a note."""
    for tag in there.doi_address:
        for value in tags[tag]:
            if "10." not in value and "10%2E" not in value:
                continue
            found = identifiers.doi_alone(value) or identifiers.doi_in_url(value)
            if found:
                return found
    stated = (identifiers.doi_stated(value) for tag in there.doi_note for value in tags[tag])
    return next(filter(None, stated), None)


def _pmid(tags: RawTags, there: _There) -> str | None:
    if there.pmid[0] in ("PMID", "PM"):
        return identifiers.pmid(tags[there.pmid[0]][0])
    for tag in there.pmid_named:
        for value in tags[tag]:
            found = identifiers.pmid_named_in(value)
            if found:
                return found
    for tag in there.pmid_note:
        for value in tags[tag]:
            found = identifiers.pmid_stated(value)
            if found:
                return found
    return _pmid_by_base(tags) if there.pmid_named else None


def _pmid_by_base(tags: RawTags) -> str | None:
    """The PMID in a field (C5, AN, ID) whose meaning depends on the database."""
    bases = " ".join((*tags.get("DB", ()), *tags.get("DP", ()))).lower()
    if "C5" in tags and ("embase" in bases or "medline" in bases):
        return identifiers.pmid(tags["C5"][0])
    if "embase" not in bases and (
        "medline" in bases
        or "pubmed" in bases
        or "nlm" in bases.split()
        or _EBSCO_MEDLINE.intersection(bases.split())
    ):
        for value in (*tags.get("AN", ()), *tags.get("ID", ())):
            if value.isdigit() and 5 <= len(value) <= 8:
                return identifiers.pmid(value)
    return None


def _types(tags: RawTags) -> list[str]:
    said = (*tags.get("M3", ()), *tags.get("PT", ()))
    return list(_types_said(tuple(tags.get("TY", ())), said))


@lru_cache(maxsize=512)
def _types_said(kinds: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    """The types that a record says in words, then what TY means."""
    named = [ris_tags.TYPES.get(kind.upper(), kind) for kind in kinds]
    if not said:
        return tuple(named)
    found: dict[str, str] = {}
    for value in (*map(clean, said), *named):
        if value and "10." not in value:
            found.setdefault(value.lower(), value)
    return tuple(found.values())


def _urls(tags: RawTags, there: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for tag in there:
        for value in tags[tag]:
            parts = [value] if value.count("://") < 2 else _URL_START.split(value)
            for part in parts:
                url = part.rstrip("; \t")
                if ":" in url and url not in found:
                    found.append(url)
    return found


def _writer(tags: RawTags, there: _There) -> str:
    if "AN" in tags:
        accession = tags["AN"][0]
        if accession.startswith("rayyan-"):
            return "rayyan-ris"
        if accession.startswith(("CN-0", "CN-1")):
            return "cochrane-ris"
    for tag in there.platform:
        for value in tags[tag]:
            name = _platform(value)
            if name:
                return name
    if "J9" in tags or "WE" in tags:
        return "wos-ris"
    if "UR" in tags and "/content/" in tags["UR"][0]:
        return "highwire-ris"
    if "KW" in tags and "eppi-reviewer" in tags["KW"]:
        return "eppi-ris"
    if "ID" in tags and tags["ID"][0].startswith("RefID:"):
        return "refworks-ris"
    return "ris"


@lru_cache(maxsize=512)
def _platform(said: str) -> str | None:
    return next((name for pattern, name in _PLATFORMS if pattern.search(said)), None)
