"""What all families of effect size measures share: options, faults, how a measure is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
Result = tuple[Array, Array]  # yi and vi
Cells = dict[str, Array]  # columns by metafor's names, all of one length, NaN where missing

ADDITION_RULES = ("only0", "all", "if0all", "none")


@dataclass(frozen=True)
class Options:
    """How zero cells are treated and which variance is asked for (metafor's names)."""

    add: float = 0.5
    to: str = "only0"
    drop00: bool = False
    vtype: str = "LS"


@dataclass(frozen=True)
class Fault:
    """Rows whose value in `column` cannot be."""

    rows: NDArray[np.bool_]
    column: str
    problem: str


def _unchanged(cells: Cells, options: Options) -> Cells:
    return cells


@dataclass(frozen=True)
class Family:
    """Measures that are computed from the same columns."""

    reads: tuple[str, ...]
    faults: Callable[[Cells], list[Fault]]
    # Fills columns that can be had from others (bi from n1i); leaves out what cannot.
    complete: Callable[[Cells], Cells] = field(default=lambda cells: cells)
    # The rule for zero cells.
    adjust: Callable[[Cells, Options], Cells] = field(default=_unchanged)
    remedy: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure: the columns it needs, its formula, and where the formula comes from."""

    title: str
    family: Family
    needs: tuple[str, ...]
    compute: Callable[[Cells, Options], tuple[Array, Array]]
    vtypes: tuple[str, ...] = ("LS",)
    add: float = 0.5
    # Rows whose yi stands although vi is undefined with every column given.
    lone_yi: Callable[[Cells], NDArray[np.bool_]] | None = None


def negative(cells: Cells, columns: tuple[str, ...], what: str) -> list[Fault]:
    """A fault for each column that is there and has values below zero."""
    return [
        Fault(cells[name] < 0, name, f"a {what} below zero") for name in columns if name in cells
    ]


def not_positive(cells: Cells, columns: tuple[str, ...], what: str) -> list[Fault]:
    """A fault for each column that is there and has values of zero or less."""
    return [
        Fault(cells[name] <= 0, name, f"a {what} of zero or less")
        for name in columns
        if name in cells
    ]


def beyond_one(cells: Cells, columns: tuple[str, ...]) -> list[Fault]:
    """A fault for each correlation outside -1 to 1."""
    return [
        Fault(np.abs(cells[name]) > 1, name, "a correlation outside -1 to 1")
        for name in columns
        if name in cells
    ]


def exact_j(df: Array) -> Array:
    """Hedges' small-sample factor J(df) = Γ(df/2) / (√(df/2) Γ((df−1)/2)); NaN where df ≤ 1.

    Exact (Hedges 1981), not the approximation 1 − 3/(4 df − 1). Above 300 degrees of freedom the
    asymptotic series of the ratio of gamma functions is used, whose error there is below 1e-16:
    a difference of two log gammas would lose digits in proportion to df.
    """
    df = np.asarray(df, dtype=float)
    x = (df - 1) / 2
    small = np.where((df > 1) & (df <= 300), x, np.nan)
    direct = special.gamma(small + 0.5) / special.gamma(small) / np.sqrt(small + 0.5)
    large = np.where(df > 300, x, np.nan)
    u = 1 / large
    series = 1 + u * (
        -1 / 8 + u * (1 / 128 + u * (5 / 1024 + u * (-21 / 32768 - u * 399 / 262144)))
    )
    return np.where(df > 300, series * np.sqrt(large / (large + 0.5)), direct)


def pooled_mean(values: Array, weights: Array) -> float:
    """The weighted mean of the rows in which neither is missing (NaN when there is none)."""
    known = ~(np.isnan(values) | np.isnan(weights))
    total = weights[known].sum()
    return float((values[known] * weights[known]).sum() / total) if total else float("nan")


def choose(vtype: str, **variances: Callable[[], Array]) -> Array:
    """The variance of the type asked for; each is computed only if it is."""
    return variances[vtype]()


def with_addition(
    cells: Cells, options: Options, zero: np.ndarray, columns: tuple[str, ...]
) -> Cells:
    """The cells after `add` was added to the rows that the rule `to` names."""
    if options.to == "all":
        rows = np.ones_like(zero)
    elif options.to == "only0":
        rows = zero
    elif options.to == "if0all":
        rows = np.full_like(zero, zero.any())
    else:
        return cells
    return cells | {
        name: np.where(rows, cells[name] + options.add, cells[name]) for name in columns
    }


def without(cells: Cells, rows: np.ndarray, columns: tuple[str, ...]) -> Cells:
    """The cells with those rows made missing (the rule `drop00`)."""
    return cells | {name: np.where(rows, np.nan, cells[name]) for name in columns}


def completed(cells: Cells, parts: tuple[tuple[str, str, str], ...]) -> Cells:
    """Fill the rest of a group from its size and its events, where the rest is not given."""
    cells = dict(cells)
    for events, rest, size in parts:
        if events in cells and size in cells:
            derived = cells[size] - cells[events]
            given = cells.get(rest, np.full_like(derived, np.nan))
            cells[rest] = np.where(np.isnan(given), derived, given)
    return cells


def size_faults(cells: Cells, parts: tuple[tuple[str, str, str], ...]) -> list[Fault]:
    """Faults of a group whose size is given beside its events and the rest."""
    faults = []
    for events, rest, size in parts:
        if size in cells:
            gap = np.abs(cells[events] + cells[rest] - cells[size])
            faults += [
                Fault(cells[events] > cells[size], events, f"more events than {size}"),
                Fault(gap > 1e-9 * cells[size], size, f"{size} is not {events} + {rest}"),
            ]
    return faults


def filled(target: Array | None, source: Array) -> Array:
    """`target` with its missing cells taken from `source`."""
    return source if target is None else np.where(np.isnan(target), source, target)


def t_from_p(p: Array, df: Array) -> Array:
    """The t with the two-sided p value |p|; its sign is that of p."""
    return np.sign(p) * -special.stdtrit(df, np.abs(p) / 2)


def p_faults(cells: Cells) -> list[Fault]:
    """A fault for each p value (which may carry the sign of its effect) beyond 1."""
    if "pi" not in cells:
        return []
    return [Fault(np.abs(cells["pi"]) > 1, "pi", "a p value above 1")]
