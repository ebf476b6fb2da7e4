"""Limit meta-analysis: what studies of infinite precision would show if small ones differ.

Rücker, Schwarzer, Carpenter, Binder & Schumacher (2011, Biostatistics 12:122).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evergrove import distributions, moderators, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array
from evergrove.selection_models import wald


def limit_meta(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    method: str = "REML",
    level: float = 95,
) -> dict[str, Any]:
    """The adjusted mean beta0 = slope + tau * intercept of the generalised radial plot.

    The radial plot sets y / s against 1 / s with s² = v + tau2; its intercept is the bias of
    small studies. Returns estimate, se, ci_low, ci_high, stat, p; intercept and slope; tau2;
    Q_small, Q_small_p (one df: heterogeneity that small-study effects explain), Q_residual,
    Q_residual_df, Q_residual_p; G2 (percent: heterogeneity left among the shrunken outcomes once
    small-study effects are allowed for); shrunken (k,): the outcomes in the limit; reason.
    """
    y, v = pooling.checked(yi, vi)
    k = len(y)
    keys = (
        "estimate", "se", "ci_low", "ci_high", "stat", "p", "intercept", "slope", "tau2",
        "Q_small", "Q_small_p", "Q_residual", "Q_residual_df", "Q_residual_p", "G2", "shrunken",
    )  # fmt: skip
    out: dict[str, Any] = dict.fromkeys(keys) | {"reason": None}
    if k < 3:
        return out | {"reason": "fewer_than_three_studies"}
    tau2 = float(pooling.solve(y[None], v[None], method=method, test="z").tau2[0])
    s = np.sqrt(v + tau2)
    try:
        moderators.check_rank(np.column_stack([np.ones(k), np.sqrt(v)]), ["intercept", "se"])
        moderators.check_rank(np.column_stack([np.ones(k), s]), ["intercept", "se"])
    except EvergroveError:
        return out | {"reason": "equal_standard_errors"}
    slope, intercept, _ = _radial(y, s)
    shrunken = slope + np.sqrt(tau2) / s * (y - slope)
    _, _, left = _radial(shrunken, np.sqrt(v))
    z = shrunken / np.sqrt(v)
    total = float(np.sum((z - z.mean()) ** 2))
    _, _, residual = _radial(y, np.sqrt(v))
    w = 1 / v
    Q = float(np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2))
    small = max(0.0, Q - residual)
    se = float(1 / (np.std(1 / np.sqrt(v), ddof=1) * np.sqrt(k - 1)))
    return out | {
        **wald(float(slope + np.sqrt(tau2) * intercept), se, level),
        "intercept": float(intercept),
        "slope": float(slope),
        "tau2": tau2,
        "Q_small": small,
        "Q_small_p": float(distributions.chi2_upper(small, 1)),
        "Q_residual": residual,
        "Q_residual_df": k - 2,
        "Q_residual_p": float(distributions.chi2_upper(residual, k - 2)),
        # One minus R² of the radial regression of the limit.
        "G2": 100 * min(1.0, left / total) if total > 0 else 0.0,
        "shrunken": shrunken.tolist(),
    }


def _radial(y: Array, s: Array) -> tuple[float, float, float]:
    """Least squares of y / s on 1 / s: slope, intercept and the residual sum of squares."""
    X = np.column_stack([1 / s, np.ones(len(y))])
    (slope, intercept), *_ = np.linalg.lstsq(X, y / s, rcond=None)
    rest = y / s - X @ np.array([slope, intercept])
    return float(slope), float(intercept), float(rest @ rest)
