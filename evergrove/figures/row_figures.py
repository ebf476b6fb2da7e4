"""The figures of a review that are made of rows and boxes: all their tables and sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evergrove.figure_list import risk_names
from evergrove.figures import fonts
from evergrove.figures.flow_sheet import flow_sheet
from evergrove.figures.flow_table import flow_table
from evergrove.figures.risk_sheet import risk_summary_sheet, traffic_light_sheet
from evergrove.figures.risk_table import risk_summary_table, traffic_light_table
from evergrove.figures.sequence_forest import (
    cumulative_sheet,
    cumulative_table,
    leave_one_out_sheet,
    leave_one_out_table,
)
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import GENERIC, Style
from evergrove.figures.summary_forest import summary_sheet, summary_table
from evergrove.figures.table import Table, context_of
from evergrove.risk_of_bias import checked
from evergrove.selection import report_label

Rows = Sequence[Mapping[str, Any]]
Figure = tuple[str, Table, Sheet]


def row_figures(
    review: Mapping[str, Any],
    prisma: Mapping[str, Any],
    cumulative_rows: Rows,
    leave_one_out_rows: Rows,
    risk_of_bias_rows: Rows | None,
    protocol: Mapping[str, Any],
    style: Style = GENERIC,
) -> list[Figure]:
    """(id, figure table, sheet) of: summary, cumulative, leave-one-out, flow, risk of bias.

    `review` and `prisma` are syntheses.json and prisma.json; the rows those of cumulative.csv,
    leave_one_out.csv and risk_of_bias.csv, as read. A figure without rows is left out. Risk of
    bias has two figures a tool, with the tool's name in the id.
    """
    made = _tables(
        review, prisma, cumulative_rows, leave_one_out_rows, risk_of_bias_rows, protocol, style
    )
    return [
        (table["figure"], table, place(table, style, fonts.advance, fonts.line_is_tall))
        for table, place in made
    ]


def _tables(
    review: Mapping[str, Any],
    prisma: Mapping[str, Any],
    cumulative_rows: Rows,
    leave_one_out_rows: Rows,
    risk_of_bias_rows: Rows | None,
    protocol: Mapping[str, Any],
    style: Style,
) -> Iterator[tuple[Table, Any]]:
    """Each table, and what places it."""
    context = context_of(review, protocol, style.numbers)
    primary = next((s for s in review["syntheses"] if s["id"] == review.get("primary")), {})
    if review["syntheses"]:
        yield summary_table(review, context), summary_sheet
    if cumulative_rows:
        yield cumulative_table(cumulative_rows, context, primary.get("fit")), cumulative_sheet
    if leave_one_out_rows:
        yield leave_one_out_table(leave_one_out_rows, context, primary), leave_one_out_sheet
    yield flow_table(prisma, reason_words(protocol), style.numbers), flow_sheet
    if risk_of_bias_rows:
        weights = study_weights(primary.get("studies", ()))
        names = study_names(review)
        judged = checked(risk_of_bias_rows)
        for tool, studies in judged.items():
            labels = {study: names.get(study) or report_label(study) for study in studies}
            name, shares = risk_names(tool)
            yield traffic_light_table(risk_of_bias_rows, tool, labels, name), traffic_light_sheet
            yield (
                risk_summary_table(risk_of_bias_rows, tool, weights, style.numbers, shares),
                risk_summary_sheet,
            )


def reason_words(protocol: Mapping[str, Any]) -> dict[str, str]:
    """The reasons of a protocol by their short names, since their texts are sentences."""
    criteria = protocol.get("criteria", {})
    ids = [item["id"] for kind in ("exclude", "automatic") for item in criteria.get(kind, ())]
    return {id: id.replace("_", " ").capitalize() for id in ids}


def study_names(review: Mapping[str, Any]) -> dict[str, str]:
    """The name of each study that the syntheses know from one report only: that of the report."""
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for synthesis in review["syntheses"]:
        for row in synthesis.get("studies", ()):
            if row.get("study") and row.get("report"):
                reports[row["study"]].add(row["report"])
    return {study: report_label(*found) for study, found in reports.items() if len(found) == 1}


def study_weights(studies: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The weight of each study in a synthesis: that of its rows together."""
    weights: defaultdict[str, float] = defaultdict(float)
    for row in studies:
        if row.get("weight") is not None and row.get("study") is not None:
            weights[row["study"]] += row["weight"]
    return dict(weights)
