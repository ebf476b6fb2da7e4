"""RIS: cutting a file into records and tags, whatever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_uppercase, digits

from evergrove.formats.collapsed import LONG, LONG_BY_RIGHT, unfold_ris
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.ris_record import to_record
from evergrove.formats.ris_tags import FREE_TEXT, ONE_A_LINE

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


# How a line of a regular file begins, and the tag.
_LINE = re.compile(r"\n(..  - )")
_COLUMNS = {
    f"{first}{second}  - ": first + second
    for first in ascii_uppercase
    for second in ascii_uppercase + digits
}
_NUMBERING = " \t\n0123456789.)"


def read(text: str) -> list[Entry]:
    """Every record of a RIS file, in file order."""
    entries = _regular(text)
    return _irregular(text) if entries is None else entries


def _regular(text: str) -> list[Entry] | None:
    """The records of a file that keeps to the rule, in a third of the time; None for others.

    The rule: TY begins every record and ER ends it, each tag has a line of its own in the first
    two columns, and between the records there is nothing but a number.
    """
    begin = text.find("TY  - ")
    if begin < 0 or text[begin - 1 : begin] not in ("", "\n") or _ANY_TAG.search(text, 0, begin):
        return None
    entries: list[Entry] = []
    while begin < len(text):
        following = text.find("\nTY  - ", begin) + 1 or len(text)
        end = text.find("\nER  -", begin, following)
        behind = text[end + 6 : following]
        if end < 0 or behind[:2].strip() or behind.strip(_NUMBERING):
            return None
        tags = _gather_regular(text[begin:end])
        if tags is None:
            return None
        if tags:
            entries.append(Entry(begin, end + 6, to_record(tags)))
        begin = following
    return entries


def _gather_regular(chunk: str) -> RawTags | None:
    """The tags of one record; None if it holds another TY or ER, or several tags on a line."""
    chunk = chunk.rstrip()
    # Pieces: the line of TY, then a tag and its value in turn. One pass a step: this is the
    # innermost loop of all, and it costs half as much as one pass for everything.
    first, *pieces = _LINE.split(chunk)
    names = list(map(_COLUMNS.get, pieces[::2]))
    if None in names or chunk.count("\n") != len(names) or chunk.count("  - ") != len(names) + 1:
        return _gather_folded(chunk)
    kind = first[6:].strip()
    tags: RawTags = {"TY": [kind]} if kind else {}
    if len(kind) >= LONG:
        return None
    for tag, value in zip(names, map(str.strip, pieces[1::2]), strict=True):
        if not value:
            continue
        if len(value) >= LONG and tag not in LONG_BY_RIGHT and unfold_ris(value) is not value:
            return None
        if tag in tags:
            tags[tag].append(value)
        else:
            tags[tag] = [value]
    return tags


def _gather_folded(chunk: str) -> RawTags | None:
    if _MARK.search(chunk, 1) or unfold_ris(chunk) is not chunk:
        return None
    return gather(_PAIRS[True].findall(chunk))


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
    if "\n" in value:
        if tag in ONE_A_LINE:
            values = [" ".join(line.split()) for line in value.split("\n")]
        elif tag == "N1":
            # A note a line: what one begins with ("doi: …") counts.
            values = [
                "\n".join(" ".join(line.split()) for line in value.split("\n") if line.strip())
            ]
        else:
            values = [" ".join(value.split())]
    else:
        values = [value.strip()]
    for value in values:
        if value:
            if tag in tags:
                tags[tag].append(value)
            else:
                tags[tag] = [value]


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
