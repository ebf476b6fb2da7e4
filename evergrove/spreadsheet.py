"""CSV files as spreadsheets and people write them: byte order mark, semicolons, decimal commas."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evergrove import tables
from evergrove.errors import EvergroveError

MISSING = frozenset({"", "na", "n/a", "nan", ".", "-", "–", "—", "null", "none", "#n/a"})
NUMERAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
WITH_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
# A comma that may as well stand between thousands: 1,234.
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")


# A point that may stand between thousands, in a file with decimal commas: 1.234.
POINT_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
SEPARATORS = ",;\t|"
# What spreadsheets save as "Unicode text" begins with one of these; the longer ones first.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_rows(path: Path | str) -> list[tables.Row]:
    """The rows of a CSV file with columns yi and vi, whatever separates its cells.

    UTF-8, or what spreadsheets save: UTF-16 with its mark, and the Western European code page
    (cp1252), in which every sign of a number is that of ASCII.
    """
    return parse_rows(_text(path), path)


def _text(path: Path | str) -> str:
    try:
        return tables.read_text(path)
    except EvergroveError as error:
        if not (error.place or "").startswith("byte "):
            raise
        raw = Path(path).read_bytes()
        encoding = next((name for mark, name in MARKS if raw.startswith(mark)), "cp1252")
        text = raw.decode(encoding, errors="replace")
        if "\ufffd" in text or re.search(r"[\x00-\x08\x0e-\x1f]", text):
            raise EvergroveError(
                "not a text file",
                file=path,
                remedy="Save it as CSV in UTF-8; a workbook cannot be read as it is.",
            ) from None
        return text


def parse_rows(text: str, file: Path | str) -> list[tables.Row]:
    """The same from the file's text. `file` is only named in errors.

    The separator is the one of comma, semicolon, tab and bar that makes a header with yi and vi
    (or, if there is none, with YI and VI in any mixture of capitals). A row whose number of cells
    is not the header's is an error: its values are in the wrong columns.
    """
    text = text.removeprefix("\ufeff")
    hint = re.match(r"sep=(.)\r?\n", text)
    skipped = 1 if hint else 0
    text = text[hint.end() :] if hint else text
    first = next((line for line in text.splitlines() if line.strip()), "")
    for separator in SEPARATORS:
        header = [name.strip() for name in next(csv.reader([first], delimiter=separator), [])]
        if not {"yi", "vi"} <= set(header):
            header = [n.lower() if n.lower() in ("yi", "vi", "study") else n for n in header]
        if {"yi", "vi"} <= set(header):
            break
    else:
        raise EvergroveError(
            "the first line names no columns yi and vi",
            file=file,
            place="line 1",
            value=first,
            remedy="Name the columns study, yi (the outcome) and vi (its sampling variance).",
        )
    repeated = [name for name, number in Counter(header).items() if name and number > 1]
    if repeated:
        raise EvergroveError(f'column "{repeated[0]}" stands twice', file=file, place="line 1")
    rows: list[tables.Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    seen_header = False
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not seen_header:
                seen_header = True
                continue
            line = reader.line_num + skipped
            if any(cell.strip() for cell in cells[len(header) :]) or len(cells) < len(header):
                raise EvergroveError(
                    f"the row has {len(cells)} cells, the header has {len(header)}",
                    file=file,
                    place=f"line {line}",
                    value=separator.join(cells),
                    remedy=f'Quote cells that contain "{separator}".',
                )
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
            rows.append(tables.Row(values, file, line))
    except csv.Error as error:
        raise EvergroveError(
            f"not readable as CSV: {error}", file=file, place=f"line {reader.line_num + skipped}"
        ) from None
    return rows


def numbers(cells: Sequence[str], others: Sequence[str] = ()) -> list[float | str | None]:
    """A column's cells as numbers, None where missing, or a sentence on what is wrong.

    A comma is a decimal comma if the column has no decimal point, and a cell of it, or of the
    `others` from the same file, cannot be read otherwise (0,25 against 1,234). Where that shows
    decimal commas, a point that may stand between thousands (1.234) is not read.
    """
    cells = [_plain(cell) for cell in cells]
    with_comma = {cell for cell in cells if WITH_COMMA.fullmatch(cell)}
    vague = {cell for cell in cells if POINT_THOUSANDS.fullmatch(cell)}
    points = any("." in cell and NUMERAL.fullmatch(cell) for cell in {*cells} - vague)
    proof = any(_decimal_comma(cell) for cell in (*with_comma, *map(_plain, others)))
    out: list[float | str | None] = []
    for cell in cells:
        if cell.lower() in MISSING:
            out.append(None)
        elif proof and not points and cell in vague:
            out.append(f'"{cell}": it cannot be told whether the point is a decimal point')
        elif NUMERAL.fullmatch(cell):
            value = float(cell)
            out.append(value if math.isfinite(value) else f"{cell} is too large for a number")
        elif cell in with_comma and proof and not points:
            out.append(float(cell.replace(",", ".")))
        elif cell in with_comma:
            out.append(f'"{cell}": it cannot be told whether the comma is a decimal comma')
        else:
            out.append(f'"{cell}" is not a number')
    return out


def _plain(cell: str) -> str:
    return cell.strip().replace("\u2212", "-").replace("\u00a0", "")


def _decimal_comma(cell: str) -> bool:
    return bool(WITH_COMMA.fullmatch(cell)) and not THOUSANDS.fullmatch(cell)
