"""Reading and writing every file that stages meet in: CSV, JSON, JSON lines.

What is written is deterministic (UTF-8, LF, floats by `repr`, never NaN) and atomic: a file is
either the old one or the whole new one, also when the process is killed in between.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError

# A single abstract may be long, and the standard limit of 131,072 characters would refuse it.
csv.field_size_limit(1 << 30)


class Row(dict):
    """One row of a CSV file that remembers where it stands, so that errors can name the place."""

    def __init__(self, values: Mapping[str, str], file: Path | str, line: int) -> None:
        super().__init__(values)
        self.file = file if isinstance(file, str) else str(file)
        self.line = line

    def error(self, column: str, problem: str, remedy: str | None = None) -> EvergroveError:
        """An error that names this row's file, line, column and value."""
        return EvergroveError(
            problem,
            file=self.file,
            place=f"line {self.line}, column {column}",
            value=self.get(column),
            remedy=remedy,
        )

    def text(self, column: str) -> str | None:
        """The cell without surrounding space, or None if it is empty."""
        return self[column].strip() or None

    def number(self, column: str) -> float | None:
        """The cell as a float, or None if it is empty; anything but a finite number is an error."""
        text = self.text(column)
        if text is None:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.error(column, "not a number", "Write a number such as 3.5, or nothing.")
        return value

    def integer(self, column: str) -> int | None:
        """The cell as a whole number, or None if it is empty."""
        value = self.number(column)
        if value is None:
            return None
        if value != int(value):
            raise self.error(column, "not a whole number", "Write a whole number, or nothing.")
        return int(value)


def read_text(path: Path | str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise EvergroveError("no such file", file=path, remedy="Check the name.") from None
    except IsADirectoryError:
        raise EvergroveError("is a folder, not a file", file=path) from None
    except UnicodeDecodeError as error:
        raise EvergroveError(
            "not UTF-8 text", file=path, place=f"byte {error.start}", remedy="Save it as UTF-8."
        ) from None


def read_csv(path: Path | str, required: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """All rows of a CSV file; every `required` column must be there and no unknown one.

    `optional` columns may be missing and then read as empty; pass ``("*",)`` to let any other
    column through. Blank lines are skipped. A row with more or fewer cells than the header is an
    error, because a shifted row is how a value lands in the wrong column.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows: list[Row] = []
    file = str(path)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header, required, optional)
        missing = [name for name in optional if name != "*" and name not in header]
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(header):
                raise EvergroveError(
                    f"the row has {len(cells)} cells, the header has {len(header)}",
                    file=path,
                    place=f"line {reader.line_num}",
                    value=",".join(cells),
                    remedy='Quote cells that contain a comma: "like, this".',
                )
            values = dict(zip(header, cells, strict=True))
            for name in missing:
                values[name] = ""
            rows.append(Row(values, file, reader.line_num))
    except csv.Error as error:
        raise EvergroveError(
            f"not readable as CSV: {error}", file=path, place=f"line {reader.line_num}"
        ) from None
    return rows


def _check_header(
    path: Path | str, header: list[str], required: Sequence[str], optional: Sequence[str]
) -> None:
    for name in required:
        if name not in header:
            raise EvergroveError(
                f'column "{name}" is missing',
                file=path,
                place="line 1",
                value=",".join(header),
                remedy=f"Add it; the columns are: {', '.join(required)}.",
            )
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise EvergroveError(f'column "{repeated[0]}" stands twice', file=path, place="line 1")
    if "*" in optional:
        return
    for name in header:
        if name not in required and name not in optional:
            raise EvergroveError(
                f'unknown column "{name}"',
                file=path,
                place="line 1",
                remedy=f"Known columns: {', '.join([*required, *optional])}.",
            )


def read_json(path: Path | str, *, exact_numbers: bool = False) -> Any:
    """A JSON document; with `exact_numbers`, floats are `Decimal` and keep their printed digits."""
    text = read_text(path)
    try:
        return json.loads(
            text, parse_float=Decimal if exact_numbers else None, parse_constant=_refuse_constant
        )
    except ValueError as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else None
        problem = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise EvergroveError(f"not valid JSON: {problem}", file=path, place=place) from None


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON allows")


def read_jsonl(path: Path | str) -> list[Any]:
    """All objects of a JSON lines file, in file order."""
    # Not splitlines(): abstracts may hold U+2028, which is no line end in JSON lines.
    lines = read_text(path).split("\n")
    objects = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            objects.append(json.loads(line, parse_constant=_refuse_constant))
        except ValueError as error:
            raise EvergroveError(
                f"not valid JSON: {error}", file=path, place=f"line {number}"
            ) from None
    return objects


def cell(value: object) -> str:
    """One CSV cell: None is empty, lists are joined by "; ", floats are written by `repr`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} must not reach a table: missing values are None")
        return repr(float(value))
    if isinstance(value, list | tuple):
        return "; ".join(cell(item) for item in value)
    return str(value)


def format_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """The rows as CSV text. A key that is no column is a mistake in the program and raises."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    known = set(columns)
    for row in rows:
        unknown = row.keys() - known
        if unknown:
            raise ValueError(f"no such column: {sorted(unknown)}")
        writer.writerow([cell(row.get(name)) for name in columns])
    return out.getvalue()


def format_json(value: object, *, indent: int | None = 1) -> str:
    """JSON text with a final newline; NaN and infinities raise ValueError."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def json_line(value: object) -> str:
    """One JSON object on one line, as the command line prints it."""
    return _LINE.encode(value)


# Made once, and not looking for circles, which no table has: a tenth of the time of json.dumps().
_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)


def write_csv(
    path: Path | str, rows: Iterable[Mapping[str, object]], columns: Sequence[str]
) -> None:
    """Write rows as a CSV file, atomically."""
    write_bytes(path, format_csv(rows, columns).encode())


def write_json(path: Path | str, value: object) -> None:
    """Write one JSON document, atomically."""
    write_bytes(path, format_json(value).encode())


def write_jsonl(path: Path | str, values: Iterable[object]) -> None:
    """Write JSON lines, atomically."""
    write_bytes(path, "".join(json_line(value) + "\n" for value in values).encode())


def write_text(path: Path | str, text: str) -> None:
    """Write UTF-8 text, atomically."""
    write_bytes(path, text.encode())


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write a file so that it is never seen half written.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the
    file's name in one step.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part"
        )
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        # mkstemp makes private files; results are for everyone who may read the folder.
        os.chmod(temporary, 0o666 & ~umask())
        os.replace(temporary, path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_written(path, error) from error
        raise


def _not_written(path: Path, error: OSError) -> EvergroveError:
    return EvergroveError(
        f"cannot be written: {error.strerror}", file=path, remedy="Free space or rights?"
    )


def umask() -> int:
    """The rights that new files of this process do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
