"""Tagged records whose line ends were lost: put back a line end before every tag.

Exports that went through a spreadsheet, a chat or a web form may hold a whole record on one line.
A tag is taken for one only if its value looks as it must, because "CI - 95%" and "PT - 12 s"
occur in abstracts. The space before a tag is replaced by a line end, so that every place in the
text stays the same.
"""

from __future__ import annotations

import re
from functools import cache

from evergrove.formats.text import words

# A line of this many characters may hold more than one tag.
LONG = 150
_DATE = r"(?=(?:1[5-9]|20)\d\d)"
_WORD = r"(?=[A-Z(\[*])"
_LINK = r"(?=(?:https?|ftp|www|doi|internal)\S)"
_NAME = r"(?=[^\W\d][^,;]{0,60},)"

# Tag: what its value must begin with. An empty pattern takes anything.
MEDLINE = {
    "PMID": r"(?=\d{1,8}\b)",
    "OWN": r"(?=[A-Z]{2,6}\b)",
    "STAT": r"(?=(?:MEDLINE|PubMed|Publisher|In-|OLDMEDLINE|Completed))",
    "DCOM": r"(?=\d{8})",
    "DA": r"(?=\d{8})",
    "LR": r"(?=\d{8})",
    "DEP": r"(?=\d{8})",
    "IS": r"(?=\d{4}-?\d{3}[\dXx])",
    "VI": r"(?=\S{1,12}(?:\s+\S{1,12})?\s+[A-Z]{2,4} {0,2}-)",
    "IP": r"(?=\S{1,12}(?:\s+\S{1,12}){0,2}\s+[A-Z]{2,4} {0,2}-)",
    "DP": _DATE,
    "TI": "",
    "BTI": "",
    "TT": "",
    "PG": r"(?=[A-Za-z]{0,3}\d|[ivxl]+\b)",
    "LID": r"(?=\S+ \[|10\.|http)",
    "AID": r"(?=\S+ \[|10\.|http)",
    "AB": "",
    "CI": r"(?=Copyright|©|\([cC]\)|This |Published|The Author|All rights|\d{4} |[A-Z][a-z]+ \()",
    "CN": _WORD,
    "FAU": _NAME,
    "AU": r"(?=[^\W\d][\w'’ -]{0,60} [A-Z]{1,3}\b|[^\W\d][^,;]{0,60},)",
    "AUID": r"(?=ORCID|ISNI|http|\d{4}-)",
    "AD": r"(?=[A-Z0-9(\[*])",
    "FED": _NAME,
    "ED": r"(?=[^\W\d][\w'’ -]{0,60} [A-Z]{1,3}\b)",
    "LA": r"(?=[a-z]{3}\b|[A-Z][a-z]{3,})",
    "GR": "",
    "SI": "",
    "PT": r"(?=[A-Z][a-z]+(?: |$|,|-))",
    "PL": r"(?=[A-Z])",
    "TA": r"(?=[A-Z0-9])",
    "JT": "",
    "JID": r"(?=\d{5,9}\b)",
    "RN": r"(?=[\dE][\w. -]* \()",
    "SB": r"(?=[A-Z]{1,3}\b)",
    "MH": r"(?=[*A-Z])",
    "PMC": r"(?=PMC\d)",
    "MID": r"(?=[A-Z]+\d)",
    "OTO": r"(?=[A-Z]{2,})",
    "OT": "",
    "COIS": "",
    "EDAT": r"(?=\d{4}/)",
    "MHDA": r"(?=\d{4}/)",
    "CRDT": r"(?=\d{4}/)",
    "PMCR": r"(?=\d{4}/)",
    "PHST": r"(?=\d{4}/)",
    "PST": r"(?=[a-z]+(?:publish|print))",
    "SO": r"(?=[A-Z0-9v])",
    "OID": "",
    **dict.fromkeys(
        [
            "RIN",
            "ROF",
            "PRIN",
            "PROF",
            "EIN",
            "EFR",
            "ECI",
            "ECF",
            "CRI",
            "CRF",
            "RRI",
            "RRF",
            "UIN",
            "UOF",
            "CIN",
            "CON",
        ],
        r"(?=.{2,80}?(?:1[5-9]|20)\d\d)",
    ),
}
RIS = {
    "TY": r"(?=[A-Z]{3,8}\b)",
    "ER": r"(?=\s*(?:TY {0,2}-|\d+\.\s|$))",
    "TI": "",
    "T1": "",
    "T2": "",
    "JF": "",
    "JO": "",
    "JA": "",
    "J2": "",
    "AU": r"(?=[^\W\d])",
    "A1": r"(?=[^\W\d])",
    "A2": r"(?=[^\W\d])",
    "PY": _DATE,
    "Y1": _DATE,
    "DA": r"(?=\d{4}|[A-Z]{3}\b|[A-Z][a-z]{2})",
    "Y2": r"(?=\d{4})",
    "VL": r"(?=\S{1,12}\s+[A-Z][A-Z0-9] {0,2}-)",
    "IS": r"(?=\S{1,12}(?:\s+\S{1,12}){0,2}\s+[A-Z][A-Z0-9] {0,2}-)",
    "SP": r"(?=[A-Za-z]{0,3}\d\S*\s+[A-Z][A-Z0-9] {0,2}-)",
    "EP": r"(?=[A-Za-z]{0,3}\d\S*\s+[A-Z][A-Z0-9] {0,2}-)",
    "DO": r"(?=10\.|doi|http)",
    "UR": _LINK,
    "L1": _LINK,
    "L2": _LINK,
    "LK": _LINK,
    "SN": r"(?=\d{4}-?\d{3}[\dXx]|\d{9,13})",
    "KW": "",
    "AB": "",
    "N2": "",
    "N1": "",
    "AD": "",
    "PB": r"(?=[A-Z])",
    "CY": r"(?=[A-Z])",
    "LA": r"(?=[A-Za-z]{2,12}\b)",
    "DB": r"(?=[A-Za-z])",
    "DP": r"(?=[A-Za-z])",
    "M3": "",
    "M1": "",
    "ID": r"(?=\S)",
    "AN": r"(?=\S)",
    "C3": r"(?=\S)",
    "C5": r"(?=\d{5,8}\b)",
    "C7": r"(?=\S{1,15}\s+[A-Z][A-Z0-9] {0,2}-)",
    "ST": "",
}
# After an abstract only these may follow: others ("PT - …", "IS - …") are words of it.
_AFTER_ABSTRACT = {
    "MEDLINE": words("CI FAU AU CN AD LA GR DEP PL TA JT FED OT OTO PMC PMID EDAT SO"),
    "RIS": words("ER TY KW UR DO SN PY Y1 DA L1 L2 LK DB N1 AD PB LA AU A1 SP VL JO JF T2"),
}
_ABSTRACTS = {"AB", "N2"}
# A line that begins with one of these is long by right.
LONG_BY_RIGHT = words(
    "AB N2 TI T1 N1 AD OAB CI COIS M1 M2 KW GR GN UR LK L1 L2 L3 L4 OT SO TT CR A2 BT T2 C1 C3"
)
_TEXT_LINE = re.compile(rf"\s*(?:{'|'.join(sorted(LONG_BY_RIGHT))}) {{0,2}}-")


def unfold_medline(text: str) -> str:
    """MEDLINE text with a line end before every tag that stands inside a line."""
    return _unfold(text, "MEDLINE", MEDLINE)


def unfold_ris(text: str) -> str:
    """RIS text with a line end before every tag that stands inside a line."""
    return _unfold(text, "RIS", RIS)


def _unfold(text: str, family: str, table: dict[str, str]) -> str:
    lines = text.split("\n")
    changed = False
    for number, line in enumerate(lines):
        if len(line) < LONG or _TEXT_LINE.match(line):
            continue
        marks = _marks(line, family, table)
        if len(marks) > 2:
            cuts = zip([0, *marks], [*(mark - 1 for mark in marks), len(line)], strict=True)
            lines[number] = "\n".join(line[start:end] for start, end in cuts)
            changed = True
    return "\n".join(lines) if changed else text


def _marks(line: str, family: str, table: dict[str, str]) -> list[int]:
    """Where the tags begin inside of one line."""
    # Where tags kept their four columns ("TI  - "), only such are tags.
    columns = len(re.findall(r"(?:^|\s)[A-Z][A-Z0-9]  - ", line)) > 2
    pattern = _pattern(family, columns)
    allowed: frozenset[str] | None = None
    marks = []
    for match in pattern.finditer(line):
        tag = match.group(1)
        if allowed is not None and tag not in allowed:
            continue
        allowed = _AFTER_ABSTRACT[family] if tag in _ABSTRACTS else None
        if match.start():
            marks.append(match.start())
    return marks


@cache
def _pattern(family: str, columns: bool) -> re.Pattern[str]:
    table = MEDLINE if family == "MEDLINE" else RIS
    tags = "|".join(
        f"{tag}(?={' ' * (4 - len(tag)) + '- ?' if columns else ' {0,2}-(?: |$)'}{value})"
        for tag, value in sorted(table.items())
    )
    return re.compile(rf"(?:^|(?<=\s))({tags})")
