"""What a printed spread is: SD, SE or undecided; and what an unlabelled pair in brackets is.

Order: label at the number; declaration in the sentence, then in the abstract; bounds of the scale;
the printed p; the interval of a difference; the same sentence; the prior of the field (SD, to be
looked at).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

from evergrove.reading.numbers.quantities import Spread, Value


def largest_sd(mean: float, low: float, high: float, n: int | None) -> float:
    """Largest SD of n values in [low, high] with this mean: sqrt((m-lo)(hi-m) n/(n-1))."""
    if not low <= mean <= high:
        return math.nan
    factor = n / (n - 1) if n is not None and n > 1 else 1.0
    return math.sqrt((mean - low) * (high - mean) * factor)


def smallest_sd(mean: float, n: int) -> float:
    """Smallest SD of n whole numbers with this mean: sqrt(f(1-f) n/(n-1)), f the fraction of m."""
    fraction = mean - math.floor(mean)
    return math.sqrt(fraction * (1 - fraction) * n / (n - 1)) if n > 1 else 0.0


def cannot_be_se(x: float, mean: float, low: float, high: float, n: int) -> bool:
    """Whether x read as a standard error implies an SD above the bound of the scale.

    x sqrt(n) > sqrt((m-lo)(hi-m) n/(n-1)), that is n > 1 + (m-lo)(hi-m)/x^2.
    """
    bound = largest_sd(mean, low, high, n)
    return n > 1 and not math.isnan(bound) and x * math.sqrt(n) > bound + 1e-9


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function (Lentz; Press et al., section 6.4)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 200):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + numerator * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + numerator / c
            c = c if abs(c) > tiny else tiny
            h *= d * c
        if abs(d * c - 1.0) < 1e-12:
            break
    return h


def t_test_p(t: float, df: float) -> float:
    """Two-sided p of Student's t: the incomplete beta I_x(df/2, 1/2), x = df/(df+t^2)."""
    if df <= 0 or math.isnan(t):
        return math.nan
    x = df / (df + t * t)
    if x >= 1.0:
        return 1.0
    if x <= 0.0:
        return 0.0
    a, b = df / 2, 0.5
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _beta_fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _beta_fraction(b, a, 1 - x) / b)


def t_quantile(level: float, df: float) -> float:
    """Half the width of a `level` % interval in standard errors: t with `df` degrees of freedom.

    Cornish and Fisher's expansion to the second order; within 0.5 % from 5 degrees on.
    """
    z = NormalDist().inv_cdf(0.5 + min(level, 99.99) / 200)
    df = max(df, 1)
    return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)


def two_sample_p(
    m1: float, m2: float, s1: float, s2: float, n1: int, n2: int, standard_errors: bool
) -> float:
    """p of Welch's t from two means and their SDs, or their standard errors."""
    if n1 < 2 or n2 < 2:
        return math.nan
    v1, v2 = (s1 * s1, s2 * s2) if standard_errors else (s1 * s1 / n1, s2 * s2 / n2)
    if v1 + v2 <= 0:
        return math.nan
    t = (m1 - m2) / math.sqrt(v1 + v2)
    df = (v1 + v2) ** 2 / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1))
    return t_test_p(abs(t), df)


def half_unit(text: str) -> float:
    """Half a unit of the last printed place: 0.05 for "3.1"."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2])


def p_range(
    means: tuple[float, float], spreads: tuple[float, float], ns: tuple[int, int],
    halves: tuple[float, float], standard_errors: bool,
) -> tuple[float, float]:  # fmt: skip
    """Smallest and largest p that summaries within their rounding can give."""
    gap = abs(means[0] - means[1])
    least, most = max(0.0, gap - 2 * halves[0]), gap + 2 * halves[0]
    wide = [s + halves[1] for s in spreads]
    narrow = [max(s - halves[1], 1e-12) for s in spreads]
    high = two_sample_p(least, 0.0, wide[0], wide[1], ns[0], ns[1], standard_errors)
    low = two_sample_p(most, 0.0, narrow[0], narrow[1], ns[0], ns[1], standard_errors)
    return low, high


def pair_kind(
    centre: float, low: float, high: float, declared: str | None, is_difference: bool, median: bool,
    sd: float | None = None,
) -> str:  # fmt: skip
    """What an unlabelled pair after a centre is: ci, iqr or range.

    By declaration, then the head noun (difference or change: interval; median: quartiles), then
    width: an interval of the mean or quartiles do not reach beyond the SD on both sides ("4.1 ± 1.6
    (1-9)"); then symmetry about the estimate.
    """
    if declared in ("ci", "iqr", "range"):
        return declared
    if is_difference:
        return "ci"
    if median:
        return "iqr"
    if sd is not None and low < centre - sd and high > centre + sd:
        return "range"
    width = high - low
    if width > 0 and abs((low + high) / 2 - centre) <= 0.12 * width:
        return "ci"
    return "range"


def around(spreads: list[Spread], pair: Sequence[float]) -> bool:
    """ "(1.5-4.0 [0.0-8.0])": whether a pair encloses the quartiles that stand before it."""
    if len(spreads) != 1 or spreads[0].kind not in ("pair", "iqr"):
        return False
    low, high = spreads[0].values
    return pair[0] <= low <= high <= pair[1]


def beside_one(spreads: list[Spread], centre: Value | None, pair: Sequence[float]) -> bool:
    """ "7.2 (SD 1.6; 3 TO 10)": whether a pair behind the one spread of a centre encloses it."""
    if centre is None or len(spreads) != 1 or spreads[0].kind not in _WIDTHS:
        return False
    return pair[0] < pair[1] and pair[0] <= centre.value <= pair[1]


_WIDTHS = ("sd", "se", "pm", "paren")


def too_wide(low: float, high: float, n: int) -> bool:
    """ "6.2 (1-10)" of 300 people: wider than any 95 % interval of a mean on a scale to 10 or 100.

    Only where it reaches an end of that scale, so that there is no doubt about the scale. The
    largest SD is half the scale (Popoviciu), so no interval is wider than 1.96 top / sqrt(n-1).
    """
    top = 10.0 if high <= 10 else 100.0
    ends = low == 0 or high == top
    return (
        ends and n > 1 and low >= 0 and high <= top and high - low > 1.96 * top / math.sqrt(n - 1)
    )


def pair_named(values: Sequence[Value], *, alone: bool) -> bool:
    """Whether a value before says what a bare pair is: "(median 7, IQR 1-30) than (16, 2-53)".

    `alone`: the value of the pair opens a bracket. Else only an interval goes on without a word.
    """
    told = {spread.kind for value in values for spread in value.spreads if spread.stated}
    return "ci" in told or (alone and not told.isdisjoint(("iqr", "range")))
