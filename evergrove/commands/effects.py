"""`evergrove effects FILE... --measure M`: effect sizes of raw summaries, one effect a row."""

from __future__ import annotations

import argparse
import sys

from evergrove.tables import json_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="CSV with metafor's column names")
    parser.add_argument("--measure", required=True, metavar="M", help="MC, SMD, OR, PLO, ZCOR, …")
    parser.add_argument("--json", action="store_true", help="print one object a file")
    parser.add_argument("--add", type=float, help="what is added to cells of zero (default 1/2)")
    parser.add_argument(
        "--to", default="only0", choices=("all", "only0", "if0all", "none"), help="to which rows"
    )
    parser.add_argument("--drop00", action="store_true", help="no effect for double-zero studies")
    parser.add_argument("--vtype", default="LS", help="kind of sampling variance: LS, UB, AV, …")


def run(options: argparse.Namespace) -> int:
    from evergrove.raw_summaries import effects_of_file

    settings = {
        "add": options.add,
        "to": options.to,
        "drop00": options.drop00,
        "vtype": options.vtype,
    }
    found = [effects_of_file(file, options.measure, **settings) for file in options.files]
    for file, effects in zip(options.files, found, strict=True):
        if options.json:
            print(json_line({"yi": effects.yi, "vi": effects.vi}))
        else:
            print(f"{file}: {sum(y is not None for y in effects.yi)} of {len(effects.yi)} rows")
        for reject in effects.rejects:
            print(f"rejected: {reject}", file=sys.stderr)
    return 1 if any(effects.rejects for effects in found) else 0
