"""Year and month out of the dates that exports write."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = {
    # English, German, French, Spanish, Italian, Portuguese, Dutch
    1: "jan january januar janvier janv enero ene gennaio gen janeiro januari",
    2: "feb february februar février févr fevrier fev febrero febbraio fevereiro februari",
    3: "mar march mär märz mrz mars marzo março maart mrt",
    4: "apr april avril avr abril abr aprile",
    5: "may mai mayo maggio mag maio mei",
    6: "jun june juni juin junio giugno giu junho",
    7: "jul july juli juillet juil julio luglio lug julho",
    8: "aug august août aout agosto ago augustus",
    9: "sep sept september septembre septiembre settembre set setembro",
    10: "oct october okt oktober octobre octubre ottobre ott outubro out",
    11: "nov november novembre noviembre novembro",
    12: "dec december dez dezember décembre déc diciembre dic dicembre dezembro december",
}
MONTHS = {name: month for month, names in _NAMES.items() for name in names.split()}
_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})?(?:[-/.].*)?)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(?:\d{2})?$")
_SPACED = re.compile(r"^(\d{4}) ([A-Za-z]{3})\b")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_STAMP = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[-/.](?:1[5-9]\d\d|20\d\d)(?!\d)")
_TRIPLE = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](?:1[5-9]\d\d|20\d\d)(?!\d)")


@lru_cache(maxsize=8192)
def date(text: str | None) -> tuple[int | None, int | None]:
    """(year, month) of a date; the first of a range; None for what is not said.

    Seasons and quarters are no months. A date such as 03/04/2013, which could be March or April,
    gives no month.
    """
    if not text:
        return None, None
    text = text.strip()
    match = _SPACED.match(text)
    if match and match.group(2).lower() in MONTHS:
        return plausible(int(match.group(1))), MONTHS[match.group(2).lower()]
    match = _ISO.match(text) or _COMPACT.match(text)
    if match:
        year = plausible(int(match.group(1)))
        number = int(match.group(2) or 0)
        if year is not None:
            month = number if 1 <= number <= 12 else _month_word(text)
            return year, month
    match = _YEAR.search(text)
    if match is None:
        match = _STAMP.search(text)
        return (int(match.group(1)), int(match.group(2))) if match else (None, month_of(text))
    return int(match.group(1)), _month_word(text) or _month_number(text)


def month_of(text: str | None) -> int | None:
    """The month in a field for the month alone: "9", "09", "sep", "Sep-Oct", "MAR 1"."""
    if not text:
        return None
    text = text.strip()
    if text.isdecimal():
        return int(text) if len(text) < 3 and 1 <= int(text) <= 12 else None
    return _month_word(text)


def plausible(year: int) -> int | None:
    """The year, or None for what no report can have been published in."""
    return year if 1500 <= year <= 2099 else None


def _month_word(text: str) -> int | None:
    for word in _WORD.findall(text.lower()):
        if word in MONTHS:
            return MONTHS[word]
    return None


def _month_number(text: str) -> int | None:
    match = _TRIPLE.search(text)
    if match:
        first, second = int(match.group(1)), int(match.group(2))
        if first == second or second > 12 >= first:
            return first if 1 <= first <= 12 else None
        return second if first > 12 >= second >= 1 else None
    match = _MONTH_YEAR.search(text)
    if match and 1 <= int(match.group(1)) <= 12:
        return int(match.group(1))
    return None
