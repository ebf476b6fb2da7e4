"""Stage effect_sizes: one effect, or the reason why there is none, for every measurement.

Effects have the sign and unit that the protocol names: before minus after, or the other way round.
Which rung of the ladder gave the spread of the change, from which cells, by which formula and
under which assumptions stands beside each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evergrove import conversions, report_status
from evergrove.conversions import PooledCorrelation, Rescaling, z_quantile
from evergrove.errors import EvergroveError
from evergrove.escalc import escalc
from evergrove.extraction_rules import SIDES, SUMMARY_FIELDS
from evergrove.levels import LEAVE_OUT, NoEffectError, Summary
from evergrove.rungs import NO_SD_OF_CHANGE, Plan, own_correlation, plan
from evergrove.tables import Row

MEASURES = ("MC", "SMCC", "SMCR", "SMCRH", "ROMC")
COLUMNS = (
    "measurement_id", "report", "study", "cohort", "group", "use", "status", "timepoint_days",
    "timepoint_label", "statistic", "flags", "n", "measure", "yi", "vi", "sei", "ci_low", "ci_high",
    "r", "before_mean", "before_sd", "after_mean", "after_sd", "rung", "formula", "inputs",
    "assumptions", "reason",
)  # fmt: skip
BY_R_COLUMNS = ("measurement_id", "r", "yi", "vi")
# The columns of measurements.csv that are read here.
NUMBERS = (
    *(f"{side}_{name}" for side in SIDES for name in (*SUMMARY_FIELDS, "ci_level")),
    "test_statistic",
    "correlation",
)
CARRIED = COLUMNS[: COLUMNS.index("n")]
MEASUREMENT_COLUMNS = (*CARRIED, "scale", "n", "p", "test", *NUMBERS)

Table = list[dict[str, object]]


@dataclass(frozen=True)
class Effects:
    """The rows of effects.csv and effects_by_r.csv."""

    effects: Table
    by_r: Table
    pooled_r: PooledCorrelation | None

    def summary(self) -> str:
        """One line of progress."""
        done = [row for row in self.effects if row["reason"] is None]
        assumed = sum(row["rung"] == "r_assumed" for row in done)
        return (
            f"{len(self.effects)} measurements: {len(done)} effects ({assumed} with an assumed "
            f"correlation), {len(self.effects) - len(done)} without, each with its reason"
        )


def effect_sizes(rows: Sequence[Row], protocol: Mapping[str, Any]) -> Effects:
    """Effects of the rows of measurements.csv, in their order.

    `protocol` needs `outcome`, `effect` and `model`. Either yi and vi are there with rung and
    formula, or `reason` says why not ("skewed: ...", "no_n: ..."; several are joined by "; ").
    """
    measure = _measure(protocol)
    correlation = protocol["effect"]["correlation"]
    summaries = [_summary(row) for row in rows]
    scales = [_rescaling(row, protocol["outcome"]) for row in rows]
    pooled = _pooled_correlation(rows, summaries, scales, protocol)
    plans: list[Plan | str] = []
    for summary, scale in zip(summaries, scales, strict=True):
        try:
            plans.append(_planned(summary, scale, measure, protocol["effect"], pooled))
        except NoEffectError as error:
            plans.append(str(error))
    _refuse_guessed_sd(rows, plans, protocol)
    sign = 1.0 if protocol["effect"]["sign"] == "before_minus_after" else -1.0
    made = [item for item in plans if isinstance(item, Plan)]
    values = iter(_compute(made, measure, sign))
    level = protocol["model"].get("level", 95)
    effects = [
        _effect(row, item, measure, scale, level, next(values) if isinstance(item, Plan) else None)
        for row, item, scale in zip(rows, plans, scales, strict=True)
    ]
    return Effects(effects, _grid(rows, plans, effects, measure, sign, correlation), pooled)


def _measure(protocol: Mapping[str, Any]) -> str:
    measure = protocol["effect"]["measure"]
    if measure not in MEASURES:
        raise EvergroveError(
            "not a measure of change from before to after",
            file="protocol.yaml",
            place="effect.measure",
            value=measure,
            remedy=f"Known: {', '.join(MEASURES)}.",
        )
    return measure


def _refuse_guessed_sd(
    rows: Sequence[Row], plans: Sequence[Plan | str], protocol: Mapping[str, Any]
) -> None:
    """A change in units of its own SD is refused as a whole where one SD would be a guess.

    Leaving such measurements out would pool the studies by how well they reported.
    """
    statuses = ("verified", "candidate") if protocol.get("pool_unverified") else ("verified",)
    guessed = [
        row
        for row, item in zip(rows, plans, strict=True)
        if isinstance(item, str)
        and NO_SD_OF_CHANGE in item
        and row["use"] == "pool"
        and row["status"] in statuses
    ]
    if not guessed:
        return
    names = [row["measurement_id"] for row in guessed]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    raise EvergroveError(
        "SMCC would rest on an assumed correlation: the SD of the change is not reported in "
        f"{len(names)} of {sum(row['use'] == 'pool' for row in rows)} measurements that may be "
        "pooled",
        file="protocol.yaml",
        place="effect.measure",
        value=", ".join(names[:3]) + more,
        remedy="Use MC on one scale, or SMCR or SMCRH on several: there an assumed correlation "
        "moves the variance, hardly the effect. Or give these cohorts use `no` in studies.csv.",
    )


def _summary(row: Row) -> Summary:
    cells = {name: row.number(name) for name in NUMBERS}
    return Summary(
        cells={name: value for name, value in cells.items() if value is not None},
        statistic=row["statistic"],
        n=row.integer("n"),
        p=row.text("p"),
        test=row.text("test"),
    )


def _rescaling(row: Row, outcome: Mapping[str, Any]) -> Rescaling | None:
    """The map from the instrument's scale to the outcome's; None where its bounds are not known."""
    scale = outcome["instruments"].get(row["scale"])
    if scale is None or scale["min"] is None or scale["max"] is None:
        return None
    target = outcome["scale"]
    return Rescaling(
        scale["min"], scale["max"], target["min"], target["max"], bool(scale.get("reversed"))
    )


def _planned(
    summary: Summary,
    scale: Rescaling | None,
    measure: str,
    effect: Mapping[str, Any],
    pooled: PooledCorrelation | None,
) -> Plan:
    if scale is None and summary.statistic != "p_value_only":
        raise NoEffectError("no_scale: the bounds of the scale are not known")
    assumed, skewed = effect["correlation"]["assumed"], effect.get("skewed_quantiles", LEAVE_OUT)
    made = plan(summary, scale, measure, assumed, pooled, skewed)
    if not scale.identity:
        made.trail.formula("scale.reversed" if scale.reversed else "scale.linear")
        turned = ", reversed" if scale.reversed else ""
        made.trail.assume(
            f"Values are rescaled from {scale.low:g} to {scale.high:g} onto {scale.to_low:g} to "
            f"{scale.to_high:g}{turned}."
        )
    return made


def _pooled_correlation(
    rows: Sequence[Row],
    summaries: Sequence[Summary],
    scales: Sequence[Rescaling | None],
    protocol: Mapping[str, Any],
) -> PooledCorrelation | None:
    """The correlation of the review's own studies that give all three SDs, one value a cohort.

    Several times of one cohort are averaged (Fisher's z) with the smallest n, so that a cohort
    counts once. Only verified measurements that may be pooled, without a flag that the primary
    synthesis excludes, say anything about others.
    """
    primary = protocol.get("syntheses", {}).get("primary", {})
    excluded = set(report_status.excluded_flags(primary))
    cohorts: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for row, summary, scale in zip(rows, summaries, scales, strict=True):
        usable = row["use"] == "pool" and row["status"] == "verified"
        flags = {flag.strip() for flag in row["flags"].split(";")}
        if not usable or flags & excluded or scale is None or (summary.n or 0) <= 3:
            continue
        r = own_correlation(summary, scale)
        if r is not None:
            cohorts.setdefault((row["report"], row["cohort"]), []).append((r, summary.n))
    if not cohorts:
        return None
    pairs = []
    for values in cohorts.values():
        mean = sum(math.atanh(r) for r, _ in values) / len(values)
        pairs.append((math.tanh(mean), min(n for _, n in values)))
    return conversions.pool_correlations(pairs, protocol["model"].get("level", 95))


def _compute(
    plans: Sequence[Plan], measure: str, sign: float, r: float | None = None
) -> list[tuple[float, float]]:
    """yi and vi of every plan, in one call; `r` replaces the plans' own."""
    columns: dict[str, list[float]] = {
        name: [] for name in ("m1i", "sd1i", "m2i", "sd2i", "ni", "ri")
    }
    for item in plans:
        known = item.sd_change is not None
        levels = item.before.mean is not None and item.after.mean is not None and not known
        values = (
            item.before.mean if levels else item.difference,
            item.sd_change if known else item.before.sd,
            item.after.mean if levels else 0.0,
            # A known SD of the change stands alone: metafor's own way to hand it over.
            0.0 if known else item.after.sd,
            item.n,
            0.0 if known else item.r if r is None else r,
        )
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
    yi, vi = escalc(measure, columns)
    return [(sign * float(y), float(v)) for y, v in zip(yi, vi, strict=True)]


def _effect(
    row: Row,
    item: Plan | str,
    measure: str,
    scale: Rescaling | None,
    level: float,
    value: tuple[float, float] | None,
) -> dict[str, object]:
    cells: dict[str, object] = dict.fromkeys(COLUMNS) | {name: row[name] for name in CARRIED}
    cells |= {"n": row["n"], "measure": measure}
    if isinstance(item, str):
        return cells | {"reason": item}
    yi, vi = value
    if not (math.isfinite(yi) and math.isfinite(vi)):
        return cells | {"reason": f"undefined: {measure} has no value at these numbers"}
    if vi <= 0:
        return cells | {"reason": "zero_variance: the printed spreads leave no variance"}
    sei = math.sqrt(vi)
    half = z_quantile(level) * sei
    trail = item.trail
    return cells | {
        "yi": yi,
        "vi": vi,
        "sei": sei,
        "ci_low": yi - half,
        "ci_high": yi + half,
        "r": item.r,
        "before_mean": item.before.mean,
        "before_sd": item.before.sd,
        "after_mean": item.after.mean,
        "after_sd": item.after.sd,
        "rung": item.rung,
        "formula": [
            *trail.formulas,
            f"{measure}.sd_change" if measure == "MC" and item.sd_change is not None else measure,
        ],
        "inputs": [f"{name}={_shown(number)}" for name, number in trail.inputs.items()],
        "assumptions": " ".join(trail.assumptions),
    }


def _shown(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def _grid(
    rows: Sequence[Row],
    plans: Sequence[Plan | str],
    effects: Table,
    measure: str,
    sign: float,
    correlation: Mapping[str, Any],
) -> Table:
    """The same effects at every correlation of the protocol's grid, where it is a guess."""
    guessed = [
        (row["measurement_id"], item)
        for row, item, effect in zip(rows, plans, effects, strict=True)
        if isinstance(item, Plan) and item.r_is_guess and effect["reason"] is None
    ]
    grid = correlation.get("grid") or []
    by_r = {r: _compute([item for _, item in guessed], measure, sign, r) for r in grid}
    return [
        {"measurement_id": name, "r": float(r), "yi": by_r[r][number][0], "vi": by_r[r][number][1]}
        for number, (name, _) in enumerate(guessed)
        for r in sorted(grid)
        if _positive(by_r[r][number])
    ]


def _positive(value: Iterable[float]) -> bool:
    yi, vi = value
    return math.isfinite(yi) and math.isfinite(vi) and vi > 0
