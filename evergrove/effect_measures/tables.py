"""Effect sizes from two-by-two tables, of two groups or of matched pairs.

Columns, definitions and zero-cell rules are those of metafor 3.8's `escalc` (Viechtbauer 2010,
J Stat Softw 36(3)); the primary source of a formula is named where it is used. Every function
takes columns of equal length and returns (yi, vi): group 1 minus group 2, logarithms natural.
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
    completed,
    negative,
    pooled_mean,
    size_faults,
    with_addition,
    without,
)
from evergrove.effect_measures.tetrachoric import tetrachoric

# ---- two-by-two tables: ai events and bi others in group 1, ci and di in group 2 ----

_GROUPS = (("ai", "bi", "n1i"), ("ci", "di", "n2i"))
_TABLE = ("ai", "bi", "ci", "di")


def _table_faults(cells: Cells) -> list[Fault]:
    counts = negative(cells, _TABLE, "count")
    return size_faults(cells, _GROUPS) + counts + beyond_one(cells, ("ri",))


def _table_zeros(cells: Cells, options: Options) -> Cells:
    if options.drop00:
        empty = (cells["ai"] == 0) & (cells["ci"] == 0) | (cells["bi"] == 0) & (cells["di"] == 0)
        cells = without(cells, empty, _TABLE)
    zero = np.logical_or.reduce([cells[name] == 0 for name in _TABLE])
    return with_addition(cells, options, zero, _TABLE)


def _risks(cells: Cells) -> tuple[Array, Array, Array, Array]:
    n1, n2 = cells["ai"] + cells["bi"], cells["ci"] + cells["di"]
    return cells["ai"] / n1, cells["ci"] / n2, n1, n2


def _inverse_sum(cells: Cells) -> Array:
    """The large-sample variance of a log odds ratio (Woolf 1955)."""
    return 1 / cells["ai"] + 1 / cells["bi"] + 1 / cells["ci"] + 1 / cells["di"]


def _log_odds_ratio(cells: Cells, options: Options) -> Result:
    yi = np.log(cells["ai"] / cells["bi"]) - np.log(cells["ci"] / cells["di"])
    return yi, _inverse_sum(cells)


def _log_risk_ratio(cells: Cells, options: Options) -> Result:
    p1, p2, n1, n2 = _risks(cells)
    return np.log(p1) - np.log(p2), 1 / cells["ai"] - 1 / n1 + 1 / cells["ci"] - 1 / n2


def _risk_difference(cells: Cells, options: Options) -> Result:
    p1, p2, n1, n2 = _risks(cells)
    average1, average2 = pooled_mean(p1, n1), pooled_mean(p2, n2)
    vi = choose(
        options.vtype,
        LS=lambda: p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2,
        UB=lambda: p1 * (1 - p1) / (n1 - 1) + p2 * (1 - p2) / (n2 - 1),
        AV=lambda: average1 * (1 - average1) / n1 + average2 * (1 - average2) / n2,
    )
    return p1 - p2, vi


def _arcsine_difference(cells: Cells, options: Options) -> Result:
    """Rücker et al. 2009, Stat Med 28:721."""
    p1, p2, n1, n2 = _risks(cells)
    return np.arcsin(np.sqrt(p1)) - np.arcsin(np.sqrt(p2)), 1 / (4 * n1) + 1 / (4 * n2)


def _peto(cells: Cells, options: Options) -> Result:
    """Log odds ratio by the one-step method: (observed − expected) / hypergeometric variance."""
    _, _, n1, n2 = _risks(cells)
    n = n1 + n2
    events, others = cells["ai"] + cells["ci"], cells["bi"] + cells["di"]
    variance = events * others * (n1 / n) * (n2 / n) / (n - 1)
    return (cells["ai"] - events * n1 / n) / variance, 1 / variance


def _phi(cells: Cells, options: Options) -> Result:
    """Phi coefficient; variance for cross-sectional (LS, CS) or for stratified sampling (ST)."""
    p1, p2, n1, n2 = _risks(cells)
    n = n1 + n2
    row1, row2 = n1 / n, n2 / n
    col1, col2 = (cells["ai"] + cells["ci"]) / n, (cells["bi"] + cells["di"]) / n
    rows, columns = row1 * row2, col1 * col2
    cross = cells["ai"] * cells["di"] - cells["bi"] * cells["ci"]
    yi = cross / np.sqrt(n1 * n2 * (cells["ai"] + cells["ci"]) * (cells["bi"] + cells["di"]))

    def cross_sectional() -> Array:
        skew = (row1 - row2) * (col1 - col2) / np.sqrt(rows * columns)
        square = (row1 - row2) ** 2 / rows + (col1 - col2) ** 2 / columns
        return (1 - yi**2 + yi * (1 + yi**2 / 2) * skew - 3 / 4 * yi**2 * square) / n

    def stratified() -> Array:
        # Delta method on φ = √(w1 w2) (p1 − p2) / √(p (1 − p)) with p = w1 p1 + w2 p2, the row
        # sizes being fixed.
        base, pull = columns**-0.5, (p1 - p2) * (col2 - col1) / (2 * columns**1.5)
        slope1, slope2 = base - row1 * pull, -base - row2 * pull
        return rows * (slope1**2 * p1 * (1 - p1) / n1 + slope2**2 * p2 * (1 - p2) / n2)

    return yi, choose(options.vtype, LS=cross_sectional, CS=cross_sectional, ST=stratified)


def _yule_q(cells: Cells, options: Options) -> Result:
    concordant, discordant = cells["ai"] * cells["di"], cells["bi"] * cells["ci"]
    yi = (concordant - discordant) / (concordant + discordant)
    return yi, (1 - yi**2) ** 2 * _inverse_sum(cells) / 4


def _yule_y(cells: Cells, options: Options) -> Result:
    concordant = np.sqrt(cells["ai"] * cells["di"])
    discordant = np.sqrt(cells["bi"] * cells["ci"])
    yi = (concordant - discordant) / (concordant + discordant)
    return yi, (1 - yi**2) ** 2 * _inverse_sum(cells) / 16


def _probit_difference(cells: Cells, options: Options) -> Result:
    p1, p2, n1, n2 = _risks(cells)
    z1, z2 = special.ndtri(p1), special.ndtri(p2)
    vi = 2 * np.pi * (p1 * (1 - p1) * np.exp(z1**2) / n1 + p2 * (1 - p2) * np.exp(z2**2) / n2)
    return z1 - z2, vi


def _tetrachoric(cells: Cells, options: Options) -> Result:
    return tetrachoric(*(cells[name] for name in _TABLE))


def _any_table(cells: Cells) -> np.ndarray:
    """A correlation of ±1 (an empty cell) stands, but has no sampling variance."""
    return np.ones(len(cells["ai"]), dtype=bool)


def _odds_to_d(factor: float):
    """Log odds ratio to a standardised difference (Cox and Snell 1989; Chinn 2000)."""

    def compute(cells: Cells, options: Options) -> Result:
        yi, vi = _log_odds_ratio(cells, options)
        return yi * factor, vi * factor**2

    return compute


# ---- matched pairs: ai both, bi first only, ci second only, di neither ----


def _pairs(cells: Cells) -> tuple[Array, Array, Array, Array, Array]:
    n = cells["ai"] + cells["bi"] + cells["ci"] + cells["di"]
    first, second = (cells["ai"] + cells["bi"]) / n, (cells["ai"] + cells["ci"]) / n
    return cells["bi"] / n, cells["ci"] / n, first, second, n


def _pairs_difference(cells: Cells, options: Options) -> Result:
    p12, p21, first, second, n = _pairs(cells)
    return first - second, (p12 * (1 - p12) + 2 * p12 * p21 + p21 * (1 - p21)) / n


def _pairs_ratio(cells: Cells, options: Options) -> Result:
    p12, p21, first, second, n = _pairs(cells)
    return np.log(first) - np.log(second), (p12 + p21) / (n * first * second)


def _pairs_marginal_odds(cells: Cells, options: Options) -> Result:
    p12, p21, first, second, n = _pairs(cells)
    yi = np.log(first / (1 - first)) - np.log(second / (1 - second))
    numerator = p12 * (1 - p12) + p21 * (1 - p21) + 2 * p12 * p21
    return yi, numerator / (n * first * (1 - first) * second * (1 - second))


def _pairs_odds_from_margins(cells: Cells, options: Options) -> Result:
    """Marginal log odds ratio from the marginal table and a correlation (Elbourne et al. 2002)."""
    yi, vi = _log_odds_ratio(cells, options)
    n = np.round((cells["ai"] + cells["bi"] + cells["ci"] + cells["di"]) / 2)
    product = cells["ai"] * cells["bi"] * cells["ci"] * cells["di"]
    return yi, vi - 2 * n * cells["ri"] / np.sqrt(product)


def _pairs_conditional_odds(cells: Cells, options: Options) -> Result:
    return np.log(cells["bi"]) - np.log(cells["ci"]), 1 / cells["bi"] + 1 / cells["ci"]


def _pairs_peto(cells: Cells, options: Options) -> Result:
    discordant = cells["bi"] + cells["ci"]
    return (cells["bi"] - discordant / 2) / (discordant / 4), 4 / discordant


# ---- the measures by name ----

_TABLES = Family(
    reads=(*_TABLE, "n1i", "n2i", "ri"),
    complete=lambda cells: completed(cells, _GROUPS),
    faults=_table_faults,
    adjust=_table_zeros,
    remedy="Give ai, bi (or n1i), ci and di (or n2i).",
)


def _table(title: str, compute, **rest) -> Measure:
    return Measure(title, _TABLES, rest.pop("needs", _TABLE), compute, **rest)


MEASURES: dict[str, Measure] = {
    "RR": _table("log risk ratio", _log_risk_ratio),
    "OR": _table("log odds ratio", _log_odds_ratio),
    "RD": _table("risk difference", _risk_difference, vtypes=("LS", "UB", "AV")),
    "AS": _table("difference of arcsine-square-root risks", _arcsine_difference, add=0.0),
    "PETO": _table("log odds ratio by Peto's method", _peto),
    "PHI": _table("phi coefficient", _phi, add=0.0, vtypes=("LS", "ST", "CS")),
    "YUQ": _table("Yule's Q", _yule_q),
    "YUY": _table("Yule's Y", _yule_y),
    "RTET": _table("tetrachoric correlation", _tetrachoric, add=0.0, lone_yi=_any_table),
    "PBIT": _table("difference of probits", _probit_difference),
    "OR2D": _table("log odds ratio as d, logistic", _odds_to_d(np.sqrt(3) / np.pi)),
    "OR2DL": _table("log odds ratio as d, logistic", _odds_to_d(np.sqrt(3) / np.pi)),
    "OR2DN": _table("log odds ratio as d, normal", _odds_to_d(1 / 1.65)),
    "MPRD": _table("matched pairs: risk difference", _pairs_difference),
    "MPRR": _table("matched pairs: log risk ratio", _pairs_ratio),
    "MPOR": _table("matched pairs: marginal log odds ratio", _pairs_marginal_odds),
    "MPORM": _table(
        "matched pairs: marginal log odds ratio from the marginal table",
        _pairs_odds_from_margins,
        needs=(*_TABLE, "ri"),
    ),
    "MPORC": _table("matched pairs: conditional log odds ratio", _pairs_conditional_odds),
    "MPPETO": _table("matched pairs: log odds ratio by Peto's method", _pairs_peto),
}
