"""`evergrove dedupe FILE`: which records are the same report, and which may be."""

from __future__ import annotations

import argparse

from evergrove.tables import json_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="CSV or JSON lines with a column id")
    parser.add_argument("--json", action="store_true", help="print the clusters as one object")


def run(options: argparse.Namespace) -> int:
    from evergrove.matching_table import dedupe, read_table

    found = dedupe(read_table(options.file))
    if options.json:
        print(json_line(found))
        return 0
    merged = found["n_records"] - len(found["clusters"])
    print(
        f"{found['n_records']} records, {len(found['clusters'])} reports, {merged} duplicates, "
        f"{len(found['maybe'])} pairs to look at"
    )
    return 0
