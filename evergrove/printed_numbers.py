"""What a piece of printed text can be read as: numbers, p values, times. For checking, not finding.

A place in a text is right if its characters can be read as the stored value. Several readings may
be open ("1,234" is a thousand or a bit more than one): all of them are given.
"""

from __future__ import annotations

import re
from decimal import Decimal

DAYS_PER_UNIT = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
}
_UNIT_WORDS = {
    "h": "hour", "hr": "hour", "hrs": "hour", "d": "day", "wk": "week", "wks": "week", "w": "week",
    "mo": "month", "mos": "month", "mth": "month", "mths": "month", "y": "year", "yr": "year",
    "yrs": "year",
}  # fmt: skip
_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_WORDS = _ONES | _TENS
_MINUS = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d"), "-")
_POINT = dict.fromkeys(map(ord, "\u00b7\u2219\u22c5\u0387\u2027"), ".")
_SPACE = dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u2007\u2002\u2003\u200a\t\r\n"), " ")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[-+]? ?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
_COUNT_LABEL = re.compile(r"(?:n|no\.?|number)\s*(?:=|of|:)?\s*", re.IGNORECASE)
_TIME = re.compile(r"(?P<number>.+?)[ -]?(?P<unit>[a-z]+)\.?")
_VISIT = re.compile(r"(?P<unit>[a-z]+)[ -]?(?P<number>\d+(?:\.\d+)?)")
# The unit of a list stands behind its last number: "4, 8 and 12 weeks".
_UNIT_AFTER = re.compile(
    r"(?:-?\s*(?:,\s*(?:and|or)\b|,|and\b|or\b|to\b|[\u2013&/-])\s*\d+(?:\.\d+)?)*[\s-]*(?P<unit>[A-Za-z]+)"
)
_UNIT_BEFORE = re.compile(r"(?P<unit>\b[A-Za-z]+)[ -]?$")
_P = re.compile(
    r"(?:p(?:[- ]?values?)?)?\s*(?P<op>[<>=≤≥]|&lt;|&gt;)?\s*(?P<number>.+)", re.IGNORECASE
)


def numbers(surface: str) -> set[Decimal]:
    """Every number that the text as a whole can be read as; empty if it is no number."""
    text = _plain(surface)
    found = set()
    if _PLAIN.fullmatch(text):
        found.add(Decimal(text.replace(" ", "").replace(",", ".")))
    if _GROUPED.fullmatch(text):
        found.add(Decimal(re.sub("[, ]", "", text)))
    worded = _worded(text)
    if worded is not None:
        found.add(Decimal(worded))
    return found


def with_printed_digits(value: float, surface: str | None) -> Decimal:
    """`value` with the digits that the text has for it (9 printed as "9.0" is 9.0)."""
    for number in sorted(numbers(surface or "")):
        if abs(float(number)) == abs(float(value)):
            return number.copy_sign(Decimal(repr(value)))
    return Decimal(repr(value))


def counts(surface: str) -> set[Decimal]:
    """Numbers of people: as `numbers`, also with a label ("n = 27")."""
    return numbers(surface) | numbers(_COUNT_LABEL.sub("", surface.strip(), count=1))


def p_value(surface: str) -> tuple[str, Decimal] | None:
    """Sign ("=", "<" or ">") and number of a p value: "p<0.001" is ("<", 0.001).

    The sign is "=" where none is printed. Not a p value: None.
    """
    match = _P.fullmatch(_plain(surface))
    values = numbers(match["number"]) if match else set()
    if not values:
        return None
    sign = {"≤": "<", "≥": ">", "&lt;": "<", "&gt;": ">", None: "="}.get(match["op"], match["op"])
    return sign, min(values)


def days(surface: str) -> set[int]:
    """Days that a printed time can mean: "3 months" and "month 3" are 91.

    A month has 30.4375 days, a year 365.25.
    """
    plain = _plain(surface).casefold()
    found: set[int] = set()
    for pattern in (_TIME, _VISIT):
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        unit = match["unit"]
        unit = _UNIT_WORDS.get(unit, unit if unit in DAYS_PER_UNIT else unit.removesuffix("s"))
        if unit in DAYS_PER_UNIT:
            found |= {round(n * DAYS_PER_UNIT[unit]) for n in numbers(match["number"])}
    return found


def days_at(text: str, start: int, end: int) -> set[int]:
    """Days that the characters there can mean, also where their unit stands beside them.

    "4" in "4 weeks", in "week 4", and in "at 4 and 8 weeks" is 28.
    """
    surface = text[start:end]
    found = days(surface)
    after = _UNIT_AFTER.match(text, end)
    if after:
        found |= days(f"{surface} {after['unit']}")
    before = _UNIT_BEFORE.search(text, max(0, start - 12), start)
    if before:
        found |= days(f"{before['unit']} {surface}")
    return found


def same_words(surface: str, stored: str) -> bool:
    """Whether two texts are the same but for case and white space."""
    return _plain(surface).casefold() == _plain(stored).casefold()


def _plain(text: str) -> str:
    return " ".join(text.translate(_MINUS | _POINT | _SPACE).split())


def _worded(text: str) -> int | None:
    """A number below a million in English words: "two hundred and forty-three" is 243."""
    words = [word for word in re.split(r"[ -]+", text.casefold()) if word != "and"]
    if not words:
        return None
    total = current = 0
    for word in words:
        if word in _WORDS:
            current += _WORDS[word]
        elif word == "hundred" and current:
            current *= 100
        elif word == "thousand" and current:
            total, current = total + 1000 * current, 0
        else:
            return None
    return total + current
