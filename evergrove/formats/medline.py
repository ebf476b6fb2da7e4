"""Tagged MEDLINE text ("nbib"): PubMed, PubMed Central, ERIC, one tag a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from evergrove.formats.collapsed import unfold_medline
from evergrove.formats.entry import Entry, RawTags
from evergrove.formats.medline_record import to_record
from evergrove.formats.pieces import batches, pieces_of_text
from evergrove.formats.text import words

KNOWN_TAGS = words(
    "PMID PMC PMCR MID OWN STAT DCOM DA DRDT CTDT LR IS ISBN VI IP DP TI BTI CTI CN COL PG LID AB "
    "OABL OAB CI FAU AU AUID AD FED ED FIR IR IRAD EN LA GR PT DEP PL TA JT JID RN NM SB CIN CON "
    "CRF CRI ECI ECF EFR EIN ROF RIN PRIN PROF RPF RPI RRF RRI UIN UOF SPIN ORI DDIN DDO DRIN DRO "
    "MH OTO OT OTA PS FPS OID RF EDAT MHDA CRDT PHST AID PST SO SI GS GN SFM TT VTI PUBM PB CDAT "
    "COIS URLF URLS"
)
# The rule: a tag in column 1, the dash in column 5, continuation lines six spaces deep.
MARK = "PMID- "
_HEADS = {f"{tag:<4}- ": tag for tag in KNOWN_TAGS}
_WRAP = "\n      "
_SPACED_WRAP = f" {_WRAP}"
_JOINT = "\0"
_COLUMN_TAG = re.compile(r"(?=.{4}- $)[A-Z][A-Z0-9]{1,3} {0,2}- $")
_NAME_LINE = re.compile(r"\n(FAU |AU  |CN  )- (.*(?:\n {6}.*)*)")
_TAG_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3})( {0,2})-( ?)(.*)")
_BLOCK = re.compile(r"\n[ \t]*\n(?=[A-Z][A-Z0-9]{1,3} {0,2}-(?:[ \n]|(?<=PMID-)))")
_PMID_LINE = re.compile(r"^PMID ?-", re.MULTILINE)
_NAMED = re.compile(r"^(?:PMID|TI|BTI|PMC|TT) {0,2}-", re.MULTILINE)
_FIRST_TAG = re.compile(r"\s*([A-Z][A-Z0-9]{1,3}) {0,2}-")
_BEFORE_PMID = {"PMC", "PMCR", "MID", "OWN", "STAT"}
# MEDLINE wraps at 90 columns. Records with much longer lines have lost their line ends.
_LINE = 150
# Longer values are text, whose double spaces are removed where it is used.
_SHORT = 400


def read(text: str) -> list[Entry]:
    """Every record of a tagged MEDLINE file, in file order."""
    return read_pieces(pieces_of_text(text, MARK)) or _irregular(text)


def read_pieces(pieces: Iterator[str]) -> list[Entry] | None:
    """The records of a file that was cut at `MARK`, in half the time of the general way.

    Where the file begins with a PMID and no record has a blank line inside of it, every record
    begins with its PMID, and each piece can be read by itself. None for any other file, and where
    line ends were lost.
    """
    entries: list[Entry] = []
    begin = 0
    for some in batches(pieces):
        if not some[0].startswith(MARK):
            if begin or some[0].strip():
                return None
            begin = len(some.pop(0))
        for piece, tags in zip(some, list(map(_gather_columns, some)), strict=True):
            if tags:
                record = to_record(tags, partial(_name_lines, piece))
                entries.append(Entry(begin, begin + len(piece), record))
            elif tags is None:
                if _BLOCK.search(piece) or _has_lost_lines(piece, 0):
                    return None
                for start, end, record, _problem in _irregular(piece):
                    entries.append(Entry(begin + start, begin + end, record))
            begin += len(piece)
    return entries


def _name_lines(piece: str) -> list[tuple[str, str]]:
    """What `tag_pairs` gives for the names in a record that keeps the columns."""
    return [(tag.rstrip(), " ".join(value.split())) for tag, value in _NAME_LINE.findall(piece)]


def _irregular(text: str) -> list[Entry]:
    spans = record_spans(text)
    if any(_has_lost_lines(text[start:end], 0) for start, end in spans):
        text = unfold_medline(text)
        spans = record_spans(text)
    found = ((start, end, gather(text[start:end])) for start, end in spans)
    return [
        Entry(start, end, to_record(tags, partial(tag_pairs, text, start, end)))
        for start, end, tags in found
        if tags
    ]


def record_spans(text: str) -> list[tuple[int, int]]:
    """Where the records stand. A blank line or a second PMID begins a new one."""
    spans: list[tuple[int, int]] = []
    for start, end in pairwise([0, *_block_starts(text), len(text)]):
        if (
            _NAMED.search(text, start, end) is None
            and spans
            and _continues(text, spans[-1], start, end)
        ):
            spans[-1] = (spans[-1][0], end)
            continue
        spans.extend(_split_at_pmids(text, start, end))
    return spans


def _block_starts(text: str) -> Iterator[int]:
    """Where a tag follows a blank line."""
    return (match.end() for match in _BLOCK.finditer(text))


def _split_at_pmids(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if "\nPMID" not in text[start:end]:
        return [(start, end)]
    pmids = [match.start() for match in _PMID_LINE.finditer(text, start, end)]
    if len(pmids) < 2:
        return [(start, end)]
    first = _FIRST_TAG.match(text, start, end)
    if first and first.group(1) in _BEFORE_PMID:
        # PubMed Central writes PMC before PMID: cut where the block's first tag comes again.
        again = re.compile(rf"^{first.group(1)} {{0,2}}-", re.MULTILINE)
        firsts = [match.start() for match in again.finditer(text, start, end)]
        if len(firsts) == len(pmids):
            pmids = firsts
    pmids[0] = start
    return list(zip(pmids, [*pmids[1:], end], strict=True))


def _continues(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether a block without title and PMID is the rest of the record before the blank line."""
    once = {"SO", "DP", "AB", "JT", "TA", "OWN", "STAT", "VI", "IP", "PG"}
    earlier = gather(text[before[0] : before[1]])
    later = gather(text[start:end])
    return "SO" not in earlier and not once & earlier.keys() & later.keys()


def gather(chunk: str) -> RawTags:
    """{tag: [values]} of one record; values on one line, empty ones left out."""
    tags = _gather_columns(chunk.lstrip())
    return _gather_irregular(chunk) if tags is None else tags


def _gather_columns(chunk: str) -> RawTags | None:
    """The tags of a record that keeps the columns.

    None for any other record, and for one with blank lines inside or lines that are too long.
    """
    # Lines that were wrapped are put together first; a space before the line end is kept as a sign
    # that no export holds, because only short values do without it. In CPython, rsplit() and
    # join() need half the time of replace().
    text = _JOINT.join(chunk.rstrip().rsplit(_SPACED_WRAP))
    text = " ".join(text.rsplit(_WRAP))
    spaced = _JOINT in text
    lines = text.split("\n")
    if lines[-1][-1:] == "-":
        # A last tag without a value has lost the space behind its dash.
        lines[-1] += " "
    tags: RawTags = {}
    tag_of = _HEADS.get
    # This is the innermost loop of all.
    for line in lines:
        tag = tag_of(line[:6]) or _unknown_tag(line[:6])
        if tag is None:
            return None
        value = line[6:].strip()
        if value:
            if spaced and _JOINT in value:
                value = value.replace(_JOINT, " " if len(value) < _SHORT else "  ")
            if tag in tags:
                tags[tag].append(value)
            else:
                tags[tag] = [value]
    return None if _has_lost_lines(chunk, len(lines)) else tags


def _has_lost_lines(chunk: str, at_least: int) -> bool:
    """Whether the lines of a record, of which there are at least so many, are too long."""
    return len(chunk) > _LINE * at_least and len(chunk) > _LINE * (chunk.count("\n") + 1)


def _unknown_tag(head: str) -> str | None:
    """The tag in a line's first six columns, also where it is none of the known ones."""
    return head[:4].rstrip() if _COLUMN_TAG.match(head) else None


def _gather_irregular(chunk: str) -> RawTags:
    tags: RawTags = {}
    for tag, value in tag_pairs(chunk, 0, len(chunk)):
        if value:
            tags.setdefault(tag, []).append(value)
    return tags


def tag_pairs(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """(tag, value) in file order, whatever the columns; values on one line."""
    pairs: list[tuple[str, list[str]]] = []
    for line in text[start:end].split("\n"):
        match = _TAG_LINE.match(line)
        if match and _is_tag(*match.groups()):
            pairs.append((match[1], [match[4]]))
        elif pairs:
            pairs[-1][1].append(line)
    return [(tag, " ".join(" ".join(lines).split())) for tag, lines in pairs]


def _is_tag(tag: str, gap: str, space: str, rest: str) -> bool:
    """A known tag with a space behind its dash or in its columns; an unknown one needs both."""
    in_columns = len(tag) + len(gap) == 4
    if tag in KNOWN_TAGS:
        return bool(space) or in_columns or not rest
    return in_columns and (bool(space) or not rest)
