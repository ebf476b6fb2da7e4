"""Effect sizes from proportions and from incidence rates.

Columns, definitions and zero-cell rules are those of metafor 3.8's `escalc` (Viechtbauer 2010,
J Stat Softw 36(3)); the primary source of a formula is named where it is used. Every function
takes columns of equal length and returns (yi, vi): group 1 minus group 2, logarithms natural.
"""

from __future__ import annotations

import numpy as np

from evergrove.effect_measures.core import (
    Array,
    Cells,
    Family,
    Fault,
    Measure,
    Options,
    Result,
    choose,
    completed,
    negative,
    not_positive,
    pooled_mean,
    size_faults,
    with_addition,
    without,
)

# ---- proportions: xi events and mi others in ni ----

_PROPORTION = (("xi", "mi", "ni"),)


def _proportion_faults(cells: Cells) -> list[Fault]:
    size = [Fault(cells["xi"] + cells["mi"] <= 0, "xi", "a group of nobody")]
    return size_faults(cells, _PROPORTION) + negative(cells, ("xi", "mi"), "count") + size


def _proportion_zeros(cells: Cells, options: Options) -> Cells:
    zero = (cells["xi"] == 0) | (cells["mi"] == 0)
    return with_addition(cells, options, zero, ("xi", "mi"))


def _proportion(cells: Cells) -> tuple[Array, Array, float]:
    n = cells["xi"] + cells["mi"]
    p = cells["xi"] / n
    return p, n, pooled_mean(p, n)


def _raw_proportion(cells: Cells, options: Options) -> Result:
    p, n, average = _proportion(cells)
    vi = choose(
        options.vtype,
        LS=lambda: p * (1 - p) / n,
        UB=lambda: p * (1 - p) / (n - 1),
        AV=lambda: average * (1 - average) / n,
    )
    return p, vi


def _log_proportion(cells: Cells, options: Options) -> Result:
    p, n, average = _proportion(cells)
    vi = choose(
        options.vtype,
        LS=lambda: 1 / cells["xi"] - 1 / n,
        AV=lambda: 1 / (average * n) - 1 / n,
    )
    return np.log(p), vi


def _logit_proportion(cells: Cells, options: Options) -> Result:
    _, n, average = _proportion(cells)
    vi = choose(
        options.vtype,
        LS=lambda: 1 / cells["xi"] + 1 / cells["mi"],
        AV=lambda: 1 / (average * n) + 1 / ((1 - average) * n),
    )
    return np.log(cells["xi"] / cells["mi"]), vi


def _arcsine_proportion(cells: Cells, options: Options) -> Result:
    p, n, _ = _proportion(cells)
    return np.arcsin(np.sqrt(p)), 1 / (4 * n)


def _double_arcsine(cells: Cells, options: Options) -> Result:
    """Freeman and Tukey 1950. Its back-transformation misleads (Schwarzer et al. 2019)."""
    _, n, _ = _proportion(cells)
    x = cells["xi"]
    yi = (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1)))) / 2
    return yi, 1 / (4 * n + 2)


# ---- incidence rates: events over person-time ----


def _rate_faults(cells: Cells) -> list[Fault]:
    return negative(cells, ("xi", "x1i", "x2i"), "count") + not_positive(
        cells, ("ti", "t1i", "t2i"), "person-time"
    )


def _rate_zeros(cells: Cells, options: Options) -> Cells:
    return with_addition(cells, options, cells["xi"] == 0, ("xi",))


def _rate(cells: Cells, options: Options) -> Result:
    rate = cells["xi"] / cells["ti"]
    return rate, rate / cells["ti"]


def _log_rate(cells: Cells, options: Options) -> Result:
    return np.log(cells["xi"] / cells["ti"]), 1 / cells["xi"]


def _root_rate(cells: Cells, options: Options) -> Result:
    return np.sqrt(cells["xi"] / cells["ti"]), 1 / (4 * cells["ti"])


def _double_root_rate(cells: Cells, options: Options) -> Result:
    """Freeman and Tukey 1950."""
    rate = cells["xi"] / cells["ti"]
    return (np.sqrt(rate) + np.sqrt(rate + 1 / cells["ti"])) / 2, 1 / (4 * cells["ti"])


def _two_rate_zeros(cells: Cells, options: Options) -> Cells:
    if options.drop00:
        cells = without(cells, (cells["x1i"] == 0) & (cells["x2i"] == 0), ("x1i", "x2i"))
    zero = (cells["x1i"] == 0) | (cells["x2i"] == 0)
    return with_addition(cells, options, zero, ("x1i", "x2i"))


def _log_rate_ratio(cells: Cells, options: Options) -> Result:
    yi = np.log(cells["x1i"] / cells["t1i"]) - np.log(cells["x2i"] / cells["t2i"])
    return yi, 1 / cells["x1i"] + 1 / cells["x2i"]


def _rate_difference(cells: Cells, options: Options) -> Result:
    rate1, rate2 = cells["x1i"] / cells["t1i"], cells["x2i"] / cells["t2i"]
    return rate1 - rate2, rate1 / cells["t1i"] + rate2 / cells["t2i"]


def _root_rate_difference(cells: Cells, options: Options) -> Result:
    yi = np.sqrt(cells["x1i"] / cells["t1i"]) - np.sqrt(cells["x2i"] / cells["t2i"])
    return yi, 1 / (4 * cells["t1i"]) + 1 / (4 * cells["t2i"])


# ---- the measures by name ----

_PROPORTIONS = Family(
    reads=("xi", "mi", "ni"),
    complete=lambda cells: completed(cells, _PROPORTION),
    faults=_proportion_faults,
    adjust=_proportion_zeros,
    remedy="Give xi and ni (or mi).",
)
_RATES = Family(reads=("xi", "ti"), faults=_rate_faults, adjust=_rate_zeros)
_TWO_RATES = Family(reads=("x1i", "t1i", "x2i", "t2i"), faults=_rate_faults, adjust=_two_rate_zeros)


def _share(title: str, compute, **rest) -> Measure:
    return Measure(title, _PROPORTIONS, ("xi", "mi"), compute, **rest)


_RATE_NEEDS, _TWO_RATE_NEEDS = _RATES.reads, _TWO_RATES.reads

MEASURES: dict[str, Measure] = {
    "PR": _share("proportion", _raw_proportion, vtypes=("LS", "UB", "AV")),
    "PLN": _share("log proportion", _log_proportion, vtypes=("LS", "AV")),
    "PLO": _share("logit proportion", _logit_proportion, vtypes=("LS", "AV")),
    "PAS": _share("arcsine-square-root proportion", _arcsine_proportion, add=0.0),
    "PFT": _share("Freeman-Tukey double arcsine proportion", _double_arcsine, add=0.0),
    "IR": Measure("incidence rate", _RATES, _RATE_NEEDS, _rate),
    "IRLN": Measure("log incidence rate", _RATES, _RATE_NEEDS, _log_rate),
    "IRS": Measure("square root of an incidence rate", _RATES, _RATE_NEEDS, _root_rate, add=0.0),
    "IRFT": Measure("Freeman-Tukey rate", _RATES, _RATE_NEEDS, _double_root_rate, add=0.0),
    "IRR": Measure("log rate ratio", _TWO_RATES, _TWO_RATE_NEEDS, _log_rate_ratio),
    "IRD": Measure("rate difference", _TWO_RATES, _TWO_RATE_NEEDS, _rate_difference),
    "IRSD": Measure(
        "difference of square-root rates",
        _TWO_RATES,
        _TWO_RATE_NEEDS,
        _root_rate_difference,
        add=0.0,
    ),
}
