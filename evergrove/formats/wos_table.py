"""Web of Science's tab-delimited file: the tags of its plain text as columns, no quoting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evergrove.formats.entry import Entry
from evergrove.formats.wos import to_record

_HEADER = re.compile(r"PT\t(?:AU|BA|[A-Z][A-Z0-9])\t(?:[A-Z][A-Z0-9]\t)")


def is_wos_header(line: str) -> bool:
    """Whether a line begins with the tags of Web of Science, parted by tabs, PT first."""
    return _HEADER.match(line) is not None


def read_wos_rows(text: str, start: int) -> Iterator[Entry]:
    """Every row below the header at `start`, in file order. Lists within a cell are parted by ";".

    Each line is a row: the file quotes nothing, so that a quotation mark is a character.
    """
    end = text.find("\n", start)
    header = text[start : end if end >= 0 else len(text)].strip().split("\t")
    while end >= 0:
        begin = end + 1
        end = text.find("\n", begin)
        stop = end if end >= 0 else len(text)
        cells = text[begin:stop].split("\t")
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            problem = f"the row has {len(cells)} cells, the header has {len(header)}"
            yield Entry(begin, stop, None, problem)
            continue
        values = (_unquoted(cell.strip()) for cell in cells)
        tags = {tag: [value] for tag, value in zip(header, values, strict=False) if value}
        record = to_record(tags)
        record["source_type"] = "wos-csv"
        yield Entry(begin, stop, record)


def _unquoted(cell: str) -> str:
    """A cell that a spreadsheet quoted on saving, as it was."""
    inner = cell[1:-1]
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return cell
