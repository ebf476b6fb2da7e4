"""Candidate records: fields, spans, dispersion, confidence, reasons, alternatives, flags."""

from __future__ import annotations

import math
from typing import Any

FIELDS = (
    "measure", "arm", "stat", "timepoint_label", "timepoint_days", "n", "mean", "sd", "se",
    "pm", "median", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high", "ci_level", "p",
    "p_op", "scale_min", "scale_max", "unit", "dispersion", "confidence", "reasons",
    "alternatives", "flags", "spans",
)  # fmt: skip

# The confidence of a record is an estimate of how often such records were right in every part:
# 1/(1 + exp(-(START + the weights of its reasons and flags))), weights in log odds. They were
# fitted to 1,427 records of 18 sets of texts that the program had not seen then (decision 0013);
# what stood in few records keeps a weight set by judgement. No doubt raises the confidence.
START = 2.5
WEIGHTS = {
    "interval_unlabelled": -2.6,
    "values_conflict": -2.5,
    "quartiles_disordered": -2.4,
    "range_disordered": -2.4,
    "mean_outside_scale": -2.3,
    "time_missing": -2.2,
    "arity_ambiguous": -2.1,
    "arm_order_assumed": -1.8,
    "estimate_outside_ci": -1.8,
    "sd_exceeds_bound": -1.7,
    "arm_by_elimination": -1.6,
    "n_missing": -1.6,
    "change_unsigned": -1.5,
    "model_based": -1.5,
    "time_assumed": -1.5,
    "declared_spread": -1.3,
    "dispersion_inferred": -1.3,
    "ci_reversed": -1.2,
    "conflict_resolved": -1.0,
    "second_reader_differs": -1.2,
    "time_carried": -1.2,
    "carried_over": -1.0,
    "centre_assumed": -1.0,
    "elliptical_roles": -1.0,
    "grim_inconsistent": -1.0,
    "no_spread": -1.0,
    "whole_beside_groups": -1.0,
    "rises_from_baseline": -1.0,
    "direction_assumed": -0.7,
    "percent_change": -0.6,
    "second_reader_silent": -0.6,
    "dispersion_ambiguous": -0.5,
    "dispersion_assumed": -0.5,
    "sign_conflict": -0.5,
    "timepoint_unresolved": -0.5,
    "n_cohort": -0.2,
    "n_inferred": -0.2,
    "p_inconsistent": -0.2,
    "scale_inferred": -0.2,
    "timepoint_approximate": -0.1,
    "word_number": -0.1,
    "second_reader_agrees": 0.3,
    "stated_spread": 0.5,
}
# Reasons and flags that put the whole text into the queue.
QUEUE = (
    "approximate_value", "arm_by_elimination", "arity_ambiguous", "arity_mismatch",
    "arm_order_assumed",
    "centre_assumed", "change_unsigned", "ci_reversed", "conflict_resolved",
    "difference_order_unknown", "difference_unsigned",
    "direction_assumed", "dispersion_ambiguous", "dispersion_assumed", "dispersion_inferred",
    "elliptical_roles", "estimate_outside_ci", "grim_inconsistent", "interval_unlabelled",
    "iqr_width_only", "mean_outside_scale", "mixed_units", "model_based", "n_inferred", "n_missing",
    "overlapping_cohort",
    "p_inconsistent", "p_printed_zero", "pair_unresolved", "percent_change",
    "quartiles_disordered", "range_disordered", "range_of_means", "rises_from_baseline",
    "scale_inferred",
    "sd_exceeds_bound", "sign_conflict", "time_assumed", "time_carried", "time_missing",
    "timepoint_approximate", "timepoint_unresolved", "unclaimed_result", "values_conflict",
    "whole_beside_groups",
)  # fmt: skip


def empty_record() -> dict[str, Any]:
    """A record with every key of the interface, nothing filled in."""
    record = _EMPTY.copy()
    record["reasons"], record["alternatives"], record["flags"] = [], [], []
    record["spans"] = {}
    return record


_EMPTY: dict[str, Any] = dict.fromkeys(FIELDS) | {"stat": "level", "arm": "all"}


def confidence(record: dict[str, Any]) -> float:
    """How often such records were right, from the record's reasons and flags, in [0.01, 0.99]."""
    names = {*record["reasons"], *record["flags"]}
    total = START + sum([WEIGHTS[name] for name in names if name in WEIGHTS])
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-total)))), 2)
