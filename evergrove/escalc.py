"""Effect sizes and sampling variances from raw summaries, one function for every measure.

Names of measures, columns and options, and all definitions, are those of metafor 3.8's `escalc`
(Viechtbauer 2010, J Stat Softw 36(3)); the log ratio of means (ROM) has no second-order bias
correction, which metafor applies since version 5. From metafor 4 come the columns `ti`, `pi` and
`di` of SMCC and `pi` of SMD.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from evergrove.effect_measures import association, change, means, rates, tables
from evergrove.effect_measures.core import ADDITION_RULES, Array, Cells, Measure, Options
from evergrove.errors import EvergroveError

MEASURES: dict[str, Measure] = {
    **change.MEASURES,
    **means.MEASURES,
    **tables.MEASURES,
    **rates.MEASURES,
    **association.MEASURES,
}


def escalc(
    measure: str,
    columns: Mapping[str, Sequence[float | None] | Array],
    *,
    add: float | None = None,
    to: str = "only0",
    drop00: bool = False,
    vtype: str = "LS",
) -> tuple[Array, Array]:
    """Effect sizes `yi` and sampling variances `vi`, NaN where they cannot be computed.

    `columns` holds metafor's columns by name (`m1i`, `sd1i`, `ai`, ...), all of one length, None
    or NaN where missing; columns that the measure does not read are passed over. `add`, `to` and
    `drop00` say how zero cells are treated: `add` is 1/2, but 0 for AS, PHI, RTET, IRSD, PAS, PFT,
    IRS and IRFT, unless it is given. `vtype` names the variance where there are several.

    As in metafor, `yi` or `vi` stands alone where a missing cell takes only the other away (a
    missing SD), and both are missing where either is infinite or undefined.

    Raises EvergroveError for an unknown measure or option, a column that is missing, and a value
    that cannot be (a negative SD, a correlation above 1), with its row, counted from 1.
    """
    details = find_measure(measure)
    options = options_for(measure, details, add, to, drop00, vtype)
    cells = prepare(measure, details, columns)
    for row, column, problem in faults(details, cells):
        value = float(cells[column][row])
        raise EvergroveError(problem, place=f"row {row + 1}, column {column}", value=value)
    return compute(details, cells, options)


def find_measure(name: str) -> Measure:
    """The measure of that name, or an error that lists the nearest names."""
    if name in MEASURES:
        return MEASURES[name]
    near = difflib.get_close_matches(str(name).upper(), MEASURES, n=3)
    raise EvergroveError(
        "unknown effect size measure",
        place="measure",
        value=name,
        remedy=f"{'Nearest' if near else 'Known'}: {', '.join(near or sorted(MEASURES))}.",
    )


def compute(details: Measure, cells: Cells, options: Options) -> tuple[Array, Array]:
    """The formula on cells that have no faults, with what is not finite made missing."""
    with np.errstate(all="ignore"):
        cells = details.family.adjust(cells, options)
        yi, vi = details.compute(cells, options)
    missing = np.any([np.isnan(cells[name]) for name in details.needs], axis=0)
    lone = np.zeros_like(missing) if details.lone_yi is None else details.lone_yi(cells)
    undefined = ~missing & (np.isnan(yi) | (np.isnan(vi) & ~lone))
    gone = np.isinf(yi) | np.isinf(vi) | undefined
    return np.where(gone, np.nan, yi), np.where(gone | (vi < 0), np.nan, vi)


def faults(details: Measure, cells: Cells) -> Iterator[tuple[int, str, str]]:
    """Every value that cannot be: its row (from 0), its column and what is wrong, row by row."""
    found = []
    with np.errstate(all="ignore"):
        for order, fault in enumerate(details.family.faults(cells)):
            found += [(row, order, fault) for row in np.flatnonzero(fault.rows).tolist()]
    for row, _, fault in sorted(found, key=lambda item: item[:2]):
        yield row, fault.column, fault.problem


def options_for(
    measure: str, details: Measure, add: float | None, to: str, drop00: bool, vtype: str
) -> Options:
    """The options, checked against what the measure knows."""
    if to not in ADDITION_RULES:
        raise EvergroveError(
            "unknown rule for zero cells",
            place="to",
            value=to,
            remedy=f"Known: {', '.join(ADDITION_RULES)}.",
        )
    if vtype not in details.vtypes:
        raise EvergroveError(
            f"no such variance for {measure}",
            place="vtype",
            value=vtype,
            remedy=f"{measure} has: {', '.join(details.vtypes)}.",
        )
    if add is not None and not (np.isfinite(add) and add >= 0):
        raise EvergroveError("not a number of zero or more", place="add", value=add)
    return Options(details.add if add is None else float(add), to, bool(drop00), vtype)


def prepare(measure: str, details: Measure, columns: Mapping[str, Any]) -> Cells:
    """The columns that the measure reads, as float arrays, completed from one another."""
    cells = {name: _array(name, columns[name]) for name in details.family.reads if name in columns}
    lengths = {name: len(values) for name, values in cells.items()}
    if len(set(lengths.values())) > 1:
        raise EvergroveError(
            "the columns differ in length",
            value=", ".join(f"{name} {length}" for name, length in lengths.items()),
        )
    with np.errstate(all="ignore"):
        cells = details.family.complete(cells)
    for name in details.needs:
        if name not in cells:
            needs = details.family.remedy or f"{measure} needs {', '.join(details.needs)}."
            raise EvergroveError(f'column "{name}" is missing', place="header", remedy=needs)
    return cells


def _array(name: str, values: Sequence[float | None] | Array) -> Array:
    array = np.array([np.nan if value is None else value for value in values], dtype=float)
    if np.isinf(array).any():
        row = int(np.flatnonzero(np.isinf(array))[0])
        raise EvergroveError("not a finite number", place=f"row {row + 1}, column {name}")
    return array
