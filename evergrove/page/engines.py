"""How far other engines' fits of the same effects lie from ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.page.parts import Cell, Table, cell, table
from evergrove.page.results import ReviewResults


def engines(results: ReviewResults) -> dict[str, Any]:
    """The largest difference in a sentence, and what no other engine can compute."""
    found = results.engines
    return {
        "sentence": _sentence(found),
        "not_checked": [
            {"quantity": item["quantity"], "reason": item["reason"]}
            for item in found["not_checked"]
        ],
    }


def _sentence(found: Mapping[str, Any]) -> str:
    largest = found["max_relative_difference"]
    if largest is None or not found["checks"]:
        return "No other engine had anything to fit."
    names = wording.listed([f"{item['name']} {item['version']}" for item in found["engines"]])
    return (
        f"Between this program and {names} the largest relative difference is "
        f"{wording.power_of_ten(largest)}. A run in which it exceeds "
        f"{wording.power_of_ten(found['tolerance'], 0)} stops."
    )


def engine_table(results: ReviewResults) -> Table:
    """One row an engine: how many numbers it was compared on, and the largest difference."""
    found = results.engines
    rows: list[list[str | Cell]] = []
    for engine in found["engines"]:
        checks = [item for item in found["checks"] if item["engine"] == engine["name"]]
        worst = max(checks, key=lambda item: item["relative_difference"], default=None)
        rows.append(
            [
                cell(engine["name"], detail=f"version {engine['version']}"),
                wording.count(len(checks)),
                wording.count(len({item["synthesis"] for item in checks})),
                listed_quantities(checks),
                wording.power_of_ten(worst["relative_difference"]) if worst else wording.MISSING,
                f"{worst['quantity']}, {worst['synthesis']}" if worst else wording.MISSING,
            ]
        )
    return table(
        "engines",
        "The same effects fitted by other engines",
        [
            ("Engine", "text"),
            ("Numbers compared", "number"),
            ("Syntheses", "number"),
            ("Quantities", "text"),
            ("Largest relative difference", "number"),
            ("Where", "text"),
        ],
        rows,
        empty="No other engine was used.",
    )


def listed_quantities(checks: Sequence[Mapping[str, Any]]) -> str:
    """The quantities that were compared, each once, in the order of the checks."""
    return ", ".join(dict.fromkeys(item["quantity"] for item in checks))
