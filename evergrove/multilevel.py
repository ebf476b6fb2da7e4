"""Dependent effects: the three-level model, and correlated and hierarchical effects (CHE).

Konstantopoulos 2011 (Res Synth Methods 2:61) and Van den Noortgate et al. 2013 (Behav Res Methods
45:576) for effects nested in studies; Pustejovsky & Tipton 2022 (Prev Sci 23:425) for sampling
errors that correlate by a declared constant rho (metafor's `vcalc`). Quantities are those of
metafor's `rma.mv` with ``random = ~ 1 | study/effect``; robust results those of clubSandwich.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from evergrove import components, distributions, moderators, robust
from evergrove.components import At, Maximum, Nested
from evergrove.errors import EvergroveError
from evergrove.pooling import checked, tail
from evergrove.projection import Array

METHODS = ("REML", "ML")
TESTS = ("z", "t")
DFS = ("residual", "contain")
VARIANCES = ("sigma2_between", "sigma2_within")
COLUMNS = ("b", "se", "stat", "p", "ci_low", "ci_high")


def fit(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    studies: Sequence[str],
    X: Array | None = None,
    *,
    rho: float = 0.0,
    within: Sequence[object] | None = None,
    method: str = "REML",
    test: str = "t",
    dfs: str = "contain",
    level: float = 95,
    names: Sequence[str] | None = None,
    intervals: bool = True,
) -> dict[str, Any]:
    """Effects `yi` with sampling variances `vi` (k,), nested in `studies` (k,).

    Sampling errors of one study's effects correlate by `rho` if their `within` labels (default:
    the study's) are equal; `rho` 0 is the three-level model. `X` (k, p) adds moderators.

    Returns model, k, n_studies, rho, b, se, stat, df, p, ci_low, ci_high (lists with `X`),
    sigma2_between (of studies) and sigma2_within (of effects in a study), each with its profile
    likelihood interval, I2_between, I2_within, I2_total (percent), log_likelihood, Q, Q_df, Q_p,
    pi_low, pi_high (a new effect of a new study), maxima, robust (CR2 and, under "cr1", CR1, by
    study), warnings. Test "t" has k - p degrees of freedom with dfs "residual"; with "contain" as
    many as the outermost level within which the moderator is constant has units, less p, and at
    least 1 (metafor's ``dfs``). Where the two variances cannot be told apart, all of it is None
    with a "reason". "reasons" has why single numbers are None.

    Raises EvergroveError for data or options that are not valid, as `pooling.fit` does.
    """
    y, v = checked(yi, vi)
    _check(rho, method, test, dfs, level)
    design = np.ones((len(y), 1)) if X is None else np.asarray(X, float)
    if X is not None:
        names = list(names or [f"x{j}" for j in range(design.shape[1])])
        moderators.check_rank(design, names)
    members = robust.members_of(studies, len(y))
    within = [0] * len(y) if within is None else list(within)
    out = _empty(len(y), len(members), rho, method, test, dfs, level)
    reason = _unidentified(members, design)
    if reason:
        return out | {"reason": reason}
    shift = moderators.means(None if X is None else design)
    data = Nested.of(y, v, design - shift, members, within, rho)
    best = components.maximise(data, restricted=method == "REML")
    at = At(data, *best.s, restricted=method == "REML")
    out |= _coefficients(at, design, shift, members, test, dfs, level, simple=X is None)
    out |= _variances(data, at, best, level, method, intervals=intervals)
    if X is None:
        out |= _prediction(out, at, test, level)
    else:
        out |= {"coefficients": names} | _joint(at, design, shift, out["df"])
    blocks = _blocks(v, members, within, rho, best.s * data.scale**2)
    out["robust"] = _robust(y, design, members, blocks, level, simple=X is None)
    out["warnings"] = _warnings(best, len(members), out["robust"])
    out["reasons"] = (
        {key: "beyond_any_bound" for key in out if key.endswith("_ci_high") and out[key] is None}
        if intervals
        else {}
    )
    return out


def rho_grid(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    studies: Sequence[str],
    rhos: Sequence[float],
    **options: Any,
) -> list[dict[str, Any]]:
    """The mean of `fit` at each correlation of sampling errors; one object a rho.

    {rho, b, se, ci_low, ci_high, sigma2_between, sigma2_within, robust_ci_low, robust_ci_high}.
    """
    out = []
    for rho in rhos:
        one = fit(yi, vi, studies, rho=rho, intervals=False, **options)
        keys = ("b", "se", "ci_low", "ci_high", *VARIANCES)
        ends = one["robust"] or {"ci_low": None, "ci_high": None}
        out.append(
            {"rho": float(rho)}
            | {key: one[key] for key in keys}
            | {f"robust_{end}": ends[end] for end in ("ci_low", "ci_high")}
        )
    return out


def _check(rho: float, method: str, test: str, dfs: str, level: float) -> None:
    for value, known, what in (
        (method, METHODS, "method of a multilevel model"),
        (test, TESTS, "test of a multilevel model"),
        (dfs, DFS, "kind of degrees of freedom"),
    ):
        if value not in known:
            raise EvergroveError(
                f"unknown {what}", value=value, remedy=f"Known: {', '.join(known)}."
            )
    if not 0 <= rho < 1:
        raise EvergroveError("rho must be at least 0 and below 1", value=rho)
    if not 0 < level < 100:
        raise EvergroveError("level must lie between 0 and 100 (percent)", value=level)


def _empty(
    k: int, J: int, rho: float, method: str, test: str, dfs: str, level: float
) -> dict[str, Any]:
    numbers = (
        *COLUMNS, "df", "log_likelihood", "Q", "Q_df", "Q_p", "I2_between", "I2_within",
        "I2_total", "pi_low", "pi_high", "maxima", "robust",
        *(f"{name}{end}" for name in VARIANCES for end in ("", "_ci_low", "_ci_high")),
    )  # fmt: skip
    return {
        "model": "che" if rho else "three_level",
        "method": method,
        "test": test,
        "dfs": dfs,
        "level": level,
        "k": k,
        "n_studies": J,
        "rho": float(rho),
        **dict.fromkeys(numbers),
        "warnings": [],
        "reasons": {},
    }


def _unidentified(members: Sequence[Array], X: Array) -> str | None:
    """Why the two variances cannot be told apart, if they cannot."""
    if len(members) < 2:
        return "fewer_than_two_studies"
    if all(len(rows) == 1 for rows in members):
        return "no_study_with_two_effects"
    k, p = X.shape
    if k - p < 2 or len(members) <= p:
        return "too_few_effects_for_two_variances"
    return None


def _coefficients(
    at: At,
    X: Array,
    shift: Array | float,
    members: Sequence[Array],
    test: str,
    dfs: str,
    level: float,
    *,
    simple: bool,
) -> dict[str, Any]:
    b, vb = _moved(at, shift)
    se = np.sqrt(np.diag(vb))
    df = np.full(len(b), np.inf) if test == "z" else _degrees(X, members, dfs)
    stat = b / se
    half = distributions.t_quantile(1 - tail(level), df) * se
    columns = {
        "b": b,
        "se": se,
        "stat": stat,
        "p": distributions.t_two_sided(stat, df),
        "ci_low": b - half,
        "ci_high": b + half,
        "df": df,
    }
    lists = {key: [_number(x) for x in values] for key, values in columns.items()}
    return {key: values[0] for key, values in lists.items()} if simple else lists


def _number(x: Any) -> float | None:
    return float(x) if np.isfinite(x) else None


def _moved(at: At, shift: Array | float) -> tuple[Array, Array]:
    """Coefficients (p,) and their covariance (p, p), in the units and at the level of the data."""
    data = at.data
    b = at.b * data.scale
    b[0] += data.centre
    moved, vb = moderators.move_back(b[None], (at.M * data.scale**2)[None], shift)
    return moved[0], vb[0]


def _degrees(X: Array, members: Sequence[Array], dfs: str) -> Array:
    k, p = X.shape
    if dfs == "residual":
        return np.full(p, float(k - p))
    constant = [all(np.ptp(X[rows, j]) == 0 for rows in members) for j in range(p)]
    return np.array([max(1.0, (len(members) if one else k) - p) for one in constant], float)


def _variances(
    data: Nested, at: At, best: Maximum, level: float, method: str, *, intervals: bool
) -> dict[str, Any]:
    """The two variances, their intervals, I2 of each (Nakagawa & Santos 2012), Q, likelihood."""
    restricted = method == "REML"
    unit = data.scale**2
    k, p = data.X.shape
    df = k - p
    fixed = At(data, 0.0, 0.0, restricted=True)
    trace = float(fixed.w.sum() - np.sum(fixed.M * (fixed.B.T @ fixed.B)))
    typical = df / trace
    total = float(best.s.sum())
    n = df if restricted else k
    constant = -n * (math.log(data.scale) + math.log(2 * math.pi) / 2)
    if restricted:
        constant += np.linalg.slogdet(data.X.T @ data.X)[1] / 2
    out: dict[str, Any] = {
        "maxima": best.number,
        "log_likelihood": best.height + float(constant),
        "Q": fixed.rss,
        "Q_df": df,
        "Q_p": float(distributions.chi2_upper(fixed.rss, df)),
        "I2_total": 100 * total / (total + typical),
        "I2_between": 100 * float(best.s[0]) / (total + typical),
        "I2_within": 100 * float(best.s[1]) / (total + typical),
    }
    # The drop of a likelihood ratio with one degree of freedom: half a squared normal quantile.
    drop = float(distributions.t_quantile(1 - tail(level), np.inf)) ** 2 / 2
    for which, name in enumerate(VARIANCES):
        out[name] = float(best.s[which] * unit)
        if intervals:
            low, high = components.profile_interval(data, best, which, drop, restricted=restricted)
            out |= {f"{name}_ci_low": low * unit, f"{name}_ci_high": _number(high * unit)}
    return out


def _prediction(out: dict[str, Any], at: At, test: str, level: float) -> dict[str, Any]:
    df = out["df"] if test == "t" else np.inf
    spread = math.sqrt(out["se"] ** 2 + out["sigma2_between"] + out["sigma2_within"])
    half = float(distributions.t_quantile(1 - tail(level), df)) * spread
    return {"pi_low": out["b"] - half, "pi_high": out["b"] + half}


def _joint(at: At, X: Array, shift: Array | float, df: Sequence[float | None]) -> dict[str, Any]:
    b, vb = _moved(at, shift)
    tested = [x for x in df[1:] or df]
    least = np.inf if any(x is None for x in tested) else min(x for x in tested if x is not None)
    return moderators.joint_test(b, vb, X, float(least))


def _blocks(
    v: Array, members: Sequence[Array], within: Sequence[object], rho: float, s: Array
) -> list[Array]:
    """The model's covariance of each study's effects."""
    out = []
    for rows in members:
        root = np.sqrt(v[rows])
        labels = [within[i] for i in rows]
        same = np.array([[a == b for b in labels] for a in labels])
        block = np.where(same, rho * np.outer(root, root), 0.0) + s[0]
        block[np.diag_indices(len(rows))] = v[rows] + s.sum()
        out.append(block)
    return out


def _robust(
    y: Array,
    X: Array,
    members: Sequence[Array],
    blocks: Sequence[Array],
    level: float,
    *,
    simple: bool,
) -> dict[str, Any]:
    found = {
        kind: robust.sandwich(y, X, members, blocks, level=level, kind=kind)
        for kind in robust.KINDS
    }
    if simple:
        for one in found.values():
            one |= {key: one[key][0] for key in robust.NUMBERS if one[key] is not None}
    return found["CR2"] | {"cr1": found["CR1"]}


def _warnings(best: Maximum, J: int, robust_result: dict[str, Any]) -> list[str]:
    out = []
    if best.number > 1:
        out.append(f"The likelihood has {best.number} local maxima; the highest is reported.")
    if J < 5:
        out.append(f"{J} studies hardly determine the variance between studies.")
    return out + list(robust_result["warnings"])
