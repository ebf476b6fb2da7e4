"""`evergrove parse FILE...`: citation records of any supported export, one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evergrove.errors import EvergroveError
from evergrove.parse_citations import parse_file
from evergrove.tables import json_line, write_jsonl


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="exports; - is standard input")
    parser.add_argument("--json", action="store_true", help="print every record, a line each")
    parser.add_argument("--rejects", metavar="OUT", help="write the rejects as JSON lines")


def run(options: argparse.Namespace) -> int:
    # All files are read before the first record is printed: an unreadable one delivers nothing.
    parsed = [parse_file(name, read_bytes(name)) for name in options.files]
    for name, file in zip(options.files, parsed, strict=True):
        if options.json:
            sys.stdout.writelines(json_line(record) + "\n" for record in file.records)
        else:
            print(f"{name}: {file.source_format}, {len(file.records)} records")
    rejects = [reject for file in parsed for reject in file.rejects]
    for reject in rejects:
        print(
            f"{reject['source_file']}, line {reject['line']}: rejected: {reject['reason']}",
            file=sys.stderr,
        )
    if options.rejects:
        write_jsonl(options.rejects, rejects)
    return 1 if rejects else 0


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise EvergroveError(
            f"cannot be read: {error.strerror}", file=name, remedy="Check the name."
        ) from None
