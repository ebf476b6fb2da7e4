"""Pages: full ranges, article numbers, and what Excel made of them."""

from __future__ import annotations

import re

from evergrove.formats.dates import MONTHS

_DASHES = re.compile(r"\s*(?:[-‐‑‒–—―−﹣－]|&ndash;|&#8211;)+\s*")
_RANGE = re.compile(r"(?P<start>[^\s,;-]+)-(?P<end>[^\s,;-]+)")
_SIMPLE = re.compile(r"(\d+)--?(\d+)$")
_PART = re.compile(r"^(?P<prefix>.*?)(?P<number>\d+)(?P<suffix>[A-Za-z]*)$")
_LABEL = re.compile(
    r"^(?:(?:pp?|pgs?|pages?|art(?:icle)?(?:\.| )?(?:no|num(?:ber)?)?|artn|unsp|article id)\b"
    r"[.:]?\s*)+",
    re.IGNORECASE,
)
_MONTH_WORD = r"(?P<month>[A-Za-zéûä]{3,5})\.?"
_DAY_MONTH = re.compile(rf"^(?P<number>\d{{1,2}})[-. /]{{1,2}}{_MONTH_WORD}$")
_MONTH_DAY = re.compile(rf"^{_MONTH_WORD}[-. /]{{1,2}}(?P<number>\d{{1,2}})$")
_FULL_DATE = re.compile(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[ T]\d{1,2}:\d\d.*)?$"
    r"|^\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4}$"
)
_COUNT = re.compile(r"^\d+(?:\s?(?:p|pp|pages|leaves)|\s(?:s|str|Seiten))\.?$", re.IGNORECASE)
_ROMAN = re.compile(r"^[ivxlcdm]+(?:\W+[ivxlcdm]+)?$", re.IGNORECASE)
_NOT_PAGES = {"-", "n/a", "na", "n.pag", "n.p.", "no pagination", "null", "none", "?", "unknown"}


def pages(text: str | None) -> str | None:
    """Pages with full end pages: "461--6" gives "461-466", "e12–5" gives "e12-e15".

    A range that a spreadsheet turned into a date is put back ("17-Oct" gives "10-17"); where more
    than one range could have become that date the answer is None.
    """
    if not text:
        return None
    if text.isascii() and text.isalnum() and text[-1].isdigit():
        return text
    match = _SIMPLE.match(text)
    if match:
        start, end = match.groups()
        full = start[: len(start) - len(end)] + end if len(end) < len(start) else end
        if len(full) > len(end) and full < start:
            full = end
        return start if start == full else f"{start}-{full}"
    text = " ".join(text.split())
    text = _LABEL.sub("", text).strip(" .,;:")
    if not _possible(text):
        return None
    dated = _DAY_MONTH.match(text) or _MONTH_DAY.match(text)
    if dated and dated["month"].lower().rstrip(".") in MONTHS:
        return undated(MONTHS[dated["month"].lower()], int(dated["number"]), text[0].isdigit())
    # Web of Science writes "123-+" where it does not know the last page.
    text = _DASHES.sub("-", text).removesuffix("-+").strip("-")
    return _RANGE.sub(lambda found: _joined(found["start"], found["end"]), text) or None


def _possible(text: str) -> bool:
    """Whether a text can be pages at all: not a date, a page count, an address, a sentence."""
    if not text or len(text) > 60 or text.lower() in _NOT_PAGES or _FULL_DATE.match(text):
        return False
    if _COUNT.match(text) or "://" in text or "@" in text:
        return False
    return any(character.isdigit() for character in text) or _ROMAN.match(text) is not None


def simple_range(start: str, end: str) -> str | None:
    """What `page_range` gives for two plain numbers; None for anything else."""
    if not (start.isdecimal() and end.isdecimal() and start.isascii() and end.isascii()):
        return None
    # A shorter end is abbreviated.
    return f"{start}-{end}" if len(start) <= len(end) and start != end else pages(f"{start}-{end}")


def page_range(start: str | None, end: str | None) -> str | None:
    """Pages from separate fields for the first and the last page."""
    start, end = (start or "").strip(), (end or "").strip()
    if not start or not end or start == end:
        return pages(start or end)
    if _DASHES.search(start):
        return pages(start)
    first, last = pages(start), pages(end)
    return pages(f"{first}-{last}") if first and last else first


def undated(month: int, number: int, day_first: bool) -> str | None:
    """The page range that became a date: the smaller number came first.

    Day-month needs both numbers ascending in one of the two orders a spreadsheet reads them in;
    month-number ("Oct-17") can only have come from 10-17, and "Dec-08" from nothing that ascends.
    """
    if day_first:
        return f"{min(month, number)}-{max(month, number)}" if number else None
    return f"{month}-{number}" if number >= month else None


def _joined(start: str, end: str) -> str:
    """A range with its end page in full."""
    first, last = _PART.match(start), _PART.match(end)
    if first is None or last is None:
        return f"{start}-{end}"
    digits, suffix = last["number"], last["suffix"]
    if last["prefix"]:
        # "e12-e15", "1428.e1-1428.e10": the end says its own prefix.
        return start if start == end else f"{start}-{end}"
    if len(digits) < len(first["number"]):
        digits = first["number"][: len(first["number"]) - len(digits)] + digits
        if int(digits) < int(first["number"]):
            return f"{start}-{end}"
    full = f"{first['prefix']}{digits}{suffix or first['suffix']}"
    return start if full == start else f"{start}-{full}"
