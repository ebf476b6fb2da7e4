"""RIS: cutting a file into records and tags, whatever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from sys import intern

from evergrove.formats.collapsed import LONG, LONG_BY_RIGHT, unfold_ris
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.pieces import batches, pieces_of_text
from evergrove.formats.ris_record import to_record
from evergrove.formats.ris_tags import FREE_TEXT, ONE_A_LINE
from evergrove.formats.text import is_single_spaced

# Two spaces and a dash are the rule; a file whose TY has fewer is read with fewer.
_STRICT = r"[A-Z][A-Z0-9]  -(?:[ \t]|$)"
_LOOSE = r"[ \t]*(?:[A-Z][A-Z0-9]|PMID)[ \t]{0,3}-(?:[ \t]|$)"
_PAIRS = {
    True: re.compile(rf"^([A-Z][A-Z0-9])  -[ \t]*(.*(?:\n(?!{_STRICT}).*)*)", re.MULTILINE),
    False: re.compile(
        rf"^[ \t]*([A-Z][A-Z0-9]|PMID)[ \t]{{0,3}}-(?:[ \t]+|$)(.*(?:\n(?!{_LOOSE}).*)*)",
        re.MULTILINE,
    ),
}
# A type with fewer spaces counts only with a type behind it: "TY - turnover yield" is text.
_MARK = re.compile(
    r"^(?:(TY|ER)  -(?:[ \t](.*)|$)|[ \t]*(TY)[ \t]{0,3}-[ \t]*[A-Z]{3,8}[ \t]*$"
    r"|[ \t]*(ER)[ \t]{0,3}-[ \t]*$)",
    re.MULTILINE,
)
_STRICT_TAG = re.compile(r"^(?:TY|[A-Z][A-Z0-9])  -(?:[ \t]|$)", re.MULTILINE)
_ANY_TAG = re.compile(rf"^{_LOOSE}", re.MULTILINE)
_NEXT_TYPE = re.compile(r"\s*(?:\d+\s*[.)]\s*)?(?:[ \t]*TY[ \t]{0,3}-|\Z)")
_NAMED = re.compile(r"^[ \t]*(?:TI|T1|AU|A1|DO|JO|JF|T2)[ \t]{0,3}-[ \t]*\S", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n(?=[ \t]*[A-Z][A-Z0-9][ \t]{0,3}-(?:[ \t]|\n))")
# Rayyan glues a tag to the value before it: "10.1000/x     LK  - https://…".
_GLUED = re.compile(r"[ \t]*(?<![A-Z0-9])([A-Z][A-Z0-9])  - (?=\S)")
_GLUED_TIGHT = re.compile(r"(?<=\S)(LK|UR|U\d|L\d|DO|DB|AN|ID)  - (?=\S)")


# How a record of a regular file begins and ends, and how its lines begin.
MARK = "TY  - "
_END = "\nER  -"
_NUMBERING = " \t\n0123456789.)"
_DASH = "  - "
_TAG = re.compile(r"\n(?!ER)([A-Z][A-Z0-9])  - ")
# How a line begins that the general way might take for a tag.
_SUSPECT = re.compile(r"\n[ \t]*+(?:[A-Z][A-Z0-9]|PMID)[ \t]{0,3}-")
_PROSE = FREE_TEXT & LONG_BY_RIGHT
# A line with such a value is LONG.
_LONG_VALUE = LONG - len("TY  - ")


def read(text: str) -> list[Entry]:
    """Every record of a RIS file, in file order."""
    return read_pieces(pieces_of_text(text, MARK)) or _irregular(text)


def read_pieces(pieces: Iterator[str]) -> list[Entry] | None:
    """The records of a file that was cut at `MARK`, in a third of the time of the general way.

    TY at the head of a line always begins a record, so that each piece can be read by itself: one
    that keeps to the rule (every tag on a line of its own, in the first two columns, and nothing
    but a number behind ER) at once, another the general way. None where something stands before
    the first TY that could be a record, or there is no TY.
    """
    entries: list[Entry] = []
    begin = 0
    for some in batches(pieces):
        if not begin and not some[0].startswith(MARK):
            before = some.pop(0)
            if MARK in before or _ANY_TAG.search(before):
                return None
            begin = len(before)
        for piece, tags in zip(some, list(map(_gather_regular, some)), strict=True):
            if tags is None:
                for start, end, record, _problem in _irregular(piece):
                    entries.append(Entry(begin + start, begin + end, record))
            elif tags:
                entries.append(Entry(begin, begin + len(piece), to_record(tags)))
            begin += len(piece)
    return entries


def _gather_regular(piece: str) -> RawTags | None:
    """The tags of one record, from TY up to ER and what stands behind it.

    None if it has to be read the general way: where a line might hold several tags, or one that
    is out of its columns, or where more than a number stands behind ER.
    """
    # The type, then a tag and its value in turn. This is the innermost loop of all.
    parts = _TAG.split(piece)
    last, end, behind = parts[-1].rpartition(_END)
    if not end or behind[:2].strip() or behind.strip(_NUMBERING):
        return None
    parts[-1] = last.rstrip()
    parts[0] = parts[0][len(MARK) :]
    tags: RawTags = {}
    pairs = iter(("TY", *parts))
    for tag, printed in zip(pairs, pairs, strict=True):
        value = printed.strip()
        if value:
            if "\n" in printed:
                values = _folded(tag, printed)
                if values is None:
                    return None
                tags[tag] = tags.get(tag, []) + values
                continue
            if len(value) < _LONG_VALUE:
                if _DASH in value and tag not in FREE_TEXT:
                    return None
            elif tag not in _PROSE and _may_hold_tags(tag, value):
                return None
            if tag in tags:
                tags[tag].append(value)
            else:
                tags[intern(tag)] = [value]
    return tags


def _may_hold_tags(tag: str, value: str) -> bool:
    """Whether a long value may hold tags."""
    if tag not in FREE_TEXT and _DASH in value:
        return True
    return tag not in LONG_BY_RIGHT and _is_collapsed(tag, value)


def _folded(tag: str, value: str) -> list[str] | None:
    """The values that several lines of one tag hold; None where they may hold other tags."""
    if _SUSPECT.search(value) or (tag not in FREE_TEXT and _DASH in value):
        return None
    lines = value.split("\n")
    if max(map(len, lines)) >= _LONG_VALUE and _is_collapsed(tag, value):
        return None
    return _values(tag, lines)


def _values(tag: str, lines: Iterable[str]) -> list[str]:
    """The values of one tag that has several lines."""
    lines = list(filter(None, map(str.strip, lines)))
    text = " ".join(lines)
    if not is_single_spaced(text):
        lines = [" ".join(line.split()) for line in lines]
        text = " ".join(lines)
    if tag in ONE_A_LINE or not lines:
        return lines
    # A note a line: what one begins with ("doi: …") counts.
    return ["\n".join(lines) if tag == "N1" else text]


def _is_collapsed(tag: str, value: str) -> bool:
    lines = f"{tag}{_DASH}{value}"
    return unfold_ris(lines) is not lines


def _irregular(text: str) -> list[Entry]:
    text = unfold_ris(text)
    entries = []
    for start, end in record_spans(text):
        pattern = _PAIRS[_STRICT_TAG.search(text, start, end) is not None]
        tags = gather(pattern.findall(text, start, end))
        if tags:
            entries.append(Entry(start, end, to_record(tags)))
    return entries


def gather(pairs: list[tuple[str, str]]) -> RawTags:
    """RIS tags as {tag: [values]}; ER is left out, empty values too."""
    tags: RawTags = {}
    for tag, value in pairs:
        if tag == "ER":
            continue
        if "  - " in value and tag not in FREE_TEXT:
            for extra, part in _unglued(tag, value):
                _add(tags, extra, part)
        else:
            _add(tags, tag, value)
    return tags


def _add(tags: RawTags, tag: str, value: str) -> None:
    values = _values(tag, value.split("\n")) if "\n" in value else [value.strip()]
    for value in filter(None, values):
        tags.setdefault(tag, []).append(value)


def _unglued(tag: str, value: str) -> Iterator[tuple[str, str]]:
    done = 0
    pattern = _GLUED if _GLUED.search(value) else _GLUED_TIGHT
    for match in pattern.finditer(value):
        yield tag, value[done : match.start()]
        tag, done = match.group(1), match.end()
    yield tag, value[done:]


def record_spans(text: str) -> list[tuple[int, int]]:
    """Where the records stand.

    ER ends a record and TY begins one, also where the other is missing. An ER that is followed by
    text is a line of an abstract. Tags between ER and TY belong to the record before, unless they
    name a title, an author or a journal: then TY was left out. Without any TY and ER, blank lines
    part the records.
    """
    spans: list[tuple[int, int]] = []
    begin: int | None = None
    done = 0
    mark = None
    for mark in _MARK.finditer(text):
        if "TY" in (mark.group(1), mark.group(3)):
            if begin is not None:
                spans.append((begin, mark.start()))
            else:
                _between(text, done, mark.start(), spans)
            begin = mark.start()
        elif not (mark.group(2) or "").strip() or _NEXT_TYPE.match(text, mark.end()):
            if begin is not None:
                spans.append((begin, mark.end()))
            else:
                _between(text, done, mark.end(), spans)
            begin, done = None, mark.end()
    if mark is None:
        cuts = [0, *(match.end() for match in _BLANK.finditer(text)), len(text)]
        for start, end in pairwise(cuts):
            if _NAMED.search(text, start, end):
                spans.append((start, end))
            elif spans:
                spans[-1] = (spans[-1][0], end)
    elif begin is not None:
        spans.append((begin, len(text)))
    else:
        _between(text, done, len(text), spans)
    return spans


def _between(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Tags outside of TY and ER: strays of the record before, or a record of their own."""
    if not _NAMED.search(text, start, end):
        if spans and _ANY_TAG.search(text, start, end):
            spans[-1] = (spans[-1][0], end)
        return
    blank = _BLANK.search(text, start, end)
    if blank and not _NAMED.search(text, start, blank.start()):
        _between(text, start, blank.end(), spans)
        start = blank.end()
    spans.append((start, end))
