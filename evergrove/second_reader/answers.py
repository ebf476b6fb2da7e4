"""What of a second reader's answer can be believed: numbers that stand where it says they do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evergrove import printed_numbers
from evergrove.second_reader.prompt import FIELDS, STATS

Span = tuple[int, int]

_NUMERAL = re.compile(r"[-\u2212\u2013+]?(?:\d[\d.,\u00b7]*\d|\d)")
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """One record of an answer. `values` holds what was found in the text: field -> (value, span).

    `dropped` names what was not: (field, value, reason), the reason one of `not_a_number`,
    `quote_not_in_text`, `value_not_in_quote`, `place_not_unique`, `field_twice`.
    """

    measure: str
    arm: str
    stat: str
    timepoint: str
    values: dict[str, tuple[float, Span]] = field(default_factory=dict)
    dropped: tuple[tuple[str, str, str], ...] = ()


def read_answer(content: str, text: str) -> list[Item] | None:
    """The records of a model's answer about `text`; None if it is not of the form asked for.

    Spans are half-open code points of `text`; each value parses from its span. What cannot be
    placed is dropped, never guessed.
    """
    fenced = _FENCED.match(content)
    try:
        answer = json.loads(fenced[1] if fenced else content, parse_constant=_refuse)
        return [_item(record, text) for record in answer["records"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _refuse(name: str) -> float:
    raise ValueError(name)


def _item(record: Mapping[str, Any], text: str) -> Item:
    if record["stat"] not in STATS:
        raise ValueError(record["stat"])
    values: dict[str, tuple[float, Span]] = {}
    dropped: list[tuple[str, str, str]] = []
    for given in record["values"]:
        name, value, quote = (str(given[key]) for key in ("field", "value", "quote"))
        if name not in FIELDS:
            raise ValueError(name)
        found = place(value, quote, text)
        if name in values:
            dropped.append((name, value, "field_twice"))
        elif isinstance(found, str):
            dropped.append((name, value, found))
        else:
            values[name] = found
    named = (str(record[key]).strip() for key in ("measure", "arm", "stat", "timepoint"))
    return Item(*named, values, tuple(dropped))


def place(value: str, quote: str, text: str) -> tuple[float, Span] | str:
    """(number, span) of a value in the quoted passage of `text`, or why there is none.

    A sign may be carried by a word ("fell by 2.1"), so that the text may print the number
    without it; the printed number keeps the value's sign.
    """
    wanted = _number(value)
    if wanted is None:
        return "not_a_number"
    if not quote.strip() or quote not in text:
        return "quote_not_in_text"
    spans = {
        (at + start, at + end)
        for at in _occurrences(quote, text)
        for start, end in _numerals(quote, text, at)
        if wanted in {abs(n) for n in printed_numbers.numbers(text[at + start : at + end])}
    }
    if not spans:
        return "value_not_in_quote"
    if len(spans) > 1:
        return "place_not_unique"
    negative = value.strip()[:1] in "-\u2212\u2013"
    return float(-wanted if negative else wanted), spans.pop()


def _number(value: str) -> Decimal | None:
    found = {abs(number) for number in printed_numbers.numbers(value.strip().lstrip("<>=≤≥ "))}
    return found.pop() if len(found) == 1 else None


def _occurrences(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _numerals(quote: str, text: str, at: int) -> Iterator[Span]:
    """Whole numerals of the text within the quote, without a sign; a cut one ("1.5" of "11.5",
    "3" of "3.5") is none."""
    for match in _NUMERAL.finditer(quote):
        start, end = match.span()
        start += match[0][0] in "-\u2212\u2013+"
        before = text[max(at + start - 2, 0) : at + start]
        behind = text[at + end : at + end + 2]
        if re.search(r"\d$|\d[.,\u00b7]$", before) or re.match(r"\d|[.,\u00b7]\d", behind):
            continue
        yield start, end
