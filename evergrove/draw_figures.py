"""All figures of a review: forest plots, and what else FURTHER and risk of bias ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evergrove import risk_of_bias
from evergrove.figure_list import FURTHER
from evergrove.figures import fonts
from evergrove.figures.absent import absent_sheet, absent_table
from evergrove.figures.chart_course import trajectory_table
from evergrove.figures.chart_review import chart_figures, place_chart
from evergrove.figures.row_figures import row_figures
from evergrove.figures.save import save
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import GENERIC, Style
from evergrove.figures.table import Table, context_of
from evergrove.forest_plots import PICTURES, Drawn, draw_forests
from evergrove.tables import format_json

Rows = Sequence[Mapping[str, Any]]
Figure = tuple[str, Table, Sheet]

#: What a figure needs that a review may not have.
NEEDS = {
    "time-course": "No time window of the protocol has a pooled estimate.",
    "correlation": "No effect rests on an assumed correlation.",
    "trajectory": "No version of the review has an estimate.",
    "cumulative": "No study is in the primary synthesis.",
    "leave-one-out": "It needs two rows in the primary synthesis.",
    "gosh": "It needs three rows in the primary synthesis.",
}
OTHERWISE = "It needs two rows that are pooled in the primary synthesis."


@dataclass(frozen=True)
class Sources:
    """The results that figures are drawn from: syntheses.json, prisma.json, and so on, as read."""

    syntheses: Mapping[str, Any]
    prisma: Mapping[str, Any]
    changes: Mapping[str, Any]
    cumulative: Rows = field(default_factory=list)
    leave_one_out: Rows = field(default_factory=list)
    risk_of_bias: Rows | None = None


def draw_figures(
    sources: Sources,
    protocol: Mapping[str, Any],
    wanted: Iterable[str] | None = None,
    style: Style = GENERIC,
) -> Drawn:
    """The files of each figure as of `draw_forests`, with those of `figure_list`.

    A figure that a review has not the numbers for is a sheet that says so. Raises EvergroveError
    for a wanted figure that there is not, and for judgements that cannot be read.
    """
    review = with_marks(sources)
    further = {id: (table, sheet) for id, table, sheet in further_figures(sources, protocol, style)}
    forests = None if wanted is None else [id for id in wanted if id not in further]
    drawn = draw_forests(review, protocol, forests, style)
    files = dict(drawn.files)
    for id, (table, sheet) in further.items():
        if wanted is None or id in wanted:
            files[id] = save(sheet, PICTURES, style) | {"json": format_json(table).encode()}
    return Drawn(files, drawn.missing)


def further_figures(
    sources: Sources, protocol: Mapping[str, Any], style: Style = GENERIC
) -> Iterator[Figure]:
    """(id, figure table, sheet) of all but the forest plots of single syntheses."""
    made = {id: (table, sheet) for id, table, sheet in _drawable(sources, protocol, style)}
    for id, title in FURTHER.items():
        if id in made:
            yield id, *made.pop(id)
        else:
            table = absent_table(id, title, NEEDS.get(id, OTHERWISE))
            yield id, table, absent_sheet(table, style, fonts.advance, fonts.line_is_tall)
    for id, (table, sheet) in made.items():
        yield id, table, sheet


def with_marks(sources: Sources) -> Mapping[str, Any]:
    """syntheses.json with `new` at the rows that no version before had, and judgements beside.

    A judgement of risk of bias stands at the rows of its study where one tool was used: columns
    of two tools beside each other could be taken for one.
    """
    compared = sources.changes.get("changes") or {}
    new = set((compared.get("studies") or {}).get("added_to_primary", ()))
    judged: Mapping[str, Any] = {}
    names: Mapping[str, str] = {}
    if sources.risk_of_bias:
        by_tool = risk_of_bias.checked(sources.risk_of_bias)
        if len(by_tool) == 1:
            [(tool, judged)] = by_tool.items()
            known = risk_of_bias.tools()[tool]
            names = dict(known.domains) | {risk_of_bias.OVERALL: known.overall}
    review = sources.syntheses
    marked = []
    for synthesis in review["syntheses"]:
        rows = []
        for row in synthesis.get("studies", ()):
            more: dict[str, Any] = {}
            if synthesis["id"] == review.get("primary"):
                if row.get("study") in new:
                    more["new"] = True
                if found := judged.get(row.get("study")):
                    more["rob"] = {names[domain]: word for domain, word in found.items()}
            rows.append({**row, **more})
        marked.append({**synthesis, "studies": rows} if "studies" in synthesis else synthesis)
    return {**review, "syntheses": marked}


def _drawable(sources: Sources, protocol: Mapping[str, Any], style: Style) -> Iterator[Figure]:
    made: list[Figure] = row_figures(
        sources.syntheses,
        sources.prisma,
        sources.cumulative,
        sources.leave_one_out,
        sources.risk_of_bias,
        protocol,
        style,
    )
    made += chart_figures(sources.syntheses, protocol, style)
    for id, table, sheet in made:
        yield id.replace("_", "-"), table, sheet
    steps = versions_of(sources.changes)
    if any(row["estimate"] is not None for row in steps):
        table = trajectory_table(steps, context_of(sources.syntheses, protocol, style.numbers))
        yield "trajectory", table, place_chart(table, style)


def versions_of(changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The trajectory of changes.json as rows for its figure, oldest first."""
    rows = []
    for step in changes.get("trajectory", ()):
        fit = step.get("fit") or {}
        rows.append(
            {
                "version": step["version"] or "now, not released",
                "date": step["date"],
                "estimate": fit.get("b"),
                "low": fit.get("ci_low"),
                "high": fit.get("ci_high"),
                "tau2": fit.get("tau2"),
                "k": step["k"],
            }
        )
    return rows
