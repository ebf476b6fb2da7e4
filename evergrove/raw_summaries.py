"""Effect sizes from a table of raw summaries that a person made: one CSV file in, yi and vi out."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evergrove.effect_measures.core import Array, Cells, Measure
from evergrove.errors import EvergroveError
from evergrove.escalc import compute, faults, find_measure, options_for, prepare
from evergrove.tables import read_text

_MISSING = {"", "na", "n/a", "nan", "null", "none", "."}
_DECIMAL_COMMA = re.compile(r"[-+\u2212]?\d*,\d+")
_DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Effects:
    """What `effects_of_file` found: three lists of one length, and the rows that were refused."""

    yi: list[float | None]
    vi: list[float | None]
    reasons: list[str | None]  # why yi or vi is missing
    rejects: list[EvergroveError]  # each names file, line, column, value and reason


@dataclass(frozen=True)
class _Table:
    file: Path | str
    header: list[str]  # lower case
    rows: list[tuple[int, list[str]]]  # line number and cells
    point: str  # the decimal sign: "." or ","

    def cell(self, row: int, column: str) -> str | None:
        return self.rows[row][1][self.header.index(column)] if column in self.header else None

    def reject(self, row: int, column: str, problem: str) -> EvergroveError:
        return EvergroveError(
            problem,
            file=self.file,
            place=f"line {self.rows[row][0]}, column {column}",
            value=self.cell(row, column),
            remedy="The row has no effect; correct it or empty the cell.",
        )


def effects_of_file(
    path: Path | str,
    measure: str,
    *,
    add: float | None = None,
    to: str = "only0",
    drop00: bool = False,
    vtype: str = "LS",
) -> Effects:
    """Effect sizes of every row of a CSV file, in its order, with None where there is none.

    Columns have metafor's names; others are passed over. The file may have been saved by a
    spreadsheet: UTF-8 with or without a byte order mark, separated by commas, semicolons, tabs or
    bars, with decimal commas where the separator is no comma. Empty cells, NA and the like are
    missing. A row with a value that cannot be (text, a negative SD) has no effect and is named in
    `rejects`. Raises EvergroveError where the file as a whole cannot be used.
    """
    details = find_measure(measure)
    options = options_for(measure, details, add, to, drop00, vtype)
    table = _read(path)
    bad: dict[int, EvergroveError] = {}
    columns = {
        name: _column(table, name, bad) for name in details.family.reads if name in table.header
    }
    try:
        cells = prepare(measure, details, columns)
    except EvergroveError as error:
        raise EvergroveError(
            error.problem, file=path, place="header", value=error.value, remedy=error.remedy
        ) from None
    for row, column, problem in faults(details, cells):
        bad.setdefault(row, table.reject(row, column, problem))
    refused = np.isin(np.arange(len(table.rows)), list(bad))
    cells = {name: np.where(refused, np.nan, values) for name, values in cells.items()}
    yi, vi = (
        [float(value) if math.isfinite(value) else None for value in values]
        for values in compute(details, cells, options)
    )
    reasons = [
        f"rejected: {bad[row].problem}" if row in bad else _reason(details, cells, row, *effect)
        for row, effect in enumerate(zip(yi, vi, strict=True))
    ]
    return Effects(yi, vi, reasons, [bad[row] for row in sorted(bad)])


def _read(path: Path | str) -> _Table:
    text = read_text(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    rows = []
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not header:
                header = _header(path, cells, reader.line_num)
                continue
            while len(cells) > len(header) and not cells[-1]:
                cells.pop()
            if len(cells) != len(header):
                raise EvergroveError(
                    f"the row has {len(cells)} cells, the header has {len(header)}",
                    file=path,
                    place=f"line {reader.line_num}",
                    value=delimiter.join(cells),
                )
            rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise EvergroveError(
            f"not readable as CSV: {error}", file=path, place=f"line {reader.line_num}"
        ) from None
    if not rows:
        raise EvergroveError(
            "no rows below a header", file=path, remedy="Give a CSV file, one effect a row."
        )
    comma = delimiter != "," and any(
        _DECIMAL_COMMA.fullmatch(c) for _, cells in rows for c in cells
    )
    return _Table(path, header, rows, "," if comma else ".")


def _header(path: Path | str, cells: list[str], line: int) -> list[str]:
    names = [cell.casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise EvergroveError(
            f'column "{repeated[0]}" stands twice', file=path, place=f"line {line}"
        )
    return names


def _column(table: _Table, name: str, bad: dict[int, EvergroveError]) -> list[float | None]:
    values: list[float | None] = []
    for row in range(len(table.rows)):
        text = table.cell(row, name) or ""
        value = None if text.casefold() in _MISSING else _number(text, table.point)
        if value is not None and not math.isfinite(value):
            other = table.point == "," and "." in text
            problem = "a decimal point in a file with decimal commas" if other else "not a number"
            bad.setdefault(row, table.reject(row, name, problem))
            value = None
        values.append(value)
    return values


def _number(text: str, point: str) -> float:
    """The number that a cell shows; NaN where it shows none.

    In a file with decimal commas a point may part thousands: 1.234 is then no number that can be
    read safely. float() would also take 1_000, which nobody means in a table.
    """
    text = text.replace("\u2212", "-")
    if (point == "," and "." in text) or "_" in text:
        return math.nan
    try:
        return float(text.replace(point, "."))
    except ValueError:
        return math.nan


def _reason(
    details: Measure, cells: Cells, row: int, yi: float | None, vi: float | None
) -> str | None:
    """Why a row has no effect, or an effect without a variance."""
    if yi is not None and vi is not None:
        return None
    absent = [name for name in details.needs if np.isnan(_at(cells, name, row))]
    if absent:
        return f"missing: {', '.join(absent)}"
    what = "variance" if yi is not None else "effect"
    values = ", ".join(f"{name}={_at(cells, name, row):g}" for name in details.needs)
    return f"undefined: no {what} at {values}"


def _at(cells: Cells, name: str, row: int) -> float:
    column: Array = cells[name]
    return float(column[row])
