"""Write the default review's citations as RIS from the table of facts beside this file.

    python tests/data/evidence/make_citations.py [OUT.ris]

One record a row, in the table's order, and nothing that the table does not hold: an absent fact
has no tag. Words of the table that describe a cell rather than fill it ("title not in excerpt",
"online 27 Oct 2011; issue year not seen", "et al") become notes (N1), each with its column's name.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FACTS = HERE / "sacroplasty_citations.csv"
RIS = HERE.parents[2] / "config" / "reviews" / "sacroplasty" / "citations" / "sacroplasty.ris"

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Here the brackets are part of the journal's name, not a remark on it.
BRACKETED_JOURNALS = {"Journal of orthopaedic surgery (Hong Kong)"}
# Here the closing brackets of the title hold its translation.
TRANSLATED_TITLES = {"andresen2012", "andresen2022csp"}
REMARK = re.compile(r"\s*\(([^()]*)\)")

Tags = list[tuple[str, str]]


def main(out: Path) -> None:
    with FACTS.open(encoding="utf-8", newline="") as handle:
        records = [record(row) for row in csv.DictReader(handle)]
    text = "\n".join("".join(f"{tag}  - {value}\n" for tag, value in tags) for tags in records)
    out.write_bytes(text.encode())


def record(row: dict[str, str]) -> Tags:
    """The tags of one row, from TY to ER."""
    parts = [authors(row), title(row), journal(row), date(row), pages(row)]
    tags = [("TY", kind(row)), ("ID", row["study_id"])]
    tags += [pair for part in parts for pair in part if pair[0] != "N1"]
    tags += [(tag, row[column]) for tag, column in IDENTIFIERS if row[column]]
    if row["pmid"]:
        tags.append(("DB", "PubMed"))
    tags += [pair for part in parts for pair in part if pair[0] == "N1"]
    return [*tags, ("ER", "")]


# AN and C2 are where reference managers put the two PubMed numbers; DB says whose number AN is.
IDENTIFIERS = (
    ("VL", "volume"),
    ("IS", "issue"),
    ("DO", "doi"),
    ("C2", "pmcid"),
    ("UR", "source_url"),
    ("AN", "pmid"),
)


def kind(row: dict[str, str]) -> str:
    """ABST for what the table calls an abstract or a poster, JOUR where it names a journal."""
    if re.search(r"abstract|poster", f"{row['design']} {row['journal_full']}"):
        return "ABST"
    return "JOUR" if row["journal_full"] or row["journal_abbrev"] else "GEN"


def authors(row: dict[str, str]) -> Tags:
    """One AU a name; "et al" and remarks in brackets are notes."""
    remarks = REMARK.findall(row["authors"])
    names = [name.strip() for name in REMARK.sub("", row["authors"]).split(";") if name.strip()]
    if "et al" in names:
        names.remove("et al")
        remarks.insert(0, "et al")
    tags = [("AU", name) for name in names]
    return tags + [("N1", f"authors: {remark}") for remark in remarks]


def title(row: dict[str, str]) -> Tags:
    """TI, with a translation in TT and a stated language in LA; a mere description is a note."""
    text = row["title"]
    if text.startswith("("):
        return [("N1", f"title: {text}")]
    tags: Tags = []
    if row["study_id"] in TRANSLATED_TITLES:
        text, translation = re.fullmatch(r"(.+) \(([^()]+)\)", text).groups()
        tags.append(("TT", translation))
    language = re.fullmatch(r"(.+) \[Article in (\w+)\]", text)
    if language:
        text, name = language.groups()
        tags.append(("LA", name))
    return [("TI", text), *tags] if text else tags


def journal(row: dict[str, str]) -> Tags:
    """JF and JA; a remark in brackets behind the journal's name is a note."""
    name, remarks = row["journal_full"], []
    if name not in BRACKETED_JOURNALS:
        remarks = REMARK.findall(name)
        name = REMARK.sub("", name)
    tags = [(tag, text) for tag, text in (("JF", name), ("JA", row["journal_abbrev"])) if text]
    return tags + [("N1", f"journal: {remark}") for remark in remarks]


def date(row: dict[str, str]) -> Tags:
    """PY, and DA (YYYY/MM/DD/other) where a month is given; a range of months is the "other"."""
    year, month = row["year"], row["month"]
    if not year:
        return []
    tags = [("PY", year)]
    if month in MONTHS:
        tags.append(("DA", f"{year}/{MONTHS.index(month) + 1:02d}//"))
    elif re.fullmatch(r"[A-Z][a-z]{2}-[A-Z][a-z]{2}", month):
        tags.append(("DA", f"{year}///{month}"))
    elif month:
        name, remark = re.fullmatch(r"(\w+) \((.+)\)", month).groups()
        tags.append(("DA", f"{year}/{MONTHS.index(name) + 1:02d}//"))
        tags.append(("N1", f"month: {remark}"))
    return tags


def pages(row: dict[str, str]) -> Tags:
    """SP and EP; a range whose end was cut off has no EP and a note."""
    first, dash, last = row["pages"].partition("-")
    tags = [(tag, text) for tag, text in (("SP", first), ("EP", last)) if text]
    return [*tags, ("N1", f"pages: {row['pages']}")] if dash and not last else tags


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RIS)
