"""Plausibility of a record by itself: each finding names its rule; nothing is changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from evergrove.reading.numbers.spread import half_unit, largest_sd, p_range
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View


def check_record(
    record: dict[str, Any], scale: tuple[float, float] | None, printed: dict[str, str]
) -> list[str]:
    """Flags of one record. `scale` are the bounds of a level; `printed` the surface of each field.

    estimate_outside_ci, ci_reversed, quartiles_disordered, range_disordered, sd_exceeds_bound,
    mean_outside_scale, grim_inconsistent.
    """
    flags: list[str] = []
    centre = record["mean"] if record["mean"] is not None else record["median"]
    if centre is None:
        return flags
    low, high = record["ci_low"], record["ci_high"]
    if low is not None and high is not None:
        if low > high:
            flags.append("ci_reversed")
        elif not low - 1e-9 <= centre <= high + 1e-9:
            flags.append("estimate_outside_ci")
    if record["q1"] is not None and not record["q1"] <= centre <= record["q3"]:
        flags.append("quartiles_disordered")
    if record["min"] is not None and not record["min"] <= centre <= record["max"]:
        flags.append("range_disordered")
    if scale is None or record["stat"] not in ("level", "change"):
        return flags
    bottom, top = scale
    if record["stat"] == "change":
        bottom, top = scale[0] - scale[1], scale[1] - scale[0]
    if not bottom - 1e-9 <= centre <= top + 1e-9:
        flags.append("mean_outside_scale")
        return flags
    n = record["n"]
    if record["sd"] is not None and record["mean"] is not None:
        bound = largest_sd(record["mean"], bottom, top, n)
        if record["sd"] - half_unit(printed.get("sd", "")) > bound + half_unit(
            printed.get("mean", "")
        ):
            flags.append("sd_exceeds_bound")
    return flags


def check_table(
    records: list[dict[str, Any]], lower_is_better: Callable[[str], bool]
) -> list[dict[str, Any]]:
    """Flags of records beside each other; returns the records that were given one.

    whole_beside_groups: a value of everybody beside values of single groups of the same measure
    (`names_scale_group` and `names_age_group` tell it of one record).
    rises_from_baseline: a score that is to fall stands above that of the same group at baseline.
    """
    rows = [r for r in records if r["stat"] in ("level", "change")]
    groups: dict[str, set[str]] = {}
    for record in rows:
        groups.setdefault(record["measure"], set()).add(record["arm"])
    start = {
        (r["measure"], r["arm"]): _centre(r)
        for r in rows
        if r["stat"] == "level" and r["timepoint_label"] == "baseline"
    }
    flagged = []
    for record in rows:
        if record["arm"] == "all" and len(groups[record["measure"]]) > 1:
            record["flags"].append("whole_beside_groups")
            flagged.append(record)
        first = start.get((record["measure"], record["arm"]))
        if first is None or record["stat"] != "level" or not lower_is_better(record["measure"]):
            continue
        if _centre(record) > first:
            record["flags"].append("rises_from_baseline")
            flagged.append(record)
    return flagged


def names_scale_group(tokens: list[Token], view: View) -> bool:
    """Whether "the VAS GROUP" stands in the sentence: those scored on one scale, not everybody."""
    if "group" not in view.words:
        return False
    return any(
        mention.instrument and mention.last < view.b and tokens[mention.last].word == "group"
        for mention in view.mentions
        if tokens[mention.last - 2].word == "the"
    )


def names_age_group(tokens: list[Token], view: View) -> bool:
    """Whether "patients UNDER 60 YEARS (n = 44)" stands in the sentence: a part of all."""
    if _AGES.isdisjoint(view.words):
        return False
    return any(
        tokens[k].word in ("years", "yr")
        and tokens[k + 1].word in ("(", "[")
        and tokens[k + 2].word == "n"
        and any(tokens[m].word in _AGES for m in range(max(view.a, k - 4), k))
        for k in range(view.a, view.b - 2)
    )


_AGES = word_set("under over below above aged younger older < > ≤ ≥")


def _centre(record: dict[str, Any]) -> float:
    return float(record["mean"] if record["mean"] is not None else record["median"])


def grim_fails(mean: str, n: int) -> bool:
    """Whether no sum of n whole numbers gives the printed mean (Brown and Heathers 2017).

    Only meaningful for single items scored in whole numbers and n < 10^decimals.
    """
    decimals = len(mean.partition(".")[2])
    if not decimals or n >= 10**decimals or n < 2:
        return False
    value = float(mean)
    total = value * n
    for whole in (math.floor(total), math.ceil(total)):
        if abs(whole / n - value) <= half_unit(mean) + 1e-9:
            return False
    return True


def p_disagrees(
    means: tuple[float, float], spreads: tuple[float, float], ns: tuple[int, int],
    texts: tuple[str, str], op: str, p: float,
) -> bool:  # fmt: skip
    """Whether neither the SD nor the SE reading of two summaries can give the printed p."""
    halves = (half_unit(texts[0]), half_unit(texts[1]))
    for standard_errors in (False, True):
        low, high = p_range(means, spreads, ns, halves, standard_errors)
        if math.isnan(low) or math.isnan(high):
            return False
        if op == "<" and low < p:
            return False
        if op == ">" and high > p:
            return False
        if op == "=":
            # Rank tests and adjusted models move p; only a gross disagreement is named.
            if low / 5 <= p <= high * 5 + 0.05:
                return False
        elif op not in "<>":
            return False
    return True
