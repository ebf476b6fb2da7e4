"""What single rows do to the result: Baujat plot, deletion diagnostics, and all subsets (GOSH)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import diagnostics, distributions, resampling, wording
from evergrove.errors import EvergroveError
from evergrove.figures import sentences
from evergrove.figures.chart import chart_sheet
from evergrove.figures.chart_data import (
    Table,
    chart_table,
    effect_axis,
    labels_note,
    model_note,
    padded,
    points,
    read,
    upwards,
)
from evergrove.figures.numbers import spoken
from evergrove.figures.sentences import Context
from evergrove.projection import Array

baujat_sheet = chart_sheet
influence_sheet = chart_sheet
gosh_sheet = chart_sheet

PANELS = {
    "rstudent": ("Residual", 2),
    "dffits": ("DFFITS", 2),
    "cook_d": ("Cook’s D", 3),
    "cov_r": ("Cov. ratio", 2),
    "tau2_del": ("τ² without", 3),
    "Q_del": ("Q without", 2),
    "hat": ("Hat value", 3),
    "weight": ("Weight, %", 1),
}
SUBSETS, SEED = 5000, 1
#: Cells of the GOSH plot across and upwards, and the tints of its classes of density.
GRID, TINTS = (76, 40), (28, 52, 76, 100)


def baujat(
    yi: Array, vi: Array, fit: Mapping[str, Any], **options: Any
) -> tuple[list[float | None], list[float | None]]:
    """Contribution to heterogeneity, and influence on the pooled estimate, of each row, (k,).

    (y - b)^2 / (v + tau2), and (b without the row - b)^2 / the variance of b without the row:
    Baujat et al. 2002 (Stat Med 21:2641) for the model that was fitted, as metafor's `baujat`.
    """
    left = diagnostics.leave_one_out(yi, vi, **options)
    across = (yi - fit["b"]) ** 2 / (vi + (fit.get("tau2") or 0.0))
    up = [
        None if b is None or not se else ((b - fit["b"]) / se) ** 2
        for b, se in zip(left["b"], left["se"], strict=True)
    ]
    return across.tolist(), up


def baujat_table(synthesis: Mapping[str, Any], context: Context) -> Table:
    """A Baujat plot. Raises EvergroveError for fewer than two pooled rows."""
    data = read(synthesis, context, "Baujat plot")
    x, y = baujat(data.y, data.v, data.fit, **data.options)
    known = [(a, b) for a, b in zip(x, y, strict=True) if a is not None and b is not None]
    # Room for labels on all sides of the many rows that do little.
    (_, x_high), (_, y_high) = upwards(a for a, _ in known), upwards(b for _, b in known)
    x_low, y_low = -0.06 * x_high, -0.08 * y_high
    fixed = context.numbers.fixed
    say = [
        "" if b is None else f"contribution to heterogeneity {fixed(a, 2)}, influence {fixed(b, 3)}"
        for a, b in zip(x, y, strict=True)
    ]
    # Rows far to the right or high up are what the plot is for.
    far = [max(a / x_high, (b or 0.0) / y_high) for a, b in zip(x, y, strict=True)]
    panel = {
        "id": "baujat",
        "title": "",
        "x": {
            "title": "Contribution to heterogeneity, (y − pooled)² / (v + τ²)",
            "low": x_low,
            "high": x_high,
        },
        "y": {
            "title": "Influence on the pooled estimate, (change without the study)² / its variance",
            "low": y_low,
            "high": y_high,
        },
        "points": points(data, x, y, far, say),
    }
    notes = [model_note(data), *labels_note(data, "farthest from the origin")]
    if len(known) < data.k:
        notes.append(f"{data.k - len(known)} rows have no model without them and are not drawn.")
    return chart_table("baujat", "Baujat plot", context, [panel], notes, [])


def thresholds(fit: Mapping[str, Any], k: int, p: int = 1) -> dict[str, list[float]]:
    """The lines of each panel, as metafor's `plot.infl.rma.uni` draws them.

    Viechtbauer & Cheung 2010 (Res Synth Methods 1:112). `p` is the number of coefficients.
    """
    z = float(distributions.t_quantile(0.975, np.inf))
    far = 3 * math.sqrt(p / (k - p)) if k > p else math.inf
    return {
        "rstudent": [-z, 0.0, z],
        "dffits": [-far, 0.0, far] if math.isfinite(far) else [0.0],
        "cook_d": [float(distributions.chi2_quantile(0.5, p))],
        "cov_r": [1.0],
        "tau2_del": [fit.get("tau2") or 0.0],
        "Q_del": [fit["Q"]],
        "hat": [p / k, 3 * p / k],
        "weight": [100 / k, 300 / k],
    }


def influential(found: Mapping[str, Sequence[Any]], k: int, p: int = 1) -> list[bool]:
    """The rows that metafor's `influence` stars: any of four diagnostics beyond its bound."""
    bounds = {
        "dffits": 3 * math.sqrt(p / (k - p)) if k > p else math.inf,
        "cook_d": float(distributions.chi2_quantile(0.5, p)),
        "hat": 3 * p / k,
        "dfbetas": 1.0,
    }
    return [
        any(
            found[name][i] is not None and abs(found[name][i]) > bound
            for name, bound in bounds.items()
        )
        for i in range(k)
    ]


def influence_table(synthesis: Mapping[str, Any], context: Context) -> Table:
    """Deletion diagnostics of each row in eight panels beside its name.

    Raises EvergroveError for fewer than two pooled rows.
    """
    data = read(synthesis, context, "plot of influence")
    found = diagnostics.influence(data.y, data.v, **data.options)
    lines = thresholds(data.fit, data.k)
    starred = influential(found, data.k)
    fixed = context.numbers.fixed
    rows = {
        "title": "",
        "low": -0.5,
        "high": data.k - 0.5,
        "categories": [[label] for label in data.labels],
    }
    panels: list[dict[str, Any]] = []
    told: set[int] = set()
    for name, (title, _) in PANELS.items():
        values = found[name]
        known = [value for value in values if value is not None]
        low, high = padded([*known, *_near(lines[name], known)], 0.08)
        dots = []
        for i, value in enumerate(values):
            if value is None:
                continue
            said = [
                f"{PANELS[n][0]} {fixed(found[n][i], PANELS[n][1])}"
                for n in PANELS
                if found[n][i] is not None
            ]
            star = ["influential"] if starred[i] else []
            dots.append(
                {
                    "id": f"study-{i + 1}",
                    "x": value,
                    "y": i,
                    "shape": "diamond" if starred[i] else "circle",
                    "colour": "second" if starred[i] else "main",
                    "size": 4.6,
                    "label": "",
                }
            )
            if i not in told:
                # The panels share one group a row, which a screen reader says once.
                told.add(i)
                sentence = f"{data.labels[i]}: " + ", ".join([*star, *said])
                dots[-1] |= {"name": data.labels[i], "spoken": spoken(sentence)}
        upright = [
            {
                "points": [[at, -2], [at, data.k + 1]],
                "colour": "soft",
                "dash": [] if at in (0.0, 1.0) and name != "cook_d" else [2.0, 2.0],
            }
            for at in lines[name]
        ]
        x = {"title": "", "low": low, "high": high}
        panels.append(
            {
                "id": name,
                "title": title,
                "x": x,
                "y": rows if not panels else {"title": "", "low": -0.5, "high": data.k - 0.5},
                "thresholds": lines[name],
                "lines": upright,
                "points": dots,
                "spoken": f"Bounds of {title}",
            }
        )
    names = [label for label, star in zip(data.labels, starred, strict=True) if star]
    bound = "DFFITS beyond ±3√(1/(k − 1)), Cook’s D over the median of χ² with 1 df, hat over 3/k"
    notes = [
        model_note(data),
        f"Influential by {bound} or DFBETAS over 1: "
        + (f"{wording.listed(names)}." if names else "no study."),
        "“Residual” is the standardised residual of a study from the model without it; "
        "“τ² without” and “Q without” are those of the other studies.",
    ]
    key = [
        {"mark": "circle", "colour": "main", "text": "study"},
        {"mark": "diamond", "colour": "second", "text": "influential study"},
        {
            "mark": "line",
            "colour": "soft",
            "dash": [2.0, 2.0],
            "text": "bound, or value of all studies",
        },
    ]
    if not names:
        del key[1]
    title = "Influence of single studies"
    return chart_table(
        "influence", title, context, panels, notes, key, columns=len(PANELS), gap=10.0
    )


def _near(lines: Sequence[float], known: Sequence[float]) -> list[float]:
    """The lines that do not squash the points if they are shown."""
    if not known:
        return list(lines) or [0.0]
    low, high = min(known), max(known)
    width = high - low
    reach = 2 * width if width > 0 else math.inf
    return [line for line in lines if low - reach <= line <= high + reach]


def gosh_table(
    synthesis: Mapping[str, Any],
    context: Context,
    *,
    subsets: int = SUBSETS,
    seed: int = SEED,
) -> Table:
    """The pooled estimate and the heterogeneity of many subsets of the rows.

    All subsets of two rows or more if they are at most `subsets`, else so many random ones
    (Olkin, Dahabreh & Trikalinos 2012, Res Synth Methods 3:214). Upwards is I2, or tau where the
    variances rest on an assumed correlation. Subsets with the row of the largest Cook's distance
    are told apart. Raises EvergroveError for fewer than three pooled rows.
    """
    data = read(synthesis, context, "plot of all subsets")
    if data.k < 3:
        raise EvergroveError(
            "a plot of all subsets needs three rows or more", place=data.id, value=data.k
        )
    cook = diagnostics.influence(data.y, data.v, **data.options)["cook_d"]
    most = max(range(data.k), key=lambda i: -1.0 if cook[i] is None else cook[i])
    method = data.options["method"]
    found = resampling.gosh(data.y, data.v, method=method, subsets=subsets, seed=seed)
    up = np.sqrt(found.tau2) if data.assumes_r else found.I2
    keep = np.isfinite(found.b) & np.isfinite(up)
    x_axis = effect_axis([*found.b[keep]], context, null=False)
    low, high = (0.0, upwards(up[keep])[1]) if data.assumes_r else (0.0, 100.0)
    title = "τ of the subset" if data.assumes_r else "I² of the subset, %"
    pad = 0.03 * (high - low)
    y_axis = {"title": title, "low": low - pad, "high": high + pad}
    clouds, key = [], []
    densest = 1
    parts = []
    for name, inside, shift in (("with", True, 0.0), ("without", False, 0.5)):
        chosen = keep & (found.members[:, most] == inside)
        cells = _cells(found.b[chosen], up[chosen], x_axis, y_axis, shift)
        parts.append((name, inside, cells, int(chosen.sum())))
        densest = max([densest, *cells.values()])
    edges = _classes(densest)
    for name, inside, cells, number in parts:
        shape, role = ("circle", "main") if inside else ("diamond", "second")
        for position, (least, largest) in enumerate(edges):
            tint = TINTS[len(TINTS) - len(edges) + position]
            at = [list(place) for place, n in cells.items() if least <= n <= largest]
            ink = role if tint == 100 else f"{role}/{tint}"
            clouds.append({"shape": shape, "colour": ink, "size": 3.4, "at": at, "of": name})
            if inside:
                count = wording.count(least) + (
                    "" if least == largest else f"–{wording.count(largest)}"
                )
                unit = "subset at a place" if largest == 1 else "subsets"
                key.append({"mark": shape, "colour": ink, "size": 4.0, "text": f"{count} {unit}"})
        text = f"{name} {data.labels[most]} ({wording.counted(number, 'subset')})"
        key.append({"mark": shape, "colour": role, "size": 4.0, "text": text})
    key = [key[len(edges)], key[-1], *key[: len(edges)]]
    total = wording.counted(len(found.b), "subset")
    drawn = (
        f"All {total} of two rows or more"
        if found.complete
        else f"{total} of two rows or more, drawn at random (seed {seed})"
    )
    fit = data.fit
    height = math.sqrt(fit["tau2"]) if data.assumes_r else fit.get("I2")
    whole = {
        "id": "all",
        "x": fit["b"],
        "y": height,
        "shape": "square",
        "colour": "ink",
        "edge": "white",
        "size": 7.0,
        "name": "All rows",
        "label": "",
        "spoken": f"All rows together: {data.effect(fit['b'])}",
    }
    key.append({"mark": "square", "colour": "ink", "size": 6.0, "text": "all rows together"})
    panel = {
        "id": "gosh",
        "title": "",
        "x": x_axis,
        "y": y_axis,
        "clouds": clouds,
        "cloud_spoken": f"{drawn}, by density",
        "points": [] if height is None else [whole],
    }
    estimator = sentences.ESTIMATORS.get(method, method)
    notes = [
        f"{drawn}; {estimator}. The darker a mark, the more subsets lie there.",
        f"{data.labels[most]} has the largest Cook’s distance. Two separate clouds mean that a few "
        "studies make the heterogeneity.",
    ]
    return chart_table("gosh", "Estimates of all subsets (GOSH)", context, [panel], notes, key)


def _cells(
    x: Array, y: Array, x_axis: Mapping[str, Any], y_axis: Mapping[str, Any], shift: float
) -> dict[tuple[float, float], int]:
    """How many points each cell of a grid has, by the middle of the cell.

    A grid shifted by half a cell has its middles between those of one that is not, so that marks
    of the two never cover each other.
    """
    places = []
    for values, axis, cells in ((x, x_axis, GRID[0]), (y, y_axis, GRID[1])):
        step = (axis["high"] - axis["low"]) / cells
        number = np.round((values - axis["low"]) / step - 0.5 - shift)
        number = np.clip(number, 0, cells - 1 - (shift > 0))
        places.append(axis["low"] + (number + 0.5 + shift) * step)
    found, counts = np.unique(np.column_stack(places), axis=0, return_counts=True)
    return {(float(a), float(b)): int(n) for (a, b), n in zip(found, counts, strict=True)}


def _classes(densest: int) -> list[tuple[int, int]]:
    """At most four classes of counts from 1 to the densest cell, of equal ratio."""
    number = min(len(TINTS), densest)
    ends = [round(densest ** (i / number)) for i in range(1, number + 1)]
    edges, least = [], 1
    for end in ends:
        if end >= least:
            edges.append((least, end))
            least = end + 1
    return edges
