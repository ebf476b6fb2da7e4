"""Rare events in two groups: Mantel-Haenszel and Peto, which need no correction of zeros.

Mantel & Haenszel 1959; variances of Robins, Breslow & Greenland (1986, Biometrics 42:311; OR),
Greenland & Robins (1985, Biometrics 41:55; RR), Sato, Greenland & Robins (1989, Biometrics
45:1323; RD); Peto: Yusuf et al. (1985, Prog Cardiovasc Dis 27:335). As metafor's `rma.mh` and
`rma.peto` with their defaults for the pooled estimate. Proportions of one group and generalised
linear mixed models are in `event_models`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import distributions
from evergrove.errors import EvergroveError
from evergrove.projection import Array
from evergrove.selection_models import wald

CELLS = ("ai", "bi", "ci", "di")
Table = Mapping[str, Sequence[float]]


def checked_table(table: Table) -> tuple[Array, Array, Array, Array]:
    """ai, bi, ci, di as float arrays (k,): events and others in group 1, then in group 2.

    Raises EvergroveError for counts that are missing or negative and for groups of nobody.
    """
    cells = [np.asarray(table[name], float) for name in CELLS]
    if len({values.shape for values in cells}) != 1 or cells[0].ndim != 1 or not cells[0].size:
        raise EvergroveError("ai, bi, ci and di must be lists of equal length, not empty")
    for name, values in zip(CELLS, cells, strict=True):
        good = np.isfinite(values) & (values >= 0)
        if not good.all():
            row = int(np.argmin(good))
            raise EvergroveError(
                "a count is missing or negative",
                place=f"study {row + 1}, column {name}",
                value=float(values[row]),
            )
    for group, size in (("1", cells[0] + cells[1]), ("2", cells[2] + cells[3])):
        if not (size > 0).all():
            raise EvergroveError(
                f"group {group} has nobody in it", place=f"study {int(np.argmin(size > 0)) + 1}"
            )
    return cells[0], cells[1], cells[2], cells[3]


def silent_studies(table: Table) -> dict[str, list[int]]:
    """Studies (counted from 0) that a ratio cannot use: "no_events" and "only_events".

    They hold no information on an odds ratio or risk ratio but do on a risk difference.
    """
    a, b, c, d = checked_table(table)
    return {
        "no_events": np.flatnonzero((a + c) == 0).tolist(),
        "only_events": np.flatnonzero((b + d) == 0).tolist(),
    }


def mantel_haenszel(table: Table, measure: str = "OR", *, level: float = 95) -> dict[str, Any]:
    """The Mantel-Haenszel odds ratio ("OR", log), risk ratio ("RR", log) or difference ("RD").

    Returns estimate, se, ci_low, ci_high, stat, p, k, k_used, silent (`silent_studies`), reason;
    for OR also CMH, CMH_p (the Cochran-Mantel-Haenszel test with continuity correction) and
    tarone, tarone_df, tarone_p (Breslow & Day's test of equal odds ratios in Tarone's form).
    No cell is corrected. Where no finite ratio exists, "reason" says so.
    """
    a, b, c, d = checked_table(table)
    if measure not in ("OR", "RR", "RD"):
        raise EvergroveError("unknown measure", value=measure, remedy="Known: OR, RR, RD.")
    n1, n2 = a + b, c + d
    n = n1 + n2
    silent = silent_studies(table)
    out: dict[str, Any] = dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "stat", "p"))
    unused = set(silent["no_events"])
    if measure == "OR":
        unused |= set(silent["only_events"])
    out |= {"measure": measure, "k": len(a), "silent": silent, "reason": None}
    out["k_used"] = len(a) - (0 if measure == "RD" else len(unused))
    if measure == "OR":
        out |= dict.fromkeys(("CMH", "CMH_p", "tarone", "tarone_df", "tarone_p"))
        out |= _cochran_mantel_haenszel(a, b, c, d)
        P, Q, R, S = (a + d) / n, (b + c) / n, a * d / n, b * c / n
        sum_r, sum_s = R.sum(), S.sum()
        if sum_r == 0 or sum_s == 0:
            return out | {"reason": _no_ratio(a, c)}
        estimate = np.log(sum_r / sum_s)
        variance = (
            np.sum(P * R) / sum_r**2
            + np.sum(P * S + Q * R) / (sum_r * sum_s)
            + np.sum(Q * S) / sum_s**2
        ) / 2
        out |= _tarone(a, b, c, d, float(sum_r / sum_s))
    elif measure == "RR":
        R, S = np.sum(a * n2 / n), np.sum(c * n1 / n)
        if R == 0 or S == 0:
            return out | {"reason": _no_ratio(a, c)}
        estimate = np.log(R / S)
        variance = np.sum(n1 * n2 * (a + c) / n**2 - a * c / n) / (R * S)
    else:
        weight = np.sum(n1 * n2 / n)
        estimate = np.sum(a * n2 / n - c * n1 / n) / weight
        P = np.sum((c * n1**2 - a * n2**2 + n1 * n2 * (n2 - n1) / 2) / n**2)
        Q = np.sum((a * (n2 - c) + c * (n1 - a)) / (2 * n))
        variance = (estimate * P + Q) / weight**2
    if not variance > 0:
        return out | {"estimate": float(estimate), "reason": "no_variance"}
    return out | wald(float(estimate), float(np.sqrt(variance)), level)


def peto(table: Table, *, level: float = 95) -> dict[str, Any]:
    """Peto's one-step log odds ratio: summed observed minus expected, over summed variance.

    Returns estimate, se, ci_low, ci_high, stat, p, Q, Q_df, Q_p (heterogeneity among the studies
    with events), k, k_used, silent, warnings, reason. Good where events are rare, groups of like
    size and effects small, biased elsewhere (Greenland & Salvan 1990; Bradburn et al. 2007).
    """
    a, b, c, d = checked_table(table)
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    V = n1 * n2 * events * others / (n**2 * (n - 1))
    score = a - n1 * events / n
    used = V > 0
    keys = ("estimate", "se", "ci_low", "ci_high", "stat", "p", "Q", "Q_df", "Q_p")
    out: dict[str, Any] = dict.fromkeys(keys) | {
        "measure": "PETO",
        "k": len(a),
        "k_used": int(used.sum()),
        "silent": silent_studies(table),
        "warnings": [],
        "reason": None,
    }
    if not used.any():
        return out | {"reason": "no_events" if events.sum() == 0 else "only_events"}
    unequal = used & (np.maximum(n1, n2) > 2 * np.minimum(n1, n2))
    if unequal.any():
        out["warnings"].append(
            f"{int(unequal.sum())} of {int(used.sum())} studies have one group more than twice as "
            "large as the other: Peto's method is biased there."
        )
    total = V.sum()
    estimate = score.sum() / total
    if abs(estimate) > np.log(2.5):
        out["warnings"].append("The effect is large: Peto's method is biased towards no effect.")
    yi = score[used] / V[used]
    Q = float(np.sum(V[used] * (yi - estimate) ** 2))
    df = int(used.sum()) - 1
    return out | {
        **wald(float(estimate), float(total**-0.5), level),
        "Q": Q,
        "Q_df": df,
        "Q_p": float(distributions.chi2_upper(Q, df)),
    }


def _no_ratio(a: Array, c: Array) -> str:
    if a.sum() + c.sum() == 0:
        return "no_events"
    return "no_finite_ratio"


def _cochran_mantel_haenszel(a: Array, b: Array, c: Array, d: Array) -> dict[str, float]:
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    variance = np.sum(n1 * n2 * events * others / (n**2 * np.maximum(n - 1, 1)))
    if not variance > 0:
        return {}
    away = abs(np.sum(a - n1 * events / n)) - 0.5
    statistic = float(away**2 / variance)
    return {"CMH": statistic, "CMH_p": float(distributions.chi2_upper(statistic, 1))}


def _tarone(a: Array, b: Array, c: Array, d: Array, ratio: float) -> dict[str, Any]:
    """Counts expected at the common odds ratio come from a quadratic in each study."""
    n1, n2, events = a + b, c + d, a + c
    others = b + d
    good = (events > 0) & (others > 0)
    n1, n2, events, a = n1[good], n2[good], events[good], a[good]
    if ratio == 1:
        expected = n1 * events / (n1 + n2)
    else:
        A = ratio * (n1 + events) + (n2 - events)
        root = np.sqrt(A**2 - 4 * n1 * events * ratio * (ratio - 1))
        # The form without cancellation.
        expected = 2 * n1 * events * ratio / (A + root)
    cells = (expected, n1 - expected, events - expected, n2 - events + expected)
    fine = np.logical_and.reduce([cell > 0 for cell in cells])
    if fine.sum() < 2:
        return {}
    variance = 1 / sum(1 / cell[fine] for cell in cells)
    e = a[fine] - expected[fine]
    statistic = max(0.0, float(np.sum(e**2 / variance) - e.sum() ** 2 / variance.sum()))
    df = int(fine.sum()) - 1
    p = float(distributions.chi2_upper(statistic, df))
    return {"tarone": statistic, "tarone_df": df, "tarone_p": p}
