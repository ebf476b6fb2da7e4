"""`evergrove pool FILE...`: effect sizes pooled, with metafor's names and definitions."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.tables import json_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="CSV with yi and vi")
    add("--json", action="store_true", help="print one object a file")
    add("--method", choices=("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM"))
    add("--test", choices=("z", "knha"), help="default knha")
    add("--level", type=float, help="percent (default 95)")
    add("--mods", metavar="FORMULA", help='moderators: "~ a + b"')
    add("--by", metavar="COLUMN", help="pool each level of a column, and test between them")
    add("--cluster", metavar="COLUMN", help="what makes rows dependent")
    add("--robust", choices=("CR2", "CR1"), help="cluster-robust standard errors (default CR2)")
    add("--tau2-ci", choices=("qprofile", "profile", "biggerstaff_tweedie"))
    add("--leave-one-out", action="store_true", default=None)
    add("--cumulative", metavar="COLUMN", help="in the order of a column")
    add("--influence", action="store_true", default=None)
    add("--egger", action="store_true", default=None)
    add("--begg", action="store_true", default=None)
    add("--trimfill", choices=("L0", "R0"))
    add("--permutation", type=int, metavar="N", help="permutation p, exact up to N arrangements")
    add("--bootstrap", type=int, metavar="N", help="parametric bootstrap of tau2 and prediction")
    add("--seed", type=int, help="of the random draws (default 1)")


def run(options: argparse.Namespace) -> int:
    settings = {
        name: value
        for name, value in vars(options).items()
        if name not in {"files", "json", "run"} and value is not None
    }
    # Every file is pooled before the first result is printed: an unusable one delivers nothing.
    pooled = [_pooled(file, settings) for file in options.files]
    rejected = False
    for file, result in zip(options.files, pooled, strict=True):
        if options.json:
            print(json_line(result))
        else:
            print(f"{file}: k = {result['k']}, estimate {result['b']}")
            print(f"  {result['level']}% interval {result['ci_low']} to {result['ci_high']}")
        for row in result["dropped"]:
            rejected |= row["kind"] == "rejected"
            print(f"{file}, line {row['line']}: {row['kind']}: {row['reason']}", file=sys.stderr)
    return 1 if rejected else 0


def _pooled(file: str, settings: dict[str, Any]) -> dict[str, Any]:
    from evergrove.pool_file import pool_file
    from evergrove.spreadsheet import read_rows

    try:
        return pool_file(read_rows(file), settings)
    except EvergroveError as error:
        if error.file:
            raise
        raise EvergroveError(
            error.problem, file=file, place=error.place, value=error.value, remedy=error.remedy
        ) from None
