"""Ovid's Source field: journal, volume, issue, pages and date in one of its many notations."""

from __future__ import annotations

import re
from typing import NamedTuple

from evergrove.formats.dates import date
from evergrove.formats.text import clean

_MONTH_WORD = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Fall|Autumn|Winter)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Acta Biochimica Sinica; 2011. 43(8):647-653. 20 ref.
        r"(?P<journal>[^;]+);\s*(?P<date>(?:1[89]|20)\d\d)\.\s*(?P<volume>\w{1,8})"
        r"(?:\s?\((?P<issue>[^()]*)\))?:\s*(?P<pages>[^;,. ]+)\b.*$",
        # Neurocase. 20(1):31-4, 2014 Feb.
        r"(?P<journal>.+?)\.?\s+(?P<volume>[\w ]{1,12}?)\s?\((?P<issue>[^()]{1,20})\)\s?:\s?"
        r"(?P<pages>[^,;]+?),\s*(?P<date>.*\d{4}.*)$",
        # Spine. 12:31-4, 2014.   Methods in protein analysis.:371-397, 2004.
        r"(?P<journal>.+?)\.\s*(?P<volume>\w{0,8})\s?:\s?(?P<pages>[^,;]+?),\s*(?P<date>.*\d{4}.*)$",
        # Pain Physician. 14 (4) (pp 345-350), 2013. Date of Publication: April 2013.
        r"(?P<journal>.+?)\.\s+(?P<volume>\w{1,8})\s?\(?(?P<issue>[^()]*?)\)?\s*\((?:pp?\.?\s*)"
        r"(?P<pages>[^()]+)\),?\s*(?P<date>.*\d{4}.*)$",
        # Journal of Pain. 14 (4) (no pagination), 2013. Article Number: 12.
        r"(?P<journal>.+?)\.\s+(?P<volume>\w{1,8})\s?\((?P<issue>[^()]*)\)\s*\(no pagination\),?\s*"
        r"(?P<date>.*\d{4}.*)$",
        # Psychology of Pain. Vol.38(2), Feb 2010, pp. 123-130.
        r"(?P<journal>.+?)\.\s+Vol\.?\s?(?P<volume>\w{1,8})(?:\((?P<issue>[^()]*)\))?,?\s*"
        r"(?P<date>[^,]*\d{4})(?:,\s*(?:pp?\.|ArtID)\s*(?P<pages>[^,.]+))?.*$",
        # Acta Biochimica Sinica August 2011;43(8):647-653
        rf"(?P<journal>.+?)\.?\s+(?P<date>(?:{_MONTH_WORD}\w*(?:[-/]\w+)?\s+)?(?:\d{{1,2}},?\s+)?(?:1[89]|20)\d\d)\s?;"
        r"\s?(?P<volume>\w{1,8})(?:\s?\((?P<issue>[^()]*)\))?\s?:\s?(?P<pages>[^;,]+)$",
        # Journal of Political Studies 12, Winter 2007: 7-14.
        r"(?P<journal>.+?),?\s+(?P<volume>\d{1,4})(?:\((?P<issue>[^()]*)\))?,?\s*"
        rf"(?P<date>(?:{_MONTH_WORD}\w*\s+)?(?:1[89]|20)\d\d)?:\s*(?P<pages>[^,;]+?)\.?$",
        # Official Gazette. 1288(3), Nov. 16, 2004.
        r"(?P<journal>.+?)\.\s+(?P<volume>\w{1,8})\s?\((?P<issue>[^()]*)\),\s*(?P<date>.*\d{4}.*)$",
    )
)
_ARTICLE_NUMBER = re.compile(r"Article Number: ?(\w+)", re.IGNORECASE)
_PUBLISHED = re.compile(r"Date of Publication: ?([^.;]+)", re.IGNORECASE)


class Source(NamedTuple):
    """What a source line says; None for what it does not say."""

    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    year: int | None = None
    month: int | None = None


def parse_source(text: str) -> Source:
    """The parts of an Ovid source line; at least the journal's name if the line has one."""
    text = " ".join(text.split())[:600]
    if not text:
        return Source()
    published = _PUBLISHED.search(text)
    article = _ARTICLE_NUMBER.search(text)
    for pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            said = match.groupdict()
            year, month = date((said.get("date") or "").strip(" .,"))
            if published:
                _, month = date(published.group(1).strip())
            found_pages = said.get("pages") or (article.group(1) if article else None)
            return Source(
                clean((said["journal"] or "").rstrip(" .,")),
                clean(said.get("volume")),
                clean(said.get("issue")),
                clean(found_pages),
                year,
                month,
            )
    year, month = date(text)
    journal = re.split(r"\.\s|;|,\s*(?:vol|Vol)", text)[0].rstrip(" .")
    return Source(clean(journal), None, None, article.group(1) if article else None, year, month)
