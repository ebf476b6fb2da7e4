"""Cluster-robust inference: CR2 with Satterthwaite degrees of freedom, and CR1.

CR2: Bell & McCaffrey 2002 (Survey Methodology 28:169) and Pustejovsky & Tipton 2018 (J Bus Econ
Stat 36:672), with the symmetric adjustment matrices of clubSandwich for inverse-variance weights
and the model's own covariance as working model (what metafor's `robust(clubSandwich=TRUE)` does).
PyMARE's adjustment is another square root and agrees only where all weights within a cluster are
equal. CR1 is what metafor's `robust` does without clubSandwich: the plain sandwich (Liang & Zeger
1986) times J / (J - p) for J clusters, with t on J - p degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evergrove import distributions
from evergrove.errors import EvergroveError
from evergrove.pooling import tail
from evergrove.projection import Array

KINDS = ("CR2", "CR1")
NUMBERS = ("b", "se", "stat", "df", "p", "ci_low", "ci_high")
# Eigenvalues of I - Z (at most 1) below this are directions that the model fits exactly.
SINGULAR = 1e-10


def cluster_robust(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    clusters: Sequence[str],
    tau2: float,
    X: Array | None = None,
    *,
    level: float = 95,
    kind: str = "CR2",
) -> dict[str, Any]:
    """Robust standard errors, tests and intervals for the weighted mean or regression.

    `yi`, `vi` (k,) outcomes and sampling variances, `clusters` (k,) labels, `tau2` as fitted,
    `X` (k, p) or None for one mean, `kind` "CR2" or "CR1". Returns b, se, stat, df, p, ci_low,
    ci_high (lists of p with `X`), "clusters" (how many) and "warnings". All numbers are None, with
    a "reason", if there are fewer than two clusters, or not more clusters than coefficients.

    Raises EvergroveError if a label is missing, or the kind is not known.
    """
    y, v = np.asarray(yi, float), np.asarray(vi, float)
    design = np.ones((len(y), 1)) if X is None else np.asarray(X, float)
    members = members_of(clusters, len(y))
    blocks = [np.diag(v[rows] + tau2) for rows in members]
    out = sandwich(y, design, members, blocks, level=level, kind=kind)
    if X is None:
        out |= {key: out[key][0] for key in NUMBERS if out[key] is not None}
    return out


def sandwich(
    y: Array,
    X: Array,
    members: Sequence[Array],
    blocks: Sequence[Array],
    *,
    level: float = 95,
    kind: str = "CR2",
) -> dict[str, Any]:
    """`cluster_robust` for any working covariance: `blocks` (n, n) of the rows `members` (n,).

    `y` (k,), `X` (k, p); every row is in one cluster. The coefficients are those of generalised
    least squares with this covariance; numbers are lists of p.
    """
    if kind not in KINDS:
        raise EvergroveError("unknown kind", value=kind, remedy=f"Known: {', '.join(KINDS)}.")
    J, p = len(members), X.shape[1]
    out: dict[str, Any] = dict.fromkeys(NUMBERS)
    out |= {"clusters": J, "type": kind, "warnings": []}
    if J < 2:
        return out | {"reason": "fewer_than_two_clusters"}
    if p >= J:
        return out | {"reason": "too_few_clusters_for_the_coefficients"}
    b, variance, df = _robust(y, X, members, blocks, kind)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(np.where(variance > 0, variance, np.nan))
        stat = b / se
        quantile = distributions.t_quantile(1 - tail(level), df)
        columns = {
            "b": b,
            "se": se,
            "stat": stat,
            "df": df,
            "p": distributions.t_two_sided(stat, df),
            "ci_low": b - quantile * se,
            "ci_high": b + quantile * se,
        }
    for key, values in columns.items():
        out[key] = [float(x) if np.isfinite(x) else None for x in values]
    if not np.isfinite(se).all():
        out["reason"] = "zero_standard_error"
    if kind == "CR2" and not (np.isfinite(df).any() and np.nanmin(df) >= 4):
        out["warnings"] = [
            "With fewer than 4 Satterthwaite degrees of freedom p values and intervals are "
            "unreliable (Tipton 2015)."
        ]
    return out


def members_of(clusters: Sequence[str], k: int) -> list[Array]:
    """The row numbers of each cluster, in order of first appearance."""
    if len(clusters) != k:
        raise EvergroveError("every study needs a cluster", value=f"{len(clusters)} for {k}")
    rows: dict[str, list[int]] = {}
    for i, label in enumerate(clusters):
        if label is None or label == "":
            raise EvergroveError(
                "no cluster is given",
                place=f"study {i + 1}",
                remedy="Name the study that each row belongs to.",
            )
        rows.setdefault(label, []).append(i)
    return [np.array(index) for index in rows.values()]


def _robust(
    y: Array, X: Array, members: Sequence[Array], blocks: Sequence[Array], kind: str
) -> tuple[Array, Array, Array]:
    """Coefficients, their robust variances and degrees of freedom, each (p,).

    With Phi the covariance, M = (X' Phi^-1 X)^-1 and Phi = L L', a cluster's CR2 adjustment is
    A = L (L' (Phi - X M X') L)^(-1/2) L', its rows and columns being those of the cluster; which
    root of Phi L is does not matter.
    """
    p = X.shape[1]
    roots = [_root(block) for block in blocks]
    order = np.concatenate(members)
    white = [
        (inverse @ X[rows], inverse @ np.ones(len(rows)))
        for (_, inverse), rows in zip(roots, members, strict=True)
    ]
    q, r = np.linalg.qr(np.concatenate([x for x, _ in white]))
    inverse = np.linalg.inv(r)
    M = inverse @ inverse.T

    def solve(z: Array) -> Array:
        """The coefficients of `z` (k,) by generalised least squares."""
        parts = [root[1] @ z[rows] for root, rows in zip(roots, members, strict=True)]
        return inverse @ (q.T @ np.concatenate(parts))

    # Relative to one outcome, so that a large common level costs no digits.
    precise = int(np.argmin(np.concatenate([np.diag(block) for block in blocks])))
    base = y[order[precise]]
    ones = np.concatenate([one for _, one in white])
    shift = np.array([base]) if (X == 1).all() else base * (inverse @ (q.T @ ones))
    b = solve(y - base)
    residual = y - base - X @ b
    meat = np.zeros((p, p))
    G = np.empty((len(members), p, p))
    T = np.empty((len(members), p, p))
    for j, rows in enumerate(members):
        L, inverse_L = roots[j]
        weighted = inverse_L.T @ (inverse_L @ X[rows])
        if kind == "CR2":
            weighted = _adjustment(L, inverse_L, X[rows], M) @ weighted
        scores = weighted.T @ residual[rows]
        meat += np.outer(scores, scores)
        # g_j (rows, p) = A W X M, one column a coefficient; then X_j' g_j and g_j' Phi g_j.
        g = weighted @ M
        G[j] = X[rows].T @ g
        T[j] = g.T @ (blocks[j] @ g)
    variance = np.diag(M @ meat @ M)
    if kind == "CR1":
        J = len(members)
        return b + shift, variance * J / (J - p), np.full(p, float(J - p))
    df = np.array([_satterthwaite(T[:, c, c], G[:, :, c], M) for c in range(p)])
    return b + shift, variance, df


def _root(block: Array) -> tuple[Array, Array]:
    """L and its inverse with L L' = `block` (n, n), which is positive definite."""
    diagonal = np.diag(block)
    if not (block - np.diag(diagonal)).any():
        return np.diag(np.sqrt(diagonal)), np.diag(1 / np.sqrt(diagonal))
    L = np.linalg.cholesky(block)
    return L, np.linalg.inv(L)


def _adjustment(L: Array, inverse_L: Array, X: Array, M: Array) -> Array:
    """The adjustment matrix A of one cluster with rows X (n, p) and working covariance L L'.

    The matrix under the root is C (I - Z) C with C = L' L and Z = L^-1 X M X' L^-T. Its root is
    taken through the singular values of a factor: variances that differ by many orders within a
    cluster would lose the precise studies' digits in its eigenvalues.
    """
    scaled = inverse_L @ X
    values, vectors = np.linalg.eigh(np.eye(len(L)) - scaled @ M @ scaled.T)
    keep = values > SINGULAR
    if keep.all():
        _, size, turned = np.linalg.svd((vectors / np.sqrt(values)).T @ (inverse_L @ inverse_L.T))
        inverse_root = (turned.T * size) @ turned
    else:
        # What the model fits exactly in this cluster has no residual to adjust.
        factor = L.T @ L @ (vectors[:, keep] * np.sqrt(values[keep]))
        turned, size, _ = np.linalg.svd(factor, full_matrices=False)
        inverse_root = (turned / size) @ turned.T
    return L @ inverse_root @ L.T


def _satterthwaite(t: Array, U: Array, M: Array) -> float:
    """(tr Omega)^2 / tr(Omega^2) for Omega = diag(t) - U M U', without building Omega (J, J)."""
    own = np.einsum("ji,ik,jk->j", U, M, U)
    trace = float(np.sum(t - own))
    cross = U.T @ U @ M
    square = float(np.sum(t * t) - 2 * np.sum(t * own) + np.trace(cross @ cross))
    return trace**2 / square if square > 0 else float("nan")
