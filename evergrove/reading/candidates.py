"""Candidate records: fields, spans, dispersion, confidence, reasons, alternatives, flags."""

from __future__ import annotations

from typing import Any

FIELDS = (
    "measure", "arm", "stat", "timepoint_label", "timepoint_days", "n", "mean", "sd", "se",
    "pm", "median", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high", "ci_level", "p",
    "p_op", "scale_min", "scale_max", "unit", "dispersion", "confidence", "reasons",
    "alternatives", "flags", "spans",
)  # fmt: skip

# Confidence starts at 0.9 and loses these; the result is cut to [0.05, 0.99]. The order of reading,
# not a probability: it decides what a person sees first.
WEIGHTS = {
    "carried_over": -0.08,
    "time_assumed": -0.15,
    "time_missing": -0.2,
    "time_carried": -0.15,
    "arm_order_assumed": -0.3,
    "dispersion_assumed": -0.15,
    "dispersion_ambiguous": -0.25,
    "dispersion_inferred": -0.1,
    "elliptical_roles": -0.2,
    "arity_ambiguous": -0.35,
    "interval_unlabelled": -0.15,
    "direction_assumed": -0.2,
    "sign_conflict": -0.2,
    "change_unsigned": -0.2,
    "n_cohort": -0.05,
    "n_missing": -0.1,
    "n_inferred": -0.1,
    "arm_by_elimination": -0.2,
    "scale_inferred": -0.05,
    "estimate_outside_ci": -0.3,
    "sd_exceeds_bound": -0.3,
    "mean_outside_scale": -0.4,
    "quartiles_disordered": -0.4,
    "range_disordered": -0.4,
    "ci_reversed": -0.2,
    "grim_inconsistent": -0.1,
    "p_inconsistent": -0.15,
    "model_based": -0.05,
    "no_spread": -0.03,
    "stated_spread": 0.05,
    "word_number": -0.1,
    "percent_change": -0.1,
    "timepoint_unresolved": -0.05,
    "timepoint_approximate": -0.03,
    "values_conflict": -0.3,
    "second_reader_agrees": 0.05,
    "second_reader_silent": -0.1,
    "second_reader_differs": -0.2,
}
# Reasons and flags that put the whole text into the queue.
QUEUE = (
    "approximate_value", "arm_by_elimination", "arity_ambiguous", "arity_mismatch",
    "arm_order_assumed",
    "change_unsigned", "ci_reversed", "difference_order_unknown", "difference_unsigned",
    "direction_assumed", "dispersion_ambiguous", "dispersion_assumed", "dispersion_inferred",
    "elliptical_roles", "estimate_outside_ci", "grim_inconsistent", "interval_unlabelled",
    "iqr_width_only", "mean_outside_scale", "mixed_units", "model_based", "n_inferred", "n_missing",
    "overlapping_cohort",
    "p_inconsistent", "p_printed_zero", "pair_unresolved", "percent_change",
    "quartiles_disordered", "range_disordered", "range_of_means", "scale_inferred",
    "sd_exceeds_bound", "sign_conflict", "time_assumed", "time_carried", "time_missing",
    "timepoint_approximate", "timepoint_unresolved", "unclaimed_result", "values_conflict",
)  # fmt: skip


def empty_record() -> dict[str, Any]:
    """A record with every key of the interface, nothing filled in."""
    record: dict[str, Any] = dict.fromkeys(FIELDS)
    record.update(reasons=[], alternatives=[], flags=[], spans={}, stat="level", arm="all")
    return record


def confidence(record: dict[str, Any]) -> float:
    """0.9 plus the weights of the record's reasons and flags, within [0.05, 0.99]."""
    total = 0.9 + sum(WEIGHTS.get(name, 0.0) for name in {*record["reasons"], *record["flags"]})
    return round(min(0.99, max(0.05, total)), 2)
