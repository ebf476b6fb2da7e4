"""From the result files to everything that the page says, as plain values and in reading order."""

from __future__ import annotations

from typing import Any

from evergrove import figure_list
from evergrove.page import (
    agreement,
    analyses,
    certainty,
    changes,
    checklist,
    complications,
    derivations,
    engines,
    methods,
    published,
    studies,
    svg,
    waiting,
)
from evergrove.page.explore import explore
from evergrove.page.flow import flow
from evergrove.page.headline import headline
from evergrove.page.parts import Table
from evergrove.page.results import ReviewResults

# Drawings are put into the page, one after the other, up to so many bytes; the rest are linked.
FIGURE_ROOM = 90_000


def view(results: ReviewResults, room: int | None = None) -> dict[str, Any]:
    """The page's content, with drawings beside the primary one up to `room` bytes (FIGURE_ROOM).

    Raises EvergroveError where result files contradict each other.

    Nothing in it is markup except the drawings, which are made safe here.
    """
    tables = _numbered(all_tables(results))
    return {
        "slug": results.slug,
        "title": results.protocol["title"],
        "question": results.protocol["question"],
        "level": results.level,
        "headline": headline(results),
        "changes": changes.changes(results),
        "figures": figures(results, room),
        "derivations": derivations.derivations(results),
        "flow": flow(results),
        "tables": tables,
        "explore": explore(results),
        "model_lines": analyses.model_lines(results),
        "agreement": agreement.agreement(results),
        "engines": engines.engines(results),
        "methods": methods.methods(results),
        "criteria": methods.criteria(results),
        "references": studies.references(results),
        "software": methods.software(results),
    }


def all_tables(results: ReviewResults) -> list[Table]:
    """Every table of the page, in the order in which they are numbered."""
    return [
        analyses.forest_rows(results),
        studies.study_table(results),
        certainty.findings_table(results),
        certainty.grade_table(results),
        changes.version_table(results),
        changes.changed_table(results),
        published.published_table(results),
        analyses.sensitivity(results),
        analyses.windows(results),
        analyses.subgroups(results),
        analyses.correlation(results),
        analyses.one_at_a_time(results),
        analyses.cumulative(results),
        complications.complications(results),
        studies.not_pooled(results),
        studies.overlaps(results),
        agreement.cells(results),
        engines.engine_table(results),
        methods.searches(results),
        *waiting.tables(results),
        *(checklist.checklist_table(name) for name in checklist.NAMES),
    ]


def _numbered(made: list[Table]) -> dict[str, Table]:
    return {item["id"]: item | {"number": number} for number, item in enumerate(made, start=1)}


def figures(results: ReviewResults, room: int | None = None) -> list[dict[str, Any]]:
    """The drawings: the primary one first and open, the others folded, or linked when too large.

    Funnel plots, flow diagram and so on (`figure_list.FURTHER`) are always linked: the page has
    their numbers in its tables.

    Each is ``{"id", "name", "caption", "svg", "files"}``; `svg` is None for a linked drawing.
    """
    primary = results.syntheses["primary"]
    named = [(item["id"], item["label"]) for item in _drawn(results)]
    further = figure_list.further(results.figures)
    named += further.items()
    room, made = FIGURE_ROOM if room is None else room, []
    for name, label in named:
        if name not in results.figures:
            continue
        identifier = f"figure-{name}"
        drawn = svg.inline(
            results.figures[name], identifier, f"results/{results.slug}/figures/{name}.svg"
        )
        size = len(drawn.encode())
        fits = name == primary or (size <= room and name not in further)
        room = room - size if fits else 0
        made.append(
            {
                "id": identifier,
                "name": name,
                "number": len(made) + 1,
                "caption": label,
                "svg": drawn if fits else None,
                "files": [
                    {"text": suffix.upper(), "href": f"../figures/{name}.{suffix}"}
                    for suffix in ("svg", "pdf", "png")
                ],
            }
        )
    return made


def _drawn(results: ReviewResults) -> list[Any]:
    """What is shown: the primary synthesis, subgroup analyses, time windows, sensitivity.

    A subgroup analysis shows its levels, whose own drawings stay files.
    """
    shown = [results.primary, *results.syntheses["subgroups"]]
    for kind in ("window", "sensitivity"):
        shown += results.of_kind(kind)
    return shown
