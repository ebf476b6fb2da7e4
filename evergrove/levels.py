"""Mean and SD of one level (before or after) on the protocol's scale, and how they were had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evergrove import conversions
from evergrove.conversions import Quantiles, Rescaling, Skewness
from evergrove.plausibility import largest_sd

CONVERTED = {"median_iqr", "median_range", "mean_range"}
SMALLEST_FOR_QUANTILES = 5
LEAVE_OUT = "leave_out"
CONVERTED_RUNGS = ("converted_median_iqr", "converted_range", "converted_skewed")
NO_N = "no_n: the number of people analysed is not stated"


class NoEffectError(Exception):
    """A measurement has no effect; the argument is the reason, "code: sentence"."""


@dataclass(frozen=True)
class Summary:
    """One row of measurements.csv as numbers: `cells` has keys such as before_sd."""

    cells: Mapping[str, float]
    statistic: str
    n: int | None
    p: str | None = None
    test: str | None = None

    def get(self, name: str) -> float | None:
        return self.cells.get(name)

    def has(self, *names: str) -> bool:
        return all(name in self.cells for name in names)


@dataclass
class Trail:
    """What was used on the way: cells with their values, formula ids, assumptions in words."""

    inputs: dict[str, float] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)

    def use(self, summary: Summary, *names: str) -> list[float]:
        values = [summary.cells[name] for name in names]
        self.inputs |= dict(zip(names, values, strict=True))
        return values

    def formula(self, name: str) -> None:
        if name not in self.formulas:
            self.formulas.append(name)

    def assume(self, sentence: str) -> None:
        if sentence not in self.assumptions:
            self.assumptions.append(sentence)


@dataclass(frozen=True)
class Side:
    """Mean and SD of one level on the protocol's scale, and how they were had."""

    mean: float | None
    sd: float | None
    converted: str | None = None  # rung of a converted summary


def read_side(
    summary: Summary, side: str, rescaling: Rescaling, trail: Trail, skewed: str = LEAVE_OUT
) -> Side:
    """Mean and SD of one level: as printed, from SE or interval, or converted from quantiles.

    `skewed` says what is done with quantiles that Shi's test finds skewed: "leave_out", or the
    method that estimates mean and SD from them ("qe", "bc"). Raises NoEffectError where a
    conversion is not allowed (skewed, too few) or its result is not on the scale.
    """
    mean, sd, converted = side_as_printed(summary, side, trail)
    if (mean is None or sd is None) and summary.statistic in CONVERTED:
        mean, sd, converted = _side_converted(summary, side, trail, skewed)
        _refuse_impossible(mean, sd, side, rescaling, summary.n)
    return Side(
        None if mean is None else rescaling.value(mean),
        None if sd is None else rescaling.spread(sd),
        converted,
    )


def _refuse_impossible(
    mean: float, sd: float, side: str, rescaling: Rescaling, n: int | None
) -> None:
    if not rescaling.low <= mean <= rescaling.high:
        raise NoEffectError(f"no_estimate: the mean estimated {side}, {mean:.3g}, is off the scale")
    if sd > largest_sd(mean, rescaling.low, rescaling.high, n):
        raise NoEffectError(
            f"no_estimate: the SD estimated {side}, {sd:.3g}, is larger than the scale allows"
        )


def side_as_printed(
    summary: Summary, side: str, trail: Trail
) -> tuple[float | None, float | None, None]:
    mean_name = f"{side}_mean"
    if not summary.has(mean_name):
        return None, None, None
    [mean] = trail.use(summary, mean_name)
    return mean, _level_sd(summary, side, trail), None


def _level_sd(summary: Summary, side: str, trail: Trail) -> float | None:
    if summary.has(f"{side}_sd"):
        return trail.use(summary, f"{side}_sd")[0]
    if summary.n is None or summary.n < 2:
        return None
    if summary.has(f"{side}_se"):
        trail.formula("sd.from_se")
        return conversions.sd_from_se(trail.use(summary, f"{side}_se")[0], summary.n)
    if summary.has(f"{side}_ci_low", f"{side}_ci_high"):
        low, high = trail.use(summary, f"{side}_ci_low", f"{side}_ci_high")
        trail.formula("sd.from_ci")
        return conversions.sd_from_ci(low, high, summary.n, ci_level(summary, side, trail))
    return None


def ci_level(summary: Summary, side: str, trail: Trail) -> float:
    level = summary.get(f"{side}_ci_level")
    if level is None:
        trail.assume(f"The level of the confidence interval ({side}) is taken to be 95 %.")
        return 95
    trail.inputs[f"{side}_ci_level"] = level
    return level


def _side_converted(
    summary: Summary, side: str, trail: Trail, skewed: str
) -> tuple[float, float, str]:
    n = summary.n
    if n is None:
        raise NoEffectError(NO_N)
    if n < SMALLEST_FOR_QUANTILES:
        raise NoEffectError(
            f"too_few: quantiles of {n} people are not converted "
            f"(at least {SMALLEST_FOR_QUANTILES} are needed)"
        )
    if not summary.has(f"{side}_median"):
        return _range_converted(summary, side, n, trail)
    names = [name for name in ("min", "q1", "median", "q3", "max") if summary.has(f"{side}_{name}")]
    given = dict(zip(names, trail.use(summary, *(f"{side}_{name}" for name in names)), strict=True))
    quantiles = _quantiles(given, n, side)
    test = _skewness(quantiles, side)
    if test.skewed:
        return _skewed_converted(quantiles, side, test, trail, skewed)
    scenario = quantiles.scenario.lower()
    trail.formula(f"mean.luo_{scenario}")
    trail.formula("sd.shi_s3" if scenario == "s3" else f"sd.wan_{scenario}")
    trail.assume("Mean and SD are estimated from quantiles; Shi's test did not find them skewed.")
    rung = "converted_range" if scenario == "s1" else "converted_median_iqr"
    return conversions.luo_mean(quantiles), conversions.shi_sd(quantiles), rung


def _quantiles(given: Mapping[str, float], n: int, side: str) -> Quantiles:
    names = {"min": "minimum", "max": "maximum"}
    try:
        return Quantiles(n=n, **{names.get(name, name): value for name, value in given.items()})
    except ValueError as error:
        raise NoEffectError(f"no_spread: {side}: {error}") from None


def _skewness(quantiles: Quantiles, side: str) -> Skewness:
    try:
        return conversions.skewness_test(quantiles)
    except ValueError:
        raise NoEffectError(f"no_spread: the quantiles {side} have no width") from None


def _skewed_converted(
    quantiles: Quantiles, side: str, test: Skewness, trail: Trail, skewed: str
) -> tuple[float, float, str]:
    found = (
        f"{side}, Shi's test statistic {test.statistic:.3f} is not below its critical value "
        f"{test.critical:.3f}"
    )
    if skewed == LEAVE_OUT:
        raise NoEffectError(f"skewed: {found}")
    # Its optimiser costs half a second of imports, which most runs need not pay.
    from evergrove import skewed_quantiles

    method = {"qe": skewed_quantiles.quantile_estimation, "bc": skewed_quantiles.box_cox}[skewed]
    try:
        estimate = method(quantiles)
    except ValueError as error:
        raise NoEffectError(f"skewed: {found}; and {error}") from None
    trail.formula(f"mean_sd.{skewed}")
    trail.assume(f"Skewed quantiles ({found}): mean and SD are those of a fit, {estimate.basis}.")
    return estimate.mean, estimate.sd, "converted_skewed"


def _range_converted(summary: Summary, side: str, n: int, trail: Trail) -> tuple[float, float, str]:
    names = [f"{side}_{name}" for name in ("mean", "min", "max")]
    if not summary.has(*names):
        raise NoEffectError(f"no_spread: no quartiles or range {side}")
    mean, low, high = trail.use(summary, *names)
    if high <= low:
        raise NoEffectError(f"no_spread: the range {side} has no width")
    trail.formula("sd.wan_s1")
    trail.assume(
        "The SD is estimated from the range as if scores were normal; without a median that cannot "
        "be tested."
    )
    return mean, conversions.sd_from_range(low, high, n), "converted_range"
