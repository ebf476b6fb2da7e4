"""`evergrove forest FILE -o OUT`: a forest plot of pooled results."""

from __future__ import annotations

import argparse
from pathlib import Path

from evergrove.errors import EvergroveError
from evergrove.tables import read_json, write_bytes

KINDS = ("svg", "pdf", "png", "tiff", "eps", "pptx", "docx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="what `pool --json` printed, or a review's syntheses.json")
    add("-o", "--output", required=True, metavar="OUT", help=f"a file .{', .'.join(KINDS)}")
    add("--figure", metavar="ID", help="one synthesis of a results file (default: the primary)")


def run(options: argparse.Namespace) -> int:
    from evergrove.draw_figures import draw_forest

    suffix = Path(options.output).suffix.lower().lstrip(".")
    suffix = {"tif": "tiff"}.get(suffix, suffix)
    if suffix not in KINDS:
        raise EvergroveError(
            "no figure of that kind", value=options.output, remedy=f"Known: {', '.join(KINDS)}."
        )
    write_bytes(options.output, draw_forest(read_json(options.file), suffix, options.figure))
    return 0
