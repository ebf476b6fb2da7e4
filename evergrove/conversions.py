"""From what a paper prints to means and standard deviations: pure functions of plain numbers.

Each function says its source. None of them writes over a printed value: the caller keeps what was
printed and stores what comes out of here as derived, with the formula's name. A value outside a
function's domain raises ValueError, because the caller must have a reason before it asks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import special


def _need(condition: bool, problem: str) -> None:
    if not condition:
        raise ValueError(problem)


# ---- medians, quartiles and ranges ----


@dataclass(frozen=True)
class Quantiles:
    """The order statistics that a paper gives for `n` people: S1 (min, median, max), S2 (q1,
    median, q3), or S3 (all five)."""

    n: int
    median: float
    q1: float | None = None
    q3: float | None = None
    minimum: float | None = None
    maximum: float | None = None

    def __post_init__(self) -> None:
        given = [self.minimum, self.q1, self.median, self.q3, self.maximum]
        ordered = [value for value in given if value is not None]
        _need(self.n >= 2, "quantiles of fewer than two people")
        _need((self.q1 is None) == (self.q3 is None), "one quartile without the other")
        _need((self.minimum is None) == (self.maximum is None), "half a range")
        _need(len(ordered) >= 3, "a median without quartiles or range")
        _need(ordered == sorted(ordered), "quantiles that are not in order")

    @property
    def scenario(self) -> str:
        if self.q1 is None:
            return "S1"
        return "S2" if self.minimum is None else "S3"

    @property
    def range(self) -> float:
        return self.maximum - self.minimum

    @property
    def iqr(self) -> float:
        return self.q3 - self.q1


def xi(n: int) -> float:
    """Expected range of n standard normals, Blom's approximation (Wan et al. 2014, eq. 9)."""
    return 2 * float(special.ndtri((n - 0.375) / (n + 0.25)))


def eta(n: int) -> float:
    """Expected interquartile range of n standard normals (Wan et al. 2014, eq. 16)."""
    return 2 * float(special.ndtri((0.75 * n - 0.125) / (n + 0.25)))


def xi_exact(n: int) -> float:
    """Expected range of n standard normals, ∫ 1 − Φⁿ − (1 − Φ)ⁿ (Wan et al. 2014, table 1)."""
    # The integrand is smooth and vanishes at both ends, so the trapezoid rule converges
    # exponentially; the step leaves an error below 1e-12.
    x = np.linspace(-40, 40, 8001)
    values = -np.expm1(n * special.log_ndtr(x)) - np.exp(n * special.log_ndtr(-x))
    return float(values.sum() * (x[1] - x[0]))


def luo_mean(q: Quantiles) -> float:
    """Luo et al. 2018, Stat Methods Med Res 27:1785, equations 7, 11 and 15."""
    n = q.n
    if q.scenario == "S1":
        w = 4 / (4 + n**0.75)
        return w * (q.minimum + q.maximum) / 2 + (1 - w) * q.median
    if q.scenario == "S2":
        w = 0.7 + 0.39 / n
        return w * (q.q1 + q.q3) / 2 + (1 - w) * q.median
    of_range, of_quartiles = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
    ends, middle = (q.minimum + q.maximum) / 2, (q.q1 + q.q3) / 2
    return of_range * ends + of_quartiles * middle + (1 - of_range - of_quartiles) * q.median


def wan_mean(q: Quantiles) -> float:
    """Wan et al. 2014, BMC Med Res Methodol 14:135; with all five, Bland 2015."""
    if q.scenario == "S1":
        return (q.minimum + 2 * q.median + q.maximum) / 4
    if q.scenario == "S2":
        return (q.q1 + q.median + q.q3) / 3
    return (q.minimum + 2 * q.q1 + 2 * q.median + 2 * q.q3 + q.maximum) / 8


def wan_sd(q: Quantiles) -> float:
    """Wan et al. 2014, equations 9, 13 and 16."""
    if q.scenario == "S1":
        return sd_from_range(q.minimum, q.maximum, q.n)
    if q.scenario == "S2":
        return q.iqr / eta(q.n)
    return (q.range / xi(q.n) + q.iqr / eta(q.n)) / 2


def sd_from_range(minimum: float, maximum: float, n: int) -> float:
    """SD from a range alone (Wan et al. 2014, eq. 9)."""
    _need(n >= 2, "a range of fewer than two people")
    return (maximum - minimum) / xi(n)


def shi_sd(q: Quantiles) -> float:
    """Shi et al. 2020, Res Synth Methods 11:641, eq. 10: the optimal weight of range and quartiles.

    With only one of the two it is Wan's.
    """
    if q.scenario != "S3":
        return wan_sd(q)
    w = 1 / (1 + 0.07 * q.n**0.6)
    return w * q.range / xi(q.n) + (1 - w) * q.iqr / eta(q.n)


def hozo_mean(q: Quantiles) -> float:
    """Hozo et al. 2005, BMC Med Res Methodol 5:13 (range only; kept for checking older reviews)."""
    _need(q.scenario == "S1", "Hozo's formula is for a median with a range")
    return wan_mean(q) if q.n <= 25 else q.median


def hozo_sd(q: Quantiles) -> float:
    """Hozo et al. 2005."""
    _need(q.scenario == "S1", "Hozo's formula is for a median with a range")
    if q.n <= 15:
        bend = (q.minimum - 2 * q.median + q.maximum) ** 2 / 4
        return math.sqrt((bend + q.range**2) / 12)
    return q.range / (4 if q.n <= 70 else 6)


def bland_sd(q: Quantiles) -> float:
    """Bland 2015, Int J Stat Med Res 4:57 (all five)."""
    _need(q.scenario == "S3", "Bland's formula needs all five quantiles")
    a, b, c, d, e = q.minimum, q.q1, q.median, q.q3, q.maximum
    squares = (a**2 + 2 * b**2 + 2 * c**2 + 2 * d**2 + e**2) / 16
    products = (a * b + b * c + c * d + d * e) / 8
    return math.sqrt(squares + products - (a + 2 * b + 2 * c + 2 * d + e) ** 2 / 64)


def walter_yao_sd(q: Quantiles) -> float:
    """Walter and Yao 2007, J Clin Epidemiol 60:849: the range over its exact expectation."""
    _need(q.minimum is not None, "Walter and Yao's formula needs a range")
    return q.range / xi_exact(q.n)


def sd_from_iqr_width(width: float) -> float:
    """SD from the width of an interquartile range: the large-sample normal limit, 1.349."""
    return width / (2 * float(special.ndtri(0.75)))


@dataclass(frozen=True)
class Skewness:
    """Shi's test: symmetry is rejected (at 5 %) where the statistic reaches the critical value."""

    statistic: float
    critical: float

    @property
    def skewed(self) -> bool:
        return self.statistic >= self.critical


def skewness_test(q: Quantiles) -> Skewness:
    """Shi et al. 2023, Stat Methods Med Res 32:1338. No width at all raises ValueError."""
    n = q.n
    if q.scenario == "S1":
        return Skewness(_bend(q.minimum, q.median, q.maximum), 1 / math.log(n + 9) + 2.5 / (n + 1))
    of_quartiles = _bend(q.q1, q.median, q.q3)
    if q.scenario == "S2":
        return Skewness(of_quartiles, 2.65 / math.sqrt(n) - 6 / n**2)
    of_range = 2.65 * math.log(0.6 * n) / math.sqrt(n) * _bend(q.minimum, q.median, q.maximum)
    return Skewness(max(of_range, of_quartiles), 3 / math.sqrt(n) - 40 / n**3)


def _bend(low: float, median: float, high: float) -> float:
    _need(high > low, "quantiles without a width")
    return abs(low + high - 2 * median) / (high - low)


# ---- standard errors, intervals, test statistics ----


def z_quantile(level: float) -> float:
    """Normal quantile of a two-sided interval: 1.96 for 95 (percent)."""
    return float(special.ndtri(0.5 + level / 200))


def t_quantile(level: float, df: float) -> float:
    """Student quantile of a two-sided interval at `level` percent."""
    _need(df > 0, "no degrees of freedom")
    return float(special.stdtrit(df, 0.5 + level / 200))


def sd_from_se(se: float, n: float) -> float:
    """SD = SE √n (Cochrane Handbook 6.5.2.2)."""
    return se * math.sqrt(n)


def se_from_ci(low: float, high: float, level: float = 95, df: float | None = None) -> float:
    """Standard error from a confidence interval: Student's with `df`, else normal (6.5.2.3)."""
    quantile = z_quantile(level) if df is None else t_quantile(level, df)
    return (high - low) / (2 * quantile)


def sd_from_ci(low: float, high: float, n: float, level: float = 95) -> float:
    """SD from the confidence interval of one mean, by Student's t with n − 1 df (6.5.2.2)."""
    return sd_from_se(se_from_ci(low, high, level, n - 1), n)


def t_from_p(p: float, df: float) -> float:
    """|t| from an exact two-sided p (6.5.2.3). A printed bound such as p < 0.05 is no such p."""
    _need(0 < p < 1, "a p value that is not between 0 and 1")
    return -float(special.stdtrit(df, p / 2))


def t_from_f(f: float) -> float:
    """|t| from the F of an analysis of variance with two groups or two times."""
    _need(f >= 0, "a negative F")
    return math.sqrt(f)


def se_from_t(difference: float, t: float) -> float:
    """SE of a difference from its t (6.5.2.3)."""
    _need(t != 0 and difference != 0, "a difference or t of zero says nothing about the spread")
    return abs(difference / t)


def sd_from_se_of_difference(se: float, n1: float, n2: float) -> float:
    """The common SD of two groups from the SE of their difference (6.5.2.3)."""
    return se / math.sqrt(1 / n1 + 1 / n2)


# ---- change ----


def sd_of_change(sd_before: float, sd_after: float, r: float) -> float:
    """√(s1² + s2² − 2 r s1 s2) (Cochrane Handbook 6.5.2.8)."""
    _need(abs(r) <= 1, "a correlation outside −1 to 1")
    # max(): at |r| = 1 and equal SDs, rounding may leave a negative zero.
    return math.sqrt(max(0.0, sd_before**2 + sd_after**2 - 2 * r * sd_before * sd_after))


def correlation_from_sds(sd_before: float, sd_after: float, sd_change: float) -> float:
    """The correlation that three SDs imply (6.5.2.8). Outside −1 to 1 one of them is no SD."""
    _need(sd_before > 0 and sd_after > 0, "an SD of zero has no correlation")
    return (sd_before**2 + sd_after**2 - sd_change**2) / (2 * sd_before * sd_after)


def sd_of_change_from_t(change: float, t: float, n: float) -> float:
    """SD of the change from the t of a paired test, |change| √n / |t| (6.5.2.8)."""
    return sd_from_se(se_from_t(change, t), n)


@dataclass(frozen=True)
class PooledCorrelation:
    """Correlations pooled by Fisher's z with weights n − 3."""

    r: float
    ci_low: float
    ci_high: float
    smallest: float
    largest: float
    k: int


def pool_correlations(
    correlations: Iterable[tuple[float, float]], level: float = 95
) -> PooledCorrelation:
    """Pool (r, n) by Fisher's z; each needs −1 < r < 1 and n > 3."""
    pairs = list(correlations)
    _need(bool(pairs), "no correlation to pool")
    _need(all(abs(r) < 1 and n > 3 for r, n in pairs), "a correlation of ±1, or n of 3 or fewer")
    total = sum(n - 3 for _, n in pairs)
    z = sum((n - 3) * math.atanh(r) for r, n in pairs) / total
    half = z_quantile(level) / math.sqrt(total)
    values = [r for r, _ in pairs]
    return PooledCorrelation(
        math.tanh(z), math.tanh(z - half), math.tanh(z + half), min(values), max(values), len(pairs)
    )


def standardised_paired_difference(
    difference: float, sd1: float, sd2: float, n: float, r: float
) -> tuple[float, float]:
    """SMD of a crossover or pre-post comparison by the level SDs, and its SE.

    Cochrane Handbook 5.1, 16.4.6.4: d over the root mean square SD; SE = √(1/n + d²/2n) √(2(1−r)).
    """
    d = difference / math.sqrt((sd1**2 + sd2**2) / 2)
    return d, math.sqrt(1 / n + d**2 / (2 * n)) * math.sqrt(2 * (1 - r))


# ---- groups and scales ----


def combine_groups(groups: Iterable[tuple[float, float, float]]) -> tuple[float, float, float]:
    """(n, mean, SD) of all people together, from (n, mean, SD) of each group (6.5.2.10)."""
    rows = list(groups)
    n = sum(size for size, _, _ in rows)
    _need(n > 1, "fewer than two people in all")
    mean = sum(size * m for size, m, _ in rows) / n
    squares = sum((size - 1) * sd**2 + size * (m - mean) ** 2 for size, m, sd in rows)
    return n, mean, math.sqrt(squares / (n - 1))


@dataclass(frozen=True)
class Rescaling:
    """A linear map from one scale to another, reversed where high and low mean the opposite."""

    low: float
    high: float
    to_low: float
    to_high: float
    reversed: bool = False

    def __post_init__(self) -> None:
        _need(self.high > self.low and self.to_high > self.to_low, "a scale without a width")

    @property
    def ratio(self) -> float:
        return (self.to_high - self.to_low) / (self.high - self.low)

    @property
    def identity(self) -> bool:
        same = self.low == self.to_low and self.high == self.to_high
        return same and not self.reversed

    def value(self, x: float) -> float:
        """A score on the new scale. Quantiles of a reversed scale change places: see caller."""
        if self.identity:
            return x
        placed = (x - self.low) * self.ratio + self.to_low
        return self.to_low + self.to_high - placed if self.reversed else placed

    def spread(self, x: float) -> float:
        """An SD, SE or width on the new scale."""
        return x if self.identity else x * self.ratio

    def change(self, x: float) -> float:
        """A difference of two scores on the new scale; its sign turns if the scale is reversed."""
        if self.identity:
            return x
        return -x * self.ratio if self.reversed else x * self.ratio
