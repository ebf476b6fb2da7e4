"""Pooling: the meta-analytic models of one mean or of moderators, as in metafor 3.8.

`fit` pools one data set and prints every quantity of `evergrove pool --json`; `solve` is the same
for many data sets at once (leave-one-out, cumulative, resampling). Formulas: DerSimonian & Laird
1986 and Viechtbauer 2005 (tau2), Knapp & Hartung 2003 (Stat Med 22:2693; tests and intervals),
Viechtbauer 2007 (Stat Med 26:37; Q-profile), Higgins & Thompson 2002 (Stat Med 21:1539; I2 and
H2, here from tau2 and the typical sampling variance), Higgins et al. 2009 (J R Stat Soc A
172:137; prediction interval).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evergrove import distributions, moderators, tau2, tau2_intervals
from evergrove.errors import EvergroveError
from evergrove.projection import Array, Batch

METHODS = tau2.METHODS
# How far outcomes may lie from 0 in units of a typical standard error, and a variance from the
# median: the cube of the one times the square of the other is a number.
LARGEST = 1e60
TESTS = ("z", "t", "knha", "adhoc")


@dataclass(frozen=True)
class Fits:
    """Models fitted to D data sets with p coefficients, in the units of the data.

    Arrays of shape (D,), except b, se, stat, p_value, ci_low, ci_high (D, p) and vb (D, p, p).
    `df` is infinite where the normal distribution is used; NaN stands where nothing is defined.
    """

    n: Array
    b: Array
    se: Array
    stat: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    vb: Array
    df: Array
    s2: Array
    tau2: Array
    Q: Array
    Q_df: Array
    Q_p: Array
    I2: Array
    H2: Array
    typical_v: Array
    maxima: Array
    batch: Batch


def solve(
    yi: Array,
    vi: Array,
    X: Array | None = None,
    mask: Array | None = None,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
) -> Fits:
    """Fit one model to each of D data sets: yi, vi, mask (D, k), X (k, p), (D, k, p) or None.

    A single study has no residual degree of freedom: it is its own estimate, with tau2 0 and the
    normal distribution, as in metafor. With moderators and none left, the results are NaN.
    """
    shift = moderators.means(X)
    batch = Batch.of(yi, vi, None if X is None else X - shift, mask)
    unit = batch.scale**2
    df = batch.df.astype(float)
    spread, maxima = tau2.estimate(batch, method)
    fixed, final = batch.at(np.zeros(len(spread))), batch.at(spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        Q = np.where(df > 0, fixed.rss, 0.0)
        typical = np.where(df > 0, df / fixed.trace(), np.nan)
        if method == "EE":
            I2 = np.where(df > 0, 100 * np.maximum(0.0, Q - df) / np.where(Q > 0, Q, 1), 0.0)
            H2 = np.where(df > 0, Q / df, 1.0)
        else:
            I2 = np.where(df > 0, 100 * spread / (spread + typical), 0.0)
            H2 = np.where(df > 0, spread / typical + 1, 1.0)
        single = (batch.n == 1) & (batch.p == 1)
        s2 = np.ones(len(spread))
        if test in ("knha", "adhoc"):
            s2 = np.where(single, 1.0, final.rss / np.where(df > 0, df, np.nan))
            s2 = np.maximum(s2, 1.0) if test == "adhoc" else s2
        reference = np.where(single | (test == "z"), np.inf, np.where(df > 0, df, np.nan))
        b = final.coefficients() * batch.scale[:, None]
        b[:, 0] += batch.centre
        vb = final.covariance() * (unit * s2)[:, None, None]
        b, vb = moderators.move_back(b, vb, shift)
        se = np.sqrt(np.diagonal(vb, axis1=-2, axis2=-1))
        stat = b / se
        quantile = distributions.t_quantile(1 - tail(level), reference)[:, None]
    return Fits(
        n=batch.n,
        b=b,
        se=se,
        stat=stat,
        p_value=distributions.t_two_sided(stat, reference[:, None]),
        ci_low=b - quantile * se,
        ci_high=b + quantile * se,
        vb=vb,
        df=reference,
        s2=s2,
        tau2=spread * unit,
        Q=Q,
        Q_df=batch.df,
        Q_p=distributions.chi2_upper(Q, df),
        I2=I2,
        H2=H2,
        typical_v=typical * unit,
        maxima=maxima,
        batch=batch,
    )


def fit(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    X: Array | None = None,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
    names: Sequence[str] | None = None,
    prediction: str = "as_test",
    tau2_ci: str = "qprofile",
) -> dict[str, Any]:
    """Pool k outcomes `yi` with sampling variances `vi`; `X` (k, p) for a model with moderators.

    Returns the keys of `evergrove pool --json`: numbers, or None with the reason under
    "reasons" (key -> code). I2 is in percent and, like H2, based on tau2 (for EE on Q).
    `tau2_ci_*` is the Q-profile interval, or what `tau2_ci` names; "tau2_ci_low_sign" and
    "tau2_ci_high_sign" are "<" where the whole interval lies below 0. `pi_*` is the prediction
    interval for the true effect of a new study, from the same distribution as the test
    ("as_test") or always from t with k - 1
    df (`prediction="t_k1"`); "pi_df" says which, None being the normal distribution. With `X`,
    b, se, stat, p and ci are lists, and coefficients, QM, QM_df, QM_p, R2 are added.

    Raises EvergroveError for a yi that is not finite, a vi that is not positive and finite,
    an unknown method or test, a level outside (0, 100), and moderators that are collinear.
    """
    y, v = checked(yi, vi)
    _check_options(method, test, level, tau2_ci)
    if X is not None:
        X = np.asarray(X, float)
        names = list(names or [f"x{j}" for j in range(X.shape[1])])
        moderators.check_rank(X, names)
        need = X.shape[1] + (method != "EE")
        if len(y) < need:
            raise EvergroveError(
                f"{len(y)} studies are too few for {X.shape[1]} coefficients",
                value=", ".join(names),
                remedy=f"Use fewer moderators; at least {need} studies are needed.",
            )
    single = len(y) == 1
    used_method, used_test = ("EE", "z") if single and X is None else (method, test)
    fits = solve(y[None], v[None], X, method=used_method, test=used_test, level=level)
    result = _table(fits, used_method, used_test, level)
    result |= _spread(fits, used_method, level, tau2_ci)
    result |= _prediction(fits, used_method, level, prediction, simple=X is None)
    result["n_dropped"] = 0
    if X is not None:
        result |= {"coefficients": names}
        result |= moderators.joint_test(fits.b[0], fits.vb[0], X, float(fits.df[0]))
        result["R2"] = None
        if moderators.has_intercept(X) and X.shape[1] > 1:
            alone = solve(y[None], v[None], method=method)
            result["R2"] = _explained(fits, alone, method)
    result["warnings"] = _warnings(fits, v, method, test, result)
    return _with_reasons(result, single)


def tail(level: float) -> float:
    """The probability beyond each end of an interval at `level` percent."""
    return (100 - level) / 200


def weights(vi: Array, tau2_value: float) -> Array:
    """Each study's share of the pooled estimate, in percent, (k,)."""
    w = 1 / (np.asarray(vi, float) + tau2_value)
    return 100 * w / w.sum()


def interval(yi: Array, vi: Array, level: float) -> tuple[Array, Array]:
    """The normal confidence interval of each study at `level` percent, (k,) and (k,)."""
    half = distributions.t_quantile(1 - tail(level), np.inf) * np.sqrt(vi)
    return yi - half, yi + half


def checked(yi: Sequence[float] | Array, vi: Sequence[float] | Array) -> tuple[Array, Array]:
    """`yi` and `vi` as float arrays (k,), or an EvergroveError that names the row and value."""
    y, v = np.asarray(yi, float), np.asarray(vi, float)
    if y.ndim != 1 or y.shape != v.shape:
        raise EvergroveError(
            "yi and vi must be lists of equal length", value=f"{y.shape}, {v.shape}"
        )
    if not y.size:
        raise EvergroveError("no study to pool", remedy="At least one row needs yi and vi.")
    for values, good, problem in (
        (y, np.isfinite(y), "yi is not a finite number"),
        (v, np.isfinite(v) & (v > 0), "vi is not a positive finite number"),
    ):
        if not good.all():
            row = int(np.argmin(good))
            raise EvergroveError(
                problem,
                place=f"study {row + 1}",
                value=float(values[row]),
                remedy="A sampling variance is the square of a standard error.",
            )
    _check_range(y, v)
    return y, v


def _check_range(y: Array, v: Array) -> None:
    """Numbers so far apart that their squares overflow say nothing: an error, not a NaN."""
    low, middle, high = np.sort(v)[[0, (len(v) - 1) // 2, -1]].tolist()
    away = float(np.abs(y).max())
    fine = low >= 1e-300 and high <= 1e300 and away <= 1e150 and away <= LARGEST * math.sqrt(middle)
    if fine and low * LARGEST >= middle and high / LARGEST <= middle:
        return
    raise EvergroveError(
        "the numbers are too far apart to be pooled",
        value=f"yi up to {away:g} in size, vi from {low:g} to {high:g}",
        remedy="Look for a wrong decimal point or unit, or pool in another unit.",
    )


def _check_options(method: str, test: str, level: float, tau2_ci: str) -> None:
    for value, known, what in (
        (method, METHODS, "method"),
        (test, TESTS, "test"),
        (tau2_ci, tau2_intervals.KINDS, "interval of tau2"),
    ):
        if value not in known:
            raise EvergroveError(
                f"unknown {what}", value=value, remedy=f"Known: {', '.join(known)}."
            )
    if not (isinstance(level, int | float) and 0 < level < 100):
        raise EvergroveError("level must lie between 0 and 100 (percent)", value=level)


def _number(x: Any) -> float | None:
    return float(x) if np.isfinite(x) else None


def _table(fits: Fits, method: str, test: str, level: float) -> dict[str, Any]:
    p = fits.batch.p
    df = fits.df[0]

    def column(values: Array) -> Any:
        numbers = [_number(x) for x in values[0]]
        return numbers if fits.batch.X.shape != (1, 1) else numbers[0]

    logs = np.full((1, p), np.nan)
    for j in range(p):
        if np.isfinite(fits.stat[0, j]):
            logs[0, j] = distributions.log_t_two_sided(fits.stat[0, j], df)
    return {
        "method": method,
        "test": test,
        "level": level,
        "k": int(fits.n[0]),
        "b": column(fits.b),
        "se": column(fits.se),
        "ci_low": column(fits.ci_low),
        "ci_high": column(fits.ci_high),
        "stat": column(fits.stat),
        "df": None if np.isinf(df) else _number(df),
        "p": column(fits.p_value),
        "log_p": column(logs),
    }


def _spread(fits: Fits, method: str, level: float, tau2_ci: str) -> dict[str, Any]:
    """tau2 and what follows from it. I2 and H2 take their intervals from that of tau2."""
    unit = fits.batch.scale[0] ** 2
    spread, typical = float(fits.tau2[0]), float(fits.typical_v[0])
    out: dict[str, Any] = {
        "tau2": spread,
        "tau": math.sqrt(spread),
        "se_tau2": _number(tau2.standard_error(fits.batch, method, fits.tau2 / unit)[0] * unit),
    }
    ends: tuple[float | None, float | None] = (None, None)
    signs = ("", "")
    if method != "EE" and fits.Q_df[0] > 0:
        low, high, signs = tau2_intervals.interval(
            fits.batch, tau2_ci, method, spread / unit, tail(level)
        )
        ends = (_number(low * unit), _number(high * unit))
    for end, value in zip(("low", "high"), ends, strict=True):
        out[f"tau2_ci_{end}"] = value
    for end, value, sign in zip(("low", "high"), ends, signs, strict=True):
        out[f"tau2_ci_{end}_sign"] = sign
        out[f"tau_ci_{end}"] = None if value is None else math.sqrt(value)
        out[f"I2_ci_{end}"] = None if value is None else 100 * value / (value + typical)
        out[f"H2_ci_{end}"] = None if value is None else value / typical + 1
    return out | {
        "I2": float(fits.I2[0]),
        "H2": float(fits.H2[0]),
        "Q": float(fits.Q[0]),
        "Q_df": int(fits.Q_df[0]),
        "Q_p": float(fits.Q_p[0]),
        "log_Q_p": distributions.log_chi2_upper(float(fits.Q[0]), float(fits.Q_df[0])),
    }


def _prediction(
    fits: Fits, method: str, level: float, prediction: str, *, simple: bool
) -> dict[str, Any]:
    if method == "EE" or not simple:
        return {"pi_low": None, "pi_high": None, "pi_df": None}
    df = float(fits.Q_df[0]) if prediction == "t_k1" else float(fits.df[0])
    half = float(distributions.t_quantile(1 - tail(level), df))
    half *= math.sqrt(fits.tau2[0] + fits.vb[0, 0, 0])
    return {
        "pi_low": float(fits.b[0, 0] - half),
        "pi_high": float(fits.b[0, 0] + half),
        "pi_df": None if math.isinf(df) else df,
    }


def _explained(fits: Fits, alone: Fits, method: str) -> float | None:
    """R2 in percent: the share of tau2 that moderators take away (of Q, adjusted, for EE)."""
    if method != "EE":
        before, after = float(alone.tau2[0]), float(fits.tau2[0])
    elif fits.Q_df[0] > 0:
        before, after = float(alone.Q[0] / alone.Q_df[0]), float(fits.Q[0] / fits.Q_df[0])
    else:
        return None
    return max(0.0, 100 * (before - after) / before) if before > 0 else 0.0


def _warnings(fits: Fits, v: Array, method: str, test: str, result: Mapping[str, Any]) -> list[str]:
    k = int(fits.n[0])
    if k == 1:
        return ["One study: nothing is pooled, and the variance between studies is unknown."]
    out = []
    random = method != "EE"
    if random and k <= 3:
        out.append(f"{k} studies hardly determine tau2 and the intervals that depend on it.")
    if test == "knha" and random and k < 5 and v.max() > 1.0001 * v.min():
        out.append(
            "With fewer than 5 studies of unequal precision the Knapp-Hartung interval can be "
            "far too wide or too narrow (Röver et al. 2015)."
        )
    if test in ("knha", "adhoc") and not random:
        out.append("The Knapp-Hartung test is not meant for the equal-effects model.")
    if fits.s2[0] == 0:
        out.append("The studies agree exactly: the Knapp-Hartung standard error is 0.")
    if fits.maxima[0] > 1:
        number = int(fits.maxima[0])
        out.append(f"The likelihood has {number} local maxima; the highest is reported.")
    if result["tau2_ci_high_sign"]:
        out.append(
            "The studies agree more closely than their variances allow at this level: "
            "the interval for tau2 lies below 0."
        )
    return out


def _with_reasons(result: dict[str, Any], single: bool) -> dict[str, Any]:
    """Every None gets a machine-readable reason; nothing that is not finite is let through."""
    reasons: dict[str, str] = {}
    equal = result["method"] == "EE"
    for key, value in result.items():
        if not (value is None or (isinstance(value, list) and None in value)):
            continue
        if key == "df" or (key == "pi_df" and result["pi_low"] is not None):
            normal = result["test"] == "z"
            reasons[key] = "normal_distribution" if normal else "no_residual_degree_of_freedom"
        elif key == "QM_df" and value is not None:
            reasons[key] = "normal_distribution"
        elif single:
            reasons[key] = "one_study"
        elif equal and key.startswith(("se_tau2", "tau", "I2_ci", "H2_ci", "pi_")):
            reasons[key] = "no_random_effects"
        elif result["Q_df"] == 0:
            reasons[key] = "no_residual_degree_of_freedom"
        elif key in ("stat", "p", "log_p"):
            reasons[key] = "zero_standard_error"
        elif key.startswith("pi_"):
            reasons[key] = "depends_on_moderators"
        elif key == "R2":
            reasons[key] = "no_intercept"
        else:
            reasons[key] = "not_estimable"
    return result | {"reasons": reasons}
