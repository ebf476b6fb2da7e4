"""Which studies stand out, as data for plots, and a mean that small studies cannot pull.

Baujat et al. 2002 (Stat Med 21:2641), Galbraith 1988 (Stat Med 7:889), Henmi & Copas 2010 (Stat
Med 29:2969); as metafor's `baujat`, `radial` and `hc`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy  # scipy.optimize is loaded at first use: it is slow to import
from scipy import special

from evergrove import pooling
from evergrove.projection import Array


def baujat(
    yi: Sequence[float] | Array, vi: Sequence[float] | Array, *, method: str = "REML"
) -> dict[str, list[float | None]]:
    """What each study adds to heterogeneity (x) and how far it moves the mean (y), lists of k.

    x is the squared Pearson residual (for EE the contribution to Q), y the squared change of the
    mean without the study over the variance of that mean. None where the study is alone.
    """
    y, v = pooling.checked(yi, vi)
    k = len(y)
    if k == 1:
        return {"x": [None], "y": [None]}
    full = pooling.solve(y[None], v[None], method=method, test="z")
    mask = ~np.eye(k, dtype=bool)
    left = pooling.solve(
        np.broadcast_to(y, (k, k)), np.broadcast_to(v, (k, k)), mask=mask, method=method, test="z"
    )
    spread, centre = float(full.tau2[0]), float(full.b[0, 0])
    moved = (left.b[:, 0] - centre) ** 2 / left.vb[:, 0, 0]
    return {"x": ((y - centre) ** 2 / (v + spread)).tolist(), "y": moved.tolist()}


def radial(
    yi: Sequence[float] | Array, vi: Sequence[float] | Array, *, method: str = "REML"
) -> dict[str, Any]:
    """The points of a radial (Galbraith) plot: x = 1 / s, z = y / s with s² = v + tau2, lists of k.

    "slope" is the pooled mean: the line through the origin; points more than about 2 from it
    stand out. "outside" lists studies (from 0) beyond the 95 percent band.
    """
    y, v = pooling.checked(yi, vi)
    fit = pooling.solve(y[None], v[None], method=method, test="z")
    s = np.sqrt(v + float(fit.tau2[0]))
    slope = float(fit.b[0, 0])
    away = np.abs(y - slope) / s
    band = -special.ndtri(0.025)
    return {
        "x": (1 / s).tolist(),
        "z": (y / s).tolist(),
        "slope": slope,
        "outside": np.flatnonzero(away > band).tolist(),
    }


def henmi_copas(
    yi: Sequence[float] | Array, vi: Sequence[float] | Array, *, level: float = 95
) -> dict[str, Any]:
    """The equal-effects mean with an interval that allows for heterogeneity (DL).

    Small studies weigh less than in a random-effects model, so that their bias matters less.
    Returns estimate, se, ci_low, ci_high, tau2, reason. The interval is not symmetric normal: its
    quantile comes from the joint distribution of the mean and Q (gamma approximation).
    """
    y, v = pooling.checked(yi, vi)
    k = len(y)
    out: dict[str, Any] = dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "tau2"))
    if k < 2:
        return out | {"reason": "one_study"}
    fit = pooling.solve(y[None], v[None], method="DL", test="z")
    fixed = pooling.solve(y[None], v[None], method="EE", test="z")
    # In units of the median variance: the formulas hold powers of the weights up to the fourth.
    unit = float(np.median(v))
    w, tau2 = unit / v, float(fit.tau2[0]) / unit
    W1 = w.sum()
    W2, W3, W4 = (np.sum(w**power) / W1 for power in (2, 3, 4))
    VR = 1 + tau2 * W2
    spread = W3 - W2**2

    def moments(r: Array) -> tuple[Array, Array]:
        """Mean and variance of Q given the standardised mean `r`."""
        given = r**2 / VR**2 - 1 / VR
        mean = (k - 1) + tau2 * (W1 - W2) + tau2**2 * given * spread
        variance = (
            2 * (k - 1)
            + 4 * tau2 * (W1 - W2)
            + 2 * tau2**2 * (W1 * W2 - 2 * W3 + W2**2)
            + 4 * tau2**2 * given * spread
            + 4 * tau2**3 * given * (W4 - 2 * W2 * W3 + W2**3)
            + 2 * tau2**4 * (1 / VR**2 - 2 * r**2 / VR**3) * spread**2
        )
        return mean, variance

    nodes, weights = np.polynomial.legendre.leggauss(400)

    def excess(t: float) -> float:
        end = max(t, 0.0) + 12.0
        r = (end - t) / 2 * nodes + (end + t) / 2
        mean, variance = moments(np.sqrt(VR) * r)
        bound = (W1 / W2 - 1) * ((r / t) ** 2 - 1) + (k - 1)
        inside = special.gammainc(mean**2 / variance, bound * mean / variance)
        density = np.exp(-(r**2) / 2) / np.sqrt(2 * np.pi)
        return float(np.sum(weights * inside * density) * (end - t) / 2) - pooling.tail(level)

    top = 2.0
    while excess(top) > 0:
        top *= 2
    t = float(scipy.optimize.brentq(excess, 1e-6, top, xtol=1e-12))
    estimate = float(fixed.b[0, 0])
    se = float(np.sqrt(VR / W1 * unit))
    half = float(np.sqrt(VR)) * t * se
    return out | {
        "estimate": estimate,
        "se": se,
        "ci_low": estimate - half,
        "ci_high": estimate + half,
        "tau2": float(fit.tau2[0]),
        "reason": None,
    }
