"""A citation record out of one row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from evergrove.formats import identifiers
from evergrove.formats.csv_columns import normal
from evergrove.formats.dates import MONTHS, date, month_of, plausible
from evergrove.formats.medline_record import parse_source
from evergrove.formats.names import loose_name, name_list, natural_name
from evergrove.formats.pages import page_range, pages, undated
from evergrove.formats.status import links_in_words
from evergrove.formats.text import abbreviated, abstract_of, clean, short
from evergrove.records import Record, make_record

_SCOPUS_ID = re.compile(r"\s?\(\d{6,}\)")
_GLUED = re.compile(r"\b[A-Z][A-Z0-9]  - .*", re.DOTALL)
_NUMERIC_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_PLACEHOLDER = re.compile(r"\d{4}[/-]0?1[/-]0?1(?:$|[ T])")
_EMBASE_PAGES = re.compile(r"\((\w?\d+(?:-\w?\d+)?)\)\.")
# "Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"
_EMBASE_SOURCE = re.compile(
    r"(?P<journal>.{2,300}?) \((?P<date>\d{4})\)(?: (?P<volume>[^\s:()]{1,30})"
    r"(?::(?P<issue>[^()]{1,30}?))?)?(?: \((?P<pages>[^()]{1,40})\))?(?= Article|[. ]|$)"
)
_GLUED_NAMES = re.compile(
    r"(?<=[a-zß-ÿ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?=[A-ZÀ-Þ][a-zß-ÿ.])"
)
_EMBASE_NUMBER = re.compile(r"Article Number:\s*(\w+)", re.IGNORECASE)
_URL_START = re.compile(r"(?<=[\s;])(?=(?:https?|ftp)://)")
_EXTRA = re.compile(r"^[ \t]*(PMID|PMCID|DOI)\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_SHEET_DATE = re.compile(r"(?:\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{1,2})$")


_NOTHING = frozenset({"na", "n/a", "none", "null", "nan"})


class TableRow(NamedTuple):
    """One row with what is known of its table."""

    header: list[str]
    cells: list[str]
    columns: dict[str, list[int]]
    writer: str
    american: bool

    def first(self, role: str) -> str | None:
        """The first non-empty cell of a role, cleaned."""
        for place in self.columns.get(role, ()):
            text = clean(self.cells[place]) if place < len(self.cells) else None
            if text and text.lower() not in _NOTHING:
                return text
        return None

    def raw(self, role: str) -> str | None:
        """The first non-empty cell of a role as it stands, with its line ends."""
        for place in self.columns.get(role, ()):
            cell = self.cells[place].strip() if place < len(self.cells) else ""
            if cell and cell.lower() not in _NOTHING:
                return self.cells[place]
        return None


def month_first(dates: Iterable[str]) -> bool:
    """Whether dates like 4/13/2013 show that a column writes the month first."""
    found = [m for m in (_NUMERIC_DATE.match(text.strip().strip('="')) for text in dates) if m]
    return any(int(m.group(2)) > 12 for m in found) and all(int(m.group(1)) <= 12 for m in found)


def to_record(row: TableRow) -> Record:
    """The citation record of one row; `raw_tags` are the non-empty cells by column name."""
    year, month = _date(row)
    citation = row.first("citation") or ""
    parts = _parts(row, citation)
    year = year or date(parts.get("date"))[0]
    if month is None and parts.get("date"):
        said, number = date(parts["date"])
        month = number if said == year else None
    journal, abbreviation = _journal(row)
    if row.writer == "embase-csv":
        journal = journal or parts.get("journal")
    extra = row.raw("notes") or ""
    named = {match.group(1).lower(): match.group(2) for match in _EXTRA.finditer(extra)}
    return make_record(
        source_type=row.writer,
        raw_tags=_raw(row),
        pmid=_pmid(row, named),
        pmcid=identifiers.pmcid(row.first("pmcid") or named.get("pmcid")),
        doi=_doi(row, named, citation),
        title=row.first("title") or row.first("title_other"),
        authors=_authors(row),
        year=year,
        month=month,
        journal=journal,
        journal_abbrev=abbreviation,
        volume=_number(row.first("volume")) or parts.get("volume"),
        issue=_issue(row.first("issue")) or parts.get("issue"),
        pages=_pages(row, citation) or pages(parts.get("pages")),
        abstract=abstract_of([row.raw("abstract") or ""]),
        language=row.first("language"),
        publication_types=_types(row),
        mesh=[t.strip() for t in re.split(r"[;|]", row.first("mesh") or "") if t.strip()],
        urls=_urls(row),
        status_links=links_in_words([extra]) if extra else None,
    )


def _parts(row: TableRow, citation: str) -> dict[str, str]:
    """What the column for the whole citation says: PubMed's, and that of Embase's old tables."""
    if row.writer == "pubmed-csv":
        return parse_source([citation])
    match = _EMBASE_SOURCE.match(citation) if row.writer == "embase-csv" else None
    if match is None:
        return {}
    said = {name: value for name, value in match.groupdict().items() if value}
    published = citation.partition("Date of Publication: ")[2]
    return {**said, "date": published} if date(published)[0] else said


def _types(row: TableRow) -> list[str]:
    """The first column of types that holds words; Web of Science's first one says J, B, S or P."""
    for place in row.columns.get("type", ()):
        text = clean(row.cells[place]) if place < len(row.cells) else None
        if text and len(text) > 1 and text.lower() not in _NOTHING:
            return [part for part in text.split("; ") if part]
    return []


def _raw(row: TableRow) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for name, cell in zip(row.header, row.cells, strict=False):
        if cell.strip():
            tags.setdefault(name or "(no name)", []).append(cell.strip())
    return tags


def _date(row: TableRow) -> tuple[int | None, int | None]:
    said = row.first("date")
    year, month = date(_number(row.first("year")))
    if said:
        match = _NUMERIC_DATE.match(said)
        if match and row.american:
            other, number = plausible(int(match.group(3))), int(match.group(1))
        elif _PLACEHOLDER.match(said):
            other, number = date(said)[0], None
        else:
            other, number = date(said)
        year = year or other
        if other in (None, year):
            month = number if number and 1 <= number <= 12 else None
    return year, month_of(_number(row.first("month"))) or month


def _number(text: str | None) -> str | None:
    """A volume, year or month; spreadsheets and data frames write 12 as 12.0."""
    text = short(text)
    return text[:-2] if text and re.fullmatch(r"\d+\.0", text) else text


def _issue(text: str | None) -> str | None:
    """An issue, put back where a spreadsheet made a date of it ("3-Apr" was 3-4)."""
    text = _number(text)
    if text and _SHEET_DATE.match(text):
        word = re.sub(r"[^A-Za-z]", "", text).lower()
        if word in MONTHS:
            number = int(re.sub(r"\D", "", text))
            return undated(MONTHS[word], number, text[0].isdigit())
    return text


def _journal(row: TableRow) -> tuple[str | None, str | None]:
    abbreviation = row.first("abbreviation")
    journal = None
    for place in row.columns.get("journal", ()):
        name = normal(row.header[place])
        text = clean(row.cells[place]) if place < len(row.cells) else None
        if name == "source" and (row.writer in ("scopus-csv", "embase-csv") or journal):
            continue
        if text and name == "journalbook":
            # PubMed prints the abbreviation under that name.
            abbreviation = abbreviation or text
            continue
        journal = journal or text
    if abbreviation is None and journal and abbreviated(journal):
        abbreviation = journal
    return journal, abbreviation


def _authors(row: TableRow) -> list[str]:
    lists = []
    for place in row.columns.get("authors", ()):
        text = _SCOPUS_ID.sub("", row.cells[place]) if place < len(row.cells) else ""
        if row.writer == "pubmed-csv":
            # A dot ends the list there; initials have none.
            text = text.rstrip(". ")
        elif row.writer == "springer-csv":
            # Springer writes names one after the other: "Ann AshBob van Elm".
            text = _GLUED_NAMES.sub(";", text)
        elif text.startswith("['") and text.endswith("']"):
            # A list as Python prints it.
            text = re.sub(r"['\"], ['\"]", ";", text[2:-2])
        parts = [clean(part) or "" for part in name_list(text)]
        # Where names have commas, one without is a group's, or initials tell.
        read = (
            natural_name if row.writer != "pubmed-csv" and "," not in "".join(parts) else loose_name
        )
        lists.append([name for name in map(read, parts) if name])
    # The best column first; another one where it names more people.
    found = max(lists, key=len, default=[])
    groups = [clean(part) for part in (row.first("groups") or "").split(";")]
    return found + [name for name in groups if name and name not in found]


def _pages(row: TableRow, citation: str) -> str | None:
    found = pages(row.first("pages"))
    if (found is None and "pages" not in row.columns) or not row.first("pages"):
        found = page_range(row.first("first_page"), row.first("last_page"))
    if found is None:
        found = pages(row.first("article_number"))
    if found is None and row.writer == "embase-csv":
        match = _EMBASE_NUMBER.search(citation) or _EMBASE_PAGES.search(citation)
        found = pages(match.group(1)) if match else None
    return found


def _doi(row: TableRow, named: dict[str, str], citation: str) -> str | None:
    for text in (row.first("doi"), named.get("doi")):
        found = identifiers.doi(_GLUED.sub("", text)) if text else None
        if found:
            return found
    found = identifiers.doi_named_in([citation]) if row.writer == "pubmed-csv" else None
    addresses = [*_urls(row), row.first("resolver") or ""]
    return found or next(filter(None, map(identifiers.doi_in_url, addresses)), None)


def _pmid(row: TableRow, named: dict[str, str]) -> str | None:
    if row.writer == "europepmc-csv" and row.first("citation") == "MED":
        return identifiers.pmid(row.first("external"))
    found = identifiers.pmid(row.first("pmid")) or identifiers.pmid(named.get("pmid"))
    return found or identifiers.pmid_named_in(row.first("accession") or "")


def _urls(row: TableRow) -> list[str]:
    found = []
    for place in row.columns.get("url", ()):
        cell = row.cells[place] if place < len(row.cells) else ""
        found += _URL_START.split(_GLUED.sub("", cell))
    urls = (url.strip("; \t\n") for url in found)
    return list(dict.fromkeys(url for url in urls if "://" in url))
