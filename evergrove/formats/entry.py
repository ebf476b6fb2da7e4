"""What a reader of a format hands back for every citation that it finds in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evergrove.records import Record

RawTags = dict[str, list[str]]


class Entry(NamedTuple):
    """One citation of a file: a record, or the reason why it could not be read.

    `start` and `end` are places in the decoded text of the file (code points, half-open).
    """

    start: int
    end: int
    record: Record | None
    problem: str | None = None


def gather(pairs: Iterable[tuple[str, str]]) -> RawTags:
    """Tags and values in file order as {tag: [values]}; values on one line, empty ones left out."""
    tags: RawTags = {}
    for tag, value in pairs:
        if "\n" in value:
            # MEDLINE's wraps are six spaces deep; the general way costs five times as much.
            value = value.replace("\n      ", " ")
            if "\n" in value or "  " in value:
                value = " ".join(value.split())
        value = value.strip()
        if value:
            if tag in tags:
                tags[tag].append(value)
            else:
                tags[tag] = [value]
    return tags
