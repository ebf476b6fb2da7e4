"""The protocol's further model of dependent effects, beside the primary one: rows to results.

The estimate of the review is not changed by it; it shows what the dependence between cohorts of a
study, and between times of a cohort, does to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import multilevel, selection
from evergrove.selection import Row

# What a protocol without the key means.
NONE: dict[str, Any] = {"model": "none", "rho": 0.6, "rho_grid": [], "all_times": False}


def declared(protocol: Mapping[str, Any]) -> dict[str, Any]:
    """The protocol's model.dependence, with what it leaves out."""
    return {**NONE, **(protocol["model"].get("dependence") or {})}


def options(protocol: Mapping[str, Any]) -> dict[str, Any]:
    """How `multilevel` fits for this protocol: its level, ML where it asks for ML, else REML."""
    model = protocol["model"]
    return {
        "method": "ML" if model["method"] == "ML" else "REML",
        "test": "z" if model["test"] == "z" else "t",
        "dfs": "contain",
        "level": model["level"],
    }


def further_model(
    y: np.ndarray, v: np.ndarray, rows: Sequence[Row], protocol: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The declared model for the rows of one synthesis; None if the protocol declares none.

    "three_level": cohorts within studies. "che": the same, and the sampling errors of cohorts of
    one study correlate by rho; "grid" then holds the estimate at each rho of the grid.
    """
    plan = declared(protocol)
    if plan["model"] == "none":
        return None
    how = options(protocol)
    studies = [row[protocol["model"]["cluster"]] for row in rows]
    if plan["model"] == "three_level":
        return multilevel.fit(y, v, studies, **how) | {"grid": []}
    fit = multilevel.fit(y, v, studies, rho=plan["rho"], **how)
    return fit | {"grid": multilevel.rho_grid(y, v, studies, plan["rho_grid"], **how)}


def all_times(effects: Sequence[Row], protocol: Mapping[str, Any]) -> dict[str, Any] | None:
    """All times of all cohorts in one model of correlated and hierarchical effects.

    Sampling errors of one cohort's times correlate by rho, those of different cohorts do not;
    true effects vary between studies and between the measurements of a study. The object has the
    synthesis' counts, rows and dropped rows with `dependence`, and in it `grid`. None unless the
    protocol asks for it.
    """
    plan = declared(protocol)
    if not plan["all_times"]:
        return None
    chosen = selection.all_times(effects, protocol)
    labels = selection.row_labels(effects)
    rows = chosen.rows
    out: dict[str, Any] = {
        "id": chosen.id,
        "kind": chosen.kind,
        "label": chosen.label,
        "description": f"{chosen.description} Sampling errors of one cohort's times are taken to "
        f"correlate by {plan['rho']}; the estimate is a mean over the times that were reported.",
        "k": len(rows),
        "n_cohorts": len({(row["report"], row["cohort"]) for row in rows}),
        "n_studies": len({row["study"] for row in rows}),
        "dependence": None,
        "studies": [
            {
                "study": row["study"],
                "report": row["report"],
                "cohort": row["cohort"],
                "label": labels[row["measurement_id"]],
                "timepoint_days": selection.number(row, "timepoint_days"),
                "yi": selection.number(row, "yi"),
                "vi": selection.number(row, "vi"),
                "measurement_id": row["measurement_id"],
            }
            for row in rows
        ],
        "dropped": chosen.dropped,
    }
    if not rows:
        return out
    y, v = (np.array([selection.number(row, key) for row in rows], float) for key in ("yi", "vi"))
    how = options(protocol) | {"within": [(row["report"], row["cohort"]) for row in rows]}
    studies = [row[protocol["model"]["cluster"]] for row in rows]
    fit = multilevel.fit(y, v, studies, rho=plan["rho"], **how)
    out["dependence"] = fit | {"grid": multilevel.rho_grid(y, v, studies, plan["rho_grid"], **how)}
    return out
