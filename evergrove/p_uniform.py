"""p-uniform*: the effect from how outcomes lie within significant and non-significant results.

van Aert & van Assen (2018, doi:10.31222/osf.io/zqjr9), method ML: each outcome's likelihood is
conditional on being significant or not, so that how often either is published cancels out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy  # scipy.optimize is loaded at first use: it is slow to import

from evergrove import distributions, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array
from evergrove.selection_models import Intervals, maximise


def p_uniform_star(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    alternative: str = "greater",
    alpha: float = 0.05,
    level: float = 95,
) -> dict[str, Any]:
    """Estimate the mean and tau2 by maximum likelihood, free of selection on significance.

    The studies are taken to have been tested at `alpha`, two-sided, and a result in the direction
    of `alternative` ("greater" or "less") to be published in preference. Returns estimate,
    ci_low, ci_high (profile likelihood), LR, p (likelihood-ratio test of no effect, chi-squared
    with one df), tau2, k_significant, warnings, reason. An end of the interval that is never
    reached is None. There is no standard error. Raises EvergroveError for an unknown alternative
    and an alpha outside (0, 1).
    """
    y, v = pooling.checked(yi, vi)
    if alternative not in ("greater", "less"):
        raise EvergroveError(
            "unknown alternative", value=alternative, remedy="Known: greater, less."
        )
    if not 0 < alpha < 1:
        raise EvergroveError("alpha must lie between 0 and 1", value=alpha)
    data = Intervals(y, v, (alpha / 2,), alternative)
    significant = int(data.counts[0])
    keys = ("estimate", "ci_low", "ci_high", "LR", "p", "tau2")
    out: dict[str, Any] = dict.fromkeys(keys) | {
        "k_significant": significant,
        "warnings": [],
        "reason": None,
    }
    if len(y) < 3:
        return out | {"reason": "fewer_than_three_studies"}
    if significant == 0:
        return out | {"reason": "no_significant_study"}
    best = maximise(lambda x: _log_likelihood(data, x), data, 0)
    if best is None:
        return out | {"reason": "the_likelihood_has_no_maximum"}
    (mu, tau2), height = best
    profile = _profile(data, height)
    drop = float(distributions.chi2_quantile(level / 100, 1))
    low, high = (_cross(profile, mu, side, drop, data) for side in (-1, 1))
    if low is None or high is None:
        out["warnings"].append("An end of the interval lies beyond all that is plausible.")
    ends = [None if x is None else float(data.sign * x * data.scale) for x in (low, high)]
    ends = ends if data.sign > 0 else ends[::-1]
    if significant == len(y):
        out["warnings"].append("Every study is significant: the estimate is very uncertain.")
    LR = max(0.0, float(profile(0.0)))
    return out | {
        "estimate": float(data.sign * mu * data.scale),
        "ci_low": ends[0],
        "ci_high": ends[1],
        "LR": LR,
        "p": float(distributions.chi2_upper(LR, 1)),
        "tau2": float(tau2 * data.scale**2),
    }


def _log_likelihood(data: Intervals, x: Array) -> tuple[float, Array]:
    """The log-likelihood given the interval of each study, and its gradient by mu and tau2."""
    mass, by_mu, by_tau2 = data.mass(x[0], x[1])
    own = np.arange(len(data.y)), data.group
    value, d_mu, d_tau2 = data.normal(x[0], x[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        value -= np.sum(np.log(mass[own]))
        gradient = [
            d_mu - np.sum(by_mu[own] / mass[own]),
            d_tau2 - np.sum(by_tau2[own] / mass[own]),
        ]
    return float(value), np.array(gradient)


def _profile(data: Intervals, height: float) -> Callable[[float], float]:
    """Twice the fall of the log-likelihood from `height` at a given mu, tau2 at its best."""
    reach = 10 * (np.ptp(data.y) + np.sqrt(data.v.max()))

    def fall(mu: float) -> float:
        def minus(root: float) -> float:
            value = _log_likelihood(data, np.array([mu, root**2]))[0]
            return -value if np.isfinite(value) else np.inf

        # The likelihood may have two maxima along tau: a grid finds the higher one.
        grid = np.concatenate([[0.0], np.geomspace(1e-3, reach, 40)])
        heights = [minus(root) for root in grid]
        i = int(np.argmin(heights))
        bounds = (grid[max(i - 1, 0)], grid[min(i + 1, len(grid) - 1)])
        found = scipy.optimize.minimize_scalar(
            minus, bounds=bounds, method="bounded", options={"xatol": 1e-9}
        )
        return 2 * (height + min(found.fun, heights[i]))

    return fall


def _cross(
    fall: Callable[[float], float], mu: float, side: int, drop: float, data: Intervals
) -> float | None:
    """Where the profile has fallen by `drop` on one side of `mu`, or None if it never does."""
    step = 0.25 * float(np.ptp(data.y) / 2 + np.sqrt(np.median(data.v)))
    near, far = mu, mu + side * step
    reach = 10 * (np.ptp(data.y) + np.sqrt(data.v.max()))
    while fall(far) < drop:
        near, step = far, 1.6 * step
        far = near + side * step
        if abs(far - mu) > reach:
            return None
    return float(scipy.optimize.brentq(lambda x: fall(x) - drop, near, far, xtol=1e-10))
