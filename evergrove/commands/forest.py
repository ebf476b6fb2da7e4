"""`evergrove forest FILE -o OUT`: a forest plot of pooled results."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evergrove.errors import EvergroveError
from evergrove.tables import read_json, write_bytes

KINDS = ("svg", "pdf", "png", "tiff", "eps", "pptx", "docx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="what `pool --json` printed, or a review's syntheses.json")
    add("-o", "--output", required=True, metavar="OUT", help=f"a file .{', .'.join(KINDS)}")
    add("--figure", metavar="ID", help="one synthesis of a results file (default: the primary)")
    add(
        "--style",
        metavar="NAME",
        default="web",
        help="a journal: jama, lancet, bmj, ... or print, which is split into pages; "
        "web (default) is one picture however tall",
    )
    add("--width", metavar="MM", type=float, help="width in mm (default: the widest of the style)")
    add(
        "--sort",
        metavar="ORDER",
        default="given",
        help="date, effect, weight, label or given (default); cohorts of a study stay together",
    )
    add(
        "--column",
        metavar="NAME",
        action="append",
        default=[],
        help="show a further column of the rows; may be given several times",
    )


def run(options: argparse.Namespace) -> int:
    from evergrove.figures.extras import Extras
    from evergrove.figures.journals import asks_for, style_named
    from evergrove.forest_plots import draw_forest_pages

    suffix = Path(options.output).suffix.lower().lstrip(".")
    suffix = {"tif": "tiff"}.get(suffix, suffix)
    if suffix not in KINDS:
        raise EvergroveError(
            "no figure of that kind", value=options.output, remedy=f"Known: {', '.join(KINDS)}."
        )
    style = style_named(options.style, options.width)
    extras = Extras(options.sort, tuple(options.column))
    data = read_json(options.file)
    files = draw_forest_pages(data, suffix, options.figure, style, extras)
    for path, content in zip(paths(options.output, len(files)), files, strict=True):
        write_bytes(path, content)
        print(f"wrote {path}", file=sys.stderr)
    if told := asks_for(options.style, suffix):
        print(f"note: {told}", file=sys.stderr)
    return 0


def paths(output: str, count: int) -> list[Path]:
    """The file, or with several pages out-1.svg, out-2.svg, ..."""
    path = Path(output)
    if count == 1:
        return [path]
    return [path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, count + 1)]
