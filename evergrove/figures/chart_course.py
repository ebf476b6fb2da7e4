"""Pooled estimates side by side: by time after the procedure, by assumed r, by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures import sentences
from evergrove.figures.chart import chart_sheet
from evergrove.figures.chart_data import (
    Table,
    chart_table,
    effect_axis,
    effect_digits,
    null_near,
    null_note,
    padded,
    upwards,
)
from evergrove.figures.numbers import spoken
from evergrove.figures.rows import shown
from evergrove.figures.sentences import Context

time_course_sheet = chart_sheet
correlation_sheet = chart_sheet
trajectory_sheet = chart_sheet

_CAP = 2.5


def time_course_table(syntheses: Sequence[Mapping[str, Any]], context: Context) -> Table:
    """The pooled effect in each time window, in the order given, with its rows and people.

    `syntheses` are those of the windows, as in syntheses.json; a window without a row stays, with
    nothing drawn in it. Raises EvergroveError if no window has an estimate.
    """
    fits = [_estimate(synthesis) for synthesis in syntheses]
    known = [fit for fit in fits if fit is not None]
    if not known:
        raise EvergroveError("no time window has an estimate", value=len(syntheses))
    digits = effect_digits(known, context)
    on_axis = _near(known, context)
    columns, points = [], []
    for number, (synthesis, fit) in enumerate(zip(syntheses, fits, strict=True)):
        label = synthesis.get("label") or synthesis["id"]
        k, people = synthesis.get("k", len(synthesis.get("studies", ()))), synthesis.get("n_people")
        lines = [label, f"k\u00a0=\u00a0{wording.count(k)}"]
        if people:
            lines.append(wording.counted(int(people), "person", "people"))
        if fit is None:
            columns.append([*lines, "no estimate"])
            continue
        texts = _texts(fit, context, digits)
        columns.append([*lines, texts[0], texts[1]])
        interval = f"{context.level}% CI {texts[1].strip('[]')}"
        said = ", ".join([f"{label}: {texts[0]}", interval, *lines[1:]])
        points.append(_point(f"window-{number + 1}", number, fit, said, single=k == 1))
    y = effect_axis(
        [fit[end] for fit in known for end in ("b", "ci_low", "ci_high")], context, on_axis
    )
    key = [
        {
            "mark": "circle",
            "colour": "main",
            "text": f"pooled estimate with its {context.level}% CI",
        }
    ]
    if any(point["shape"] == "ring" for point in points):
        key.append({"mark": "ring", "colour": "second", "text": "a single row with its interval"})
    panel = {
        "id": "course",
        "title": "",
        "x": _list_axis("Time after the procedure", columns),
        "y": y,
        "lines": _null_line(context, on_axis, -0.5, len(columns) - 0.5),
        "points": points,
        "spoken": "The line of no effect",
    }
    if on_axis:
        key.append({"mark": "line", "colour": "soft", "width": 0.5, "text": "no effect"})
    notes = [
        "Under each window: rows pooled (k), people, and the estimate with its interval.",
        "Windows hold different studies: a difference between two of them is not a change in the "
        "same people.",
    ]
    title = "The effect over time"
    notes += null_note(context, on_axis)
    return chart_table("time_course", title, context, [panel], notes, key, height=210.0)


def correlation_table(
    grid: Sequence[Mapping[str, Any]], context: Context, assumed: float | None = None
) -> Table:
    """The pooled estimate and tau against the correlation assumed between before and after.

    `grid` is `correlation_grid` of syntheses.json; `assumed` the correlation of the main result.
    Raises EvergroveError for an empty grid.
    """
    if not grid:
        raise EvergroveError("the synthesis was not repeated at other correlations")
    digits = effect_digits(grid, context)
    on_axis = _near(grid, context)
    numbers = context.numbers
    low, high = padded([row["r"] for row in grid], 0.09)
    x = {
        "title": "Assumed correlation between before and after",
        "low": low,
        "high": high,
        "ticks": [[row["r"], numbers.plain(row["r"])] for row in grid],
    }
    effects, taus = [], []
    for number, row in enumerate(grid, 1):
        texts = _texts(row, context, digits)
        own = assumed is not None and abs(row["r"] - assumed) < 1e-9
        tau = numbers.fixed(row["tau"], sentences.tau2_digits(row["tau"]))
        said = f"r = {numbers.plain(row['r'])}: {texts[0]}, {context.level}% CI "
        said += f"{texts[1].strip('[]')}, τ {tau}" + (", the correlation assumed" if own else "")
        point = _point(f"r-{number}", row["r"], row, said)
        if own:
            point |= {"shape": "diamond", "colour": "second", "size": 7.0}
        effects.append(point | {"label": texts[0]})
        same = {"id": point["id"], "x": row["r"], "y": row["tau"], "label": tau}
        taus.append(
            {key: point[key] for key in ("shape", "colour", "size", "spoken", "edge")} | same
        )
    ends = [row[end] for row in grid for end in ("b", "ci_low", "ci_high")]
    predicted = [row for row in grid if row.get("pi_low") is not None]
    ends += [row[end] for row in predicted for end in ("pi_low", "pi_high")]
    dashes = {"colour": "second", "dash": [5.0, 2.0]}
    lines = [
        {"points": [[row["r"], row[end]] for row in predicted], **dashes}
        for end in ("pi_low", "pi_high")
        if len(predicted) > 1
    ]
    y = effect_axis(ends, context, on_axis)
    tau_low, tau_high = upwards([row["tau"] for row in grid], 0.25)
    panels = [
        {
            "id": "effect",
            "title": "",
            "x": x | {"title": ""},
            "y": y,
            "lines": [*_null_line(context, on_axis, low, high), *lines],
            "points": effects,
            "height": 170.0,
            "spoken": "Prediction interval, line of no effect",
        },
        {
            "id": "tau",
            "title": "",
            "x": x,
            "y": {"title": "τ", "low": tau_low, "high": tau_high},
            "points": taus,
            "height": 80.0,
        },
    ]
    key = [
        {"mark": "circle", "colour": "main", "text": f"estimate with its {context.level}% CI"},
    ]
    if any(point["shape"] == "diamond" for point in effects):
        key.append({"mark": "diamond", "colour": "second", "text": "at the correlation assumed"})
    if lines:
        key.append(
            {"mark": "line", **dashes, "text": f"ends of the {context.level}% prediction interval"}
        )
    if on_axis:
        key.append({"mark": "line", "colour": "soft", "width": 0.5, "text": "no effect"})
    widest = max(grid, key=lambda row: row["b"]), min(grid, key=lambda row: row["b"])
    most, least = (numbers.fixed(shown(row["b"], context), digits) for row in widest)
    notes = [f"Over this range of correlations the estimate runs from {least} to {most}."]
    title = "The result under other correlations"
    notes += null_note(context, on_axis)
    return chart_table("correlation", title, context, panels, notes, key)


def trajectory_table(versions: Sequence[Mapping[str, Any]], context: Context) -> Table:
    """How estimate, tau2 and the number of rows went from version to version of the review.

    `versions` are {version, date, estimate, low, high, tau2, k}, oldest first, effects on the
    pooled scale; what is not known is None. Raises EvergroveError if none has an estimate.
    """
    known = [
        {"b": row["estimate"], "ci_low": row["low"], "ci_high": row["high"]}
        for row in versions
        if None not in (row.get("estimate"), row.get("low"), row.get("high"))
    ]
    if not known:
        raise EvergroveError("no version has an estimate", value=len(versions))
    digits, on_axis = effect_digits(known, context), _near(known, context)
    numbers = context.numbers
    names, effects, spreads, counts = [], [], [], []
    for number, row in enumerate(versions):
        id, last = f"version-{number + 1}", number == len(versions) - 1
        names.append([str(row["version"]), *([str(row["date"])] if row.get("date") else [])])
        look = {"shape": "diamond" if last else "circle", "colour": "second" if last else "main"}
        look |= {"size": 6.5 if last else 5.0, "edge": "white"}
        said = [f"Version {row['version']}" + (f", {row['date']}" if row.get("date") else "")]
        fit = {"b": row.get("estimate"), "ci_low": row.get("low"), "ci_high": row.get("high")}
        if None not in fit.values():
            texts = _texts(fit, context, digits)
            said.append(f"{texts[0]}, {context.level}% CI {texts[1].strip('[]')}")
        tau2, k = row.get("tau2"), row.get("k")
        if tau2 is not None:
            said.append(f"τ² {numbers.fixed(tau2, sentences.tau2_digits(tau2))}")
        if k is not None:
            said.append(f"k {wording.count(k)}")
        sentence = spoken(": ".join([said[0], ", ".join(said[1:])]))
        if None not in fit.values():
            point = _point(id, number, fit, sentence) | look
            effects.append(point | {"label": texts[0], "first": last})
        same = {"id": id, "x": number, **look, "spoken": sentence, "first": last}
        if tau2 is not None:
            label = numbers.fixed(tau2, sentences.tau2_digits(tau2))
            spreads.append({**same, "y": tau2, "label": label})
        if k is not None:
            counts.append({**same, "y": k, "label": wording.count(k)})
    x, bare = _list_axis("Version", names), _list_axis("", [[] for _ in names])
    effect = effect_axis(
        [fit[end] for fit in known for end in ("b", "ci_low", "ci_high")], context, on_axis
    )
    panels = [
        {
            "id": "effect",
            "title": "",
            "x": bare,
            "y": effect,
            "lines": [*_null_line(context, on_axis, -0.5, len(names) - 0.5), *_joined(effects)],
            "points": effects,
            "height": 150.0,
            "spoken": "The line from version to version",
        }
    ]
    for id, title, dots in (("tau2", "τ²", spreads), ("k", "Rows pooled (k)", counts)):
        if dots:
            low, high = upwards([dot["y"] for dot in dots], 0.3)
            axis = {"title": title, "low": low, "high": high}
            panel = {"id": id, "title": "", "x": bare, "y": axis, "height": 70.0}
            panels.append({**panel, "lines": _joined(dots), "points": dots})
    panels[-1]["x"] = x
    key = [
        {"mark": "circle", "colour": "main", "text": "earlier versions"},
        {"mark": "diamond", "colour": "second", "text": "the last version"},
    ]
    if on_axis:
        key.append({"mark": "line", "colour": "soft", "width": 0.5, "text": "no effect"})
    notes = [f"Bars are {context.level}% confidence intervals of the pooled estimate."]
    title = "The result from version to version"
    notes += null_note(context, on_axis)
    return chart_table("trajectory", title, context, panels, notes, key)


def _joined(points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    line = [[point["x"], point["y"]] for point in points]
    return [{"points": line, "colour": "quiet/60"}] if len(line) > 1 else []


def _estimate(synthesis: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The fit if it has one estimate with its interval; that of a single row is its own."""
    fit = synthesis.get("fit")
    if not fit or isinstance(fit.get("b"), list):
        return None
    return None if None in (fit.get("b"), fit.get("ci_low"), fit.get("ci_high")) else fit


def _near(rows: Sequence[Mapping[str, Any]], context: Context) -> bool:
    return null_near([row[end] for row in rows for end in ("b", "ci_low", "ci_high")], context)


def _texts(fit: Mapping[str, Any], context: Context, digits: int) -> tuple[str, str]:
    estimate, low, high = (
        context.numbers.fixed(shown(fit[name], context), digits)
        for name in ("b", "ci_low", "ci_high")
    )
    return estimate, f"[{low} to {high}]"


def _point(
    id: str, x: float, fit: Mapping[str, Any], said: str, single: bool = False
) -> dict[str, Any]:
    return {
        "id": id,
        "x": x,
        "y": fit["b"],
        "y_low": fit["ci_low"],
        "y_high": fit["ci_high"],
        "shape": "ring" if single else "circle",
        "colour": "second" if single else "main",
        "size": 5.5,
        "cap": _CAP,
        "label": "",
        "spoken": spoken(said),
        "edge": None if single else "white",
    }


def _list_axis(title: str, columns: Sequence[Sequence[str]]) -> dict[str, Any]:
    categories = [list(lines) for lines in columns]
    return {"title": title, "low": -0.5, "high": len(columns) - 0.5, "categories": categories}


def _null_line(context: Context, on_axis: bool, low: float, high: float) -> list[dict[str, Any]]:
    if not on_axis:
        return []
    null = context.measure.null
    return [{"points": [[low, null], [high, null]], "colour": "soft", "width": 0.5}]
