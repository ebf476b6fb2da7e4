"""Tail probabilities and quantiles of the normal, t, chi-squared and F distributions.

`scipy.special` has them all without the cost of importing `scipy.stats`. Degrees of freedom of
infinity mean the normal distribution. Each tail also comes as a natural logarithm, because the
evidence of a large review underflows: a p value of 1e-400 is a number, 0 would be a wrong one.
"""

from __future__ import annotations

import numpy as np
from scipy import special

Array = np.ndarray


def t_quantile(probability: Array | float, df: Array | float) -> Array:
    """The quantile of Student's t (normal where df is infinite)."""
    df = np.asarray(df, float)
    if df.size > 1 and np.ndim(probability) == 0:
        # Thousands of refits share a few degrees of freedom, and each quantile is an iteration.
        own, where = np.unique(df, return_inverse=True)
        return _t_quantile(probability, own)[where].reshape(df.shape)
    return _t_quantile(probability, df)


def _t_quantile(probability: Array | float, df: Array) -> Array:
    normal = special.ndtri(probability)
    return np.where(
        np.isinf(df), normal, special.stdtrit(np.where(df > 0, df, np.nan), probability)
    )


def t_two_sided(statistic: Array | float, df: Array | float) -> Array:
    """P(|T| >= |statistic|), normal where df is infinite."""
    df, away = np.asarray(df, float), -np.abs(statistic)
    student = special.stdtr(np.where(df > 0, df, np.nan), away)
    return 2 * np.where(np.isinf(df), special.ndtr(away), student)


def log_t_two_sided(statistic: float, df: float) -> float:
    """The natural logarithm of `t_two_sided`, finite however small the probability is."""
    if np.isinf(df):
        return float(np.log(2) + special.log_ndtr(-abs(statistic)))
    plain = float(t_two_sided(statistic, df))
    if plain > 1e-280:
        return float(np.log(plain))
    # The regularised incomplete beta function I_x(a, 1/2) at small x (DLMF 8.17.8).
    a = df / 2
    log_x = -np.logaddexp(0.0, 2 * np.log(abs(statistic)) - np.log(df))
    series = special.hyp2f1(a, 0.5, a + 1, np.exp(log_x))
    return float(a * log_x - np.log(a) - special.betaln(a, 0.5) + np.log(series))


def chi2_quantile(probability: Array | float, df: Array | float) -> Array:
    """The quantile of chi-squared with df > 0."""
    return 2 * special.gammaincinv(np.asarray(df, float) / 2, probability)


def chi2_upper(statistic: Array | float, df: Array | float) -> Array:
    """P(chi-squared >= statistic); 1 where df is 0."""
    df = np.asarray(df, float)
    tail = special.gammaincc(np.where(df > 0, df, 1) / 2, np.maximum(statistic, 0) / 2)
    return np.where(df > 0, tail, 1.0)


def log_chi2_upper(statistic: float, df: float) -> float:
    """The natural logarithm of `chi2_upper`, finite however small the probability is."""
    plain = float(chi2_upper(statistic, df))
    if plain > 1e-280:
        return float(np.log(plain))
    # Upper incomplete gamma function as a continued fraction (DLMF 8.9.2), modified Lentz.
    a, x = df / 2, statistic / 2
    b = x + 1 - a
    c, d = 1e300, 1 / b
    fraction = d
    for i in range(1, 10_000):
        step = -i * (i - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return float(a * np.log(x) - x - special.gammaln(a) + np.log(fraction))


def f_upper(statistic: float, df1: float, df2: float) -> float:
    """P(F >= statistic) with df1 and df2 degrees of freedom."""
    return float(special.fdtrc(df1, df2, max(statistic, 0.0)))
