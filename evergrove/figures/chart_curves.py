"""Drapery plot (p-value functions) and bubble plot (meta-regression on one moderator)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import distributions, moderators, pooling, wording
from evergrove.errors import EvergroveError
from evergrove.figures.chart import chart_sheet
from evergrove.figures.chart_data import (
    Table,
    chart_table,
    effect_axis,
    labels_note,
    model_note,
    null_near,
    null_note,
    padded,
    points,
    read,
)
from evergrove.figures.sentences import Context
from evergrove.projection import Array

drapery_sheet = chart_sheet
bubble_sheet = chart_sheet

#: Places at which a curve is computed, and the diameter of the largest bubble (points).
STEPS, LARGEST = 160, 17.0
#: A study's curve is drawn this many standard errors to both sides, at steps that widen outwards.
REACH, SHARES = 4.5, np.linspace(-1, 1, 41)


def p_values(at: Array, estimate: float, se: float, df: float | None) -> Array:
    """Two-sided p of the hypothesis that the effect is each of `at`; `df` None is the normal."""
    statistic = (np.asarray(at, float) - estimate) / se
    return distributions.t_two_sided(statistic, np.inf if df is None else df)


def drapery_table(synthesis: Mapping[str, Any], context: Context) -> Table:
    """P-value functions of every row, of the pooled estimate and of the effect in a new study.

    Rücker & Schwarzer 2021 (Res Synth Methods 12:85). At p = 1 - level a curve is as wide as the
    interval. Raises EvergroveError for fewer than two pooled rows.
    """
    data = read(synthesis, context, "drapery plot")
    fit = data.fit
    alpha = 1 - float(context.level) / 100
    ends = [fit["ci_low"], fit["ci_high"], *data.y]
    ends += [end for end in (fit.get("pi_low"), fit.get("pi_high")) if end is not None]
    # The typical study's interval fits; a very wide one goes on beyond the frame.
    reach = data.z * float(np.median(data.se))
    ends += [float(data.y.min()) - reach, float(data.y.max()) + reach]
    on_axis = null_near(ends, context)
    x_axis = effect_axis(ends, context, on_axis)
    at = np.linspace(x_axis["low"], x_axis["high"], STEPS)
    lines: list[dict[str, Any]] = []
    for y, se in zip(data.y, data.se, strict=True):
        lines.append(
            {"points": _curve(at, y, se, None), "colour": "quiet/70", "width": 0.5, "of": "study"}
        )
    level = {"points": [[x_axis["low"], alpha], [x_axis["high"], alpha]]}
    lines.append({**level, "colour": "soft", "width": 0.5, "dash": [1.5, 2.0]})
    if on_axis:
        null = context.measure.null
        lines.append({"points": [[null, 0], [null, 1]], "colour": "soft", "width": 0.5})
    key: list[dict[str, Any]] = [
        {"mark": "line", "colour": "quiet/70", "width": 0.5, "text": "single studies"},
    ]
    spread = math.sqrt(fit["se"] ** 2 + (fit.get("tau2") or 0.0))
    if fit.get("pi_low") is not None and spread > 0:
        curve = _curve(at, fit["b"], spread, fit.get("pi_df"))
        look = {"colour": "second", "width": 1.4, "dash": [5.0, 2.0]}
        lines.append({"points": curve, **look, "of": "prediction"})
        key.append({"mark": "line", **look, "text": "effect in a new study (prediction)"})
    if fit["se"] > 0:
        curve = _curve(at, fit["b"], fit["se"], fit.get("df"))
        look = {"colour": "dark", "width": 1.8}
        lines.append({"points": curve, **look, "of": "pooled"})
        key.insert(1, {"mark": "line", **look, "text": "pooled estimate"})
    shown = context.numbers.fixed(alpha, 2 if round(alpha, 2) == round(alpha, 6) else 3)
    if on_axis:
        key.append({"mark": "line", "colour": "soft", "width": 0.5, "text": "no effect"})
    key.append(
        {
            "mark": "line",
            "colour": "soft",
            "width": 0.5,
            "dash": [1.5, 2.0],
            "text": f"p = {shown}: {context.level}% intervals",
        }
    )
    dots = points(data, data.y, np.ones(data.k), np.zeros(data.k), [""] * data.k)
    for dot in dots:
        dot |= {"label": "", "size": 3.6}
    key.insert(1, {"mark": "circle", "colour": "main", "size": 3.6, "text": "their estimates"})
    panel = {
        "id": "drapery",
        "title": "",
        "x": x_axis,
        "y": {"title": "p value (two-sided)", "low": 0.0, "high": 1.06},
        "lines": lines,
        "points": dots,
        "spoken": "P-value functions",
    }
    notes = [model_note(data), *null_note(context, on_axis)]
    if fit.get("pi_low") is not None:
        bounds = f"{data.effect(fit['pi_low'])} to {data.effect(fit['pi_high'])}"
        notes.insert(1, f"{context.level}% prediction interval: {bounds}.")
    return chart_table("drapery", "P-value functions (drapery)", context, [panel], notes, key)


def _curve(at: Array, estimate: float, se: float, df: float | None) -> list[list[float]]:
    """The curve on the grid, with its peak and close steps around it."""
    near = estimate + se * REACH * np.sign(SHARES) * np.abs(SHARES) ** 1.5
    near = near[(near >= at[0]) & (near <= at[-1])]
    # Beyond this the curve lies on the axis; a distribution of few degrees of freedom does not.
    far = at if df is not None else at[[0, -1]]
    xs = np.unique(np.concatenate([far, near]))
    # Digits beyond a thousandth of a point on the page would only make the table large.
    digits = 5 - math.floor(math.log10(at[-1] - at[0]))
    ps = p_values(xs, estimate, se, df)
    return [[round(x, digits), round(p, 5)] for x, p in zip(xs.tolist(), ps.tolist(), strict=True)]


def bubble_table(
    synthesis: Mapping[str, Any],
    context: Context,
    values: Sequence[float | None],
    moderator: str,
) -> Table:
    """A bubble plot: effects against one moderator, areas in proportion to weights.

    `values` (k,) belong to the rows of the synthesis, None where one is not known; `moderator`
    names it with its unit. The line and its interval are those of a meta-regression with the
    estimator and test of the synthesis. Raises EvergroveError for fewer than three rows with a
    value, and for a moderator that is constant.
    """
    data = read(synthesis, context, "bubble plot")
    known = np.array([value is not None and math.isfinite(value) for value in values], bool)
    if len(values) != data.k or known.sum() < 3:
        raise EvergroveError(
            "a bubble plot needs three rows or more with a value of the moderator",
            place=moderator,
            value=int(known.sum()),
        )
    x = np.array([value if ok else np.nan for value, ok in zip(values, known, strict=True)], float)
    X = np.column_stack([np.ones(known.sum()), x[known]])
    moderators.check_rank(X, ["intercept", moderator])
    level = float(context.level)
    fits = pooling.solve(data.y[known][None], data.v[known][None], X, **data.options, level=level)
    b, vb, tau2 = fits.b[0], fits.vb[0], float(fits.tau2[0])
    weights = np.zeros(data.k)
    weights[known] = pooling.weights(data.v[known], tau2)
    low, high = padded(x[known])
    at = np.linspace(low, high, 81)
    line, half = regression_band(at, b, vb, float(fits.df[0]), level)
    band = [*zip(at, line - half, strict=True), *zip(at[::-1], (line + half)[::-1], strict=True)]
    inside = (at >= x[known].min()) & (at <= x[known].max())
    shown = [*data.y[known], *(line - half)[inside], *(line + half)[inside]]
    on_axis = null_near(shown, context)
    y_axis = effect_axis(shown, context, on_axis)
    fixed = context.numbers.fixed
    say = [
        f"{moderator} {context.numbers.plain(value)}" if ok else ""
        for value, ok in zip(values, known, strict=True)
    ]
    across = [float(value) if ok else None for value, ok in zip(x, known, strict=True)]
    dots = points(data, across, data.y, weights, say)
    for dot in dots:
        weight = float(weights[int(dot["id"].removeprefix("study-")) - 1])
        dot |= {"weight": weight, "size": LARGEST * math.sqrt(weight / float(weights.max()))}
        dot |= {"colour": "main/55", "edge": "dark"}
    lines = [{"points": np.column_stack([at, line]).tolist(), "colour": "dark", "width": 1.2}]
    if on_axis:
        null = context.measure.null
        lines.insert(0, {"points": [[low, null], [high, null]], "colour": "soft", "width": 0.5})
    panel = {
        "id": "bubble",
        "title": "",
        "x": {"title": moderator, "low": low, "high": high},
        "y": y_axis,
        "bands": [{"fill": "main/14", "points": [list(place) for place in band]}],
        "lines": lines,
        "points": dots,
        "spoken": "Regression line with its interval",
    }
    key: list[dict[str, Any]] = [
        {"mark": "circle", "colour": "main/55", "size": 7.0, "text": "study, area by weight"},
        {"mark": "line", "colour": "dark", "width": 1.2, "text": "regression line"},
        {"mark": "band", "colour": "main/14", "text": f"its {context.level}% interval"},
    ]
    if on_axis:
        key.append({"mark": "line", "colour": "soft", "width": 0.5, "text": "no effect"})
    notes = [_slope_note(fits, moderator, context, int(known.sum()), tau2)]
    if left := data.k - int(known.sum()):
        notes.append(f"{wording.counted(left, 'row')} without a value not drawn.")
    notes += [*labels_note(data, "of the largest weight"), *null_note(context, on_axis)]
    notes.append("A relation between studies need not hold between people.")
    table = chart_table("bubble", f"Meta-regression: {moderator}", context, [panel], notes, key)
    digits = slope_digits(fits.se[0, 1])
    return table | {
        "regression": {"b": b.tolist(), "vb": vb.tolist(), "df": _finite(fits.df[0]), "tau2": tau2},
        "printed": {"slope": fixed(b[1], digits)},
    }


def regression_band(at: Array, b: Array, vb: Array, df: float, level: float) -> tuple[Array, Array]:
    """The line b0 + b1 x and the half-width of its pointwise interval, at each of `at`."""
    X = np.column_stack([np.ones(len(at)), at])
    quantile = float(distributions.t_quantile(0.5 + level / 200, df))
    return X @ b, quantile * np.sqrt(np.einsum("ni,ij,nj->n", X, vb, X))


def slope_digits(se: float) -> int:
    """Decimals that show two digits of the slope's standard error."""
    if not (se > 0 and math.isfinite(se)):
        return 2
    return min(8, max(0, 1 - math.floor(math.log10(se))))


def _slope_note(fits: Any, moderator: str, context: Context, k: int, tau2: float) -> str:
    fixed, b = context.numbers.fixed, float(fits.b[0, 1])
    digits = slope_digits(float(fits.se[0, 1]))
    low, high = float(fits.ci_low[0, 1]), float(fits.ci_high[0, 1])
    where = ", on the log scale" if context.measure.scale == "log" else ""
    text = f"Slope for one unit of “{moderator}”{where}: {fixed(b, digits)}"
    if math.isfinite(low) and math.isfinite(high):
        text += f" ({context.level}% CI {fixed(low, digits)} to {fixed(high, digits)})"
    p = float(fits.p_value[0, 1])
    if math.isfinite(p):
        text += f", {context.numbers.p_value(p)}"
    return text + f"; {wording.counted(k, 'row')}, residual τ² = {fixed(tau2, 3)}."


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
