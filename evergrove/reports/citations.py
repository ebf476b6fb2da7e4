"""The included reports as BibTeX and as RIS; what is written can be read back to the same fields.

BibTeX as LaTeX's own bibtex reads it: braces are balanced even where a title has lone ones, so that
a title can neither end its field nor begin another entry. RIS has no escape: a value is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evergrove import report_status
from evergrove.page.results import ReviewResults, anchor, items
from evergrove.reports.text import unjoined

_SIGNS = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
# Programs that read BibTeX take a DOI as it stands; only what could end the field is escaped.
_IN_DOI = {"\\": "%5C", "{": "%7B", "}": "%7D"}


def included(results: ReviewResults) -> list[Mapping[str, str]]:
    """The rows of screened.csv of the included reports, by short name."""
    rows = [row for row in results.screened if row["decision"] == "include"]
    return sorted(rows, key=lambda row: row["report"])


def bibtex(rows: Iterable[Mapping[str, str]]) -> str:
    """One entry a report, its key the report's short name."""
    return "\n".join(map(_entry, rows))


def _entry(row: Mapping[str, str]) -> str:
    field = _fields(row)
    kind = "article" if field["journal"] else "misc"
    values = [
        ("author", " and ".join(map(_name, field["authors"]))),
        # The inner braces keep the capitals of the title.
        ("title", f"{{{_escaped(field['title'])}}}" if field["title"] else ""),
        ("journal", _escaped(field["journal"])),
        ("year", _escaped(field["year"])),
        ("volume", _escaped(field["volume"])),
        ("number", _escaped(field["issue"])),
        ("pages", _escaped(field["pages"].replace("-", "--"))),
        ("doi", "".join(_IN_DOI.get(sign, sign) for sign in field["doi"])),
        ("pmid", _escaped(field["pmid"])),
        ("pmcid", _escaped(field["pmcid"])),
        ("language", _escaped(field["language"])),
        ("note", _escaped(field["status"])),
    ]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in values if value)
    return f"@{kind}{{{anchor(row['report'])},\n{lines}}}\n"


def _escaped(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def _name(name: str) -> str:
    """A name for BibTeX: a group's name, and one with an "and" in it, kept together by braces."""
    family, comma, given = name.partition(",")
    if not comma:
        return f"{{{_escaped(name)}}}"
    parts = [_escaped(part.strip()) for part in (family, given)]
    return ", ".join(f"{{{part}}}" if " and " in f" {part} ".lower() else part for part in parts)


def ris(rows: Iterable[Mapping[str, str]]) -> str:
    """One record a report."""
    return "\n".join(map(_record, rows))


def _record(row: Mapping[str, str]) -> str:
    field = _fields(row)
    first, dash, last = field["pages"].partition("-")
    if not dash or "-" in last or "," in field["pages"]:
        first, last = field["pages"], ""
    pairs = [
        ("TY", "JOUR" if field["journal"] else "GEN"),
        ("ID", anchor(row["report"])),
        *(("AU", name) for name in field["authors"]),
        ("TI", field["title"]),
        ("T2", field["journal"]),
        ("PY", field["year"]),
        ("VL", field["volume"]),
        ("IS", field["issue"]),
        ("SP", first),
        ("EP", last),
        ("DO", field["doi"]),
        # As PubMed's own exports name their identifiers.
        ("U1", f"{field['pmid']}[pmid]" if field["pmid"] else ""),
        ("C2", field["pmcid"]),
        ("LA", field["language"]),
        ("N1", field["status"]),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in pairs if value) + "ER  - \n"


def _fields(row: Mapping[str, str]) -> dict[str, Any]:
    """What is known of a report, each on one line; names are a list."""
    names = ("title", "journal", "year", "volume", "issue", "pages", "doi", "pmid", "pmcid")
    found: dict[str, Any] = {name: _said(row.get(name)) for name in (*names, "language")}
    found["authors"] = [name for name in map(_said, items(row["authors"])) if name]
    told = map(report_status.in_words, report_status.items(row["status"]))
    found["status"] = _said("; ".join(told))
    return found


def _said(text: str | None) -> str:
    # Two spaces and a dash would be a tag in a RIS file; one_line() leaves no two spaces.
    return unjoined(text)
