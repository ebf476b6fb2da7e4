"""Subgroups: the test between them, each with its own tau2 or with one tau2 for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import distributions, moderators, pooling
from evergrove.projection import Array


def between_groups(b: Sequence[float], se: Sequence[float]) -> dict[str, Any]:
    """The test of equal means between groups that were pooled apart, each with its own tau2.

    Q_between = sum of (b_i - mean)^2 / se_i^2 around their weighted mean, chi-squared with one
    degree of freedom less than groups (Borenstein & Higgins 2013, Prev Sci 14:134).
    """
    y, w = np.asarray(b, float), 1 / np.asarray(se, float) ** 2
    away = y - y[0]
    Q = float(np.sum(w * (away - np.sum(w * away) / np.sum(w)) ** 2))
    df = len(y) - 1
    return {"Q_between": Q, "df": df, "p": float(distributions.chi2_upper(Q, df))}


def test_between(fits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`between_groups` for groups as `fit` left them, or None with a "reason" for each number."""
    empty = {"Q_between": None, "df": None, "p": None}
    if len(fits) < 2:
        return empty | {"reason": "fewer_than_two_groups_of_two_studies"}
    if any(not fit["se"] for fit in fits):
        return empty | {"reason": "zero_standard_error"}
    return between_groups([fit["b"] for fit in fits], [fit["se"] for fit in fits])


def common_tau2(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    labels: Sequence[str],
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
) -> dict[str, Any]:
    """Groups as one meta-regression: one tau2 for all, and the test of equal means in it.

    {tau2, levels: {label: {k, b, se, ci_low, ci_high}}, QM, QM_df, QM_p}, with a "reason" in place
    of the numbers for fewer than two groups, or too few studies. Groups may have one study. To be
    preferred to `between_groups` where groups are so small that each one's own tau2 is mostly
    chance (Borenstein et al. 2009, chapter 19).
    """
    y, v = pooling.checked(yi, vi)
    names = list(dict.fromkeys(labels))
    out: dict[str, Any] = {"tau2": None, "levels": {}, "QM": None, "QM_df": None, "QM_p": None}
    if len(names) < 2:
        return out | {"reason": "fewer_than_two_groups"}
    if len(y) <= len(names):
        return out | {"reason": "no_group_of_two_studies"}
    member = np.array([[label == name for name in names] for label in labels], float)
    options: dict[str, Any] = {"method": method, "test": test, "level": level}
    each = pooling.solve(y[None], v[None], member, **options)
    contrast = np.column_stack([np.ones(len(y)), member[:, 1:]])
    apart = pooling.solve(y[None], v[None], contrast, **options)
    for j, name in enumerate(names):
        columns = ("b", "se", "ci_low", "ci_high")
        numbers = {key: _number(getattr(each, key)[0, j]) for key in columns}
        out["levels"][name] = {"k": int(member[:, j].sum())} | numbers
    out["tau2"] = float(each.tau2[0])
    out |= moderators.joint_test(apart.b[0], apart.vb[0], contrast, float(apart.df[0]))
    return out | ({} if out["QM"] is not None else {"reason": "zero_standard_error"})


def _number(x: Any) -> float | None:
    return float(x) if np.isfinite(x) else None
