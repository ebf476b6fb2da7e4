"""The figures of a review: one forest plot a synthesis and one a subgroup analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from evergrove.errors import EvergroveError
from evergrove.figures import fonts
from evergrove.figures.extras import Extras, check_columns, ordered
from evergrove.figures.forest import forest_sheet, forest_sheets
from evergrove.figures.numbers import Numbers
from evergrove.figures.results_file import as_review, figure_of
from evergrove.figures.save import save
from evergrove.figures.save_pages import save_pages
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import GENERIC, Style
from evergrove.figures.table import Table, context_of, forest_table, subgroup_table
from evergrove.tables import format_json

PICTURES = ("svg", "pdf", "png")


class Drawn(NamedTuple):
    """What the stage makes: {figure id: {suffix: bytes}}, and characters that no font here has."""

    files: dict[str, dict[str, bytes]]
    missing: str


def draw_forests(
    review: Mapping[str, Any],
    protocol: Mapping[str, Any],
    wanted: Iterable[str] | None = None,
    style: Style = GENERIC,
) -> Drawn:
    """The files of each figure: svg, pdf, png, and json, the figure table they were drawn from.

    `review` is the content of syntheses.json. The figures are those of `figure_tables`, or only
    the `wanted` ones.
    """
    files, labels = {}, set()
    for table in figure_tables(review, protocol, wanted, style.numbers):
        pictures = save(place(table, style), PICTURES, style)
        files[table["figure"]] = pictures | {"json": format_json(table).encode()}
        labels.update(*(row["label"] for row in table["rows"]))
    return Drawn(files, fonts.missing("".join(sorted(labels))))


def draw_forest(data: Any, suffix: str, figure: str | None = None, style: Style = GENERIC) -> bytes:
    """One forest plot as the bytes of one file of that kind, on one page however tall.

    See `draw_forest_pages`.
    """
    return draw_forest_pages(data, suffix, figure, replace(style, page_height=None))[0]


def draw_forest_pages(
    data: Any,
    suffix: str,
    figure: str | None = None,
    style: Style = GENERIC,
    extras: Extras = Extras(),  # noqa: B008
) -> list[bytes]:
    """One forest plot as the bytes of its files of that kind, for the command line.

    `data` is a results file of the pipeline or what `evergrove pool --json` printed; `figure`
    the id of one of its syntheses or subgroup analyses, else the primary one. A figure that the
    style splits is one file a page, or one PDF of several pages. Raises EvergroveError for data
    of another shape, a suffix that cannot be drawn, and a column that the rows do not have.
    """
    review = as_review(data)
    wanted = [figure_of(review, figure)]
    table = next(figure_tables(review, {}, wanted, style.numbers, extras))
    return save_pages(place_pages(table, style), suffix, style)


def figure_tables(
    review: Mapping[str, Any],
    protocol: Mapping[str, Any],
    wanted: Iterable[str] | None = None,
    numbers: Numbers | None = None,
    extras: Extras = Extras(),  # noqa: B008
) -> Iterator[Table]:
    """The figure table of every synthesis and subgroup analysis, in the order of the file.

    With `wanted`, only the figures of those ids; one that the file cannot give is an error.
    `extras` orders the rows and adds columns.
    """
    context = context_of(review, protocol, numbers or Numbers())
    context = replace(context, columns=extras.columns)
    check_columns(
        extras.columns, [row for s in review["syntheses"] for row in s.get("studies", ())]
    )
    syntheses = {
        synthesis["id"]: {
            **synthesis,
            "studies": ordered(synthesis.get("studies", ()), extras.sort),
        }
        for synthesis in review["syntheses"]
    }
    analyses = {analysis["id"]: analysis for analysis in review.get("subgroups", ())}
    for id in [*syntheses, *analyses] if wanted is None else wanted:
        if id in syntheses:
            yield forest_table(syntheses[id], context)
        elif id in analyses:
            levels = [
                (level["level"], _synthesis(syntheses, level["synthesis"], id))
                for level in analyses[id]["levels"]
            ]
            overall = syntheses.get(review.get("primary", ""))
            yield subgroup_table(analyses[id], levels, overall, context)
        else:
            raise EvergroveError(
                "no synthesis of that name",
                value=id,
                remedy=f"There are: {', '.join([*syntheses, *analyses])}.",
            )


def place(table: Table, style: Style = GENERIC) -> Sheet:
    """The figure table laid out on a sheet; adds `placement` to the table."""
    return forest_sheet(table, style, fonts.advance, fonts.line_is_tall)


def place_pages(table: Table, style: Style) -> list[Sheet]:
    """The same on as many sheets as the style asks for."""
    return forest_sheets(table, style, fonts.advance, fonts.line_is_tall)


def _synthesis(syntheses: Mapping[str, Any], id: str, analysis: str) -> Mapping[str, Any]:
    if id not in syntheses:
        raise EvergroveError(
            "a subgroup analysis names a synthesis that is not there", place=analysis, value=id
        )
    return syntheses[id]
