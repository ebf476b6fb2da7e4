"""Mean and SD from medians, quartiles and ranges of skewed data: quantile estimation, Box-Cox.

For summaries in which Shi's test finds skewness (`conversions.skewness_test`). The program of the
authors (estmeansd) draws random numbers for the way back from the transformed scale; here it is
integrated, so that the same input always gives the same output. Its third method, MLN (Cai et al.
2021), is left out: the likelihood by which it chooses the exponent lacks the slope of the
transform, so that its result depends on the unit of the scores.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from evergrove.conversions import Quantiles, luo_mean, wan_sd

Array = NDArray[np.float64]

# Where a scale begins at 0, a printed 0 is moved to this (McGrath et al. 2020).
_SMALLEST = 0.01
_LARGEST_LOG = 20.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(400)


@dataclass(frozen=True)
class Estimate:
    """Mean and SD, and what they rest on (a family of distributions, or an exponent)."""

    mean: float
    sd: float
    basis: str


def _given(quantiles: Quantiles) -> Array:
    names = ("minimum", "q1", "median", "q3", "maximum")
    values = [getattr(quantiles, name) for name in names]
    return np.array([value for value in values if value is not None], dtype=float)


def _positive(quantiles: Quantiles) -> Quantiles:
    if _given(quantiles)[0] < 0:
        raise ValueError("a transformation to normality needs values of zero or more")
    moved = {
        name: getattr(quantiles, name) or _SMALLEST
        for name in ("minimum", "q1", "median", "q3", "maximum")
        if getattr(quantiles, name) is not None
    }
    return Quantiles(n=quantiles.n, **moved)


# ---- quantile estimation ----


@dataclass(frozen=True)
class _Family:
    """A two-parameter family: its quantiles, its mean and SD, and where to begin."""

    quantile: Callable[[Array, float, float], Array]
    moments: Callable[[float, float], tuple[float, float]]
    start: Callable[[float, float], tuple[float, float]]


def _gamma_moments(shape: float, scale: float) -> tuple[float, float]:
    return shape * scale, math.sqrt(shape) * scale


def _weibull_moments(shape: float, scale: float) -> tuple[float, float]:
    first, second = (math.exp(special.gammaln(1 + k / shape)) for k in (1, 2))
    return scale * first, scale * math.sqrt(max(0.0, second - first**2))


def _lognormal_moments(scale: float, sigma: float) -> tuple[float, float]:
    mean = scale * math.exp(sigma**2 / 2)
    return mean, mean * math.sqrt(math.expm1(sigma**2))


def _beta_moments(a: float, b: float) -> tuple[float, float]:
    return a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b)


def _beta_start(mean: float, sd: float) -> tuple[float, float]:
    size = max(mean * (1 - mean) / sd**2 - 1, 0.5)
    return mean * size, (1 - mean) * size


# Parameters are positive, and fitted by their logarithms.
_FAMILIES = {
    "log-normal": _Family(
        quantile=lambda p, scale, sigma: scale * np.exp(sigma * special.ndtri(p)),
        moments=_lognormal_moments,
        start=lambda mean, sd: (mean, math.sqrt(math.log1p((sd / mean) ** 2))),
    ),
    "gamma": _Family(
        quantile=lambda p, shape, scale: scale * special.gammaincinv(shape, p),
        moments=_gamma_moments,
        start=lambda mean, sd: ((mean / sd) ** 2, sd**2 / mean),
    ),
    "weibull": _Family(
        quantile=lambda p, shape, scale: scale * (-np.log1p(-p)) ** (1 / shape),
        moments=_weibull_moments,
        start=lambda mean, sd: ((mean / sd) ** 1.086, mean),
    ),
    "beta": _Family(
        quantile=lambda p, a, b: special.betaincinv(a, b, p),
        moments=_beta_moments,
        start=_beta_start,
    ),
}


def quantile_estimation(quantiles: Quantiles) -> Estimate:
    """QE (McGrath et al. 2020, Stat Methods Med Res 29:2520).

    Normal, log-normal, gamma and Weibull (and beta for values between 0 and 1) are fitted to the
    quantiles by least squares; the family with the smallest sum of squares gives mean and SD. With
    any negative value only the normal is fitted.
    """
    values, shares = _given(quantiles), _shares(quantiles)
    best, smallest = _normal_fit(values, shares)
    if values[0] < 0:
        return best
    positive = _given(_positive(quantiles))
    families = [name for name in _FAMILIES if name != "beta" or values[-1] < 1]
    for name in families:
        fitted = _fit(name, positive, shares)
        if fitted is not None and fitted[1] < smallest:
            best, smallest = fitted
    return best


def _shares(quantiles: Quantiles) -> Array:
    ends = [1 / quantiles.n, 1 - 1 / quantiles.n]
    shares = {
        "S1": [ends[0], 0.5, ends[1]],
        "S2": [0.25, 0.5, 0.75],
        "S3": [ends[0], 0.25, 0.5, 0.75, ends[1]],
    }
    return np.array(shares[quantiles.scenario])


def _normal_fit(values: Array, shares: Array) -> tuple[Estimate, float]:
    z = special.ndtri(shares)
    sd = float(((z - z.mean()) * values).sum() / ((z - z.mean()) ** 2).sum())
    mean = float(values.mean() - sd * z.mean())
    return Estimate(mean, sd, "normal"), float(((values - mean - sd * z) ** 2).sum())


def _fit(name: str, values: Array, shares: Array) -> tuple[Estimate, float] | None:
    """The family's estimate and its sum of squares; None where its moments are beyond bounds."""
    family = _FAMILIES[name]
    rough, _ = _normal_fit(values, shares)
    mean = max(rough.mean, float(np.median(values)) / 2)
    if name == "beta":
        mean = min(mean, 0.99)
    best: optimize.OptimizeResult | None = None
    for factor in (1.0, 0.5, 2.0):
        start = family.start(mean, max(rough.sd, 1e-6 * mean) * factor)

        def residuals(logs: Array) -> Array:
            inside = np.clip(logs, -_LARGEST_LOG, _LARGEST_LOG)
            with np.errstate(all="ignore"):
                found = family.quantile(shares, *np.exp(inside)) - values
            return np.where(np.isfinite(found), found, 1e6 * values[-1])

        logs = np.clip(np.log(start), -_LARGEST_LOG, _LARGEST_LOG)
        found = optimize.least_squares(
            residuals, logs, method="lm", x_scale=1.0, xtol=1e-13, ftol=1e-13, gtol=1e-13
        )
        if best is None or found.cost < best.cost:
            best = found
    try:
        mean, sd = family.moments(*np.exp(best.x))
    except OverflowError:
        return None
    if not (math.isfinite(mean) and math.isfinite(sd)):
        return None
    return Estimate(float(mean), float(sd), name), 2 * float(best.cost)


# ---- Box-Cox ----


def box_cox(quantiles: Quantiles) -> Estimate:
    """BC (McGrath et al. 2020): transformed to symmetry, then Luo's mean and Wan's SD.

    The exponent makes the upper and lower half of every pair of quantiles equally wide, is looked
    for between −2 and 3 and is not below 0. Needs a median that differs from its quartiles.
    """
    positive = _positive(quantiles)
    values = _given(positive)
    middle = len(values) // 2
    if values[middle - 1] == values[middle] or values[middle + 1] == values[middle]:
        raise ValueError("the median equals a quartile or an end of the range")

    def imbalance(power: float) -> float:
        moved = _transform(values, power)
        pairs = [(moved[middle - k], moved[middle + k]) for k in range(1, middle + 1)]
        return sum(
            ((upper - moved[middle]) / (moved[middle] - lower) - 1) ** 2 for lower, upper in pairs
        )

    power = max(0.0, _smallest_on(imbalance, -2.0, 3.0))
    moved = _transformed(positive, power)
    mean, sd = _back(luo_mean(moved), wan_sd(moved), power)
    return Estimate(mean, sd, f"exponent {power:.4g}")


def _transform(values: Array, power: float) -> Array:
    if abs(power) < 1e-8:
        return np.log(values)
    return np.expm1(power * np.log(values)) / power


def _transformed(quantiles: Quantiles, power: float) -> Quantiles:
    names = [
        name
        for name in ("minimum", "q1", "median", "q3", "maximum")
        if getattr(quantiles, name) is not None
    ]
    moved = _transform(_given(quantiles), power)
    return Quantiles(n=quantiles.n, **dict(zip(names, map(float, moved), strict=True)))


def _back(mean: float, sd: float, power: float) -> tuple[float, float]:
    """Mean and SD of x whose transform is normal, cut symmetrically where x would end at 0."""
    if power < 1e-8:
        centre = math.exp(mean + sd**2 / 2)
        return centre, centre * math.sqrt(math.expm1(sd**2))
    reach = min(mean + 1 / power, 12 * sd)
    if reach <= 0:
        raise ValueError("the transformed mean lies where no value can be")
    z = _NODES * reach
    density = np.exp(-((z / sd) ** 2) / 2) * _WEIGHTS
    x = np.maximum(power * (mean + z) + 1, 0.0) ** (1 / power)
    total = density.sum()
    centre = float((density * x).sum() / total)
    return centre, math.sqrt(float((density * (x - centre) ** 2).sum() / total))


def _smallest_on(function: Callable[[float], float], low: float, high: float) -> float:
    """The global minimum on an interval: a grid, then a bracket around its best point."""
    grid = np.linspace(low, high, 201)
    values = [function(float(x)) for x in grid]
    best = int(np.argmin(values))
    left, right = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    found = optimize.minimize_scalar(
        function, bounds=(left, right), method="bounded", options={"xatol": 1e-12}
    )
    return float(found.x if found.fun <= values[best] else grid[best])
