"""What a model with moderators needs beyond a model of one mean: centring, rank, the joint test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evergrove import distributions
from evergrove.errors import EvergroveError
from evergrove.projection import Array


def has_intercept(X: Array) -> bool:
    """Whether the first column of X (..., k, p) is all ones."""
    return bool((X[..., 0] == 1).all())


def means(X: Array | None) -> Array | float:
    """What to subtract from the columns so that years and their squares keep their digits."""
    if X is None or not has_intercept(X):
        return 0.0
    values = X.mean(axis=tuple(range(X.ndim - 1)))
    values[0] = 0.0
    return values


def move_back(b: Array, vb: Array, shift: Array | float) -> tuple[Array, Array]:
    """Coefficients (D, p) and covariances (D, p, p) for X when they were fitted to X - shift."""
    if not np.any(shift):
        return b, vb
    back = np.eye(b.shape[-1])
    back[0] -= shift
    return b @ back.T, back @ vb @ back.T


def check_rank(X: Array, names: Sequence[str]) -> None:
    """Refuse moderators that are linear combinations of those before them, by name."""
    basis: list[Array] = []
    for j, name in enumerate(names):
        largest = float(np.abs(X[:, j]).max())
        if not (largest == 0 or 1e-50 < largest < 1e50):
            raise EvergroveError(
                f'moderator "{name}" has values too large or too small to compute with',
                value=largest,
                remedy="Look for a wrong decimal point, or give it in another unit.",
            )
        column = X[:, j] - (X[:, j].mean() if j and has_intercept(X) else 0.0)
        size = np.linalg.norm(column)
        rest = column
        for _ in range(2):
            for q in basis:
                rest = rest - (q @ rest) * q
        # Centring loses digits where the mean is large against the spread.
        if np.linalg.norm(rest) <= 1e-10 * size + 1e-13 * np.abs(X[:, j]).max():
            others = ", ".join(names[:j])
            raise EvergroveError(
                f'moderator "{name}" is constant or a combination of those before it ({others})',
                remedy="Leave one of them out.",
            )
        basis.append(rest / np.linalg.norm(rest))


def joint_test(b: Array, vb: Array, X: Array, df: float) -> dict[str, Any]:
    """QM, QM_df, QM_p: all coefficients but the intercept together (all, if there is none else).

    Chi-squared with m degrees of freedom where `df` is infinite, else F with m and `df`, QM then
    being divided by m.
    """
    tested = slice(1, None) if has_intercept(X) and len(b) > 1 else slice(None)
    b, vb = b[tested], vb[tested, tested]
    m = len(b)
    # Scaled to unit diagonal: moderators may have any units.
    d = np.sqrt(np.diag(vb))
    if not (np.isfinite(vb).all() and (d > 0).all()):
        return {"QM": None, "QM_df": None, "QM_p": None}
    QM = float((b / d) @ np.linalg.solve(vb / np.outer(d, d), b / d))
    if not df > 0:
        return {"QM": QM, "QM_df": None, "QM_p": None}
    if np.isinf(df):
        return {"QM": QM, "QM_df": [m, None], "QM_p": float(distributions.chi2_upper(QM, m))}
    return {"QM": QM / m, "QM_df": [m, int(df)], "QM_p": distributions.f_upper(QM / m, m, df)}
