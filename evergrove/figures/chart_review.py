"""The charts of a review: those that its results file has the numbers for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evergrove import diagnostics
from evergrove.figures import fonts
from evergrove.figures.chart import Table, chart_sheet
from evergrove.figures.chart_course import correlation_table, time_course_table
from evergrove.figures.chart_curves import drapery_table
from evergrove.figures.chart_funnel import funnel_table, radial_table
from evergrove.figures.chart_influence import baujat_table, gosh_table, influence_table
from evergrove.figures.rows import usable_fit
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import GENERIC, Style
from evergrove.figures.table import context_of


def chart_tables(
    review: Mapping[str, Any], protocol: Mapping[str, Any], style: Style = GENERIC
) -> list[Table]:
    """The tables of the charts of the primary synthesis, windows and grid of syntheses.json.

    A chart whose numbers the file does not have is left out: all but the windows need two rows
    that are pooled, trim and fill three.
    """
    context = context_of(review, protocol, style.numbers)
    syntheses = review["syntheses"]
    primary = next((s for s in syntheses if s["id"] == review.get("primary")), None)
    tables: list[Table] = []
    if primary is not None and (fit := usable_fit(primary)) is not None:
        y, v = ([study[name] for study in primary["studies"]] for name in ("yi", "vi"))
        options = {"method": fit.get("method", "REML"), "test": fit.get("test", "knha")}
        filled = diagnostics.trim_and_fill(y, v, **options, level=float(context.level))
        tables += [
            funnel_table(primary, context, review.get("small_study"), filled),
            radial_table(primary, context),
            baujat_table(primary, context),
            influence_table(primary, context),
            drapery_table(primary, context),
        ]
        if len(y) > 2:
            tables.append(gosh_table(primary, context))
    windows = [synthesis for synthesis in syntheses if synthesis.get("kind") == "window"]
    if any(_pooled(window) for window in windows):
        tables.append(time_course_table(windows, context))
    if grid := review.get("correlation_grid"):
        tables.append(correlation_table(grid, context, context.assumed_r))
    return tables


def chart_figures(
    review: Mapping[str, Any], protocol: Mapping[str, Any], style: Style = GENERIC
) -> list[tuple[str, Table, Sheet]]:
    """(id, table, sheet) of each chart of `chart_tables`; the id is the name of its files.

    `review` is the content of syntheses.json.
    """
    return [
        (table["figure"], table, place_chart(table, style))
        for table in chart_tables(review, protocol, style)
    ]


def place_chart(table: Table, style: Style = GENERIC) -> Sheet:
    """The table of a chart on a sheet, with the widths of the project's fonts."""
    return chart_sheet(table, style, fonts.advance, fonts.line_is_tall)


def _pooled(synthesis: Mapping[str, Any]) -> bool:
    fit = synthesis.get("fit")
    return bool(fit) and None not in (fit.get("b"), fit.get("ci_low"), fit.get("ci_high"))
