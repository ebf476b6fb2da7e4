"""Weighted projections: the sums that every estimator of tau2 is made of.

Everything works on a batch of D data sets of up to k studies at once: `y`, `v` and `mask` have
shape (D, k), `X` has shape (k, p) or (D, k, p). A data set with fewer studies has False in `mask`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Batch:
    """Data sets made ready for computing: each sorted, moved and scaled, so that digits are kept.

    - Studies are sorted by `v` (most precise first, unused last). Results then do not depend on
      the order of the rows, and sums can treat the study that may dominate all others apart.
    - `y` is relative to the most precise study (only if the model has an intercept) and in units
      of `scale`, a power of two, so that moving and scaling the data changes nothing but the last
      digit. `v` is in units of ``scale**2``.

    Attributes: y, v (D, k); X (D or 1, k or 1, p); mask (D, k) or None; n, centre, scale (D,).
    """

    y: Array
    v: Array
    X: Array
    mask: Array | None
    n: Array
    centre: Array
    scale: Array

    @classmethod
    def of(cls, y: Array, v: Array, X: Array | None = None, mask: Array | None = None) -> Batch:
        """The batch of the data sets `y`, `v` (D, k). `X` is None for a model of one mean.

        If `X` is given and its first column is all ones, the model has an intercept.
        """
        used = np.ones(y.shape, bool) if mask is None else mask
        v = np.where(used, v, np.inf)
        order = np.lexsort((y, v), axis=-1)
        y, v, used = (np.take_along_axis(a, order, axis=-1) for a in (y, v, used))
        n = used.sum(axis=-1)
        middle = np.take_along_axis(v, ((n - 1) // 2)[:, None], axis=-1)[:, 0]
        scale = np.exp2(np.rint(np.log2(middle) / 2))
        if X is None:
            X, intercept = np.ones((1, 1)), True
        else:
            intercept = bool((X[..., 0] == 1).all())
            X = np.take_along_axis(
                np.broadcast_to(X, (*y.shape, X.shape[-1])), order[..., None], axis=-2
            )
        centre = y[:, 0] if intercept else np.zeros(len(y))
        deviation = np.where(used, y - centre[:, None], 0.0)
        # Outcomes that differ only by rounding (0.1 + 0.2 and 0.3) are equal.
        noise = 4 * np.finfo(float).eps * np.abs(np.where(used, y, 0.0)).max(axis=-1)
        deviation[np.abs(deviation).max(axis=-1) <= noise] = 0.0
        y = deviation / scale[:, None]
        v = np.where(used, v, 1.0) / (scale**2)[:, None]
        v = np.where(used, v, 1.0)
        return cls(y, v, X, None if mask is None else used, n, centre, scale)

    @property
    def p(self) -> int:
        """The number of coefficients."""
        return self.X.shape[-1]

    @property
    def df(self) -> Array:
        """Residual degrees of freedom n - p, (D,)."""
        return self.n - self.p

    def rows(self, index: Array) -> Batch:
        """The batch of the data sets at `index` (they may repeat)."""
        return Batch(
            self.y[index],
            self.v[index],
            self.X[index] if self.X.ndim == 3 else self.X,
            None if self.mask is None else self.mask[index],
            self.n[index],
            self.centre[index],
            self.scale[index],
        )

    def at(self, tau2: Array) -> Projection:
        """The projection at `tau2` of shape (D,), or (D, G) for G values each."""
        if tau2.ndim == 1:
            return Projection(self.y, self.v, self.X, tau2, self.mask)
        X = self.X[:, None] if self.X.ndim == 3 else self.X
        mask = None if self.mask is None else self.mask[:, None]
        return Projection(self.y[:, None], self.v[:, None], X, tau2, mask)

    def unweighted(self) -> Projection:
        """The projection with all weights one (ordinary least squares)."""
        one = np.ones_like(self.v)
        return Projection(self.y, one, self.X, np.zeros(len(self.y)), self.mask)


class Projection:
    """P = W - WX(X'WX)^-1 X'W with W = diag(1 / (v + tau2)), through an orthonormal basis.

    The basis Q of W^(1/2) X comes from Gram-Schmidt done twice, which is as stable as a
    Householder QR (Giraud et al. 2005, Numer. Math. 101:87) and runs along the whole batch.
    Leading dimensions are written "..." below; they are those of `tau2`.
    """

    def __init__(self, y: Array, v: Array, X: Array, tau2: Array, mask: Array | None) -> None:
        w = 1.0 / (v + tau2[..., None])
        if mask is not None:
            w = np.where(mask, w, 0.0)
        self.w = w
        self.v = v
        self.mask = mask
        self._root = np.sqrt(w)
        p = X.shape[-1]
        self.R = np.zeros((*w.shape[:-1], p, p))
        self._basis: list[Array] = []
        for j in range(p):
            column = np.broadcast_to(self._root * X[..., j], w.shape)
            column, shares = self._without_basis(column)
            for i, share in enumerate(shares):
                self.R[..., i, j] = share
            norm = np.sqrt(np.vecdot(column, column))
            self.R[..., j, j] = norm
            with np.errstate(divide="ignore", invalid="ignore"):
                self._basis.append(column / norm[..., None])
        self._e, shares = self._without_basis(self._root * y)
        self._z = np.stack(shares, axis=-1)

    def _without_basis(self, x: Array) -> tuple[Array, list[Array]]:
        """What is left of `x` (..., k) beside the basis, and its coordinates in the basis."""
        shares = [np.zeros(self.w.shape[:-1]) for _ in self._basis]
        for _ in range(2):
            for i, q in enumerate(self._basis):
                share = np.vecdot(q, x)
                shares[i] = shares[i] + share
                x = x - share[..., None] * q
        return x, shares

    @property
    def rss(self) -> Array:
        """y'Py, the weighted residual sum of squares (generalised Q), (...)."""
        return np.vecdot(self._e, self._e)

    @cached_property
    def py(self) -> Array:
        """Py, the weighted residuals, (..., k)."""
        return self._root * self._e

    @property
    def yppy(self) -> Array:
        """y'PPy, minus the derivative of y'Py with respect to tau2, (...)."""
        return np.vecdot(self.py, self.py)

    @property
    def ypppy(self) -> Array:
        """y'PPPy, (...)."""
        rest, _ = self._without_basis(self._root * self.py)
        return np.vecdot(rest, rest)

    @cached_property
    def leverage(self) -> Array:
        """The diagonal of the hat matrix, (..., k)."""
        return sum(q * q for q in self._basis)

    @cached_property
    def _complement(self) -> Array:
        """1 - leverage, (..., k), without cancellation for a study that dominates one mean."""
        rest = 1.0 - self.leverage
        if len(self._basis) == 1:
            rest[..., 0] = self.leverage[..., 1:].sum(axis=-1)
        return rest

    def trace(self, a: Array | float = 1.0) -> Array:
        """tr(PA) for a diagonal A = diag(a), (...)."""
        return (self.w * a * self._complement).sum(axis=-1)

    def trace_of_square(self, a: Array | float = 1.0, b: Array | float = 1.0) -> Array:
        """tr(PAPB) for diagonal A = diag(a) and B = diag(b), (...).

        The sum over pairs i != j of a_i b_j P_ij^2 leaves out the first study's square by
        construction: subtracting it afterwards would lose all digits where that study dominates.
        """
        alpha = np.broadcast_to(self.w * a, self.w.shape)
        beta = np.broadcast_to(self.w * b, self.w.shape)
        total = np.vecdot(alpha * beta, self._complement**2)
        total = total - np.vecdot((alpha * beta)[..., 1:], self.leverage[..., 1:] ** 2)
        for i, q in enumerate(self._basis):
            alpha_q, beta_q = alpha[..., 1:] * q[..., 1:], beta[..., 1:] * q[..., 1:]
            for j, other in enumerate(self._basis[: i + 1]):
                m_alpha = np.vecdot(alpha_q, other[..., 1:])
                m_beta = np.vecdot(beta_q, other[..., 1:])
                with_first = alpha[..., 0] * m_beta + beta[..., 0] * m_alpha
                pairs = m_alpha * m_beta + q[..., 0] * other[..., 0] * with_first
                total = total + (pairs if i == j else 2 * pairs)
        return total

    @property
    def sum_w(self) -> Array:
        """The sum of the weights, (...)."""
        return self.w.sum(axis=-1)

    @property
    def sum_w2(self) -> Array:
        """The sum of the squared weights, (...)."""
        return np.vecdot(self.w, self.w)

    def log_likelihood(self, *, restricted: bool) -> Array:
        """The (restricted) log-likelihood at this tau2 but for a constant, (...)."""
        logs = np.log(self.w if self.mask is None else np.where(self.mask, self.w, 1.0))
        twice = logs.sum(axis=-1) - self.rss
        if restricted:
            twice = twice - 2 * np.log(np.diagonal(self.R, axis1=-2, axis2=-1)).sum(axis=-1)
        return twice / 2

    def coefficients(self) -> Array:
        """The weighted least squares coefficients, (..., p)."""
        return _back_substitute(self.R, self._z[..., None])[..., 0]

    def covariance(self) -> Array:
        """(X'WX)^-1, (..., p, p)."""
        inverse = _back_substitute(self.R, np.eye(self.R.shape[-1]))
        return inverse @ np.swapaxes(inverse, -1, -2)


def _back_substitute(R: Array, right: Array) -> Array:
    """R^-1 right for upper triangular R (..., p, p) and right (..., p, m)."""
    p = R.shape[-1]
    right = np.broadcast_to(right, (*R.shape[:-1], right.shape[-1]))
    out = np.zeros(right.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for i in reversed(range(p)):
            known = (R[..., i, i + 1 :, None] * out[..., i + 1 :, :]).sum(axis=-2)
            out[..., i, :] = (right[..., i, :] - known) / R[..., i, i, None]
    return out
