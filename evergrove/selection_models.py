"""Selection models: the chance that a result was published depends on its p value.

The step function of Vevea & Hedges (1995, Psychometrika 60:419), fitted by maximum likelihood as
in metafor's ``selmodel(type = "stepfun")``: one cut gives the three-parameter model (3PSM), two
give four (4PSM). With fixed weights it is the sensitivity analysis of Vevea & Woods (2005,
Psychol Methods 10:428).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy  # scipy.optimize is loaded at first use: it is slow to import
from scipy import special

from evergrove import distributions, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array

ALTERNATIVES = ("greater", "less", "two.sided")
# Relative chances of publication are looked for between these, as in metafor from above.
LOG_DELTA = (np.log(1e-6), np.log(100.0))
_ROOT_2PI = np.sqrt(2 * np.pi)


class Intervals:
    """Outcomes sorted into intervals of p values, and how likely each interval is.

    `y`, `v` (k,) are in units of `scale` (and its square) and turned so that small p values are
    large outcomes; `sign` turns them back. `group` (k,) counts intervals from 0, the most
    significant first; `edges` is a list of (upper, lower) bounds of the outcome, each
    (k, intervals): one pair for a one-sided p value, two for a two-sided one.
    """

    def __init__(self, y: Array, v: Array, steps: Sequence[float], alternative: str) -> None:
        self.scale = float(np.exp2(np.rint(np.log2(np.median(v)) / 2)))
        self.sign = -1.0 if alternative == "less" else 1.0
        self.y, self.v = self.sign * y / self.scale, v / self.scale**2
        z = self.y / np.sqrt(self.v)
        both = alternative == "two.sided"
        p = 2 * special.ndtr(-np.abs(z)) if both else special.ndtr(-z)
        cuts = np.asarray(steps, float)
        self.group = np.searchsorted(cuts, p, side="left")
        self.number = len(cuts) + 1
        self.counts = np.bincount(self.group, minlength=self.number)
        quantile = -special.ndtri(cuts / 2 if both else cuts)
        inner = np.sqrt(self.v)[:, None] * quantile
        k = len(y)
        top = np.full((k, 1), np.inf)
        bottom = np.zeros((k, 1)) if both else -top
        upper, lower = np.hstack([top, inner]), np.hstack([inner, bottom])
        self.edges = [(upper, lower)]
        if both:
            self.edges.append((-lower, -upper))

    def mass(self, mu: float, tau2: float) -> tuple[Array, Array, Array]:
        """P(interval) of each study and its derivatives by mu and tau2, each (k, intervals)."""
        s2 = self.v + tau2
        s = np.sqrt(s2)[:, None]
        total = by_mu = by_tau2 = 0.0
        for upper, lower in self.edges:
            high, low = (upper - mu) / s, (lower - mu) / s
            # The difference is taken in the tail where both terms are small.
            flip = low > 0
            a, b = np.where(flip, -low, high), np.where(flip, -high, low)
            total = total + special.ndtr(a) - special.ndtr(b)
            density_high, density_low = (np.exp(-(x**2) / 2) / _ROOT_2PI for x in (high, low))
            by_mu = by_mu + (density_low - density_high) / s
            slope_high, slope_low = _finite(high) * density_high, _finite(low) * density_low
            by_tau2 = by_tau2 + (slope_low - slope_high) / (2 * s2[:, None])
        return total, by_mu, by_tau2

    def normal(self, mu: float, tau2: float) -> tuple[float, float, float]:
        """The log-likelihood without selection and its derivatives by mu and tau2."""
        s2 = self.v + tau2
        e = self.y - mu
        value = -0.5 * np.sum(np.log(2 * np.pi * s2) + e**2 / s2)
        return value, np.sum(e / s2), 0.5 * np.sum(e**2 / s2**2 - 1 / s2)


def _finite(x: Array) -> Array:
    return np.where(np.isfinite(x), x, 0.0)


def step_selection(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    steps: Sequence[float] = (0.025,),
    alternative: str = "greater",
    delta: Sequence[float | None] | None = None,
    level: float = 95,
) -> dict[str, Any]:
    """Fit a step-function selection model by maximum likelihood.

    `steps` are cuts of the p value between 0 and 1 (increasing); the p value is one-sided in the
    direction of `alternative`, or two-sided. Results in the first interval are published with
    weight 1, the others relative to it. `delta` fixes weights (one per interval, the first 1);
    None leaves one to be estimated.

    Returns estimate, se, ci_low, ci_high, stat, p, tau2, se_tau2, delta, se_delta, k_intervals,
    log_likelihood, LRT, LRT_df, LRT_p (against the model without selection), warnings, and with
    "reason" where nothing could be estimated. An interval without a study cannot be estimated.
    Raises EvergroveError for steps, weights or an alternative that cannot be.
    """
    y, v = pooling.checked(yi, vi)
    fixed = _checked_weights(steps, alternative, delta)
    data = Intervals(y, v, steps, alternative)
    free = [j for j, weight in enumerate(fixed) if weight is None]
    out = _empty(data, steps, alternative)
    if any(data.counts[j] == 0 for j in (*free, *([0] if free else []))):
        return out | {"reason": "an_interval_of_p_values_has_no_study"}
    if len(y) < 2 + len(free):
        return out | {"reason": "fewer_studies_than_parameters"}

    def value(x: Array) -> tuple[float, Array]:
        return _log_likelihood(data, x, fixed, free)

    best = maximise(value, data, len(free))
    plain = maximise(lambda x: _log_likelihood(data, x, [1.0] * data.number, []), data, 0)
    if best is None or plain is None:
        return out | {"reason": "the_likelihood_has_no_maximum"}
    x, height = best
    weights = [1.0 if w is None else w for w in fixed]
    for j, log in zip(free, x[2:], strict=True):
        weights[j] = float(np.exp(log))
    # Standard errors in the units of the weights themselves.
    unit = np.array([1.0, 1.0, *np.exp(x[2:])])
    se = _standard_errors(value, x, unit)
    if np.isnan(se[0]):
        out["warnings"].append("The curvature of the likelihood gives no standard errors.")
    se_delta: list[float | None] = [None] * data.number
    for j, error in zip(free, se[2:], strict=True):
        se_delta[j] = _number(error)
        if weights[j] > 99.9 or weights[j] < 1.1e-6:
            out["warnings"].append(
                "A weight of publication lies at the end of the range that is searched: the "
                "model is hardly determined by these studies."
            )
    LRT, df = max(0.0, 2 * (height - plain[1])), len(free)
    few = int(min(data.counts[j] for j in (0, *free))) if free else None
    if few is not None and few < 4:
        out["warnings"].append(
            f"An interval of p values holds {few} {'study' if few == 1 else 'studies'} only: "
            "its weight is hardly determined."
        )
    return out | {
        **wald(data.sign * x[0] * data.scale, se[0] * data.scale, level),
        "tau2": float(x[1] * data.scale**2),
        "se_tau2": _number(se[1] * data.scale**2),
        "delta": weights,
        "se_delta": se_delta,
        "log_likelihood": float(height - len(y) * np.log(data.scale)),
        "LRT": float(LRT),
        "LRT_df": df,
        "LRT_p": float(distributions.chi2_upper(LRT, df)) if df else None,
    }


def wald(estimate: float, se: float, level: float) -> dict[str, float | None]:
    """estimate, se, ci_low, ci_high, stat, p from the normal distribution; None for a NaN."""
    half = float(distributions.t_quantile(1 - pooling.tail(level), np.inf)) * se
    return {
        "estimate": _number(estimate),
        "se": _number(se),
        "ci_low": _number(estimate - half),
        "ci_high": _number(estimate + half),
        "stat": _number(estimate / se) if se else None,
        "p": _number(2 * special.ndtr(-abs(estimate / se))) if se else None,
    }


def maximise(
    value: Callable[[Array], tuple[float, Array]], data: Intervals, more: int
) -> tuple[Array, float] | None:
    """The highest of the maxima of `value` found from several starts, with its height.

    `value` takes (mu, tau2, `more` logarithms of weights) and returns the log-likelihood and its
    gradient. None where the likelihood keeps rising to the edge of all that is plausible: ten
    ranges of the data beyond them.
    """
    y, v = data.y, data.v
    reach = 10 * (np.ptp(y) + np.sqrt(v.max()))
    bounds = [(y.min() - reach, y.max() + reach), (0.0, reach**2)] + [LOG_DELTA] * more
    w = 1 / v
    middle = np.sum(w * y) / np.sum(w)
    spread = float(np.var(y))
    starts = [
        np.array([centre, tau2, *([log] * more)])
        for centre in (middle, float(np.mean(y)))
        for tau2 in (0.05 * v.min(), max(spread - np.median(v), 0.1 * spread, 1e-3), 2 * spread)
        for log in ((0.0, -1.5) if more else (0.0,))
    ]
    best: tuple[Array, float] | None = None
    for start in starts:
        found = scipy.optimize.minimize(
            lambda x: tuple(-part for part in value(x)),
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
        )
        if np.isfinite(found.fun) and (best is None or -found.fun > best[1]):
            best = (found.x, float(-found.fun))
    if best is None:
        return None
    x, height = _polished(value, *best, bounds)
    edge = [abs(x[0] - end) < 1e-6 * reach for end in bounds[0]]
    if any(edge) or x[1] > 0.999 * bounds[1][1]:
        return None
    return x, height


def _polished(
    value: Callable[[Array], tuple[float, Array]],
    x: Array,
    height: float,
    bounds: Sequence[tuple[float, float]],
) -> tuple[Array, float]:
    """A few Newton steps inside the bounds, kept only while they climb."""
    low, high = (np.array(ends) for ends in zip(*bounds, strict=True))
    for _ in range(5):
        inside = (x > low + 1e-12) & (x < high - 1e-12)
        gradient = value(x)[1][inside]
        if not inside.any() or np.abs(gradient).max() < 1e-12:
            break
        curvature = _curvature(value, x)[np.ix_(inside, inside)]
        try:
            step = np.linalg.solve(curvature, gradient)
        except np.linalg.LinAlgError:
            break
        new = x.copy()
        new[inside] += step
        new = np.clip(new, low, high)
        climbed = value(new)[0]
        if not climbed >= height:
            break
        x, height = new, float(climbed)
    return x, height


def _curvature(value: Callable[[Array], tuple[float, Array]], x: Array) -> Array:
    """Minus the matrix of second derivatives, from differences of the exact gradient.

    One-sided for tau2 at or near its bound of 0 (second order in the step all the same).
    """
    p = len(x)
    H = np.zeros((p, p))
    for j in range(p):
        h = 1e-5 * max(1.0, abs(x[j]))
        move = np.zeros(p)
        move[j] = h
        if j == 1 and x[1] < h:
            g0, g1, g2 = (value(x + n * move)[1] for n in (0, 1, 2))
            H[j] = (-3 * g0 + 4 * g1 - g2) / (2 * h)
        else:
            H[j] = (value(x + move)[1] - value(x - move)[1]) / (2 * h)
    return -(H + H.T) / 2


def _standard_errors(value: Callable[[Array], tuple[float, Array]], x: Array, unit: Array) -> Array:
    """From the observed information; where tau2 is 0 it is taken as known, with NaN for its own.

    All NaN where the information is not positive.
    """
    kept = np.arange(len(x)) != 1 if x[1] <= 0 else np.ones(len(x), bool)
    se = np.full(len(x), np.nan)
    information = _curvature(value, x)[np.ix_(kept, kept)]
    try:
        np.linalg.cholesky(information)
    except np.linalg.LinAlgError:
        return se
    se[kept] = np.sqrt(np.diagonal(np.linalg.inv(information))) * unit[kept]
    return se


def _log_likelihood(
    data: Intervals, x: Array, fixed: Sequence[float | None], free: Sequence[int]
) -> tuple[float, Array]:
    """The log-likelihood and its gradient by (mu, tau2, logarithms of the free weights)."""
    logs = np.array([0.0 if w is None else np.log(w) for w in fixed])
    logs[list(free)] = x[2:]
    weight = np.exp(logs)
    mass, by_mu, by_tau2 = data.mass(x[0], x[1])
    total = mass @ weight
    value, d_mu, d_tau2 = data.normal(x[0], x[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        value += np.dot(data.counts, logs) - np.sum(np.log(total))
        gradient = [
            d_mu - np.sum((by_mu @ weight) / total),
            d_tau2 - np.sum((by_tau2 @ weight) / total),
        ]
        gradient += [data.counts[j] - np.sum(weight[j] * mass[:, j] / total) for j in free]
    return float(value), np.array(gradient)


def _checked_weights(
    steps: Sequence[float], alternative: str, delta: Sequence[float | None] | None
) -> list[float | None]:
    cuts = list(steps)
    if alternative not in ALTERNATIVES:
        raise EvergroveError(
            "unknown alternative", value=alternative, remedy=f"Known: {', '.join(ALTERNATIVES)}."
        )
    pairs = itertools.pairwise(cuts)
    if not cuts or not all(0 < cut < 1 for cut in cuts) or any(a >= b for a, b in pairs):
        raise EvergroveError(
            "steps must be p values between 0 and 1, in increasing order", value=cuts
        )
    if delta is None:
        return [1.0, *([None] * len(cuts))]
    weights = list(delta)
    if len(weights) != len(cuts) + 1 or weights[0] != 1:
        raise EvergroveError(
            "delta needs one weight per interval, the first 1",
            value=weights,
            remedy=f"{len(cuts)} steps make {len(cuts) + 1} intervals.",
        )
    if any(w is not None and not (np.isfinite(w) and w > 0) for w in weights):
        raise EvergroveError("a weight of publication must be positive", value=weights)
    return [None if w is None else float(w) for w in weights]


def _empty(data: Intervals, steps: Sequence[float], alternative: str) -> dict[str, Any]:
    keys = ("estimate", "se", "ci_low", "ci_high", "stat", "p", "tau2", "se_tau2")
    more = ("delta", "se_delta", "log_likelihood", "LRT", "LRT_df", "LRT_p")
    return dict.fromkeys((*keys, *more)) | {
        "steps": [float(step) for step in steps],
        "alternative": alternative,
        "k_intervals": data.counts.tolist(),
        "warnings": [],
        "reason": None,
    }


def _number(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None
