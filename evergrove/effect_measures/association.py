"""Effect sizes that are correlations, and reliabilities: from r, t, R², alpha.

Columns and definitions are those of metafor 3.8's `escalc` (Viechtbauer 2010, J Stat Softw 36(3)).
"""

from __future__ import annotations

import numpy as np
from scipy import special

from evergrove.effect_measures.core import (
    Array,
    Cells,
    Family,
    Fault,
    Measure,
    Options,
    Result,
    beyond_one,
    choose,
    negative,
    not_positive,
    pooled_mean,
)

# ---- Pearson correlations: ri of ni people ----


def _tiny(cells: Cells) -> Array:
    """Correlations of three people or fewer stand, but have no sampling variance."""
    return cells["ni"] <= 3


def _sizes(cells: Cells) -> list[Fault]:
    return not_positive(cells, ("ni",), "sample size")


def _correlation_faults(cells: Cells) -> list[Fault]:
    return beyond_one(cells, ("ri",)) + _sizes(cells)


def _enough(vi: Array, cells: Cells) -> Array:
    return np.where(_tiny(cells), np.nan, vi)


def _correlation(cells: Cells, options: Options) -> Result:
    yi, n = cells["ri"], cells["ni"]
    return yi, _enough(_correlation_variance(yi, n, options), cells)


def _correlation_variance(yi: Array, n: Array, options: Options) -> Array:
    average = pooled_mean(yi, n)
    return choose(
        options.vtype,
        LS=lambda: (1 - yi**2) ** 2 / (n - 1),
        AV=lambda: (1 - average**2) ** 2 / (n - 1),
    )


def _unbiased_correlation(cells: Cells, options: Options) -> Result:
    """Olkin and Pratt 1958; the unbiased variance (UB) is theirs too."""
    r, n = cells["ri"], cells["ni"]
    rest = 1 - r**2
    yi = r * _hypergeometric(0.5, 0.5, (n - 2) / 2, rest)
    if options.vtype != "UB":
        return yi, _enough(_correlation_variance(yi, n, options), cells)
    square = 1 - (n - 3) / (n - 2) * rest * _hypergeometric(1, 1, n / 2, rest)
    return yi, _enough(yi**2 - square, cells)


def _hypergeometric(a: float, b: float, c: Array, x: Array) -> Array:
    """Gauss's 2F1(a, b; c; x) for 0 ≤ x ≤ 1; NaN where it does not converge at 1 (c ≤ a + b).

    From c = 20 on the power series converges fast, and SciPy's function overflows for large c.
    """
    series, term = np.ones_like(x), np.ones_like(x)
    large = np.maximum(c, 20.0)
    for k in range(1000):
        term = term * (a + k) * (b + k) / ((large + k) * (k + 1)) * x
        series = series + term
        if not (term > 1e-17 * series).any():
            break
    small = np.clip(c, a + b + 1e-9, 20.0)
    return np.where(c > a + b, np.where(c >= 20, series, special.hyp2f1(a, b, small, x)), np.nan)


def _fisher_z(cells: Cells, options: Options) -> Result:
    """Fisher 1921."""
    r = cells["ri"]
    return np.log((1 + r) / (1 - r)) / 2, _enough(1 / (cells["ni"] - 3), cells)


# ---- partial and semi-partial correlations: t of one of mi predictors, ni people ----


def _partial_faults(cells: Cells) -> list[Fault]:
    faults = negative(cells, ("mi",), "number of predictors") + _sizes(cells)
    few = Fault(cells["ni"] - cells["mi"] - 1 <= 0, "ni", "no degree of freedom left (ni − mi − 1)")
    if "r2i" in cells:
        outside = (cells["r2i"] < 0) | (cells["r2i"] > 1)
        faults.append(Fault(outside, "r2i", "an R² outside 0 to 1"))
    return [*faults, few]


def _partial(cells: Cells) -> tuple[Array, Array]:
    df = cells["ni"] - cells["mi"] - 1
    return cells["ti"] / np.sqrt(cells["ti"] ** 2 + df), df


def _partial_correlation(cells: Cells, options: Options) -> Result:
    """Aloe and Thompson 2013."""
    yi, df = _partial(cells)
    average = pooled_mean(yi, cells["ni"])
    vi = choose(
        options.vtype,
        LS=lambda: (1 - yi**2) ** 2 / df,
        AV=lambda: (1 - average**2) ** 2 / df,
    )
    return yi, vi


def _partial_fisher_z(cells: Cells, options: Options) -> Result:
    r, df = _partial(cells)
    return np.log((1 + r) / (1 - r)) / 2, 1 / df


def _semi_partial_correlation(cells: Cells, options: Options) -> Result:
    """Aloe and Becker 2012."""
    r2, df = cells["r2i"], cells["ni"] - cells["mi"] - 1
    yi = cells["ti"] * np.sqrt(1 - r2) / np.sqrt(df)

    def variance(at: Array | float) -> Array:
        without = r2 - at**2
        return (r2**2 - 2 * r2 + without + 1 - without**2) / cells["ni"]

    average = pooled_mean(yi, cells["ni"])
    return yi, choose(options.vtype, LS=lambda: variance(yi), AV=lambda: variance(average))


# ---- Cronbach's alpha of mi items, ni people ----


def _alpha_faults(cells: Cells) -> list[Fault]:
    return [
        Fault(cells["ai"] > 1, "ai", "an alpha above 1"),
        Fault(cells["mi"] < 2, "mi", "fewer than two items"),
        *_sizes(cells),
    ]


def _raw_alpha(cells: Cells, options: Options) -> Result:
    """van Zyl, Neudecker and Nel 2000."""
    a, m, n = cells["ai"], cells["mi"], cells["ni"]
    return a, 2 * m * (1 - a) ** 2 / ((m - 1) * (n - 2))


def _cube_root_alpha(cells: Cells, options: Options) -> Result:
    """Hakstian and Whalen 1976."""
    a, m, n = cells["ai"], cells["mi"], cells["ni"]
    rest = np.cbrt(1 - a)
    return 1 - rest, 18 * m * (n - 1) * rest**2 / ((m - 1) * (9 * n - 11) ** 2)


def _log_alpha(cells: Cells, options: Options) -> Result:
    """Bonett 2002."""
    a, m, n = cells["ai"], cells["mi"], cells["ni"]
    return -np.log(1 - a), 2 * m / ((m - 1) * (n - 2))


# ---- relative excess heterozygosity: ai, bi, ci people of each genotype ----


def _genotype_faults(cells: Cells) -> list[Fault]:
    return negative(cells, ("ai", "bi", "ci"), "count")


def _excess_heterozygosity(cells: Cells, options: Options) -> Result:
    """Ziegler, Van Steen and Wellek 2011."""
    n = cells["ai"] + cells["bi"] + cells["ci"]
    p0, p1, p2 = cells["ai"] / n, cells["bi"] / n, cells["ci"] / n
    yi = np.log(p1) - np.log(2 * np.sqrt(p0 * p2))
    return yi, ((1 - p1) / (4 * p0 * p2) + 1 / p1) / n


# ---- given effects ----


def _given_complete(cells: Cells) -> Cells:
    if "sei" not in cells:
        return cells
    square = cells["sei"] ** 2
    vi = cells.get("vi", np.full_like(square, np.nan))
    return cells | {"vi": np.where(np.isnan(vi), square, vi)}


def _given_faults(cells: Cells) -> list[Fault]:
    return negative(cells, ("vi",), "variance") + negative(cells, ("sei",), "standard error")


def _given(cells: Cells, options: Options) -> Result:
    return cells["yi"], cells["vi"]


# ---- the measures by name ----

_CORRELATIONS = Family(reads=("ri", "ni"), faults=_correlation_faults)
_PARTIALS = Family(reads=("ti", "mi", "ni", "r2i"), faults=_partial_faults)
_ALPHAS = Family(reads=("ai", "mi", "ni"), faults=_alpha_faults)
_GENOTYPES = Family(reads=("ai", "bi", "ci"), faults=_genotype_faults)
_EFFECTS = Family(
    reads=("yi", "vi", "sei"),
    faults=_given_faults,
    complete=_given_complete,
    remedy="Give yi, and vi or sei.",
)
_PARTIAL_NEEDS = ("ti", "mi", "ni")
_BOTH = ("LS", "AV")


def _pearson(title: str, compute, vtypes: tuple[str, ...] = ("LS",)) -> Measure:
    return Measure(title, _CORRELATIONS, ("ri", "ni"), compute, vtypes, lone_yi=_tiny)


MEASURES: dict[str, Measure] = {
    "COR": _pearson("correlation", _correlation, _BOTH),
    "UCOR": _pearson("correlation without bias", _unbiased_correlation, ("LS", "UB", "AV")),
    "ZCOR": _pearson("Fisher's z", _fisher_z),
    "PCOR": Measure(
        "partial correlation", _PARTIALS, _PARTIAL_NEEDS, _partial_correlation, vtypes=_BOTH
    ),
    "ZPCOR": Measure(
        "Fisher's z of a partial correlation", _PARTIALS, _PARTIAL_NEEDS, _partial_fisher_z
    ),
    "SPCOR": Measure(
        "semi-partial correlation",
        _PARTIALS,
        (*_PARTIAL_NEEDS, "r2i"),
        _semi_partial_correlation,
        vtypes=_BOTH,
    ),
    "ARAW": Measure("Cronbach's alpha", _ALPHAS, _ALPHAS.reads, _raw_alpha),
    "AHW": Measure("cube root of one minus alpha", _ALPHAS, _ALPHAS.reads, _cube_root_alpha),
    "ABT": Measure("log of one minus alpha", _ALPHAS, _ALPHAS.reads, _log_alpha),
    "REH": Measure(
        "log relative excess heterozygosity", _GENOTYPES, _GENOTYPES.reads, _excess_heterozygosity
    ),
    "GEN": Measure("effects as given", _EFFECTS, ("yi", "vi"), _given),
}
