"""What one study does to the result, and whether small studies differ: around one pooled model.

Leave-one-out, cumulative and influence follow metafor's `leave1out`, `cumul` and `influence`
(Viechtbauer & Cheung 2010, Res Synth Methods 1:112); Egger, Begg and trim-and-fill its `regtest`,
`ranktest` and `trimfill`. All refits of one kind are made in one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import special

from evergrove import moderators, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array

COLUMNS = ("b", "se", "stat", "p", "ci_low", "ci_high", "Q", "Q_p", "tau2", "I2", "H2")
# Elements of the (refits, studies) arrays that are held at once.
CHUNK = 1 << 19
# Exact distribution of Kendall's S up to this many studies without ties, normal beyond.
EXACT_KENDALL = 1000


def leave_one_out(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
) -> dict[str, list[float | None]]:
    """The pooled result without each study in turn, one list of k per name in `COLUMNS`.

    None stands where nothing is left or nothing is defined (a zero standard error).
    """
    y, v = pooling.checked(yi, vi)
    if len(y) == 1:
        return {name: [None] for name in COLUMNS}
    return _columns(y, v, "without", method, test, level)


def cumulative(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
) -> dict[str, list[float | None]]:
    """The pooled result of the first 1, 2, ..., k studies in the order given, as `leave_one_out`.

    The first is the study itself with its normal interval.
    """
    y, v = pooling.checked(yi, vi)
    return _columns(y, v, "first", method, test, level)


def _masks(k: int, which: str) -> Any:
    """Row slices with their masks (rows, k): all but one study, or the first ones."""
    size = max(1, CHUNK // k)
    study = np.arange(k)
    for start in range(0, k, size):
        row = np.arange(start, min(start + size, k))[:, None]
        yield row[:, 0], (study != row) if which == "without" else (study <= row)


def _columns(
    y: Array, v: Array, which: str, method: str, test: str, level: float
) -> dict[str, list[float | None]]:
    out: dict[str, list[float | None]] = {name: [] for name in COLUMNS}
    for rows, mask in _masks(len(y), which):
        fits = pooling.solve(
            np.broadcast_to(y, mask.shape),
            np.broadcast_to(v, mask.shape),
            mask=mask,
            method=method,
            test=test,
            level=level,
        )
        for name in COLUMNS:
            values = getattr(fits, "p_value" if name == "p" else name).reshape(len(rows))
            out[name] += [float(x) if np.isfinite(x) else None for x in values]
    return out


def influence(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    X: Array | None = None,
    *,
    method: str = "REML",
    test: str = "knha",
) -> dict[str, list[Any]]:
    """Deletion diagnostics of each study, lists of k.

    rstudent (externally standardised residuals), dffits, cook_d, cov_r, tau2_del, Q_del, hat,
    weight (percent), dfbetas (with `X` (k, p) a list of p a study). None where the model without
    the study cannot be fitted.
    """
    y, v = pooling.checked(yi, vi)
    k = len(y)
    names = ("rstudent", "dffits", "cook_d", "cov_r", "tau2_del", "Q_del", "hat", "weight")
    if k == 1:
        return {name: [None] for name in (*names, "dfbetas")}
    design = np.ones((k, 1)) if X is None else np.asarray(X, float)
    p = design.shape[1]
    full = pooling.solve(y[None], v[None], X, method=method, test=test)
    b, vb, spread = full.b[0], full.vb[0], float(full.tau2[0])
    hat = _hat(v + spread, design)
    # Studies that agree exactly leave a Knapp-Hartung variance of 0, against which no shift counts.
    inverse = np.linalg.inv(vb) if np.linalg.det(vb) > 0 else np.full_like(vb, np.nan)
    parts: dict[str, list[Array]] = {name: [] for name in (*names[:6], "dfbetas")}
    for rows, mask in _masks(k, "without"):
        left = pooling.solve(
            np.broadcast_to(y, mask.shape),
            np.broadcast_to(v, mask.shape),
            None if X is None else design,
            mask,
            method=method,
            test=test,
        )
        enough = left.n > p if method != "EE" else left.n >= p
        enough |= (left.n == 1) & (X is None)
        with np.errstate(all="ignore"):
            x, own = design[rows], v[rows] + left.tau2
            predicted = np.vecdot(x, left.b)
            change = b - left.b
            residual = y[rows] - predicted
            residual[np.abs(residual) < 100 * np.finfo(float).eps] = 0.0
            variance = np.vecdot(x, (left.vb @ x[..., None])[..., 0])
            # The variance of the coefficients with all studies at the tau2 found without one.
            w = 1 / (v + left.tau2[:, None])
            everyone = np.linalg.inv(np.einsum("rk,ki,kj->rij", w, design, design))
            everyone = np.sqrt(left.s2[:, None] * np.diagonal(everyone, axis1=1, axis2=2))
            values = {
                "rstudent": residual / np.sqrt(left.s2 * own + variance),
                "dffits": np.vecdot(x, change) / np.sqrt(left.s2 * hat[rows] * own),
                "cook_d": np.vecdot(change, change @ inverse),
                "cov_r": np.linalg.det(left.vb) / np.linalg.det(vb),
                "tau2_del": left.tau2,
                "Q_del": left.Q,
                "dfbetas": change / everyone,
            }
        for name, array in values.items():
            keep = enough if array.ndim == 1 else enough[:, None]
            parts[name].append(np.where(keep, array, np.nan))
    out: dict[str, list[Any]] = {}
    for name in names:
        if name in parts:
            out[name] = _plain(np.concatenate(parts[name]))
    out["hat"] = _plain(hat)
    out["weight"] = _plain(pooling.weights(v, spread))
    shifts = np.concatenate(parts["dfbetas"])
    out["dfbetas"] = _plain(shifts[:, 0]) if X is None else [_plain(row) for row in shifts]
    return out


def _hat(phi: Array, X: Array) -> Array:
    q, _ = np.linalg.qr(X / np.sqrt(phi)[:, None])
    return (q * q).sum(axis=1)


def _plain(values: Array) -> list[float | None]:
    return [float(x) if np.isfinite(x) else None for x in values]


def egger(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
) -> dict[str, Any]:
    """Egger's regression test for funnel asymmetry: the standard error as a moderator.

    {model, stat, df, p, slope, limit, limit_ci_low, limit_ci_high}: "model" is "rma", the fitted
    method and test as in metafor's `regtest` (Sterne & Egger 2005); "lm" holds the same for the
    classical weighted regression with a free scale (Egger et al. 1997, BMJ 315:629). "limit" is
    the estimate for a study with standard error 0. Nothing but a "reason" where it cannot be done.
    """
    y, v = pooling.checked(yi, vi)
    empty = dict.fromkeys(("stat", "df", "p", "slope", "limit", "limit_ci_low", "limit_ci_high"))
    if len(y) < 3:
        return {"model": "rma", **empty, "reason": "fewer_than_three_studies"}
    X = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    try:
        moderators.check_rank(X, ["intercept", "standard error"])
    except EvergroveError:
        return {"model": "rma", **empty, "reason": "equal_standard_errors"}

    def one(method: str, test: str) -> dict[str, Any]:
        fit = pooling.fit(y, v, X, method=method, test=test, level=level)
        return {
            "stat": fit["stat"][1],
            "df": fit["df"],
            "p": fit["p"][1],
            "slope": fit["b"][1],
            "limit": fit["b"][0],
            "limit_ci_low": fit["ci_low"][0],
            "limit_ci_high": fit["ci_high"][0],
        }

    # A weighted regression with a free scale is the equal-effects model with Knapp-Hartung's.
    out = {"model": "rma", **one(method, test), "lm": one("EE", "knha"), "warnings": []}
    if len(y) < 10:
        out["warnings"] = ["Fewer than 10 studies: the test has too little power to be read."]
    return out


def begg(yi: Sequence[float] | Array, vi: Sequence[float] | Array) -> dict[str, Any]:
    """Begg & Mazumdar's rank correlation test (1994, Biometrics 50:1088).

    {tau, p, exact}: Kendall's tau-b between the standardised outcomes and their variances; the
    p value is exact without ties (up to 1000 studies), else normal with the variance for ties.
    """
    y, v = pooling.checked(yi, vi)
    n = len(y)
    empty = {"tau": None, "p": None, "exact": None}
    if n < 2:
        return empty | {"reason": "fewer_than_two_studies"}
    w = 1 / v
    standardised = (y - np.sum(w * y) / np.sum(w)) / np.sqrt(np.maximum(v - 1 / np.sum(w), 0.0))
    S = sum(
        int(np.sum(np.sign(standardised[i] - standardised[:i]) * np.sign(v[i] - v[:i])))
        for i in range(1, n)
    )
    ties_y, ties_v = _ties(standardised), _ties(v)
    pairs = n * (n - 1) / 2
    left = (pairs - (ties_y * (ties_y - 1)).sum() / 2) * (pairs - (ties_v * (ties_v - 1)).sum() / 2)
    if left <= 0:
        return empty | {"reason": "all_tied"}
    tau = S / np.sqrt(left)
    exact = n <= EXACT_KENDALL and ties_y.max() == 1 and ties_v.max() == 1
    p = _kendall_exact(S, n) if exact else _kendall_normal(S, n, ties_y, ties_v)
    return {"tau": float(tau), "p": p, "exact": bool(exact)}


def _ties(x: Array) -> Array:
    return np.unique(x, return_counts=True)[1].astype(float)


def _kendall_exact(S: int, n: int) -> float:
    """Twice the smaller tail of the number of concordant pairs, all orders equally likely."""
    pairs = n * (n - 1) // 2
    probability = np.ones(1)
    for m in range(2, n + 1):
        # Inserting the m-th value adds 0 ... m - 1 concordant pairs.
        total = np.cumsum(np.concatenate([probability, np.zeros(m - 1)]))
        total[m:] -= total[:-m].copy()
        probability = np.maximum(total, 0.0) / m
    concordant = (S + pairs) // 2
    lower, upper = probability[: concordant + 1].sum(), probability[concordant:].sum()
    return float(min(1.0, 2 * min(lower, upper)))


def _kendall_normal(S: int, n: int, t: Array, u: Array) -> float:
    """Normal approximation with ties and without continuity correction (Kendall 1970)."""
    variance = (
        n * (n - 1) * (2 * n + 5) - sum((x * (x - 1) * (2 * x + 5)).sum() for x in (t, u))
    ) / 18
    variance += (t * (t - 1)).sum() * (u * (u - 1)).sum() / (2 * n * (n - 1))
    if n > 2:
        third = (t * (t - 1) * (t - 2)).sum() * (u * (u - 1) * (u - 2)).sum()
        variance += third / (9 * n * (n - 1) * (n - 2))
    return float(2 * special.ndtr(-abs(S) / np.sqrt(variance)))


def trim_and_fill(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    estimator: str = "L0",
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
) -> dict[str, Any]:
    """Duval & Tweedie's trim and fill (2000, Biometrics 56:455) with estimator "L0" or "R0".

    {k0, side, estimator, b, se, ci_low, ci_high, p, tau2, filled_yi, filled_vi}: how many studies
    seem to be missing on which side of the funnel, and the result with their mirror images added,
    with the fitted method and test throughout.
    """
    y, v = pooling.checked(yi, vi)
    if estimator not in ("L0", "R0"):
        raise EvergroveError("unknown estimator", value=estimator, remedy="Known: L0, R0.")
    keys = ("b", "se", "ci_low", "ci_high", "p", "tau2")
    if len(y) < 3:
        out = {"k0": None, "side": None, "estimator": estimator} | dict.fromkeys(keys)
        return out | {"reason": "fewer_than_three_studies"}

    def centre(y: Array, v: Array) -> float:
        return float(pooling.solve(y[None], v[None], method=method, test="z").b[0, 0])

    side = _sparse_side(y, v, method)
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    x, k = (sign * y)[order], len(y)
    k0, seen = 0, []
    while k0 not in seen:
        seen.append(k0)
        middle = centre(x[: k - k0], v[order][: k - k0])
        k0 = _missing(x - middle, estimator)
    if k0 != seen[-1]:
        out = {"k0": None, "side": side, "estimator": estimator} | dict.fromkeys(keys)
        return out | {"reason": "iterations_go_round_in_a_circle"}
    mirrored = sign * (2 * middle - x[k - k0 :]) if k0 else np.empty(0)
    own = v[order][k - k0 :] if k0 else np.empty(0)
    fit = pooling.fit(
        np.concatenate([y, mirrored]),
        np.concatenate([v, own]),
        method=method,
        test=test,
        level=level,
    )
    out = {"k0": k0, "side": side, "estimator": estimator} | {key: fit[key] for key in keys}
    return out | {"filled_yi": mirrored.tolist(), "filled_vi": own.tolist()}


def _sparse_side(y: Array, v: Array, method: str) -> str:
    """Where studies are missing: on the left if imprecise studies show larger outcomes."""
    X = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    try:
        moderators.check_rank(X, ["intercept", "standard error"])
    except EvergroveError:
        return "left"
    slope = pooling.solve(y[None], v[None], X, method=method, test="z").b[0, 1]
    return "right" if slope < 0 else "left"


def _missing(centred: Array, estimator: str) -> int:
    """How many of the k largest values have no mirror image, from ranks of the distances."""
    k = len(centred)
    rank = np.empty(k)
    rank[np.argsort(np.abs(centred), kind="stable")] = np.arange(1, k + 1)
    if estimator == "R0":
        below = rank[centred < 0]
        found = k - (below.max() if below.size else 0) - 1
    else:
        found = (4 * rank[centred > 0].sum() - k * (k + 1)) / (2 * k - 1)
    return int(max(0, np.rint(found)))
