"""Certainty of the evidence by GRADE: a starting level, and one row for every reason to lower it.

A person's judgement (`certainty.csv`) stands; where there is none, a rule suggests one from the
numbers, and the row says so. A suggestion is no judgement: the page prints which is which.

Rules (each names what it looked at): GRADE guidelines 4-9, J Clin Epidemiol 2011; evidence without
a comparison begins at low, as observational evidence does (Guyatt et al. 2011, 64:401).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evergrove import tables
from evergrove.errors import EvergroveError

LEVELS = ("very low", "low", "moderate", "high")
DOMAINS = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")
COLUMNS = ("domain", "levels", "reason", "judged_by")
#: From so many people on, imprecision is not suggested by size alone (the rule of thumb of 400).
ENOUGH_PEOPLE = 400
#: Under so many cohorts, tests for small-study effects say nothing.
ENOUGH_COHORTS = 10


def read_judgements(path: Path | str) -> list[dict[str, str]]:
    """The rows of certainty.csv: one a domain. Raises EvergroveError with line and remedy."""
    rows = tables.read_csv(path, COLUMNS)
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        where = f"line {line}"
        if row["domain"] not in DOMAINS or row["domain"] in seen:
            raise EvergroveError(
                "no domain of GRADE, or one named twice", file=path, place=where,
                value=row["domain"], remedy=f"One row for each of: {', '.join(DOMAINS)}.",
            )  # fmt: skip
        if row["levels"] not in ("0", "1", "2"):
            raise EvergroveError(
                "not a number of levels", file=path, place=f"{where}, column levels",
                value=row["levels"], remedy="Write 0, 1 (serious) or 2 (very serious).",
            )  # fmt: skip
        if not row["reason"].strip() or not row["judged_by"].strip():
            raise EvergroveError(
                "a judgement without its reason or its author", file=path, place=where,
                remedy="Fill in reason and judged_by.",
            )  # fmt: skip
        seen.add(row["domain"])
    return rows


def certainty(
    primary: Mapping[str, Any],
    protocol: Mapping[str, Any],
    judgements: Sequence[Mapping[str, str]] = (),
    asymmetry: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """{"level", "start", "rows": [{"domain", "levels", "reason", "judged_by"}], "judged"}.

    `primary` is the primary synthesis of syntheses.json; `asymmetry` the regression test of small
    study effects: `estimate` (the slope on the standard error) and `p`. `judged_by` is None
    for a suggestion; `judged` whether a person judged every domain. Without a pooled result the
    level is None.
    """
    fit = primary.get("fit")
    if fit is None:
        return {"level": None, "start": "low", "rows": [], "judged": False}
    important = protocol["outcome"].get("minimal_important_difference")
    told = {row["domain"]: row for row in judgements}
    suggested = {
        "risk_of_bias": (
            1,
            "No comparison group: natural course and regression to the mean are part of the change",
        ),
        "inconsistency": _inconsistency(fit, important),
        "indirectness": (0, "People, treatment and outcome are those of the question"),
        "imprecision": _imprecision(fit, primary["n_people"], important),
        "publication_bias": _publication(primary["k"], asymmetry),
    }
    rows = []
    for domain in DOMAINS:
        row = told.get(domain)
        levels, reason = suggested[domain]
        rows.append(
            {
                "domain": domain,
                "levels": int(row["levels"]) if row is not None else levels,
                "reason": row["reason"] if row is not None else reason,
                "judged_by": row["judged_by"] if row is not None else None,
            }
        )
    start = LEVELS.index("low")
    level = LEVELS[max(0, start - sum(row["levels"] for row in rows))]
    return {
        "level": level,
        "start": LEVELS[start],
        "rows": rows,
        "judged": all(row["judged_by"] for row in rows),
    }


def _inconsistency(fit: Mapping[str, Any], important: float | None) -> tuple[int, str]:
    """Serious where new settings may lie on both sides of what matters."""
    low, high = fit.get("pi_low"), fit.get("pi_high")
    if low is None or high is None:
        return 0, "Too few cohorts for a prediction interval"
    bounds = [0.0] if important is None else [0.0, important]
    crossed = [bound for bound in bounds if low < bound < high]
    if 0.0 in crossed:
        return 1, "The prediction interval holds no change"
    if crossed:
        return 1, "The prediction interval holds the minimal important difference"
    return 0, "The whole prediction interval lies on one side of what matters"


def _imprecision(
    fit: Mapping[str, Any], people: int | None, important: float | None
) -> tuple[int, str]:
    low, high = fit.get("ci_low"), fit.get("ci_high")
    if low is None or high is None:
        return 2, "No interval"
    bounds = [0.0] if important is None else [0.0, important]
    if any(low < bound < high for bound in bounds):
        return 1, "The confidence interval lies on both sides of what matters"
    if people is not None and people < ENOUGH_PEOPLE:
        return 1, f"Fewer than {ENOUGH_PEOPLE} people"
    return 0, "The whole confidence interval lies on one side of what matters"


def _publication(cohorts: int, asymmetry: Mapping[str, Any] | None) -> tuple[int, str]:
    if cohorts < ENOUGH_COHORTS:
        return 0, f"Cannot be judged from fewer than {ENOUGH_COHORTS} cohorts"
    if asymmetry is None or asymmetry.get("p") is None:
        return 0, "Not judged: there is no test for small-study effects"
    if asymmetry["p"] >= 0.1:
        return 0, "The regression test found no small-study effect (p \u2265 0.1)"
    if asymmetry["estimate"] < 0:
        return 0, (
            "Small cohorts show smaller changes than large ones (regression test, p < 0.1): "
            "not what selective publication would leave"
        )
    return 1, "Small cohorts show larger changes than large ones (regression test, p < 0.1)"
