"""A citation record out of RIS tags, for all dialects of RIS."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from evergrove.formats import identifiers, ris_tags
from evergrove.formats.dates import date
from evergrove.formats.entry import RawTags
from evergrove.formats.names import all_plain, comma_names, name_list, read_names
from evergrove.formats.pages import page_range, pages
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, join, short, unescape
from evergrove.records import Record, make_record

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
# Without one of these there is no PMID to look for.
_PMID_TAGS = frozenset({"PMID", "PM", *ris_tags.PMID_NAMED, *ris_tags.PMID_NOTES})
_EBSCO_MEDLINE = {"mnh", "cmedm", "mdc", "mnm", "cmh"}


def to_record(tags: RawTags) -> Record:
    """The citation record of the tags of one RIS record."""
    get = tags.get
    year, month = _date(tags)
    title, journal, abbreviation = _titles(tags)
    return make_record(
        source_type=_writer(tags),
        raw_tags=tags,
        pmid=None if _PMID_TAGS.isdisjoint(tags) else _pmid(tags),
        pmcid=identifiers.pmcid(" ".join((*get("C2", ()), *get("U2", ())))),
        doi=_doi(tags),
        title=title,
        authors=_authors(tags),
        year=year,
        month=month,
        journal=journal,
        journal_abbrev=abbreviation,
        volume=short(_first(tags, ("VL", "VO"))),
        issue=short(_first(tags, ("IS",))) or _old_issue(tags),
        pages=_pages(tags),
        abstract=abstract_of(get("AB") or get("N2") or ()),
        language=_first(tags, ("LA",)),
        publication_types=_types(tags),
        urls=_urls(tags),
        status_links=links_in_words(tags["N1"]) if "N1" in tags else [],
    )


def _first(tags: RawTags, names: tuple[str, ...]) -> str | None:
    for name in names:
        if name in tags:
            found = clean(tags[name][0])
            if found:
                return found
    return None


def _old_issue(tags: RawTags) -> str | None:
    """The issue in CP, which is the name of a meeting where Web of Science writes it."""
    found = _first(tags, ("CP",))
    return found if found and _ISSUE.match(found) else None


def _titles(tags: RawTags) -> tuple[str | None, str | None, str | None]:
    """Title, journal (or book, or meeting), and the journal's abbreviation."""
    kind = tags["TY"][0].upper() if "TY" in tags else ""
    title = None
    for tag in ris_tags.TITLE:
        if tag in tags:
            title = join(tags[tag])
            break
    if title is None and kind in ris_tags.BOOKS:
        title = _first(tags, ("BT", "T2"))
    title = title or _first(tags, ("TT", "ST"))
    journal = _first(tags, ris_tags.JOURNAL) or _longest_of_two(tags)
    abbreviation = _abbreviation(tags, journal)
    if journal and kind in ris_tags.BOOKS and journal == title:
        journal = None
    return title, journal, abbreviation


def _longest_of_two(tags: RawTags) -> str | None:
    """Where only tags for abbreviations are used, but with two names (Wiley): the full one."""
    names = {name for tag in ris_tags.ABBREVIATION for name in tags.get(tag, ())}
    return clean(max(sorted(names), key=len)) if len(names) > 1 else None


def _abbreviation(tags: RawTags, journal: str | None) -> str | None:
    for tag in ris_tags.ABBREVIATION:
        for name in tags.get(tag, ()):
            if name != journal:
                return clean(name)
    return journal if journal and abbreviated(journal) else None


def _authors(tags: RawTags) -> list[str]:
    names: list[str] = []
    for tag in ris_tags.AUTHORS:
        if tag in tags:
            values = tags[tag]
            if all_plain(values):
                names += values
                continue
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
                names += comma_names(values)
            else:
                names += read_names(values)
    return names


def _is_list(value: str) -> bool:
    return ";" in value or (" and " in value and value.count(",") > 1)


def _date(tags: RawTags) -> tuple[int | None, int | None]:
    """Year and month of publication; dates of receipt, acceptance and entry come last."""
    year = _year(tags, _is_published) or _year(tags, bool)
    month = None
    for tag in ris_tags.MONTH:
        if tag in tags and month is None:
            for value in tags[tag]:
                if _is_published(value) and not _is_placeholder(value):
                    said, number = date(value)
                    if month is None and (said is None or said == year):
                        month = number
    if month is None and "Y2" in tags:
        # Y2 is when somebody looked, but Ovid's "2016-12//" is when it was published.
        for value in tags["Y2"]:
            if _OVID_DATE.match(value) and date(value)[0] == year:
                month = month or date(value)[1]
    return year, month


def _is_placeholder(value: str) -> bool:
    return len(value) > 7 and _PLACEHOLDER.match(value) is not None


def _year(tags: RawTags, counts: Callable[[str], bool]) -> int | None:
    for tag in ris_tags.YEAR:
        if tag in tags:
            # Of several years of one tag the last is that of publication.
            years = [date(value)[0] or 0 for value in tags[tag] if counts(value)]
            if any(years):
                return max(years)
    return None


def _is_published(value: str) -> bool:
    return len(value) < 11 or not _NOT_PUBLISHED.search(value)


def _pages(tags: RawTags) -> str | None:
    start, end = _first(tags, ("SP",)), _first(tags, ("EP", "LP"))
    found = page_range(start, end) if start or end else None
    return found or pages(_first(tags, ("PG", *ris_tags.ARTICLE_NUMBER)))


def _doi(tags: RawTags) -> str | None:
    for tag in ris_tags.DOI:
        for value in tags.get(tag, ()):
            found = identifiers.doi(value)
            if found:
                return found
    for tag in ris_tags.DOI_ADDRESSES:
        for value in tags.get(tag, ()):
            if "10." not in value and "10%2E" not in value:
                continue
            found = identifiers.doi_alone(value) or identifiers.doi_in_url(value)
            if found:
                return found
    stated = (identifiers.doi_stated(v) for tag in ris_tags.DOI_NOTES for v in tags.get(tag, ()))
    return next(filter(None, stated), None)


def _pmid(tags: RawTags) -> str | None:
    for tag in ("PMID", "PM"):
        if tag in tags:
            return identifiers.pmid(tags[tag][0])
    for tag in ris_tags.PMID_NAMED:
        for value in tags.get(tag, ()):
            found = identifiers.pmid_named_in(value)
            if found:
                return found
    for tag in ris_tags.PMID_NOTES:
        for value in tags.get(tag, ()):
            found = identifiers.pmid_stated(value)
            if found:
                return found
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
    named = [ris_tags.TYPES.get(value.upper(), value) for value in tags.get("TY", ())]
    if "M3" not in tags and "PT" not in tags:
        return named
    said = [clean(value) for value in (*tags.get("M3", ()), *tags.get("PT", ()))]
    found: dict[str, str] = {}
    for value in (*said, *named):
        if value and "10." not in value:
            found.setdefault(value.lower(), value)
    return list(found.values())


def _urls(tags: RawTags) -> list[str]:
    found: list[str] = []
    for tag in ris_tags.URLS:
        for value in tags.get(tag, ()):
            parts = [value] if value.count("://") < 2 else _URL_START.split(value)
            for part in parts:
                url = part.rstrip("; \t")
                if ":" in url and url not in found:
                    found.append(url)
    return found


def _writer(tags: RawTags) -> str:
    accession = tags.get("AN", [""])[0]
    if accession.startswith("rayyan-"):
        return "rayyan-ris"
    if accession.startswith("CN-0") or accession.startswith("CN-1"):
        return "cochrane-ris"
    for tag in ("DB", "DP", "M4", "AN"):
        for value in tags.get(tag, ()):
            name = _platform(value)
            if name:
                return name
    if "J9" in tags or "WE" in tags:
        return "wos-ris"
    address = tags.get("UR", [""])[0]
    if "/content/" in address and any("/content/" in url for url in tags.get("UR", ())):
        return "highwire-ris"
    if "eppi-reviewer" in tags.get("KW", ()):
        return "eppi-ris"
    if tags.get("ID", [""])[0].startswith("RefID:"):
        return "refworks-ris"
    return "ris"


@lru_cache(maxsize=512)
def _platform(said: str) -> str | None:
    return next((name for pattern, name in _PLATFORMS if pattern.search(said)), None)
