"""BibTeX and BibLaTeX: a tolerant reader of entries and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evergrove.formats.bibtex_head import ENTRY, SAME_LINE
from evergrove.formats.bibtex_record import to_record
from evergrove.formats.entry import Entry, RawTags

# What begins a field: names may hold spaces and hyphens ("funding_text 1", "Article-Number").
_BETWEEN = re.compile(r"[\s,]*")
_FIELD = re.compile(r"([A-Za-z][\w:./+ -]{0,60}?)\s*=\s*")
_KEY = re.compile(r"\s*([^,={}\"\n]{0,200}?)\s*(?:,|(?=\n)|$)")
_BARE = re.compile(r"[^\s,#{}\")]+")
_SIGNS = re.compile(r"[\\{}]")
_QUOTED_SIGNS = re.compile(r"[\\{}\"]")
_END = re.compile(r"\s*[)}]")
_RUBBISH = re.compile(r"[^,\n}]*[,\n]")
_JOINED = re.compile(r"\s*#\s*")
_NEXT_FIELD = re.compile(r"\n[ \t]*[A-Za-z][\w -]{0,40}\s*=\s*[{\"\d]")
# Of strings that are put together of strings, each twice as long, a few lines fill any memory.
_LONGEST_STRING = 10_000
# BibLaTeX's @set and @xdata name other entries, or lend them fields; @control is for LaTeX.
_NO_RECORD = {"comment", "preamble", "string", "set", "xdata", "control"}
_MONTHS = {
    name: name
    for name in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}


def read(text: str) -> Iterator[Entry]:
    """Every entry of a BibTeX file, in file order; @comment, @preamble and @string are none.

    A new "@type{" at the start of a line ends an entry whose braces were not closed.
    """
    strings = dict(_MONTHS)
    starts = list(ENTRY.finditer(text))
    stops = [*(match.start() for match in starts[1:]), len(text)]
    for first, stop in zip(starts, stops, strict=False):
        # Programs that sort their files put strings behind the entries that use them.
        if first.group(1).lower() == "string":
            _define(text, first.end(), stop, strings)
    found: list[tuple[int, int, RawTags | None]] = []
    for first, stop in zip(starts, stops, strict=False):
        match: re.Match[str] | None = first
        while match:
            kind = match.group(1).lower()
            if kind in _NO_RECORD:
                if kind == "string":
                    _define(text, match.end(), stop, strings)
                break
            raw, end = _entry(text, match, stop, strings)
            found.append((match.start(), end, raw))
            match = SAME_LINE.match(text, end, stop)
    by_key = {raw["ID"][0].lower(): raw for _, _, raw in found if raw and "ID" in raw}
    for start, end, raw in found:
        if raw is None:
            yield Entry(start, end, None, "a BibTeX entry without key and fields")
        else:
            yield Entry(start, end, to_record(raw, _host(raw, by_key)))


def _define(text: str, at: int, stop: int, strings: dict[str, str]) -> None:
    fields, _ = _fields(text, at, stop, strings)
    strings.update((name, value) for name, value in fields if len(value) <= _LONGEST_STRING)


def _entry(
    text: str, match: re.Match[str], stop: int, strings: dict[str, str]
) -> tuple[RawTags | None, int]:
    """The fields of one entry, None if it has neither key nor fields; and where it ends."""
    key = _KEY.match(text, match.end(), stop)
    at = match.end()
    name = ""
    if key and "=" not in key.group(1):
        name, at = key.group(1), key.end()
    fields, end = _fields(text, at, stop, strings)
    if not name and not fields:
        return None, stop
    raw: RawTags = {"ENTRYTYPE": [match.group(1)]}
    if name:
        raw["ID"] = [name]
    for field, value in fields:
        value = " ".join(value.split())
        if value:
            raw.setdefault(field, []).append(value)
    return raw, end


def _host(raw: RawTags, by_key: dict[str, RawTags]) -> RawTags:
    """The fields of the book or the proceedings that an entry's "crossref" points to."""
    name = raw.get("crossref", [""])[0].lower()
    return by_key.get(name, {}) if name else {}


def _fields(
    text: str, at: int, stop: int, strings: dict[str, str]
) -> tuple[list[tuple[str, str]], int]:
    """(name, value) of every field up to the end of the entry, and where that is."""
    fields: list[tuple[str, str]] = []
    while True:
        # Blanks are passed once: a pattern that begins with them would read them at each step.
        blanks = _BETWEEN.match(text, at, stop)
        at = blanks.end() if blanks else at
        match = _FIELD.match(text, at, stop)
        if match is None:
            # Not a field: the end of the entry, or rubbish up to the next comma or line.
            rest = _END.match(text, at, stop)
            if rest:
                return fields, rest.end()
            step = _RUBBISH.match(text, at, stop)
            if step is None or step.end() == at:
                return fields, stop
            at = step.end()
            continue
        value, at = _value(text, match.end(), stop, strings)
        hidden = _NEXT_FIELD.search(value)
        if hidden and not text[at:stop].strip():
            # Its closing brace is missing, and the entry's own stood in for it.
            value, at = _unclosed(text, match.end() + 1, stop)
        fields.append((" ".join(match.group(1).lower().split()), value))


def _value(text: str, at: int, stop: int, strings: dict[str, str]) -> tuple[str, int]:
    """A field's value, its parts joined where "#" joins them, and where it ends."""
    parts: list[str] = []
    while at < stop:
        opening = text[at]
        if opening == "{":
            part, at = _balanced(text, at + 1, stop)
        elif opening == '"':
            part, at = _quoted(text, at + 1, stop)
        else:
            match = _BARE.match(text, at, stop)
            if match is None:
                break
            part, at = strings.get(match.group().lower(), match.group()), match.end()
        parts.append(part)
        more = _JOINED.match(text, at, stop)
        if more is None:
            break
        at = more.end()
    return "".join(parts), at


def _balanced(text: str, at: int, stop: int) -> tuple[str, int]:
    depth, begin = 1, at
    while True:
        match = _SIGNS.search(text, at, stop)
        if match is None:
            return _unclosed(text, begin, stop)
        at = match.end()
        if match.group() == "\\":
            at += 1
        elif match.group() == "{":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return text[begin : at - 1], at


def _quoted(text: str, at: int, stop: int) -> tuple[str, int]:
    depth, begin = 0, at
    while True:
        match = _QUOTED_SIGNS.search(text, at, stop)
        if match is None:
            return _unclosed(text, begin, stop)
        at = match.end()
        if match.group() == "\\":
            at += 1
        elif match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            return text[begin : at - 1], at


def _unclosed(text: str, begin: int, stop: int) -> tuple[str, int]:
    """A value whose end is missing: it ends before the next line that looks like a field."""
    match = _NEXT_FIELD.search(text, begin, stop)
    end = match.start() if match else stop
    return text[begin:end].rstrip().rstrip("},").rstrip(), end
