"""The rows of a forest plot's figure table: studies, and what was pooled from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures import sentences
from evergrove.figures.extras import extra_cells, is_new, spoken_judgements
from evergrove.figures.sentences import Context

Row = dict[str, Any]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: With more kinds of doubts than this, none gets a letter and the data are pointed to.
MOST_KINDS = 5


def study_row(
    study: Mapping[str, Any], number: int, context: Context, keys: Mapping[str, str], digits: int
) -> Row:
    """One study (a row of `studies` in syntheses.json); `keys` give each doubt its letter."""
    values = {
        "estimate": study["yi"],
        "low": study.get("ci_low"),
        "high": study.get("ci_high"),
        "weight": study.get("weight"),
        "n": study.get("n"),
        "days": study.get("timepoint_days"),
    }
    label = " ".join(str(study.get("label") or study.get("study") or f"Row {number}").split())
    numbers = context.numbers
    weight, n, days = values["weight"], values["n"], values["days"]
    timed = "timepoint_days" in study
    cells = {
        "n": "" if n is None else numbers.plain(n),
        "days": numbers.plain(days) if days is not None else wording.MISSING if timed else "",
        "effect": effect_cell(values, context, digits),
        "weight": "" if weight is None else numbers.fixed(weight, 1),
    }
    cells |= extra_cells(context.columns, study, numbers)
    extra = [f"weight {cells['weight']}%"] if cells["weight"] else []
    extra += [f"{cells['n']} people"] if cells["n"] else []
    if timed:
        extra.append(f"day {cells['days']}" if days is not None else "time not stated")
    extra += spoken_judgements(study)
    new = is_new(study)
    extra += ["new since the last version"] if new else []
    row = {
        "kind": "study",
        "id": f"study-{number}",
        "label": label,
        "letters": sorted(keys[flag] for flag in flags_of(study) if flag in keys),
        "flags": flags_of(study),
        "cells": cells,
        "values": values,
        "shape": "square",
        "measurement_id": study.get("measurement_id"),
        "spoken": sentences.spoken_row(
            label, cells["effect"], context, crosses=_crosses(values, context), extra=extra
        ),
    }
    if new:
        row |= {"new": True, "shape": "new", "letters": [*row["letters"], "new"]}
    return row


def pooled_rows(
    synthesis: Mapping[str, Any], context: Context, digits: int, label: str | None = None
) -> list[Row]:
    """The diamond, the robust interval and the prediction interval, as far as they exist."""
    fit, robust = usable_fit(synthesis), usable_robust(synthesis)
    if fit is None:
        return []
    label = label or sentences.pooled_label(fit)
    rows = [
        summary_row("pooled", label, fit, context, digits, "diamond", synthesis.get("n_people"))
    ]
    if robust is not None:
        kind = f" ({context.robust})" if context.robust else ""
        name = f"Cluster-robust interval{kind}"
        rows.append(summary_row("robust", name, robust, context, digits, "open"))
    if fit.get("pi_low") is not None and fit.get("pi_high") is not None:
        bounds = {"b": None, "ci_low": fit["pi_low"], "ci_high": fit["pi_high"]}
        name = f"{context.level}% prediction interval"
        rows.append(summary_row("prediction", name, bounds, context, digits, "bar"))
    return rows


def summary_row(
    kind: str,
    label: str,
    fit: Mapping[str, Any],
    context: Context,
    digits: int,
    shape: str,
    people: float | None = None,
) -> Row:
    """A row of one interval that was computed from the studies."""
    values = {"estimate": fit["b"], "low": fit["ci_low"], "high": fit["ci_high"], "n": people}
    effect = effect_cell(values, context, digits)
    crosses = kind != "prediction" and _crosses(values, context)
    return {
        "kind": kind,
        "id": kind,
        "label": label,
        "bold": kind in ("pooled", "subtotal"),
        "cells": {"n": context.numbers.plain(people) if people else "", "effect": effect},
        "values": values,
        "shape": shape,
        "spoken": sentences.spoken_row(label, effect, context, crosses=crosses),
    }


def effect_cell(values: Mapping[str, Any], context: Context, digits: int) -> dict[str, str]:
    """The printed estimate and bounds, on the printed scale (odds ratios, not their logs)."""
    cell = {}
    for name in ("estimate", "low", "high"):
        value = values[name]
        cell[name] = "" if value is None else context.numbers.fixed(shown(value, context), digits)
    return cell


def join_bounds(rows: Sequence[Row], context: Context) -> None:
    """One way of joining bounds for the whole column, and each estimate as one text."""
    bounds = [
        shown(row["values"]["low"], context)
        for row in rows
        if row.get("values", {}).get("low") is not None
    ]
    joint = context.numbers.between(min(bounds, default=0.0))
    for row in rows:
        effect = row.get("cells", {}).get("effect")
        if effect is None:
            continue
        effect["joint"] = joint
        space = " " if joint == "to" else ""
        inner = f"[{effect['low']}{space}{joint}{space}{effect['high']}]" if effect["low"] else ""
        effect["text"] = " ".join(part for part in (effect["estimate"], inner) if part)


def shown(value: float, context: Context) -> float:
    """A value of the pooled scale on the printed scale."""
    try:
        return context.measure.shown(value)
    except OverflowError:
        raise EvergroveError(
            f"too large to be printed as {context.measure.name.lower()}",
            value=value,
            remedy="Is the effect on the log scale?",
        ) from None


def usable_fit(synthesis: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The fit if it pools two rows or more into one estimate with its interval."""
    fit = synthesis.get("fit")
    if not fit or isinstance(fit.get("b"), list) or len(synthesis.get("studies", ())) < 2:
        return None
    return None if None in (fit.get("b"), fit.get("ci_low"), fit.get("ci_high")) else fit


def usable_robust(synthesis: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The robust interval if there is one for the pooled estimate."""
    robust = synthesis.get("robust")
    if not robust or isinstance(robust.get("b"), list) or robust.get("ci_low") is None:
        return None
    return robust


def flags_of(study: Mapping[str, Any]) -> list[str]:
    """The doubts of one row, and whether its numbers were converted."""
    flags = study.get("flags") or []
    if isinstance(flags, str):
        flags = [flag.strip() for flag in flags.split(";") if flag.strip()]
    rung = study.get("rung")
    return [*flags, *([rung] if rung in sentences.CONVERTED else [])]


def flag_keys(studies: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """A letter for each doubt that is marked behind the labels, as a reader meets them.

    That numbers were converted is always marked. Other doubts are marked if there are few kinds;
    a mark that every row has, or a row of letters behind each name, tells a reader nothing.
    """
    met = list(dict.fromkeys(flag for study in studies for flag in flags_of(study)))
    told = [flag for flag in met if flag not in sentences.CONVERTED]
    few = len(told) <= MOST_KINDS
    shared = set(everywhere(studies))
    marked = [f for f in met if f in sentences.CONVERTED or (few and f not in shared)]
    return {flag: _LETTERS[position] for position, flag in enumerate(marked)}


def everywhere(studies: Sequence[Mapping[str, Any]]) -> list[str]:
    """The doubts that every one of several rows has."""
    if len(studies) < 2:
        return []
    return [
        flag
        for flag in flags_of(studies[0])
        if flag not in sentences.CONVERTED and all(flag in flags_of(study) for study in studies)
    ]


def doubts_note(studies: Sequence[Mapping[str, Any]], context: Context) -> list[str]:
    """What is said about doubts that have no letter."""
    kinds = {flag for study in studies for flag in flags_of(study)} - sentences.CONVERTED.keys()
    if len(kinds) > MOST_KINDS:
        rows = sum(bool(kinds & set(flags_of(study))) for study in studies)
        return [
            f"Doubts of {wording.counted(len(kinds), 'kind')} about {rows} of "
            f"{wording.counted(len(studies), 'row')} are listed with the data."
        ]
    return [f"Every row: {_lowered(flag_text(flag, context))}." for flag in everywhere(studies)]


def _lowered(text: str) -> str:
    """The text inside a sentence: "The time" as "the time", but "SD" as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def flag_text(flag: str, context: Context) -> str:
    """What a doubt means, as the protocol declares it."""
    text = context.flags.get(flag) or sentences.CONVERTED.get(flag) or flag.replace("_", " ")
    return text.rstrip(".")


def _crosses(values: Mapping[str, Any], context: Context) -> bool:
    null, low, high = context.measure.null, values["low"], values["high"]
    return None not in (null, low, high) and low <= null <= high
