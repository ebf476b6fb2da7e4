"""The figure table of a forest plot: every row and text as printed, raw numbers beside them.

The table is plain JSON. It is saved beside the picture and is what tests read; `forest` places
it. All `values` are the numbers of the results file, on the pooled scale (log for ratios);
`cells` hold what is printed. Missing values are None in `values` and empty in `cells`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.figures import extras, risk, sentences
from evergrove.figures.axis import axis_range
from evergrove.figures.numbers import Numbers, decimals, spoken
from evergrove.figures.rows import (
    Row,
    doubts_note,
    flag_keys,
    flag_text,
    join_bounds,
    pooled_rows,
    shown,
    study_row,
    summary_row,
    usable_fit,
    usable_robust,
)
from evergrove.figures.sentences import Context
from evergrove.figures.text import writable
from evergrove.shown_measures import Measure, measure_of, sign_words

Table = dict[str, Any]


def context_of(review: Mapping[str, Any], protocol: Mapping[str, Any], numbers: Numbers) -> Context:
    """What the rows of a review share, from syntheses.json and the protocol."""
    effect, model = protocol.get("effect", {}), protocol.get("model", {})
    measure = measure_of(review.get("measure"))
    level = review.get("level", model.get("level", 95))
    return Context(
        measure=measure,
        numbers=numbers,
        level=wording.plain(level),
        outcome=review.get("outcome"),
        unit=review.get("unit"),
        decimals=_scale_decimals(protocol, measure),
        positive_means=review.get("positive_means") or effect.get("positive_means"),
        negative_means=review.get("negative_means") or effect.get("negative_means"),
        sign=sign_words(effect.get("sign", ""), measure),
        assumed_r=effect.get("correlation", {}).get("assumed"),
        robust=model.get("robust"),
        flags=protocol.get("flags", {}),
        statements=tuple(review.get("statements", ())),
    )


def forest_table(synthesis: Mapping[str, Any], context: Context) -> Table:
    """The forest plot of one synthesis (an item of `syntheses` in syntheses.json)."""
    studies = synthesis.get("studies", [])
    keys, digits = flag_keys(studies), _digits(studies, context)
    rows = [study_row(study, n, context, keys, digits) for n, study in enumerate(studies, 1)]
    if not studies:
        rows = [{"kind": "empty", "id": "empty-1", "label": "No study in this synthesis"}]
    rows += pooled_rows(synthesis, context, digits)
    notes = _pooled_notes(synthesis, context)
    notes += doubts_note(studies, context)
    if synthesis.get("same_as_primary") and synthesis.get("kind") != "primary":
        notes.append("The same rows as the primary synthesis.")
    notes += _warnings([synthesis])
    _bracket(rows, studies)
    kind = sentences.KINDS.get(synthesis.get("kind", ""))
    title = ": ".join(part for part in (kind, synthesis.get("label")) if part)
    return _table(synthesis["id"], title, rows, studies, notes, keys, context, digits)


def subgroup_table(
    analysis: Mapping[str, Any],
    levels: Sequence[tuple[str, Mapping[str, Any]]],
    overall: Mapping[str, Any] | None,
    context: Context,
) -> Table:
    """The forest plot of a subgroup analysis.

    `levels` are (level, its synthesis) in the order to draw; `overall` is the synthesis of all
    rows together, or None. Where it has every row, weights (and the squares) are those that it
    gives; a weight within a small group would make its few rows look the heaviest.
    """
    levels, weighed_together = _weighed_together(levels, overall)
    studies = [study for _, synthesis in levels for study in synthesis.get("studies", [])]
    keys, digits = flag_keys(studies), _digits(studies, context)
    rows: list[Row] = []
    numbered = 0
    for position, (level, synthesis) in enumerate(levels, 1):
        rows += _level_rows(position, level, synthesis, context, keys, digits, numbered)
        numbered += len(synthesis.get("studies", []))
    notes = [sentences.test_note(analysis.get("test") or {}, context)]
    if overall is not None:
        rows += pooled_rows(overall, context, digits, label="All groups together")
        notes += _pooled_notes(overall, context, name="All groups")
        ungrouped = len(overall.get("studies", [])) - len(studies)
        if ungrouped > 0:
            some = wording.counted(ungrouped, "row")
            notes.append(f"All groups together include {some} of no group, not drawn here.")
    if any(study.get("weight") is not None for study in studies) and not weighed_together:
        notes.append("Weights are within each group.")
    notes += doubts_note(studies, context)
    for level, synthesis in levels:
        notes += [f"{_capital(level)}: {text}" for text in _warnings([synthesis])]
    label = analysis.get("label")
    title = f"Subgroups: {label}" if label else "Subgroups"
    return _table(analysis["id"], title, rows, studies, notes, keys, context, digits)


def _weighed_together(
    levels: Sequence[tuple[str, Mapping[str, Any]]], overall: Mapping[str, Any] | None
) -> tuple[list[tuple[str, Mapping[str, Any]]], bool]:
    """The levels with the weights of all rows together, and whether that could be done."""
    known = {_name_of(row): row.get("weight") for row in (overall or {}).get("studies", [])}
    changed = []
    for level, synthesis in levels:
        rows = synthesis.get("studies", [])
        if any(known.get(_name_of(row)) is None for row in rows):
            return list(levels), False
        rows = [{**row, "weight": known[_name_of(row)]} for row in rows]
        changed.append((level, {**synthesis, "studies": rows}))
    return changed, True


def _name_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a row the same row in another synthesis."""
    return row.get("measurement_id") or row.get("label"), row["yi"], row.get("vi")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _level_rows(
    position: int,
    level: str,
    synthesis: Mapping[str, Any],
    context: Context,
    keys: Mapping[str, str],
    digits: int,
    numbered: int,
) -> list[Row]:
    studies = synthesis.get("studies", [])
    name = _capital(level)
    rows: list[Row] = [{"kind": "group", "id": f"group-{position}", "label": name, "bold": True}]
    if not studies:
        rows.append({"kind": "empty", "id": f"empty-{position}", "label": "No study in this group"})
    for number, study in enumerate(studies, numbered + 1):
        rows.append(study_row(study, number, context, keys, digits))
    _bracket(rows, studies)
    fit = usable_fit(synthesis)
    if fit is None:
        return rows
    label = f"Subtotal, {sentences.count(len(studies), synthesis.get('n_studies'), None)}"
    people = synthesis.get("n_people")
    subtotal = summary_row("subtotal", label, fit, context, digits, "diamond", people)
    subtotal["id"] = f"subtotal-{position}"
    weights = [study.get("weight") for study in studies]
    if None not in weights and sum(weights) < 100 - 1e-9:
        subtotal["values"]["weight"] = sum(weights)
        subtotal["cells"]["weight"] = context.numbers.fixed(sum(weights), 1)
    subtotal["spoken"] = f"{name}. {subtotal['spoken']}"
    rows.append(subtotal)
    # Q and I² of a change may rest on assumed correlations; tau² is what a reader can use.
    left_out = {"I2": None}
    if sentences.assumption_note(studies, context):
        left_out["Q"] = None
    if text := sentences.heterogeneity({**fit, **left_out}, context, rests_on_r=False):
        rows.append({"kind": "remark", "id": f"remark-{position}", "label": text})
    return rows


def _bracket(rows: Sequence[Row], studies: Sequence[Mapping[str, Any]]) -> None:
    """Mark the rows that stand together as cohorts of one study."""
    drawn = [row for row in rows if row["kind"] == "study"]
    for row, name in zip(drawn, extras.clusters(studies), strict=True):
        if name is not None:
            row |= {"cluster": name, "bracket": True}


def _extra_notes(rows: Sequence[Row], studies: Sequence[Mapping[str, Any]]) -> list[str]:
    """What brackets mean, and which studies have cohorts that stand apart."""
    notes = [extras.BRACKET] if any(row.get("bracket") for row in rows) else []
    grouped = any(row["kind"] == "group" for row in rows)
    if not grouped and (apart := len(extras.parted(studies))):
        some = wording.counted(apart, "study has", "studies have")
        notes.append(f"{some} cohorts that stand apart in this order.")
    return notes


def _judge(rows: Sequence[Row], studies: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give each row its judgements of risk of bias; returns the domains."""
    domains = extras.domains_of(studies)
    drawn = [row for row in rows if row["kind"] == "study"]
    if domains:
        for row, study in zip(drawn, studies, strict=True):
            judged = risk.judgements_of(study)
            row["cells"]["rob"] = [judged.get(domain, "") for domain in domains]
    return domains


def _pooled_notes(
    synthesis: Mapping[str, Any], context: Context, name: str | None = None
) -> list[str]:
    """What was pooled, how, and how much the rows differ."""
    studies = synthesis.get("studies", [])
    if not studies:
        return []
    fit, robust = usable_fit(synthesis), usable_robust(synthesis)
    counted = sentences.count(len(studies), synthesis.get("n_studies"), synthesis.get("n_people"))
    assumption = sentences.assumption_note(studies, context)
    cautions = [note for note in (assumption, sentences.design_note(context)) if note]
    if fit is None:
        pooled = "A meta-regression: it has no single pooled estimate."
        if not isinstance((synthesis.get("fit") or {}).get("b"), list):
            pooled = "Nothing is pooled."
        return [f"{counted}. {pooled}", *cautions]
    notes = [f"{name}: {counted}" if name else counted]
    notes[0] = sentences.model_note(fit, context, notes[0])
    if text := sentences.heterogeneity(fit, context, rests_on_r=assumption is not None):
        notes.append(f"Heterogeneity: {text}.")
    if robust is not None:
        notes.append(sentences.robust_note(robust, context))
    return [*notes, *cautions]


def _warnings(syntheses: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the pooling wants said, each sentence once; what the note on one row says is left out.

    Symbols and names are written as everywhere else on the figure.
    """
    found = dict.fromkeys(
        text.replace("tau2", "τ²").replace("Knapp-Hartung", "Knapp–Hartung")
        for synthesis in syntheses
        if len(synthesis.get("studies", ())) != 1
        for text in synthesis.get("warnings", ())
    )
    return list(found)


def _table(
    id: str,
    title: str,
    rows: list[Row],
    studies: Sequence[Mapping[str, Any]],
    notes: list[str],
    keys: Mapping[str, str],
    context: Context,
    digits: int,
) -> Table:
    measure = context.measure
    values = [row["values"] for row in rows if "values" in row]
    drawn = [row["values"] for row in rows if row["kind"] == "study"]
    span = axis_range(
        [(v["estimate"], v["low"], v["high"]) for v in drawn],
        [(v["low"], v["high"]) for v in values],
        measure.null,
    )
    for row in rows:
        if "values" in row:
            row["clipped"] = _clipped(row["values"], span.low, span.high)
    days = [row["cells"]["days"] for row in rows if row["kind"] == "study"]
    if wording.MISSING in days and set(days) != {wording.MISSING}:
        notes.append(f"“{wording.MISSING}” under Day: the time is not stated.")
    if any(any(row["clipped"].values()) for row in rows if "clipped" in row):
        notes.append("An arrow marks an interval that goes on beyond the axis.")
    if measure.null is not None and drawn and not span.shows_null:
        null = context.numbers.plain(measure.shown(measure.null))
        notes.append(f"The value of no effect, {null}, lies outside the axis.")
    notes += _extra_notes(rows, studies)
    if domains := _judge(rows, studies):
        used = {judgement for row in rows for judgement in row.get("cells", {}).get("rob", ())}
        notes.append(risk.key_text(domains, used))
    join_bounds(rows, context)
    negative, positive = sentences.directions(context)
    table = {
        "figure": id,
        "kind": "forest",
        "title": title,
        "description": _description(rows, notes, context),
        "measure": measure.id,
        "columns": _columns(rows, studies, domains, context),
        "rows": rows,
        "axis": {
            "drawn": bool(drawn),
            "title": sentences.axis_title(context),
            "scale": measure.scale,
            "low": span.low,
            "high": span.high,
            "null": measure.null if span.shows_null else None,
            "negative_side": negative,
            "positive_side": positive,
        },
        "decimals": digits,
        "notes": notes,
        "key": [
            {"letter": letter, "flag": flag, "text": flag_text(flag, context)}
            for flag, letter in keys.items()
        ],
    }
    if any(row.get("new") for row in rows):
        new = {"letter": "new", "flag": "new", "text": extras.NEW, "shape": "new"}
        table["key"].append(new)
    return _writable(table)


def _writable(value: Any) -> Any:
    """The table with every character that XML or UTF-8 cannot hold shown as U+FFFD."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: _writable(part) for key, part in value.items()}
    return [_writable(part) for part in value] if isinstance(value, list) else value


def _columns(
    rows: Sequence[Row],
    studies: Sequence[Mapping[str, Any]],
    domains: Sequence[str],
    context: Context,
) -> list[dict[str, Any]]:
    headers = {
        "n": ["n"],
        "days": ["Day"],
        "plot": [],
        "effect": sentences.effect_header(context),
        "weight": ["Weight", "(%)"],
    }
    used = {
        name
        for row in rows
        for name, text in row.get("cells", {}).items()
        if text and not (name == "days" and text == wording.MISSING)
    }
    used.add("plot")
    columns: list[dict[str, Any]] = [{"id": "study", "header": ["Study"]}]
    columns += extras.extra_columns(context.columns, studies)
    columns += [{"id": id, "header": header} for id, header in headers.items() if id in used]
    if domains:
        names = [str(number) for number in range(1, len(domains) + 1)]
        # Over few symbols one line would be the widest thing in the column.
        header = ["Risk of", "bias"] if len(domains) < 3 else ["Risk of bias"]
        columns.append({"id": "rob", "header": header, "domains": names})
    return columns


def _digits(studies: Sequence[Mapping[str, Any]], context: Context) -> int:
    halves = []
    for study in studies:
        low, high = study.get("ci_low"), study.get("ci_high")
        if low is not None and high is not None:
            halves.append((shown(high, context) - shown(low, context)) / 2)
    if context.decimals is not None:
        return context.decimals
    return decimals(halves)


def _scale_decimals(protocol: Mapping[str, Any], measure: Measure) -> int | None:
    """Decimals for effects in the unit of the outcome: those of the page."""
    scale = protocol.get("outcome", {}).get("scale")
    if not scale or not measure.has_unit:
        return None
    return wording.decimals_for_scale(scale["min"], scale["max"])


def _clipped(values: Mapping[str, Any], low: float, high: float) -> dict[str, bool]:
    return {
        "low": values["low"] is not None and values["low"] < low,
        "high": values["high"] is not None and values["high"] > high,
    }


def _description(rows: Sequence[Row], notes: Sequence[str], context: Context) -> str:
    """What a person who cannot see the figure should be told first."""
    studies = sum(row["kind"] == "study" for row in rows)
    parts = [f"Forest plot of {wording.counted(studies, 'row')}."]
    parts += [f"{row['spoken']}." for row in rows if row["kind"] in ("pooled", "prediction")]
    if not studies:
        parts.append("No study in this synthesis.")
    negative, positive = sentences.directions(context)
    if positive:
        parts.append(f"To the right: {positive}. To the left: {negative}.")
    return spoken(" ".join([*parts, *notes, *context.statements]))
