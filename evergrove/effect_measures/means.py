"""Effect sizes from means and standard deviations of two independent groups, or of one.

Columns and definitions are those of metafor 3.8's `escalc` (Viechtbauer 2010, J Stat Softw 36(3));
the primary source of a formula is named where it is used. Group 1 minus group 2; logarithms are
natural.
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
    choose,
    exact_j,
    filled,
    negative,
    not_positive,
    p_faults,
    pooled_mean,
    t_from_p,
)

# ---- two independent groups ----

_TWO = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")


def _two_faults(cells: Cells) -> list[Fault]:
    spreads = negative(cells, ("sd1i", "sd2i"), "standard deviation")
    return spreads + not_positive(cells, ("n1i", "n2i"), "group size") + p_faults(cells)


def _two_complete(cells: Cells) -> Cells:
    """A standardised difference given as d, t or p stands for means d and 0 with unit SDs."""
    if not cells.keys() & {"di", "ti", "pi"} or not cells.keys() >= {"n1i", "n2i"}:
        return cells
    n1, n2 = cells["n1i"], cells["n2i"]
    t = cells.get("ti")
    if "pi" in cells:
        t = filled(t, t_from_p(cells["pi"], n1 + n2 - 2))
    d = cells.get("di")
    if t is not None:
        d = filled(d, t * np.sqrt(1 / n1 + 1 / n2))
    blank = np.full_like(n1, np.nan)
    given = {"m1i": d, "m2i": np.zeros_like(d), "sd1i": np.ones_like(d), "sd2i": np.ones_like(d)}
    return cells | {
        name: np.where(np.isnan(d), cells.get(name, blank), value) for name, value in given.items()
    }


def _pooled_variance(cells: Cells) -> Array:
    squares = (cells["n1i"] - 1) * cells["sd1i"] ** 2 + (cells["n2i"] - 1) * cells["sd2i"] ** 2
    return squares / (cells["n1i"] + cells["n2i"] - 2)


def _cohen_d(cells: Cells) -> Array:
    return (cells["m1i"] - cells["m2i"]) / np.sqrt(_pooled_variance(cells))


def _inverse_sizes(cells: Cells) -> Array:
    return 1 / cells["n1i"] + 1 / cells["n2i"]


def _mean_difference(cells: Cells, options: Options) -> Result:
    def heteroscedastic() -> Array:
        return cells["sd1i"] ** 2 / cells["n1i"] + cells["sd2i"] ** 2 / cells["n2i"]

    vi = choose(
        options.vtype,
        LS=heteroscedastic,
        UB=heteroscedastic,
        HO=lambda: _pooled_variance(cells) * _inverse_sizes(cells),
    )
    return cells["m1i"] - cells["m2i"], vi


def _standardised(cells: Cells, options: Options, d: Array, df: Array, size: Array) -> Result:
    """Hedges' g with the exact factor J(df); variances of Hedges 1981, 1982, 1983."""
    j = exact_j(df)
    yi = j * d
    average = pooled_mean(yi, cells["n1i"] + cells["n2i"])
    basis = _inverse_sizes(cells)
    vi = choose(
        options.vtype,
        LS=lambda: basis + yi**2 / (2 * size),
        LS2=lambda: j**2 * (basis + d**2 / (2 * size)),
        UB=lambda: basis + (1 - (df - 2) / (df * j**2)) * yi**2,
        AV=lambda: basis + average**2 / (2 * size),
    )
    return yi, vi


def _smd(cells: Cells, options: Options) -> Result:
    n = cells["n1i"] + cells["n2i"]
    return _standardised(cells, options, _cohen_d(cells), n - 2, n)


def _glass(cells: Cells, options: Options) -> Result:
    """Glass's delta: standardised by the SD of group 2 alone."""
    d = (cells["m1i"] - cells["m2i"]) / cells["sd2i"]
    return _standardised(cells, options, d, cells["n2i"] - 1, cells["n2i"])


def _glass_heteroscedastic(cells: Cells, options: Options) -> Result:
    yi = exact_j(cells["n2i"] - 1) * (cells["m1i"] - cells["m2i"]) / cells["sd2i"]
    ratio = (cells["sd1i"] / cells["sd2i"]) ** 2
    return yi, ratio / cells["n1i"] + 1 / cells["n2i"] + yi**2 / (2 * cells["n2i"])


def _smdh(cells: Cells, options: Options) -> Result:
    """Standardised by the root mean square of both SDs (Bonett 2008, 2009)."""
    v1, v2 = cells["sd1i"] ** 2, cells["sd2i"] ** 2
    n1, n2 = cells["n1i"], cells["n2i"]
    j = exact_j(n1 + n2 - 2)
    yi = j * (cells["m1i"] - cells["m2i"]) / np.sqrt((v1 + v2) / 2)
    total = v1 + v2

    def bonett() -> Array:
        of_spread = yi**2 * (v1**2 / (n1 - 1) + v2**2 / (n2 - 1)) / (2 * total**2)
        of_means = (v1 / (n1 - 1) + v2 / (n2 - 1)) * 2 / total
        return j**2 * (of_spread + of_means)

    def second() -> Array:
        # As metafor has it: the first two terms carry variances, not their squares.
        of_spread = yi**2 * (v1 / n1 + v2 / n2) / (2 * total**2)
        return of_spread + 2 * (v1 / n1 + v2 / n2) / total

    return yi, choose(options.vtype, LS=bonett, LS2=second)


def _log_ratio_of_means(cells: Cells, options: Options) -> Result:
    """Hedges, Gurevitch and Curtis 1999, without the second-order bias correction of metafor 5."""
    cv1, cv2 = cells["sd1i"] / cells["m1i"], cells["sd2i"] / cells["m2i"]
    n1, n2 = cells["n1i"], cells["n2i"]

    def averaged() -> Array:
        return pooled_mean(cv1, n1) ** 2 / n1 + pooled_mean(cv2, n2) ** 2 / n2

    def averaged_over_both() -> Array:
        known = np.where(np.isnan(cv1 + cv2 + n1 + n2), np.nan, 1.0)
        both = pooled_mean(np.append(cv1 * known, cv2 * known), np.append(n1, n2))
        return both**2 * _inverse_sizes(cells)

    def homoscedastic() -> Array:
        v = _pooled_variance(cells)
        return v / (n1 * cells["m1i"] ** 2) + v / (n2 * cells["m2i"] ** 2)

    vi = choose(
        options.vtype,
        LS=lambda: cv1**2 / n1 + cv2**2 / n2,
        HO=homoscedastic,
        AV=averaged,
        AVHO=averaged_over_both,
    )
    return np.log(cells["m1i"] / cells["m2i"]), vi


def _point_biserial(cells: Cells, options: Options) -> Result:
    """Tate 1954; Soper 1914 for vtype CS."""
    d, n1, n2 = _cohen_d(cells), cells["n1i"], cells["n2i"]
    n = n1 + n2
    h = (n - 2) * _inverse_sizes(cells)
    yi = d / np.sqrt(d**2 + h)

    def stratified() -> Array:
        return h**2 / (h + d**2) ** 3 * (_inverse_sizes(cells) + d**2 / (2 * n))

    def cross_sectional() -> Array:
        return (1 - yi**2) ** 2 * (n * yi**2 / (4 * n1 * n2) + (2 - 3 * yi**2) / (2 * n))

    return yi, choose(options.vtype, LS=stratified, ST=stratified, CS=cross_sectional)


def _biserial(cells: Cells, options: Options) -> Result:
    """Jacobs and Viechtbauer 2017; Soper's variance, with |r| held to 1 inside it."""
    n = cells["n1i"] + cells["n2i"]
    p1, p2 = cells["n1i"] / n, cells["n2i"] / n
    z = -special.ndtri(p1)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    point, _ = _point_biserial(cells, Options(vtype="LS"))
    yi = np.sqrt(p1 * p2) / density * point
    r = np.clip(yi, -1, 1)
    skew = (1 - p1 * z / density) * (1 + p2 * z / density)
    return yi, (p1 * p2 / density**2 - (3 / 2 + skew) * r**2 + r**4) / (n - 1)


def _d_to_odds(factor: float):
    """Standardised difference to a log odds ratio (Cox and Snell 1989; Chinn 2000)."""

    def compute(cells: Cells, options: Options) -> Result:
        d, n = _cohen_d(cells), cells["n1i"] + cells["n2i"]
        return factor * d, factor**2 * (_inverse_sizes(cells) + d**2 / (2 * n))

    return compute


def _log_variation_ratio(cells: Cells, options: Options) -> Result:
    """Log ratio of coefficients of variation (Nakagawa et al. 2015)."""
    half1, half2 = 1 / (2 * (cells["n1i"] - 1)), 1 / (2 * (cells["n2i"] - 1))
    cv1, cv2 = cells["sd1i"] / cells["m1i"], cells["sd2i"] / cells["m2i"]
    yi = np.log(cv1) + half1 - np.log(cv2) - half2
    return yi, half1 + cv1**2 / cells["n1i"] + half2 + cv2**2 / cells["n2i"]


def _log_sd_ratio(cells: Cells, options: Options) -> Result:
    """Log ratio of standard deviations (Nakagawa et al. 2015)."""
    half1, half2 = 1 / (2 * (cells["n1i"] - 1)), 1 / (2 * (cells["n2i"] - 1))
    return np.log(cells["sd1i"] / cells["sd2i"]) + half1 - half2, half1 + half2


# ---- one group ----


def _one_faults(cells: Cells) -> list[Fault]:
    return negative(cells, ("sdi",), "standard deviation") + not_positive(
        cells, ("ni",), "sample size"
    )


def _one_positive_faults(cells: Cells) -> list[Fault]:
    return _one_faults(cells) + negative(cells, ("mi",), "mean")


def _mean(cells: Cells, options: Options) -> Result:
    return cells["mi"], cells["sdi"] ** 2 / cells["ni"]


def _log_mean(cells: Cells, options: Options) -> Result:
    return np.log(cells["mi"]), cells["sdi"] ** 2 / (cells["ni"] * cells["mi"] ** 2)


def _log_variation(cells: Cells, options: Options) -> Result:
    half, cv = 1 / (2 * (cells["ni"] - 1)), cells["sdi"] / cells["mi"]
    return np.log(cv) + half, half + cv**2 / cells["ni"]


def _log_sd(cells: Cells, options: Options) -> Result:
    half = 1 / (2 * (cells["ni"] - 1))
    return np.log(cells["sdi"]) + half, half


def _standardised_mean(cells: Cells, options: Options) -> Result:
    yi = exact_j(cells["ni"] - 1) * cells["mi"] / cells["sdi"]
    return yi, 1 / cells["ni"] + yi**2 / (2 * cells["ni"])


# ---- the measures by name ----

_TWO_GROUPS = Family(reads=_TWO, faults=_two_faults)
_TWO_GROUPS_OR_TEST = Family(
    reads=(*_TWO, "di", "ti", "pi"),
    faults=_two_faults,
    complete=_two_complete,
    remedy="Give m1i, sd1i, m2i and sd2i, or di, or ti, or pi; n1i and n2i always.",
)
_ONE_GROUP = Family(reads=("mi", "sdi", "ni"), faults=_one_faults)
_ONE_POSITIVE = Family(reads=("mi", "sdi", "ni"), faults=_one_positive_faults)
_SMD_VARIANCES = ("LS", "LS2", "UB", "AV")
_BY_SDS = ("sd1i", "n1i", "sd2i", "n2i")


def _two(title: str, compute, needs: tuple[str, ...] = _TWO, **rest) -> Measure:
    return Measure(title, _TWO_GROUPS, needs, compute, **rest)


def _one(title: str, compute, family: Family = _ONE_GROUP, needs=("mi", "sdi", "ni")) -> Measure:
    return Measure(title, family, needs, compute)


MEASURES: dict[str, Measure] = {
    "MD": _two("mean difference", _mean_difference, vtypes=("LS", "UB", "HO")),
    "SMD": Measure(
        "standardised mean difference", _TWO_GROUPS_OR_TEST, _TWO, _smd, vtypes=_SMD_VARIANCES
    ),
    "SMDH": _two("standardised mean difference, unequal SDs", _smdh, vtypes=("LS", "LS2")),
    "SMD1": _two(
        "mean difference standardised by SD 2",
        _glass,
        needs=("m1i", "n1i", "m2i", "sd2i", "n2i"),
        vtypes=_SMD_VARIANCES,
    ),
    "SMD1H": _two("mean difference standardised by SD 2, unequal SDs", _glass_heteroscedastic),
    "ROM": _two("log ratio of means", _log_ratio_of_means, vtypes=("LS", "HO", "AV", "AVHO")),
    "RPB": _two("point-biserial correlation", _point_biserial, vtypes=("LS", "ST", "CS")),
    "RBIS": _two("biserial correlation", _biserial),
    "D2OR": _two("d as log odds ratio, logistic", _d_to_odds(np.pi / np.sqrt(3))),
    "D2ORL": _two("d as log odds ratio, logistic", _d_to_odds(np.pi / np.sqrt(3))),
    "D2ORN": _two("d as log odds ratio, normal", _d_to_odds(1.65)),
    "CVR": _two("log ratio of coefficients of variation", _log_variation_ratio),
    "VR": _two("log ratio of standard deviations", _log_sd_ratio, needs=_BY_SDS),
    "MN": _one("mean", _mean),
    "MNLN": _one("log mean", _log_mean, _ONE_POSITIVE),
    "CVLN": _one("log coefficient of variation", _log_variation, _ONE_POSITIVE),
    "SDLN": _one("log standard deviation", _log_sd, needs=("sdi", "ni")),
    "SMN": _one("standardised mean", _standardised_mean),
}
