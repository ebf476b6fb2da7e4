"""HighWire's "medlars" download: one tag a line, or a whole record on one line.

On one line, tags can only be told from text by their order: PT begins a record, DP carries a
year, AB comes last and takes everything up to the next record. "CI - 95%", "PT - prothrombin"
and "AU - arbitrary units" inside an abstract are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evergrove.formats import identifiers
from evergrove.formats.dates import date
from evergrove.formats.entry import Entry, RawTags, gather
from evergrove.formats.names import comma_name
from evergrove.formats.pages import pages
from evergrove.formats.text import clean, join
from evergrove.records import Record, make_record

# In HighWire's order; each may be missing, and AU comes many times.
ORDER = (
    "PT",
    "AU",
    "CN",
    "TI",
    "AID",
    "PMID",
    "PMC",
    "DP",
    "TA",
    "PG",
    "VI",
    "IP",
    "4099",
    "4100",
    "SO",
    "AB",
)
_RANK = {tag: rank for rank, tag in enumerate(ORDER)}
_MANY = {"AU", "CN"}
RECORD_START = re.compile(
    r"(?:^|(?<=\s))PT {0,2}- ?[A-Z][A-Z -]{2,40}(?=\s+(?:AU|CN|TI|AID|DP) {0,2}- )"
)
# What the value must look like for the tag to be one.
_CANDIDATE = re.compile(
    r"(?:^|(?<=\s))(?:(?P<tag>AU|CN|TI|TA|SO|PG|VI|IP|AID|PMID|PMC)"
    r"|(?P<date>DP)(?= {0,2}- ?\d{4}\b)|(?P<url>4099|4100)(?= {0,2}- ?\S+:)) {0,2}- ?"
)
_ABSTRACT = re.compile(r"(?:^|(?<=\s))AB {0,2}- ?")
_DATE = re.compile(r"(?:^|(?<=\s))DP {0,2}- ?\d{4}\b")
_TITLE = re.compile(r"(?:^|(?<=\s))TI {0,2}- ")
_TYPE = re.compile(r"PT {0,2}- ?")
_SOURCE_DATE = re.compile(r"\s*(?:1[5-9]|20)\d\d\b.*$")


def read(text: str) -> Iterator[Entry]:
    """Every record of a HighWire medlars file, in file order."""
    starts = [match.start() for match in RECORD_START.finditer(text)]
    if not starts or text[: starts[0]].strip():
        starts.insert(0, 0)
    one_line = "\n" not in text.strip()
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        pairs = tag_pairs(text[start:end])
        if pairs:
            yield Entry(start, end, to_record(gather(pairs), one_line))


def tag_pairs(chunk: str) -> list[tuple[str, str]]:
    """(tag, value) of one record, in order."""
    head, abstract = _parted(chunk)
    begin = _TYPE.match(head)
    marks = [(0, begin.end(), "PT")] if begin else []
    found = [
        (match.start(), match.end(), match["tag"] or match["date"] or match["url"])
        for match in _CANDIDATE.finditer(head)
    ]
    marks += _in_order(found)
    pairs = []
    for number, (_, value, tag) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(head)
        pairs.append((tag, head[value:stop]))
    if abstract is not None:
        pairs.append(("AB", abstract))
    return pairs


def _parted(chunk: str) -> tuple[str, str | None]:
    """The metadata, and the abstract: the first AB after the date takes the rest."""
    anchor = _DATE.search(chunk) or _TITLE.search(chunk)
    match = _ABSTRACT.search(chunk, anchor.end() if anchor else 0)
    return (chunk, None) if match is None else (chunk[: match.start()], chunk[match.end() :])


def _in_order(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest run of tags in HighWire's order; what falls out of it is text."""
    # best[rank]: the longest run that ends in a tag of this rank, as a linked list.
    best: list[tuple[int, tuple | None]] = [(0, None)] * len(ORDER)
    for mark in found:
        rank = _RANK[mark[2]]
        below = best[: rank + 1] if mark[2] in _MANY else best[:rank]
        length, run = max(below, key=lambda pair: pair[0], default=(0, None))
        if length + 1 > best[rank][0]:
            best[rank] = (length + 1, (mark, run))
    run = max(best, key=lambda pair: pair[0])[1]
    marks = []
    while run is not None:
        mark, run = run
        marks.append(mark)
    return marks[::-1]


def to_record(tags: RawTags, one_line: bool = False) -> Record:
    """The citation record of HighWire's tags."""
    get = tags.get
    year, month = date((get("DP") or [None])[0])
    volume, issue = join(get("VI", [])), join(get("IP", []))
    said = join(get("DP", [])) or ""
    if issue is None and volume is None and said[4:].split() in (["Jan", "01"], ["Jan", "1"]):
        # A preprint has a year only, which is written as 1 January.
        month = None
    source = join(get("SO", []))
    abbreviation = clean(_SOURCE_DATE.sub("", source)) if source else None
    return make_record(
        source_type="highwire-medlars-collapsed" if one_line else "highwire-medlars",
        raw_tags=tags,
        pmid=identifiers.pmid(join(get("PMID", []))),
        pmcid=identifiers.pmcid(join(get("PMC", []))),
        doi=identifiers.doi(join(get("AID", []))) or identifiers.doi_named_in(get("SO", ())),
        title=join(get("TI", [])),
        authors=[name for name in map(comma_name, [*get("AU", ()), *get("CN", ())]) if name],
        year=year or date(source)[0],
        month=month,
        journal=join(get("TA", [])),
        journal_abbrev=abbreviation,
        volume=volume,
        issue=issue,
        pages=pages(join(get("PG", []))),
        abstract=join(get("AB", [])),
        publication_types=list(get("PT", ())),
        urls=[*get("4099", ()), *get("4100", ())],
    )
