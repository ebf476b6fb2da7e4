"""Tables of citations: CSV, TSV and semicolons, as databases and screening tools export them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from evergrove.formats.csv_columns import TELLING, columns_of, writer_of
from evergrove.formats.entry import Entry
from evergrove.formats.table_record import TableRow, month_first, to_record
from evergrove.formats.wos_table import is_wos_header, read_wos_rows

# One abstract may be longer than the standard limit of 131,072 characters.
csv.field_size_limit(1 << 30)

# A row of nothing, or a rule drawn below the header.
_RULE = re.compile(r"[\s:=+-]*$")
_DELIMITERS = (",", ";", "\t", "|")
_HEAD_LINES = 25
# Stands for the cells of a row that cannot be cut into any.
_OPEN_QUOTE = ["an open quote"]


def sniff(text: str) -> tuple[str, int] | None:
    """(delimiter, place of the header line) of a table of citations, or None if it is none."""
    start = 0
    for _ in range(_HEAD_LINES):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if len(line) < 20_000:
            for delimiter in _DELIMITERS:
                if delimiter in line and _is_header(line, delimiter):
                    return delimiter, start
        if end < 0:
            return None
        start = end + 1
    return None


def _is_header(line: str, delimiter: str) -> bool:
    if delimiter == "\t" and is_wos_header(line):
        return True
    try:
        header = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return False
    columns = columns_of([_unformula(name) for name in header])
    roles = [role for role in columns if role not in ("notes", "type", "accession")]
    return len(roles) > 1 and any(role in columns for role in TELLING)


def read(text: str) -> Iterator[Entry]:
    """Every row below the header, in file order. Blank rows are passed over."""
    found = sniff(text)
    if found is None:
        return
    delimiter, start = found
    if delimiter == "\t" and is_wos_header(text[start : start + 100]):
        yield from read_wos_rows(text, start)
        return
    rows = _rows(text, start, delimiter)
    header = [_unformula(name).strip() for name in next(rows)[2]]
    columns = columns_of(header)
    writer = writer_of(header)
    kept = [(at, end, cells) for at, end, cells in rows if not _is_no_citation(cells)]
    american = writer == "cinahl-csv" or month_first(
        cells[place]
        for place in columns.get("date", ())[:1]
        for _, _, cells in kept
        if place < len(cells)
    )
    for at, end, cells in kept:
        if cells is _OPEN_QUOTE or (
            len(cells) != len(header) and not _quotes_fit(text[at:end], delimiter)
        ):
            yield Entry(at, end, None, "the quotes in this row do not fit together")
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            # A shifted row is how a value lands in the wrong column.
            yield Entry(
                at, end, None, f"the row has {len(cells)} cells, the header has {len(header)}"
            )
            continue
        row = TableRow(header, [_unformula(cell) for cell in cells], columns, writer, american)
        yield Entry(at, end, to_record(row))


def _is_no_citation(cells: list[str]) -> bool:
    """Whether a row is empty, a rule, or Abstrackr's heading above what nobody has seen yet."""
    if len(cells) == 1 and cells[0].startswith("citations that are not yet labeled"):
        return True
    return _RULE.match("".join(cells)) is not None


def _rows(text: str, start: int, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """(start, end, cells) of every row.

    A quote that is never closed would swallow the rows behind it. Where rows stand behind it, the
    line of the quote is one row and reading goes on with the next line.
    """
    lines = io.StringIO(text, newline="\n")
    lines.seek(start)
    reader = csv.reader(lines, delimiter=delimiter)
    width = 0
    while True:
        begin = lines.tell()
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = [text[begin : lines.tell()]]
        if cells is None:
            return
        stop = lines.tell()
        line_end = text.find("\n", begin) + 1 or stop
        if stop >= len(text) > line_end and _swallows(text, begin, line_end, delimiter, width):
            stop = line_end
            cells = _OPEN_QUOTE
            lines.seek(stop)
            reader = csv.reader(lines, delimiter=delimiter)
        width = width or len(cells)
        yield begin, stop, cells


def _swallows(text: str, begin: int, line_end: int, delimiter: str, width: int) -> bool:
    """Whether the last row has an open quote with whole rows behind its first line."""
    try:
        list(csv.reader(io.StringIO(text[begin:], newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "end of data" not in str(error):
            return False
    else:
        return False
    behind = csv.reader(io.StringIO(text[line_end:], newline="\n"), delimiter=delimiter)
    return any(len(cells) >= width for _, cells in zip(range(50), behind, strict=False))


def _quotes_fit(row: str, delimiter: str) -> bool:
    """Whether every quoted cell of a row ends where the cell ends."""
    try:
        list(csv.reader(io.StringIO(row, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return True


def _unformula(cell: str) -> str:
    """A cell that EBSCO wrote as a formula (="0123"), as what it shows."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell
