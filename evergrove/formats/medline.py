"""Tagged MEDLINE text ("nbib"): PubMed, PubMed Central, ERIC, one tag a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evergrove.formats import identifiers
from evergrove.formats.collapsed import unfold_medline
from evergrove.formats.dates import date
from evergrove.formats.entry import Entry, RawTags, gather
from evergrove.formats.names import comma_name, initials_name
from evergrove.formats.pages import pages
from evergrove.formats.status import links_by_tag
from evergrove.formats.text import clean, join, words
from evergrove.records import Record, make_record

KNOWN_TAGS = words(
    "PMID PMC PMCR MID OWN STAT DCOM DA DRDT CTDT LR IS ISBN VI IP DP TI BTI CTI CN COL PG LID AB "
    "OABL OAB CI FAU AU AUID AD FED ED FIR IR IRAD EN LA GR PT DEP PL TA JT JID RN NM SB CIN CON "
    "CRF CRI ECI ECF EFR EIN ROF RIN PRIN PROF RPF RPI RRF RRI UIN UOF SPIN ORI DDIN DDO DRIN DRO "
    "MH OTO OT OTA PS FPS OID RF EDAT MHDA CRDT PHST AID PST SO SI GS GN SFM TT VTI PUBM PB CDAT "
    "COIS URLF URLS"
)
# The rule: a tag in column 1, the dash in column 5, continuation lines indented.
_REGULAR = re.compile(r"^([A-Z][A-Z0-9]{1,3}) {0,2}- (.*(?:\n[ \t].*)*)", re.MULTILINE)
_IRREGULAR = re.compile(r"\n(?![A-Z](?:[A-Z0-9]{3}|[A-Z0-9]{2} |[A-Z0-9]  )- |[ \t]|\n|\Z)")
_TAG_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3})( {0,2})-( ?)(.*)")
_BLOCK = re.compile(r"\n(?:[ \t]*\n)+(?=[A-Z][A-Z0-9]{1,3} {0,2}-(?:[ \n]|(?<=PMID-)))")
_PMID_LINE = re.compile(r"^PMID ?-", re.MULTILINE)
_NAMED = re.compile(r"^(?:PMID|TI|BTI|PMC|TT) {0,2}-", re.MULTILINE)
_FIRST_TAG = re.compile(r"\s*([A-Z][A-Z0-9]{1,3}) {0,2}-")
# Where these are said, SO adds nothing.
_WHOLE = {"DP", "TA", "VI", "PG"}
_BEFORE_PMID = {"PMC", "PMCR", "MID", "OWN", "STAT"}
_SOURCE = re.compile(
    r"^(?P<journal>.*?)\.? (?P<date>(?:1[5-9]|20)\d\d[^;:]*)"
    r"(?:;(?P<volume>[^:(;]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>[^ ;]+?))?\.?(?: |$)"
)


def read(text: str) -> Iterator[Entry]:
    """Every record of a tagged MEDLINE file, in file order."""
    text = unfold_medline(text)
    for start, end in record_spans(text):
        pairs = tag_pairs(text[start:end])
        if pairs:
            yield Entry(start, end, to_record(pairs))


def record_spans(text: str) -> list[tuple[int, int]]:
    """Where the records stand. A blank line or a second PMID begins a new one."""
    spans: list[tuple[int, int]] = []
    cuts = [0, *(match.end() for match in _BLOCK.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        if (
            _NAMED.search(text, start, end) is None
            and spans
            and _continues(text, spans[-1], start, end)
        ):
            spans[-1] = (spans[-1][0], end)
            continue
        spans.extend(_split_at_pmids(text, start, end))
    return spans


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
    earlier = {tag for tag, _ in tag_pairs(text[before[0] : before[1]])}
    later = {tag for tag, _ in tag_pairs(text[start:end])}
    return not once & earlier & later and "SO" not in earlier


def tag_pairs(chunk: str) -> list[tuple[str, str]]:
    """(tag, value) in file order; a value may hold line ends."""
    if _IRREGULAR.search(chunk) is None:
        return _REGULAR.findall(chunk)
    pairs: list[tuple[str, str]] = []
    lines: list[str] = []
    tag = ""
    for line in chunk.split("\n"):
        match = _TAG_LINE.match(line)
        if match and _is_tag(*match.groups()):
            if tag:
                pairs.append((tag, "\n".join(lines)))
            tag, lines = match[1], [match[4]]
        elif tag:
            lines.append(line)
    if tag:
        pairs.append((tag, "\n".join(lines)))
    return pairs


def _is_tag(tag: str, gap: str, space: str, rest: str) -> bool:
    """A known tag with a space behind its dash or in its columns; an unknown one needs both."""
    in_columns = len(tag) + len(gap) == 4
    if tag in KNOWN_TAGS:
        return bool(space) or in_columns or not rest
    return in_columns and (bool(space) or not rest)


def to_record(pairs: list[tuple[str, str]]) -> Record:
    """The citation record of one list of MEDLINE tags."""
    tags = gather(pairs)
    get = tags.get
    source = {} if _WHOLE <= tags.keys() else parse_source(get("SO"))
    year, month = date((get("DP") or [None])[0])
    if year is None:
        for said in (source.get("date"), *get("DEP", ()), *get("CDAT", ())):
            year, month = date(said)
            if year is not None:
                break
    book = join(get("BTI", []))
    title = join(get("TI", []))
    if title is None or title.rstrip(".") == "[Not Available]":
        title = join(get("TT", []) or get("VTI", [])) or book or title
    abbreviation = join(get("TA", []))
    if abbreviation is None and ("JT" not in tags or "volume" in source):
        abbreviation = clean(source.get("journal"))
    return make_record(
        source_type=_writer(tags),
        raw_tags=tags,
        pmid=identifiers.pmid((get("PMID") or [None])[0]),
        pmcid=next(filter(None, map(identifiers.pmcid, get("PMC", ()))), None),
        doi=_doi(tags),
        title=title,
        authors=_authors(tags, pairs),
        year=year,
        month=month,
        journal=join(get("JT", [])) or (None if get("TA") else book),
        journal_abbrev=abbreviation,
        volume=(get("VI") or [source.get("volume")])[0] or None,
        issue=(get("IP") or [source.get("issue")])[0] or None,
        pages=_pages(tags, source),
        abstract=join(get("AB", [])),
        language="; ".join(get("LA", ())) or None,
        publication_types=list(get("PT", ())),
        mesh=list(get("MH", ())),
        urls=_urls(tags),
        status_links=links_by_tag(tags),
    )


def _writer(tags: RawTags) -> str:
    owner = (tags.get("OWN") or [""])[0].upper()
    if owner == "ERIC":
        return "eric-nbib"
    if "PMC" in tags and next(iter(tags)) == "PMC":
        return "pmc-nbib"
    return "pubmed-nbib"


def _doi(tags: RawTags) -> str | None:
    for tag in ("LID", "AID"):
        for value in tags.get(tag, ()):
            if value.endswith("[doi]"):
                found = identifiers.doi(value)
                if found:
                    return found
    for tag in ("AID", "LID", "DOI"):
        for value in tags.get(tag, ()):
            if not value.endswith("]"):
                found = identifiers.doi(value)
                if found:
                    return found
    return identifiers.doi_named_in(tags.get("SO", ()))


def _authors(tags: RawTags, pairs: list[tuple[str, str]]) -> list[str]:
    """Authors in order. FAU is the full form of the AU that follows it; CN is a group's name."""
    full = tags.get("FAU", ())
    if "CN" not in tags and len(full) >= len(tags.get("AU", ())):
        return [name for name in map(comma_name, full) if name]
    names: list[str | None] = []
    pending = False
    for tag, value in pairs:
        if tag == "FAU":
            names.append(comma_name(value))
            pending = True
        elif tag == "AU":
            if not pending:
                names.append(initials_name(value))
            pending = False
        elif tag == "CN":
            names.append(clean(value))
            pending = False
    return [name for name in names if name]


def parse_source(values: list[str] | None) -> dict[str, str]:
    """Journal, date, volume, issue, pages out of SO ("Pain. 2013 Sep;5(5):461-6. doi: …")."""
    match = _SOURCE.match(values[0]) if values else None
    return {key: said for key, said in match.groupdict().items() if said} if match else {}


def _urls(tags: RawTags) -> list[str]:
    urls = [url for tag in ("4099", "4100", "URLF", "URLS") for url in tags.get(tag, ())]
    for tag in ("LID", "AID"):
        urls += [
            value for value in tags.get(tag, ()) if value.startswith("http") and value[-1] != "]"
        ]
    return urls


def _pages(tags: RawTags, source: dict[str, str]) -> str | None:
    if "PG" in tags:
        return pages(tags["PG"][0])
    if source.get("pages"):
        return pages(source["pages"])
    for value in (*tags.get("LID", ()), *tags.get("AID", ())):
        number = value.removesuffix(" [pii]")
        if number != value and identifiers.is_article_number(number):
            return pages(number.removeprefix("bmj."))
    return None
