"""Invented reviews for the tests of figures made of rows and boxes; no number is from a study."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from evergrove import count_flow, diagnostics
from evergrove.risk_of_bias import OVERALL, tools
from tests.figure_sample import LONG_LABELS, review, studies, synthesis

SIZES = (2, 13, 65, 150)
_COLUMNS = ("b", "ci_low", "ci_high", "tau2")


def analyses(k: int, labels: tuple[str, ...] = ()) -> dict[str, Any]:
    """A review with k sensitivity analyses, among them one of no row and one of a single row."""
    rows = studies(9)
    found = [synthesis(rows)]
    for number in range(k):
        size = (7, 0, 1, 2, 8)[number % 5]
        label = labels[number % len(labels)] if labels else f"Without doubt number {number}"
        part = [dict(row) for row in rows[:size]]
        kind = "window" if number < 2 else "sensitivity"
        found.append(synthesis(part, id=f"s{number}", kind=kind, label=label))
    found[-1]["same_as_primary"] = True
    grid = [
        {"r": r, **{name: found[0]["fit"][name] for name in (*_COLUMNS, "pi_low", "pi_high")}}
        for r in (0.0, 0.5, 0.9)
    ]
    return review(*found, correlation_grid=grid)


def sequence(k: int, labels: tuple[str, ...] = ()) -> tuple[list[dict], list[dict], dict]:
    """cumulative.csv, leave_one_out.csv (cells as text) and the synthesis that they belong to."""
    rows = studies(k, labels=labels)
    whole = synthesis(rows)
    y, v = (np.array([row[name] for row in rows]) for name in ("yi", "vi"))
    added, left = diagnostics.cumulative(y, v), diagnostics.leave_one_out(y, v)

    def cells(columns: dict, i: int, size: int) -> dict[str, str]:
        found = {name: columns[name][i] for name in _COLUMNS}
        return {"k": str(size)} | {
            name: "" if value is None else repr(float(value)) for name, value in found.items()
        }

    cumulative = [
        {
            "added": row["label"],
            "year": str(1990 + i),
            "study": row["study"],
            **cells(added, i, i + 1),
        }
        for i, row in enumerate(rows)
    ]
    one_out = [
        {"left_out": row["label"], "unit": "cohort", **cells(left, i, k - 1)}
        for i, row in enumerate(rows)
    ]
    return cumulative, one_out, whole


def flow(
    n: int = 2,
    updated: bool = False,
    other: bool = False,
    labels: tuple[str, ...] = (),
    seed: int = 5,
) -> dict[str, Any]:
    """A prisma.json whose counts add up, with n databases and n reasons of each kind."""
    draw = random.Random(seed)

    def named(stem: str, most: int) -> dict[str, int]:
        names = [labels[i % len(labels)] + f" {i}" if labels else f"{stem}_{i}" for i in range(n)]
        return {name: draw.randint(1, most) for name in names}

    def retrieval(included: int) -> dict[str, Any]:
        reasons = named("reason", 30)
        excluded = sum(reasons.values())
        assessed = excluded + 2 + included
        return {
            "sought": assessed + 3 + 4,
            "not_retrieved": 3,
            "awaiting_full_text": 4,
            "assessed": assessed,
            "reports_excluded": excluded,
            "reports_excluded_by_reason": reasons,
            "awaiting_classification": 2,
            "included": included,
            "included_on_abstract": 1,
        }

    databases, registers = named("base", 9000), {"Register": 20_345}
    below, automatic, titles = retrieval(11), named("rule", 40), named("title", 400)
    identified = sum(databases.values()) + sum(registers.values())
    screened = sum(titles.values()) + below["sought"]
    duplicates = identified - sum(automatic.values()) - 6 - 8 - screened
    beside = retrieval(5) if other else {name: _nothing(value) for name, value in below.items()}
    kinds = {"website": beside["sought"], "organisation": 0, "citation_search": 0}
    new = 11 + beside["included"]
    was = {"reports": 30, "studies": 21} if updated else None
    old = was or {"reports": 0, "studies": 0}
    removed = 1 if updated else 0
    counts = {
        "variant": "updated" if updated else "new",
        "previous_version": "26.1.0" if updated else None,
        "databases": {
            "identified": identified,
            "databases": databases,
            "registers": registers,
            "duplicates": duplicates,
            "ineligible": automatic,
            "unreadable": 6,
            "awaiting_screening": 8,
            "screened": screened,
            "excluded": sum(titles.values()),
            "excluded_by_reason": titles,
            **below,
        },
        "other": {
            "records": beside["sought"] + (3 if other else 0),
            "known_already": 3 if other else 0,
            "unreadable": 0,
            "identified": beside["sought"],
            **kinds,
            **beside,
        },
        "retrieved_again": 7,
        "included": {
            "reports": old["reports"] + new - removed,
            "studies": old["studies"] + 9 - removed,
            "new_reports": new,
            "new_studies": 9,
            "reports_reclassified": 0,
            "studies_reclassified": 0,
            "reports_removed": removed,
            "studies_removed": removed,
        },
        "previous": was,
    }
    count_flow.check(counts)
    return counts


def _nothing(value: Any) -> Any:
    return {} if isinstance(value, dict) else 0


def judgements(k: int, tool: str, seed: int = 3, left_out: float = 0.0) -> list[dict[str, str]]:
    """Rows of risk_of_bias.csv for k studies; a share of them may be `left_out`."""
    draw, used = random.Random(seed), tools()[tool]
    rows = []
    for number in range(k):
        for domain in [*(id for id, _ in used.domains), OVERALL]:
            judgement = draw.choice(used.answers(domain)).id
            if domain != used.domains[0][0] and draw.random() < left_out:
                continue
            row = {"study": f"s{number}", "tool": tool, "domain": domain, "judgement": judgement}
            rows.append(row | {"support": "", "reviewer": ""})
    return rows


def study_labels(k: int) -> dict[str, str]:
    """Names of 80 characters in five scripts for the studies of `judgements`."""
    return {f"s{number}": LONG_LABELS[number % len(LONG_LABELS)] for number in range(k)}
