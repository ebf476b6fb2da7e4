"""The tetrachoric correlation of a two-by-two table, by exact maximum likelihood."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]


def tetrachoric(ai: Array, bi: Array, ci: Array, di: Array) -> tuple[Array, Array]:
    """Correlations and sampling variances of the normal variables behind two dichotomies.

    The model has as many free parameters (two thresholds, one correlation) as the table has
    free proportions, so the maximum likelihood fit is exact: the thresholds are the normal
    quantiles of the margins, and the correlation is the one that gives the observed first cell.
    The variance follows by the delta method from that of multinomial proportions (Pearson 1900),
    which is the inverse of the information at that fit. An empty margin gives 0 with an infinite
    variance, an empty diagonal ±1 with variance zero; one empty cell puts the maximum at ±1, where
    there is no variance (NaN).
    """
    pairs = [_one(*table) for table in zip(ai, bi, ci, di, strict=True)]
    return np.array([yi for yi, _ in pairs]), np.array([vi for _, vi in pairs])


def _one(a: float, b: float, c: float, d: float) -> tuple[float, float]:
    if any(math.isnan(count) for count in (a, b, c, d)):
        return math.nan, math.nan
    if 0 in (a + b, c + d, a + c, b + d):
        return 0.0, math.inf
    if b == 0 and c == 0:
        return 1.0, 0.0
    if a == 0 and d == 0:
        return -1.0, 0.0
    if 0 in (a, b, c, d):
        return (-1.0 if 0 in (a, d) else 1.0), math.nan
    n = a + b + c + d
    row, column = float(special.ndtri((a + b) / n)), float(special.ndtri((a + c) / n))
    rho = _solve(row, column, a / n)
    return rho, _variance(rho, row, column, (a, b, c, d))


def _solve(row: float, column: float, share: float) -> float:
    """The correlation at which the probability below both thresholds is `share`, by bisection."""
    low, high = -1.0, 1.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if _below_both(row, column, middle) < share:
            low = middle
        else:
            high = middle


def _below_both(h: float, k: float, rho: float) -> float:
    """P(X < h, Y < k) of standard normals with correlation rho, by Owen's T (Owen 1956)."""
    root = math.sqrt((1 - rho) * (1 + rho))
    if h == 0 and k == 0:
        return 0.25 + math.asin(rho) / (2 * math.pi)
    total = (special.ndtr(h) + special.ndtr(k)) / 2
    for x, y in ((h, k), (k, h)):
        # T(0, ±∞) is ±1/4.
        slope = (y - rho * x) / (x * root) if x else math.copysign(math.inf, y)
        total -= special.owens_t(x, slope)
    return float(total - (0.5 if h * k < 0 or (h * k == 0 and h + k < 0) else 0.0))


def _variance(
    rho: float, row: float, column: float, counts: tuple[float, float, float, float]
) -> float:
    """Delta method: rho as a function of the first cell and of the two margins."""
    a, b, c, d = counts
    n = a + b + c + d
    root = math.sqrt((1 - rho) * (1 + rho))
    exponent = (row**2 - 2 * rho * row * column + column**2) / (2 * root**2)
    density = math.exp(-exponent) / (2 * math.pi * root)
    by_row = float(special.ndtr((column - rho * row) / root))
    by_column = float(special.ndtr((row - rho * column) / root))
    # Gradient over the four cell proportions, before division by the density.
    slopes = (1 - by_row - by_column, -by_row, -by_column, 0.0)
    shares = (a / n, b / n, c / n, d / n)
    mean = sum(p * s for p, s in zip(shares, slopes, strict=True))
    spread = sum(p * (s - mean) ** 2 for p, s in zip(shares, slopes, strict=True))
    return spread / (density**2 * n)
