"""Cluster-robust inference: CR2 with Satterthwaite degrees of freedom.

Bell & McCaffrey 2002 (Survey Methodology 28:169) and Pustejovsky & Tipton 2018 (J Bus Econ Stat
36:672), with the symmetric adjustment matrices of clubSandwich for inverse-variance weights and
the model's own variances v + tau2 as working model (what metafor's `robust(clubSandwich=TRUE)`
does with an `rma` fit). PyMARE's adjustment is another square root and agrees only where all
weights within a cluster are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evergrove import distributions
from evergrove.errors import EvergroveError
from evergrove.pooling import tail
from evergrove.projection import Array

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
) -> dict[str, Any]:
    """CR2 standard errors, tests and intervals for the weighted mean or regression.

    `yi`, `vi` (k,) outcomes and sampling variances, `clusters` (k,) labels, `tau2` as fitted,
    `X` (k, p) or None for one mean. Returns b, se, stat, df, p, ci_low, ci_high (lists of p with
    `X`), "clusters" (how many) and "warnings". All numbers are None, with a "reason", if there
    are fewer than two clusters, or not more clusters than coefficients.

    Raises EvergroveError if a label is missing.
    """
    y, v = np.asarray(yi, float), np.asarray(vi, float)
    design = np.ones((len(y), 1)) if X is None else np.asarray(X, float)
    members = _members(clusters, len(y))
    out: dict[str, Any] = dict.fromkeys(("b", "se", "stat", "df", "p", "ci_low", "ci_high"))
    out |= {"clusters": len(members), "type": "CR2", "warnings": []}
    if len(members) < 2:
        return out | {"reason": "fewer_than_two_clusters"}
    if len(members) <= design.shape[1]:
        return out | {"reason": "too_few_clusters_for_the_coefficients"}
    b, variance, df = _cr2(y, v + tau2, design, members)
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
        numbers = [float(x) if np.isfinite(x) else None for x in values]
        out[key] = numbers if X is not None else numbers[0]
    if not np.isfinite(se).all():
        out["reason"] = "zero_standard_error"
    if np.nanmin(df) < 4:
        out["warnings"] = [
            "With fewer than 4 Satterthwaite degrees of freedom p values and intervals are "
            "unreliable (Tipton 2015)."
        ]
    return out


def _members(clusters: Sequence[str], k: int) -> list[Array]:
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


def _cr2(y: Array, phi: Array, X: Array, members: list[Array]) -> tuple[Array, Array, Array]:
    """Coefficients, CR2 variances and Satterthwaite df, each (p,).

    With Phi = diag(phi), M = (X' Phi^-1 X)^-1 and D = Phi^(1/2), a cluster's adjustment is
    A = D (D (Phi - X M X') D)^(-1/2) D, its rows and columns being those of the cluster.
    """
    p = X.shape[1]
    root = np.sqrt(phi)
    q, r = np.linalg.qr(X / root[:, None])
    inverse = np.linalg.inv(r)
    M = inverse @ inverse.T
    # Relative to one outcome, so that a large common level costs no digits.
    base = y[np.argmin(phi)]
    shift = base * inverse @ (q.T @ (1 / root)) if not (X == 1).all() else np.array([base])
    b = inverse @ (q.T @ ((y - base) / root))
    residual = y - base - X @ b
    meat = np.zeros((p, p))
    G = np.empty((len(members), p, p))
    T = np.empty((len(members), p, p))
    for j, rows in enumerate(members):
        Xj = X[rows]
        A = _adjustment(phi[rows], Xj, M)
        weighted = A @ (Xj / phi[rows, None])
        scores = weighted.T @ residual[rows]
        meat += np.outer(scores, scores)
        # g_j (rows, p) = A W X M, one column a coefficient; then X_j' g_j and g_j' Phi g_j.
        g = weighted @ M
        G[j] = Xj.T @ g
        T[j] = g.T @ (phi[rows, None] * g)
    variance = np.diag(M @ meat @ M)
    df = np.array([_satterthwaite(T[:, c, c], G[:, :, c], M) for c in range(p)])
    return b + shift, variance, df


def _adjustment(phi: Array, X: Array, M: Array) -> Array:
    """The adjustment matrix A of one cluster with working variances phi (n,) and rows X (n, p).

    The matrix under the root is Phi (I - Z) Phi with Z = Phi^(-1/2) X M X' Phi^(-1/2). Its root
    is taken through the singular values of a factor: variances that differ by many orders within
    a cluster would lose the precise studies' digits in its eigenvalues.
    """
    root = np.sqrt(phi)
    scaled = X / root[:, None]
    values, vectors = np.linalg.eigh(np.eye(len(phi)) - scaled @ M @ scaled.T)
    keep = values > SINGULAR
    if keep.all():
        _, size, turned = np.linalg.svd((vectors / np.sqrt(values)).T / phi)
        inverse_root = (turned.T * size) @ turned
    else:
        # What the model fits exactly in this cluster has no residual to adjust.
        factor = phi[:, None] * vectors[:, keep] * np.sqrt(values[keep])
        turned, size, _ = np.linalg.svd(factor, full_matrices=False)
        inverse_root = (turned / size) @ turned.T
    return root[:, None] * inverse_root * root


def _satterthwaite(t: Array, U: Array, M: Array) -> float:
    """(tr Omega)^2 / tr(Omega^2) for Omega = diag(t) - U M U', without building Omega (J, J)."""
    own = np.einsum("ji,ik,jk->j", U, M, U)
    trace = float(np.sum(t - own))
    cross = U.T @ U @ M
    square = float(np.sum(t * t) - 2 * np.sum(t * own) + np.trace(cross @ cross))
    return trace**2 / square if square > 0 else float("nan")
