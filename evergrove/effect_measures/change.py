"""Effect sizes from means and standard deviations before and after, or of matched pairs.

Columns and definitions are those of metafor 3.8's `escalc` (Viechtbauer 2010, J Stat Softw 36(3));
the primary source of a formula is named where it is used. Measurement 1 minus measurement 2: pass
what is to be reduced as 1. Logarithms are natural.
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
    beyond_one,
    choose,
    exact_j,
    filled,
    negative,
    not_positive,
    p_faults,
    t_from_p,
)

# ---- before and after, or matched pairs: m1i, sd1i and m2i, sd2i of the same ni people ----

_PAIR = ("m1i", "sd1i", "m2i", "sd2i", "ni", "ri")


def _pair_faults(cells: Cells) -> list[Fault]:
    spreads = negative(cells, ("sd1i", "sd2i"), "standard deviation")
    sizes = not_positive(cells, ("ni",), "sample size")
    return spreads + sizes + beyond_one(cells, ("ri",)) + p_faults(cells)


def _change_complete(cells: Cells) -> Cells:
    """A change given as d, paired t or its p stands for a mean change d with an SD of 1."""
    if not cells.keys() & {"di", "ti", "pi"} or "ni" not in cells:
        return cells
    t = cells.get("ti")
    if "pi" in cells:
        t = filled(t, t_from_p(cells["pi"], cells["ni"] - 1))
    d = cells.get("di")
    if t is not None:
        d = filled(d, t / np.sqrt(cells["ni"]))
    blank, zero = np.full_like(d, np.nan), np.zeros_like(d)
    given = {"m1i": d, "m2i": zero, "sd1i": np.ones_like(d), "sd2i": zero, "ri": zero}
    return cells | {
        name: np.where(np.isnan(d), cells.get(name, blank), value) for name, value in given.items()
    }


def _change_variance(cells: Cells) -> Array:
    cross = cells["ri"] * cells["sd1i"] * cells["sd2i"]
    return cells["sd1i"] ** 2 + cells["sd2i"] ** 2 - 2 * cross


def _mean_change(cells: Cells, options: Options) -> Result:
    return cells["m1i"] - cells["m2i"], _change_variance(cells) / cells["ni"]


def _change_by_change_sd(cells: Cells, options: Options) -> Result:
    """Gibbons et al. 1993."""
    j = exact_j(cells["ni"] - 1)
    d = (cells["m1i"] - cells["m2i"]) / np.sqrt(_change_variance(cells))
    yi, n = j * d, cells["ni"]
    vi = choose(
        options.vtype,
        LS=lambda: 1 / n + yi**2 / (2 * n),
        LS2=lambda: j**2 * (1 / n + d**2 / (2 * n)),
    )
    return yi, vi


def _change_by_first_sd(cells: Cells, options: Options) -> Result:
    """Becker 1988."""
    j = exact_j(cells["ni"] - 1)
    d = (cells["m1i"] - cells["m2i"]) / cells["sd1i"]
    yi, n = j * d, cells["ni"]
    of_change = 2 * (1 - cells["ri"]) / n
    vi = choose(
        options.vtype,
        LS=lambda: of_change + yi**2 / (2 * n),
        LS2=lambda: j**2 * (of_change + d**2 / (2 * n)),
    )
    return yi, vi


def _change_by_first_sd_heteroscedastic(cells: Cells, options: Options) -> Result:
    """Bonett 2008."""
    j, df = exact_j(cells["ni"] - 1), cells["ni"] - 1
    yi = j * (cells["m1i"] - cells["m2i"]) / cells["sd1i"]
    return yi, j**2 * (_change_variance(cells) / (cells["sd1i"] ** 2 * df) + yi**2 / (2 * df))


def _log_ratio_of_means_paired(cells: Cells, options: Options) -> Result:
    """Lajeunesse 2011."""
    cv1, cv2 = cells["sd1i"] / cells["m1i"], cells["sd2i"] / cells["m2i"]
    vi = (cv1**2 + cv2**2 - 2 * cells["ri"] * cv1 * cv2) / cells["ni"]
    return np.log(cells["m1i"] / cells["m2i"]), vi


def _log_variation_ratio_paired(cells: Cells, options: Options) -> Result:
    cv1, cv2 = cells["sd1i"] / cells["m1i"], cells["sd2i"] / cells["m2i"]
    of_means = (cv1**2 + cv2**2 - 2 * cells["ri"] * cv1 * cv2) / cells["ni"]
    return np.log(cv1) - np.log(cv2), (1 - cells["ri"] ** 2) / (cells["ni"] - 1) + of_means


def _log_sd_ratio_paired(cells: Cells, options: Options) -> Result:
    yi = np.log(cells["sd1i"] / cells["sd2i"])
    return yi, (1 - cells["ri"] ** 2) / (cells["ni"] - 1)


# ---- the measures by name ----

_PAIRED = Family(reads=_PAIR, faults=_pair_faults)
_PAIRED_OR_TEST = Family(
    reads=(*_PAIR, "di", "ti", "pi"),
    faults=_pair_faults,
    complete=_change_complete,
    remedy="Give m1i, sd1i, m2i, sd2i and ri, or di, or ti, or pi; ni always.",
)
_FIRST_SD = ("m1i", "sd1i", "m2i", "ni", "ri")


def _paired(title: str, compute, needs: tuple[str, ...] = _PAIR, **rest) -> Measure:
    return Measure(title, rest.pop("family", _PAIRED), needs, compute, **rest)


MEASURES: dict[str, Measure] = {
    "MC": _paired("mean change", _mean_change),
    "SMCC": _paired(
        "mean change standardised by its own SD",
        _change_by_change_sd,
        family=_PAIRED_OR_TEST,
        vtypes=("LS", "LS2"),
    ),
    "SMCR": _paired(
        "mean change standardised by SD 1",
        _change_by_first_sd,
        needs=_FIRST_SD,
        vtypes=("LS", "LS2"),
    ),
    "SMCRH": _paired(
        "mean change standardised by SD 1, unequal SDs", _change_by_first_sd_heteroscedastic
    ),
    "ROMC": _paired("log ratio of means, paired", _log_ratio_of_means_paired),
    "CVRC": _paired("log ratio of coefficients of variation, paired", _log_variation_ratio_paired),
    "VRC": _paired(
        "log ratio of standard deviations, paired",
        _log_sd_ratio_paired,
        needs=("sd1i", "sd2i", "ni", "ri"),
    ),
}
