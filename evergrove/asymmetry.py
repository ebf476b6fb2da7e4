"""Regressions of the outcome on the precision of a study: tests and adjusted estimates.

Egger et al. 1997 (BMJ 315:629), Sterne & Egger 2005, Peters et al. 2006 (JAMA 295:676), Harbord
et al. 2006 (Stat Med 25:3443), Pustejovsky & Rodgers 2019 (Res Synth Methods 10:57; the size
instead of the standard error), Stanley & Doucouliagos 2014 (Res Synth Methods 5:60; PET-PEESE).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import moderators, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array

KEYS = ("estimate", "se", "ci_low", "ci_high", "stat", "df", "p")


def regress(
    yi: Array,
    vi: Array,
    predictor: Array,
    *,
    method: str = "EE",
    test: str = "knha",
    level: float = 95,
) -> dict[str, Any]:
    """A regression of yi on one predictor with weights from vi: {"slope", "limit", "reason"}.

    Both are dicts of `KEYS`; "limit" is the value at a predictor of 0. EE with knha is the
    weighted regression with a free scale (t, k - 2 df); with another method the variance between
    studies is added to vi. Only a "reason" where there are fewer than three studies or the
    predictor is the same in all.
    """
    empty = dict.fromkeys(KEYS)
    y, v = pooling.checked(yi, vi)
    if len(y) < 3:
        return {"slope": empty, "limit": empty, "reason": "fewer_than_three_studies"}
    X = np.column_stack([np.ones(len(y)), np.asarray(predictor, float)])
    try:
        moderators.check_rank(X, ["intercept", "predictor"])
    except EvergroveError:
        return {"slope": empty, "limit": empty, "reason": "predictor_is_constant"}
    fit = pooling.fit(y, v, X, method=method, test=test, level=level)

    def one(j: int) -> dict[str, Any]:
        names = {"estimate": "b"} | {key: key for key in KEYS if key not in ("estimate", "df")}
        return {key: fit[name][j] for key, name in names.items()} | {"df": fit["df"]}

    return {"slope": one(1), "limit": one(0), "reason": None}


def pet_peese(yi: Array, vi: Array, *, level: float = 95) -> dict[str, Any]:
    """PET, PEESE and the one of them that the conditional rule takes, as the limit of a regression.

    PET has the standard error as predictor, PEESE the variance; weights 1 / vi, free scale. If
    PET's limit differs from 0 at 5 percent, one-sided, in the direction of the weighted mean,
    PEESE is taken, else PET. {"pet", "peese", "conditional", "chosen", "reason"}.
    """
    y, v = pooling.checked(yi, vi)
    first, second = (regress(y, v, x, level=level) for x in (np.sqrt(v), v))
    out = {"pet": first["limit"], "peese": second["limit"], "chosen": None}
    if first["reason"] or second["reason"]:
        reason = first["reason"] or second["reason"]
        return out | {"conditional": dict.fromkeys(KEYS), "reason": reason}
    pet = first["limit"]
    direction = np.sign(np.sum(y / v))
    if pet["p"] is None:
        return out | {"conditional": dict.fromkeys(KEYS), "reason": "studies_lie_on_a_line"}
    beyond = pet["p"] / 2 < 0.05 and np.sign(pet["estimate"]) == direction
    chosen = "peese" if beyond else "pet"
    return out | {"conditional": out[chosen], "chosen": chosen, "reason": None}


def peters(table: Mapping[str, Sequence[float]], yi: Array, *, level: float = 95) -> dict[str, Any]:
    """Peters' test: the log odds ratio on 1 / n, weighted by events and non-events of both groups.

    `table` has ai, bi, ci, di (k,); `yi` the log odds ratios (NaN where a study has none).
    Returns `regress`, with "n_dropped": studies without an odds ratio, without events at all, or
    with nothing but events.
    """
    a, b, c, d = _cells(table)
    y = np.asarray(yi, float)
    with np.errstate(divide="ignore"):
        v = 1 / (a + c) + 1 / (b + d)
    good = np.isfinite(y) & np.isfinite(v)
    dropped = {"n_dropped": int((~good).sum())}
    if not good.any():
        empty = dict.fromkeys(KEYS)
        return {"slope": empty, "limit": empty, "reason": "no_study_with_events"} | dropped
    return regress(y[good], v[good], 1 / (a + b + c + d)[good], level=level) | dropped


def harbord(table: Mapping[str, Sequence[float]], *, level: float = 95) -> dict[str, Any]:
    """Harbord's test: Egger's regression of score over information, Z / V with variance 1 / V.

    Z is observed minus expected events, V the hypergeometric variance: the slope is the bias.
    Returns `regress` with "n_dropped": studies without events, or with nothing but events, which
    hold no information on the odds ratio.
    """
    a, b, c, d = _cells(table)
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    V = n1 * n2 * events * others / (n**2 * (n - 1))
    good = V > 0
    dropped = {"n_dropped": int((~good).sum())}
    if not good.any():
        empty = dict.fromkeys(KEYS)
        return {"slope": empty, "limit": empty, "reason": "no_study_with_events"} | dropped
    V = V[good]
    Z = (a - n1 * events / n)[good]
    return regress(Z / V, 1 / V, 1 / np.sqrt(V), level=level) | dropped


def _cells(table: Mapping[str, Sequence[float]]) -> tuple[Array, Array, Array, Array]:
    cells = tuple(np.asarray(table[name], float) for name in ("ai", "bi", "ci", "di"))
    for name, values in zip(("ai", "bi", "ci", "di"), cells, strict=True):
        if not (np.isfinite(values) & (values >= 0)).all():
            raise EvergroveError("a count is missing or negative", place=f"column {name}")
    return cells  # type: ignore[return-value]
