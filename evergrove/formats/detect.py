"""Which format a file holds, from its content; its name is never looked at."""

from __future__ import annotations

import re

from evergrove.formats.bibtex_head import SIGNATURE

_HEAD = 20_000
# A file that begins with one of these needs no further look.
_FIRST_LINES = {"TY  - ": "ris", "PMID- ": "nbib"}
# What stands at the head of a record (or of a file) of one format, and of no other.
_SIGNATURES = (
    (
        "wos",
        re.compile(r"^(?:FN [^\n]+\nVR \d|PT [A-Z][a-z]*[ \t]*\n(?:[A-Z][A-Z0-9] |   ))", re.M),
    ),
    ("bibtex", SIGNATURE),
    ("ris", re.compile(r"^[ \t]*TY[ \t]{0,3}-[ \t]*[A-Za-z]{2,}", re.M)),
    ("nbib", re.compile(r"^(?:PMID ?- ?\d|OWN - [A-Z]+\n)", re.M)),
    ("refworks", re.compile(r"^RT [A-Z][A-Za-z, ()]+\n(?:[A-Z][A-Z0-9] .*\n)", re.M)),
    ("endnote-tagged", re.compile(r"^[ \t]*%(?:0 [A-Z]|[ATJBXD] \S)", re.M)),
    ("ovid", re.compile(r"^(?:VN  - Ovid|<\s*\d+\s*\.?\s*>[ \t]*\n)", re.M)),
)
_RIS_TAGS = re.compile(
    r"^[ \t]*(?:T1|TI|AU|A1|PY|Y1|JO|JF|T2|SP|EP|VL|ER|DO|UR|N2|KW)[ \t]{1,2}-[ \t]", re.M
)
_MEDLINE_TAGS = re.compile(
    r"(?:^|\s)(?:OWN |STAT|FAU |DP  |JT  |TA  |PMC |LID |AID |JID |EDAT|CRDT|PHST|PST |AUID)- ",
    re.M,
)
_MEDLINE_LOOSE = re.compile(
    r"(?:^|\s)(?:FAU|JT|JID|EDAT|CRDT|PHST|PST|LID|AID|MHDA|OTO) {0,2}- \S", re.M
)
_RIS_LOOSE = re.compile(r"(?:^|\s)TY {1,2}- [A-Z]{3,6}\s+[A-Z][A-Z0-9] {1,2}- ")
_HIGHWIRE = re.compile(r"(?:^|\s)(?:4099|4100) {0,2}- ?(?:https?|ftp)", re.M)
# HighWire has PMID too, but in its own order, behind the title.
_PUBMED_TAG = re.compile(r"^(?:OWN |STAT|FAU )- |\A\s*PMID ?-", re.M)
_PUBMED_XML = re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)[\s>]")
_ENDNOTE_XML = re.compile(r"<record[\s>]")
_ENDNOTE_INSIDE = re.compile(r"<(?:ref-type|titles|contributors|rec-number|source-app)[\s>]")


def detect(text: str) -> str | None:
    """One of the values of `source_format`, or None where no citation format is recognised."""
    start = len(text) - len(text.lstrip())
    if text.startswith("<", start) and not re.match(r"<\s*\d+\s*\.?\s*>", text[start : start + 20]):
        return _detect_xml(text)
    if text[start : start + 6] in _FIRST_LINES:
        return _FIRST_LINES[text[start : start + 6]]
    from evergrove.formats.table import sniff

    if sniff(text[start : start + _HEAD]):
        return "csv"
    for end in (start + _HEAD, len(text)):
        # The first records tell; the rest is looked at only if they do not.
        if _is_highwire(text, start, end):
            return "highwire-medlars"
        found = [
            (match.start(), name)
            for name, pattern in _SIGNATURES
            if (match := pattern.search(text, start, end)) is not None
        ]
        if found:
            return min(found)[1]
    return _by_many_tags(text[start:].rstrip())


def _is_highwire(text: str, start: int, end: int) -> bool:
    """PT - JOURNAL ARTICLE comes first, or HighWire's own 4099 and 4100, without PubMed's tags."""
    from evergrove.formats.highwire import RECORD_START

    first = RECORD_START.search(text, start, end)
    own = _HIGHWIRE.search(text, start, end)
    if (first is None and own is None) or _PUBMED_TAG.search(text, start, end):
        return False
    return own is not None or not text[start : first.start()].strip()


def _detect_xml(text: str) -> str | None:
    if _PUBMED_XML.search(text):
        return "pubmed-xml"
    if _ENDNOTE_XML.search(text) and _ENDNOTE_INSIDE.search(text):
        return "endnote-xml"
    return None


def _by_many_tags(text: str) -> str | None:
    """Files whose records have lost their heads: the tags tell."""
    from evergrove.formats.ovid import LABEL_LINE

    if _RIS_LOOSE.search(text):
        return "ris"
    medline = max(len(_MEDLINE_TAGS.findall(text)), len(_MEDLINE_LOOSE.findall(text)))
    ris = len(_RIS_TAGS.findall(text))
    if medline > 2 and medline >= ris:
        return "nbib"
    if ris > 2:
        return "ris"
    labels = {match.group().strip().lower() for match in LABEL_LINE.finditer(text)}
    if {"title", "source"} <= labels and len(labels) > 3:
        return "ovid"
    return None
