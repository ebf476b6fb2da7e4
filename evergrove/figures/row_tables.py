"""Figure tables of rows that are whole analyses: summary, cumulative and leave-one-out forest.

They have the shape of `table.forest_table` and are placed by the same `forest`. All `values` are
the numbers given, on the pooled scale; `cells` hold what is printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures import sentences
from evergrove.figures.axis import axis_range
from evergrove.figures.numbers import decimals, spoken
from evergrove.figures.rows import Row, effect_cell, join_bounds, shown
from evergrove.figures.sentences import Context
from evergrove.figures.text import writable

Table = dict[str, Any]
#: Decimals of tau² in one column: enough for the smallest, but no more than these.
MOST_TAU2_DIGITS = 4
INTERVALS = {"knha": "Knapp–Hartung interval", "z": "normal (Wald) interval", "t": "t interval"}


def number(value: Any, column: str) -> float | None:
    """A cell of a CSV file or a JSON value as a float; None if it is empty.

    Raises EvergroveError for anything that is not a finite number.
    """
    if value is None or value == "":
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise EvergroveError("not a number", place=f"column {column}", value=value)
    return found


def tau2_decimals(values: Iterable[float | None]) -> int:
    """Decimals for a whole column of tau²."""
    digits = [sentences.tau2_digits(value) for value in values if value is not None]
    return min(max(digits, default=2), MOST_TAU2_DIGITS)


def effect_decimals(fits: Sequence[Mapping[str, Any]], context: Context) -> int:
    """Decimals of a column of estimates: those of the outcome's scale, else from the intervals."""
    if context.decimals is not None:
        return context.decimals
    return decimals(
        (shown(fit["ci_high"], context) - shown(fit["ci_low"], context)) / 2
        for fit in fits
        if None not in (fit.get("ci_low"), fit.get("ci_high"))
    )


def analysis_row(
    id: str,
    label: str,
    fit: Mapping[str, Any] | None,
    context: Context,
    digits: int,
    *,
    kind: str = "study",
    shape: str = "diamond",
    cells: Mapping[str, str] | None = None,
    extra: Sequence[str] = (),
) -> Row:
    """One analysis. `fit` has b, ci_low, ci_high and may have tau2, pi_low, pi_high.

    Without an estimate the row has no mark and its cell says so by a dash.
    """
    label = " ".join(label.split())
    row: Row = {"kind": kind, "id": id, "label": label, "cells": dict(cells or {})}
    if fit is None or fit.get("b") is None:
        effect = {"estimate": wording.MISSING, "low": "", "high": ""}
        told = ", ".join([f"{label}: no estimate", *extra])
        return row | {
            "kind": "none",
            "cells": row["cells"] | {"effect": effect},
            "spoken": spoken(told),
        }
    values = {
        "estimate": fit["b"],
        "low": fit.get("ci_low"),
        "high": fit.get("ci_high"),
        "weight": None,
        "pi_low": fit.get("pi_low"),
        "pi_high": fit.get("pi_high"),
        "tau2": fit.get("tau2"),
    }
    effect = effect_cell(values, context, digits)
    told = list(extra)
    if values["pi_low"] is not None and values["pi_high"] is not None:
        bounds = {"estimate": None, "low": values["pi_low"], "high": values["pi_high"]}
        cell = row["cells"]["prediction"] = effect_cell(bounds, context, digits)
        told.append(f"{context.level}% prediction interval {cell['low']} to {cell['high']}")
    else:
        values["pi_low"] = values["pi_high"] = None
    null, low, high = context.measure.null, values["low"], values["high"]
    crosses = None not in (null, low, high) and low <= null <= high
    return row | {
        "bold": kind in ("pooled", "primary"),
        "cells": row["cells"] | {"effect": effect},
        "values": values,
        "shape": shape,
        "spoken": sentences.spoken_row(label, effect, context, crosses=crosses, extra=told),
    }


def heading(id: str, label: str) -> Row:
    """A row that stands over a group of rows."""
    return {"kind": "group", "id": id, "label": label, "bold": True}


def model_sentence(fit: Mapping[str, Any] | None, context: Context) -> str | None:
    """Model and interval that all rows share: "Random effects by ...; ... interval"."""
    method = (fit or {}).get("method")
    if not method or fit.get("k") == 1:
        return None
    text = "Equal effects"
    if method != "EE":
        text = f"Random effects by {sentences.ESTIMATORS.get(method, method)}"
    interval = INTERVALS.get(fit.get("test", ""))
    return f"{text}; {interval}." if interval else f"{text}."


def finished(
    id: str,
    title: str,
    rows: list[Row],
    columns: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    context: Context,
    digits: int,
    *,
    opening: str,
    told: Sequence[str] = (),
    key: Sequence[Mapping[str, str]] = (),
    reference: float | None = None,
) -> Table:
    """The figure table: axis, joined bounds, notes and description around the rows.

    `columns` are header lines by column; one that no row fills is left out. `opening` and `told`
    are sentences of the description, before the notes; `reference` is the primary
    estimate, at which a dashed line runs behind all rows.
    """
    drawn = [row["values"] for row in rows if "values" in row]
    span = axis_range(
        [(v["estimate"], v["low"], v["high"]) for v in drawn],
        [(v["pi_low"], v["pi_high"]) for v in drawn],
        context.measure.null,
    )
    for row in rows:
        if "values" in row:
            row["clipped"] = _clipped(row["values"], span.low, span.high)
    if reference is not None and not span.low <= reference <= span.high:
        reference = None
    notes = list(notes)
    if reference is not None:
        notes.append("The dashed line is the estimate of the primary synthesis.")
    if any(any(row["clipped"].values()) for row in rows if "clipped" in row):
        notes.append("An arrow marks an interval that goes on beyond the axis.")
    if context.measure.null is not None and drawn and not span.shows_null:
        null = wording.plain(context.measure.shown(context.measure.null))
        notes.append(f"The value of no effect, {null}, lies outside the axis.")
    _join(rows, context)
    negative, positive = sentences.directions(context)
    sides = [f"To the right: {positive}. To the left: {negative}."] if positive else []
    filled = {name for row in rows for name, cell in row.get("cells", {}).items() if cell}
    filled |= {"study", "plot"}
    table = {
        "figure": id,
        "kind": "forest",
        "title": title,
        "description": spoken(" ".join([opening, *told, *sides, *notes, *context.statements])),
        "measure": context.measure.id,
        "columns": [
            {"id": name, "header": list(header)}
            for name, header in columns.items()
            if name in filled
        ],
        "rows": rows,
        "axis": {
            "drawn": bool(drawn),
            "title": sentences.axis_title(context),
            "scale": context.measure.scale,
            "low": span.low,
            "high": span.high,
            "null": context.measure.null if span.shows_null else None,
            "reference": reference,
            "negative_side": negative,
            "positive_side": positive,
        },
        "decimals": digits,
        "notes": notes,
        "key": [dict(entry) for entry in key],
    }
    return printable(table)


def printable(value: Any) -> Any:
    """The table with every character that XML or UTF-8 cannot hold shown as U+FFFD."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: printable(part) for key, part in value.items()}
    return [printable(part) for part in value] if isinstance(value, list) else value


def _join(rows: Sequence[Row], context: Context) -> None:
    """Bounds of estimates and of prediction intervals joined in one way for the whole figure."""
    predictions = [
        {
            "values": {"low": row["values"]["pi_low"]},
            "cells": {"effect": row["cells"]["prediction"]},
        }
        for row in rows
        if row.get("cells", {}).get("prediction")
    ]
    join_bounds([*rows, *predictions], context)


def _clipped(values: Mapping[str, Any], low: float, high: float) -> dict[str, bool]:
    """Which bounds lie beyond the ends of the axis."""
    lows, highs = ("low", "pi_low"), ("high", "pi_high")
    out = {name: values[name] is not None and values[name] < low for name in lows}
    return out | {name: values[name] is not None and values[name] > high for name in highs}
