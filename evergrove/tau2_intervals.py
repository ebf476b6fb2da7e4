"""Intervals of tau2 beside the Q-profile one: profile likelihood, and Biggerstaff and Tweedie's.

Hardy & Thompson 1996 (Stat Med 15:619) for the profile likelihood; Biggerstaff & Tweedie 1997
(Stat Med 16:753) as set out in Viechtbauer 2007 (Stat Med 26:37).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from evergrove import distributions, tau2
from evergrove.projection import Batch

KINDS = ("qprofile", "profile", "biggerstaff_tweedie")


def interval(
    batch: Batch, kind: str, method: str, tau2_value: float, tail: float
) -> tuple[float, float, tuple[str, str]]:
    """(low, high, signs) of tau2 for the one data set of `batch`, in the batch's scale.

    `tail` is the probability beyond each end. "profile" uses the likelihood of ML where `method`
    is "ML", else the restricted one, at its own maximum. The signs are "<" where the whole
    interval lies below 0 and the ends are therefore 0.
    """
    if kind == "profile":
        return *profile_likelihood(batch, method, tau2_value, tail), ("", "")
    if kind == "biggerstaff_tweedie":
        return biggerstaff_tweedie(batch, tail)
    df = batch.df.astype(float)
    upper, lower = (distributions.chi2_quantile(p, df) for p in (1 - tail, tail))
    low, high = tau2.q_profile(batch, upper, lower)
    below = batch.at(np.zeros(1)).rss[0] < lower[0]
    return float(low[0]), float(high[0]), ("<", "<") if below else ("", "")


def profile_likelihood(
    batch: Batch, method: str, tau2_value: float, tail: float
) -> tuple[float, float]:
    """Where the log-likelihood is half a squared normal quantile below its maximum."""
    restricted = method != "ML"
    best = tau2_value
    if method not in ("ML", "REML"):
        best = float(tau2.maximise(batch, restricted=True)[0][0])
    drop = float(special.ndtri(tail)) ** 2 / 2
    top = float(batch.at(np.array([best])).log_likelihood(restricted=restricted)[0])

    def lost(value: float) -> tuple[float, float]:
        at = batch.at(np.array([value]))
        slope = -float(tau2.score(at, restricted=restricted)[0]) / 2
        return top - float(at.log_likelihood(restricted=restricted)[0]) - drop, slope

    low = crossing(lost, best, 0.0) if best > 0 and lost(0.0)[0] > 0 else 0.0
    outside = 2 * best + float(batch.v[0].min())
    # The likelihood falls without bound, so that this ends.
    while lost(outside)[0] <= 0:
        outside *= 2
    return low, crossing(lost, best, outside)


def biggerstaff_tweedie(batch: Batch, tail: float) -> tuple[float, float, tuple[str, str]]:
    """Where Q has probability `tail` above or below under a gamma with Q's mean and variance."""
    fixed = batch.at(np.zeros(1))
    Q, s1, s2 = (float(x[0]) for x in (fixed.rss, fixed.trace(), fixed.trace_of_square()))
    df = float(batch.df[0])

    def above(value: float) -> float:
        """The probability of a Q above the observed one; it grows with tau2."""
        mean = df + s1 * value
        variance = 2 * df + 4 * s1 * value + 2 * s2 * value**2
        return float(special.gammaincc(mean**2 / variance, Q * mean / variance))

    low = _root(lambda value: above(value) - tail, 1 / s1)
    high = _root(lambda value: above(value) - (1 - tail), 1 / s1)
    below = above(0.0) >= 1 - tail
    return low, high, ("<", "<") if below else ("", "")


def _root(grows: Callable[[float], float], unit: float) -> float:
    """The root of a growing function above 0 by bisection, 0 if it is not negative at 0."""
    if grows(0.0) >= 0:
        return 0.0
    low, high = 0.0, unit
    while grows(high) < 0:
        low, high = high, 2 * high
        if high > 1e30 * unit:
            return float("inf")
    while high - low > 1e-14 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if grows(middle) < 0 else (low, middle)
    return (low + high) / 2


def crossing(lost: Callable[[float], tuple[float, float]], inside: float, outside: float) -> float:
    """The root of `lost` between where it is negative (`inside`) and positive (`outside`).

    `lost` gives its value and its slope. Newton's method, held inside the bracket by bisection.
    """
    x = (inside + outside) / 2
    for _ in range(200):
        value, slope = lost(x)
        if value > 0:
            outside = x
        else:
            inside = x
        new = x - value / slope if slope else inside
        if not min(inside, outside) < new < max(inside, outside):
            new = (inside + outside) / 2
        if abs(new - x) <= 1e-12 * abs(new):
            return float(new)
        x = new
    return float(x)
