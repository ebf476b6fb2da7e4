"""What a version keeps: enough to compare and to redraw, small enough to read in a diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

EFFECT_COLUMNS = (
    "measurement_id", "report", "study", "cohort", "group", "use", "status", "timepoint_days",
    "timepoint_label", "statistic", "flags", "n", "measure", "yi", "vi", "r", "before_mean",
    "before_sd", "after_mean", "after_sd", "rung",
)  # fmt: skip
REPORT_COLUMNS = ("report", "decision", "stage", "reason", "year", "title", "pmid", "doi", "status")
_FIT = (
    "b", "se", "ci_low", "ci_high", "pi_low", "pi_high", "tau2", "tau2_ci_low", "tau2_ci_high",
    "I2", "Q", "Q_df", "Q_p", "p", "method", "test", "level",
)  # fmt: skip
_ABOUT = ("id", "kind", "label", "k", "n_studies", "n_people")


def synthesis_rows(review: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One object a synthesis: what it is, and its fit in `_FIT`; `fit` is None where k is 0."""
    out = []
    for one in review["syntheses"]:
        fit = one.get("fit")
        kept = None if fit is None else {name: fit.get(name) for name in _FIT}
        used = [row.get("measurement_id") for row in one.get("studies", ())]
        out.append({name: one.get(name) for name in _ABOUT} | {"fit": kept, "used": used})
    return out


def snapshot(
    review: Mapping[str, Any],
    effects: Sequence[Mapping[str, str]],
    screened: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """The state of a review: `effects`, `reports` (rows of strings) and `syntheses`.

    `review` is syntheses.json, `effects` the rows of effects.csv, `screened` those of screened.csv;
    reports still waiting are no part of it.
    """
    settled = [row for row in screened if row["decision"] in ("include", "exclude")]
    return {
        "effects": [{name: row.get(name, "") for name in EFFECT_COLUMNS} for row in effects],
        "reports": [{name: row.get(name, "") for name in REPORT_COLUMNS} for row in settled],
        "syntheses": {
            "primary": review["primary"],
            "measure": review.get("measure"),
            "unit": review.get("unit"),
            "outcome": review.get("outcome"),
            "positive_means": review.get("positive_means"),
            "syntheses": synthesis_rows(review),
        },
    }


def primary_fit(state: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The fit of the primary synthesis of a snapshot."""
    synthesis = primary(state)
    return None if synthesis is None else synthesis["fit"]


def primary(state: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The primary synthesis of a snapshot."""
    kept = state["syntheses"]
    return next((one for one in kept["syntheses"] if one["id"] == kept["primary"]), None)
