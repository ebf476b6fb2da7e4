"""Funnel plot with contours of significance, and radial (Galbraith) plot.

Contours: Peters et al. 2008 (J Clin Epidemiol 61:991). Radial plot: Galbraith 1988 (Stat Med
7:889), with tau2 in the variances as in metafor's `radial`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from evergrove import distributions, wording
from evergrove.figures.axis import tick_digits, ticks
from evergrove.figures.chart import chart_sheet
from evergrove.figures.chart_data import (
    Data,
    Table,
    chart_table,
    effect_axis,
    labels_note,
    model_note,
    null_note,
    points,
    read,
    shows_null,
    upwards,
)
from evergrove.figures.sentences import Context

#: Two-sided p at the edges of the contours, from the middle outwards, and their shades.
CONTOURS = ((0.10, "quiet/48"), (0.05, "quiet/30"), (0.01, "quiet/14"))
FEWEST = 10
FEW = (
    "Fewer than 10 studies: a funnel plot and tests of its symmetry cannot tell chance from "
    "small-study effects."
)
funnel_sheet = chart_sheet
radial_sheet = chart_sheet


def funnel_table(
    synthesis: Mapping[str, Any],
    context: Context,
    small_study: Mapping[str, Any] | None = None,
    filled: Mapping[str, Any] | None = None,
) -> Table:
    """A funnel plot: effects against their standard errors, precise ones on top.

    `small_study` is that part of syntheses.json, whose Egger test and warnings are printed;
    `filled` what `diagnostics.trim_and_fill` gives, whose points are drawn as rings. Raises
    EvergroveError for fewer than two pooled rows.
    """
    data = read(synthesis, context, "funnel plot")
    middle, z, on_axis = data.fit["b"], data.z, shows_null(data)
    added = _filled(filled)
    most = float(max([*data.se, *(np.sqrt(v) for _, v in added)]))
    y_axis = {"title": "Standard error", "reversed": True}
    y_axis["low"], y_axis["high"] = upwards([most])
    deep = y_axis["high"]
    limits = [middle - z * most, middle + z * most]
    x_axis = effect_axis([*data.y, *(y for y, _ in added), middle, *limits], context, on_axis)
    distance = np.abs(data.y - middle) / data.se
    say = [f"standard error {context.numbers.fixed(se, _digits(data))}" for se in data.se]
    panel = {
        "id": "funnel",
        "title": "",
        "x": x_axis,
        "y": y_axis,
        "bands": _contours(context.measure.null, deep) if on_axis else [],
        "lines": [
            {"points": [[middle, 0.0], [middle, deep]], "colour": "dark", "width": 1.0},
            *(
                {
                    "points": [[middle, 0.0], [middle + side * z * deep, deep]],
                    "colour": "dark",
                    "dash": [4.0, 2.5],
                }
                for side in (-1, 1)
            ),
        ],
        "points": [*points(data, data.y, data.se, distance, say), *_rings(added, data)],
        "spoken": "Contours of significance, the pooled estimate and its limits",
    }
    if on_axis:
        null = context.measure.null
        panel["lines"].insert(0, {"points": [[null, 0], [null, deep]], "colour": "soft"})
    notes = _funnel_notes(data, small_study, filled) + null_note(context, on_axis)
    return chart_table("funnel", "Funnel plot", context, [panel], notes, _key(data, added, on_axis))


def _filled(filled: Mapping[str, Any] | None) -> list[tuple[float, float]]:
    if not filled:
        return []
    return list(zip(filled.get("filled_yi") or (), filled.get("filled_vi") or (), strict=True))


def _rings(added: list[tuple[float, float]], data: Data) -> list[dict[str, Any]]:
    return [
        {
            "id": f"filled-{number}",
            "x": float(y),
            "y": float(np.sqrt(v)),
            "shape": "ring",
            "colour": "second",
            "size": 5.5,
            "name": "",
            "label": "",
            "spoken": f"Filled in by trim and fill: {data.effect(y)}",
        }
        for number, (y, v) in enumerate(added, 1)
    ]


def _contours(null: float | None, deep: float) -> list[dict[str, Any]]:
    """Triangles around no effect, the widest first, so that each shade is seen at its edge."""
    out = []
    for p, fill in reversed(CONTOURS):
        half = deep * float(distributions.t_quantile(1 - p / 2, np.inf))
        out.append(
            {"p": p, "fill": fill, "points": [[null, 0], [null - half, deep], [null + half, deep]]}
        )
    return out


def _key(data: Data, added: list[tuple[float, float]], on_axis: bool) -> list[dict[str, Any]]:
    level = data.context.level
    key: list[dict[str, Any]] = [
        {"mark": "circle", "colour": "main", "text": "study"},
        {"mark": "line", "colour": "dark", "width": 1.0, "text": "pooled estimate"},
        {
            "mark": "line",
            "colour": "dark",
            "dash": [4.0, 2.5],
            "text": f"limits of {level}% of studies if only sampling error moved them",
        },
    ]
    if added:
        key.insert(1, {"mark": "ring", "colour": "second", "text": "filled in by trim and fill"})
    if on_axis:
        fixed = data.context.numbers.fixed
        edges = [fixed(p, 2) for p, _ in CONTOURS]
        texts = [f"p > {edges[0]}", f"{edges[1]} < p ≤ {edges[0]}", f"{edges[2]} < p ≤ {edges[1]}"]
        key.append({"mark": "line", "colour": "soft", "text": "no effect"})
        for text, (_, fill) in zip(texts, CONTOURS, strict=True):
            key.append({"mark": "band", "colour": fill, "text": text})
        key.append({"mark": "band", "colour": "white", "text": f"p ≤ {edges[2]}"})
    return key


def _funnel_notes(
    data: Data, small_study: Mapping[str, Any] | None, filled: Mapping[str, Any] | None
) -> list[str]:
    numbers = data.context.numbers
    notes = [FEW] if data.k < FEWEST else []
    notes.append(model_note(data))
    for row in (small_study or {}).get("methods", ()):
        if str(row.get("id", "")).startswith("egger") and row.get("p") is not None:
            name = row["name"].replace("'", "’")
            notes.append(f"{name}: {numbers.p_value(row['p'])}.")
    if filled and filled.get("k0") is not None:
        number = wording.counted(filled["k0"], "study", "studies")
        text = f"Trim and fill ({filled['estimator']}): {number} filled in on the {filled['side']}"
        if filled["k0"]:
            text += f"; {data.estimate(filled['b'], filled['ci_low'], filled['ci_high'])} with them"
        notes.append(text + ".")
    notes += labels_note(data, "farthest from the pooled estimate in standard errors")
    notes += [str(text) for text in (small_study or {}).get("warnings", ())]
    return notes


def _digits(data: Data) -> int:
    """Decimals that show two digits of the smallest standard error."""
    return int(max(2, 1 - np.floor(np.log10(data.se.min()))))


def radial_table(synthesis: Mapping[str, Any], context: Context) -> Table:
    """A radial plot: how many standard deviations each effect lies from the pooled one.

    Across: 1 / sqrt(v + tau2); upwards: (y - pooled) / sqrt(v + tau2); the straight line from
    the left middle through a point meets the right scale at its effect. Raises EvergroveError
    for fewer than two pooled rows.
    """
    data = read(synthesis, context, "radial plot")
    middle, z = data.fit["b"], data.z
    sd = np.sqrt(data.v + (data.fit.get("tau2") or 0.0))
    x, y = 1 / sd, (data.y - middle) / sd
    x_low, x_high = upwards(x, 0.08)
    reach = max(1.1 * float(np.abs(y).max()), 1.4 * z)
    measure = context.measure
    low, high = middle - reach / x_high, middle + reach / x_high
    found = ticks(low, high, measure, 9)
    digits = tick_digits([value for _, value in found])
    scale = [
        [
            (place - middle) * x_high,
            context.numbers.fixed(
                value, tick_digits([value]) if measure.scale == "log" else digits
            ),
        ]
        for place, value in found
    ]
    say = [f"{context.numbers.fixed(value, 2)} standard deviations from the pooled" for value in y]
    dots = points(data, x, y, np.abs(y), say)
    for dot in dots:
        if abs(dot["y"]) > z:
            dot |= {"shape": "diamond", "colour": "second"}
    panel = {
        "id": "radial",
        "title": "",
        "x": {"title": "Precision, 1 / √(v + τ²)", "low": x_low, "high": x_high},
        "y": {
            "title": "Standard deviations from the pooled estimate",
            "low": -reach,
            "high": reach,
        },
        "right": {"title": measure.name, "low": -reach, "high": reach, "ticks": scale},
        "bands": [
            {"fill": "main/14", "points": [[0, -z], [x_high, -z], [x_high, z], [0, z]]},
        ],
        "lines": [
            *(
                {"points": [[0, 0], [x_high, at]], "colour": "quiet/60", "width": 0.5}
                for at, _ in scale
            ),
            {"points": [[0, 0], [x_high, 0]], "colour": "dark", "width": 1.0},
        ],
        "points": dots,
        "spoken": "The pooled estimate, its band, and rays to the scale of effects",
    }
    edge = context.numbers.fixed(z, 2)
    outside = int((np.abs(y) > z).sum())
    notes = [
        model_note(data),
        f"A line from the middle of the left side through a point meets the right scale at the "
        f"effect of that study. {outside} of {data.k} points lie more than {edge} standard "
        f"deviations from the pooled estimate.",
        *labels_note(data, "farthest from the pooled estimate"),
    ]
    key = [
        {"mark": "circle", "colour": "main", "text": f"within {edge} standard deviations"},
        {"mark": "diamond", "colour": "second", "text": "beyond"},
        {"mark": "line", "colour": "dark", "width": 1.0, "text": "pooled estimate"},
        {"mark": "band", "colour": "main/14", "text": f"±{edge} standard deviations"},
        {"mark": "line", "colour": "quiet/60", "width": 0.5, "text": "rays of equal effect"},
    ]
    if not outside:
        del key[1]
    return chart_table("radial", "Radial plot", context, [panel], notes, key)
