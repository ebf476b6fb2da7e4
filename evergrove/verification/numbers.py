"""The numbers of an abstract: where they stand, and what each can be read as for a field.

Places are 0-based, half-open and count code points, as in the extraction files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evergrove import printed_numbers
from evergrove.errors import EvergroveError
from evergrove.extraction_files import says
from evergrove.extraction_rules import SIDES, SUMMARY_FIELDS, as_printed

FIELDS = (
    "timepoint.label", "timepoint.days", "n_enrolled", "n_analysed",
    *(f"{side}.{name}" for side in SIDES for name in SUMMARY_FIELDS),
    "p", "correlation", "test.statistic",
)  # fmt: skip
WHOLE = ("timepoint.days", "n_enrolled", "n_analysed")
TEXTS = ("timepoint.label", "p")

Place = tuple[int, int]

_NUMERAL = re.compile(r"\d+(?:[.,·]\d+)*")
_DIGITS = re.compile(r"\d+")
_UNIT = re.compile(r"[ -]?[A-Za-z]+")
_TYPED = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")


@dataclass(frozen=True)
class Number:
    """One number of a text, and what the program took it for, in words (empty: for nothing)."""

    start: int
    end: int
    why: str


def numbers_of(text: str, line: Mapping[str, Any] | None) -> list[Number]:
    """Every number of the text, in its order, none of them overlapping.

    `line` is the text's line of candidates.jsonl, whose numerals in words count too.
    """
    found: list[Number] = []
    taken = bytearray(len(text))
    for start, end, why in sorted(_read(line)):
        if end <= len(text) and not any(taken[start:end]) and _is_number(text[start:end]):
            found.append(Number(start, end, why))
            taken[start:end] = b"\1" * (end - start)
    for match in _NUMERAL.finditer(text):
        if not any(taken[match.start() : match.end()]):
            found.append(Number(match.start(), match.end(), ""))
            continue
        for part in _DIGITS.finditer(text, match.start(), match.end()):
            if not any(taken[part.start() : part.end()]):
                found.append(Number(part.start(), part.end(), ""))
    return sorted(found, key=lambda number: number.start)


def _read(line: Mapping[str, Any] | None) -> Iterable[tuple[int, int, str]]:
    if line is None:
        return
    for record in line["records"]:
        for start, end, _ in record["spans"].values():
            yield start, end, f"read as {record['measure']}"
    for start, end, *_, reason in line["not_outcome"]:
        yield start, end, str(reason)


def _is_number(surface: str) -> bool:
    return bool(printed_numbers.numbers(surface))


def read_at(text: str, start: int, end: int, field: str) -> tuple[str, Place]:
    """The value that a field has if a person marks these characters, and its place.

    The place of a time takes in the unit behind its number. Raises EvergroveError where the
    characters cannot be read as such a value.
    """
    start, end = _trimmed(text, start, end)
    surface = text[start:end]
    if field == "timepoint.label":
        unit = _UNIT.match(text, end)
        end = unit.end() if unit and printed_numbers.days(surface + unit[0]) else end
        return " ".join(text[start:end].split()), (start, end)
    if field == "timepoint.days":
        days = printed_numbers.days(surface) or printed_numbers.days_at(text, start, end)
        if days:
            return str(min(days)), (start, end)
    elif field == "p":
        parsed = printed_numbers.p_value(surface)
        if parsed is not None:
            sign, number = parsed
            if sign == "=":
                before = text[max(0, start - 6) : start]
                sign = next((mark for mark in "<>" if mark in before), "=")
            return ("" if sign == "=" else sign) + as_printed(number), (start, end)
        if surface.casefold() in ("ns", "n.s."):
            return surface, (start, end)
    else:
        counted = printed_numbers.counts(surface)
        found = counted if field in WHOLE else printed_numbers.numbers(surface)
        if field in WHOLE:
            found = {number for number in found if number == int(number)}
        if found:
            # "1,234" is a thousand in English; the other reading can be typed.
            value = max(found)
            return str(int(value)) if field in WHOLE else as_printed(value), (start, end)
    raise EvergroveError(
        f"cannot be read as {field}", value=surface, remedy="Mark its characters only."
    )


def _trimmed(text: str, start: int, end: int) -> Place:
    if not 0 <= start < end <= len(text):
        raise EvergroveError("not a place in the text", value=f"{start}, {end}")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise EvergroveError("nothing is marked", remedy="Mark a number or words.")
    return start, end


def places_of(text: str, numbers: Sequence[Number], field: str, value: str) -> list[Place]:
    """Every place in the text that says this value of the field, in the order of the text."""
    if field == "timepoint.label":
        pattern = r"\s+".join(re.escape(word) for word in value.split())
        found = re.finditer(pattern, text, re.IGNORECASE) if pattern else ()
        return [(match.start(), match.end()) for match in found]
    if field == "p":
        typed: object = value
    else:
        typed = typed_number(value, field)
        typed = int(typed) if field in WHOLE else typed
    return [(n.start, n.end) for n in numbers if says(text, n.start, n.end, field, typed)]


def typed_number(value: object, field: str) -> Decimal:
    """The number that a person typed for the field, with its digits."""
    plain = str(value).strip().replace("\u2212", "-").replace(",", ".").removeprefix("+")
    if len(plain) > 40 or not _TYPED.fullmatch(plain):
        raise EvergroveError(
            "not a number", place=field, value=str(value), remedy="Type it as printed, such as 7.8."
        )
    number = Decimal(plain.rstrip(".") if plain.endswith(".") else plain)
    if field in WHOLE and number != int(number):
        raise EvergroveError("not a whole number", place=field, value=str(value))
    return Decimal(int(number)) if field in WHOLE else number


def printed_at(text: str, place: Place, field: str, value: Decimal) -> Decimal:
    """The value with the digits that it is printed with there; its sign is the value's.

    Raises EvergroveError where the place says another number: nothing is verbatim but its quote.
    """
    surface = text[place[0] : place[1]]
    found = printed_numbers.counts(surface) if field.startswith("n_") else set()
    for number in sorted(found | printed_numbers.numbers(surface)):
        if number == value or (field.startswith("change.") and abs(number) == abs(value)):
            return abs(number) if value >= 0 else -abs(number)
    raise EvergroveError(
        f"the text there is not {value}",
        place=field,
        value=surface,
        remedy="Mark the number's own place, or save the value as derived.",
    )
