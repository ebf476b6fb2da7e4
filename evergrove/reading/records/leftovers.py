"""Every numeral that lies in no record: put down with its reason, or unclaimed."""

from __future__ import annotations

import re
from typing import Any

from evergrove.reading.document import Document

_DIGITS = re.compile(r"\d+")
# "\d\d*", not "\d+": where a pattern begins with one class, its first place is found faster.
_NUMERAL = re.compile(r"\d\d*(?:[.,·]\d+)*")


def _any(claimed: bytearray, start: int, end: int) -> bool:
    """Whether a byte of claimed[start:end] is set."""
    return claimed.find(1, start, end) >= 0


def numerals(text: str) -> list[list[Any]]:
    """Every numeral of a text as [start, end, surface]."""
    return [[*match.span(), match.group()] for match in _NUMERAL.finditer(text)]


def leftovers(document: Document, records: list[dict[str, Any]]) -> dict[str, Any]:
    """`not_outcome` and `unclaimed`: every numeral that lies in no record's span."""
    source, tokens = document.source, document.tokens
    claimed = bytearray(len(source.raw))
    for record in records:
        for start, end, _ in record["spans"].values():
            claimed[start:end] = b"\1" * (end - start)
    reasons: dict[int, str] = {}
    asides = [aside for host in document.views if host.asides for aside in host.asides]
    for view in [*document.views, *asides] if asides else document.views:
        for time in view.times:
            for k in range(time.first, min(time.last, len(tokens))):
                reasons[k] = "length of time" if time.kind == "duration" else "time"
        for count in view.q.counts:
            reasons[count.at] = "number of events" if count.noun == "events" else "number of people"
            if count.of is not None:
                reasons[count.of] = "number of people"
        for p in view.q.ps:
            for k in range(p.first, p.last):
                reasons[k] = "p value"
        reasons.update(view.q.rejected)
    not_outcome: list[list[Any]] = []
    for at in sorted(at for at in reasons if tokens[at].kind == "n"):
        token = tokens[at]
        start, end, printed = source.span(token.start, token.end)
        if not _any(claimed, start, end):
            claimed[start:end] = b"\1" * (end - start)
            not_outcome.append([start, end, printed, reasons[at]])
    names = [
        token
        for token in tokens
        if (
            not token.raw.isalpha()
            if token.kind == "w"
            else token.kind == "n" and token.mark is not None
        )
    ]
    for token in names:
        if token.kind == "n" or any(map(str.isdigit, token.raw)):
            span = source.span(token.start, token.end)
            if not _any(claimed, span[0], span[1]):
                claimed[span[0] : span[1]] = b"\1" * (span[1] - span[0])
                not_outcome.append([*span, "part of a name"])
    unclaimed: list[list[Any]] = []
    for match in _NUMERAL.finditer(source.raw):
        start, end = match.span()
        if claimed.find(0, start, end) < 0:
            continue  # all of it
        if not _any(claimed, start, end):
            unclaimed.append([start, end, match.group()])
            continue
        unclaimed.extend(
            [start + part.start(), start + part.end(), part.group()]
            for part in _DIGITS.finditer(match.group())
            if not _any(claimed, start + part.start(), start + part.end())
        )
    return {"not_outcome": sorted(not_outcome), "unclaimed": unclaimed}
