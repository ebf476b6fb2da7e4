"""Stage parse_citations: exports of any supported format in, citation records and rejects out.

Records plus rejects are always the citations that the files hold; nothing is left out silently.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from evergrove.errors import EvergroveError
from evergrove.formats import read_entries
from evergrove.records import FIELDS, REJECT_FIELDS, Record, says_nothing

RECORD_FIELDS = ("record_id", *FIELDS)
SEARCH_LOG_FIELDS = ("source_file", "source_format", "sha256", "n_records", "n_rejects")
__all__ = [
    "RECORD_FIELDS",
    "REJECT_FIELDS",
    "SEARCH_LOG_FIELDS",
    "Parsed",
    "ParsedFile",
    "parse_citations",
    "parse_file",
]
# A reject shows enough to find it again; the export itself is kept as it came.
_TEXT_LIMIT = 2000


class ParsedFile(NamedTuple):
    """What one file holds: records (keys of `FIELDS`) and rejects (keys of `REJECT_FIELDS`)."""

    source_format: str
    records: list[Record]
    rejects: list[dict[str, object]]


class Parsed(NamedTuple):
    """What all files hold; records begin with `record_id`, the log has `SEARCH_LOG_FIELDS`."""

    records: list[Record]
    rejects: list[dict[str, object]]
    search_log: list[dict[str, object]]


def parse_file(name: str, data: bytes) -> ParsedFile:
    """All citations of one file, whose format is found from its bytes.

    `record_index` counts records and rejects together, from 0, in file order. Raises
    EvergroveError if the file holds no citation at all.
    """
    with _no_cycle_search():
        return _parse(name, data)


def _parse(name: str, data: bytes) -> ParsedFile:
    try:
        decoded, source_format, entries = read_entries(data)
    except EvergroveError as error:
        raise EvergroveError(
            error.problem, file=name, place=error.place, value=error.value, remedy=error.remedy
        ) from None
    records: list[Record] = []
    rejects: list[dict[str, object]] = []
    text, counted, line = "", 0, 1
    for index, (start, end, record, problem) in enumerate(entries):
        if record is not None and says_nothing(record):
            record, problem = None, "no title, DOI, PMID, author or journal"
        if record is None:
            text = text or decoded()
            line += text.count("\n", counted, start)
            counted = start
            rejects.append(
                {
                    "source_file": name,
                    "record_index": index,
                    "line": line,
                    "reason": problem,
                    "text": _shown(text[start:end]),
                }
            )
            continue
        record["source_file"] = name
        record["source_format"] = source_format
        record["record_index"] = index
        records.append(record)
    return ParsedFile(source_format, records, rejects)


def parse_citations(files: Iterable[tuple[str, bytes]]) -> Parsed:
    """All citations of all files, in the order given.

    Raises EvergroveError, with the file's name, for a file without any citation.
    """
    import hashlib  # The command line has no use for it, and does not wait for it.

    parsed = Parsed([], [], [])
    for name, data in files:
        one = parse_file(name, data)
        parsed.records.extend(
            {"record_id": f"{name}#{record['record_index']}", **record} for record in one.records
        )
        parsed.rejects.extend(one.rejects)
        parsed.search_log.append(
            {
                "source_file": name,
                "source_format": one.source_format,
                "sha256": hashlib.sha256(data).hexdigest(),
                "n_records": len(one.records),
                "n_rejects": len(one.rejects),
            }
        )
    return parsed


@contextmanager
def _no_cycle_search() -> Iterator[None]:
    """Reading makes hundreds of thousands of small lists, none of them in a cycle: to look for
    cycles again and again would cost as much time as the reading itself."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():
                # Makes all that was read old at once; else it would all be looked through now.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _TEXT_LIMIT else f"{text[:_TEXT_LIMIT]}…"
