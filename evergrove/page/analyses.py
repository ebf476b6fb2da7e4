"""The tables of analyses: sensitivity, time windows, subgroups, correlation, one study left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evergrove import wording
from evergrove.page.derivations import derivation_id
from evergrove.page.parts import Cell, Footnotes, Table, cell, table
from evergrove.page.results import ReviewResults, tau, value, whole, words

Synthesis = Mapping[str, Any]


def _columns(results: ReviewResults, first: str) -> list[tuple[str, str]]:
    return [
        (first, "text"),
        ("Cohorts", "number"),
        ("Studies", "number"),
        ("People", "number"),
        (results.effect_name, "number"),
        (f"{results.level} CI", "number"),
        (f"{results.level} PI", "number"),
        ("τ", "number"),
    ]


def _abbreviations(results: ReviewResults) -> str:
    log = " of the log ratio" if results.measure.scale == "log" else ""
    return f"CI, confidence interval; PI, prediction interval; τ, between-cohort SD{log}."


def sensitivity(results: ReviewResults) -> Table:
    """The primary synthesis and every sensitivity analysis under it."""
    notes = Footnotes()
    rows = [_row(results, results.primary, notes, "Primary synthesis")]
    rows += [_row(results, item, notes) for item in results.of_kind("sensitivity")]
    return table(
        "sensitivity",
        "The primary synthesis and its sensitivity analyses",
        _columns(results, "Analysis"),
        rows,
        note=_abbreviations(results),
        footnotes=notes.used("sensitivity"),
    )


def windows(results: ReviewResults) -> Table:
    """The syntheses of each time window."""
    notes = Footnotes()
    rows = [_row(results, item, notes) for item in results.of_kind("window")]
    return table(
        "windows",
        f"{results.effect_name} by time",
        _columns(results, "Time window"),
        rows,
        footnotes=notes.used("windows"),
        note="Each window is a synthesis of its own: the cohorts differ from window to window, so "
        f"that the rows do not show a course over time. {_abbreviations(results)}",
        empty="The protocol names no time windows.",
    )


def subgroups(results: ReviewResults) -> Table:
    """Every subgroup analysis, level by level, with the tests between the levels below."""
    by_id = {item["id"]: item for item in results.syntheses["syntheses"]}
    rows, tests, notes = [], [], Footnotes()
    for group in results.syntheses["subgroups"]:
        tests.append(f"{group['label']}: {between(group['test'])}")
        for level in group["levels"]:
            label = words(level["level"]).capitalize()
            item = by_id[level["synthesis"]]
            if item["description"] == group["label"]:
                item = {**item, "description": ""}
            rows.append([group["label"], *_row(results, item, notes, label)])
    return table(
        "subgroups",
        "Subgroups",
        [("Analysis", "text"), *_columns(results, "Subgroup")],
        rows,
        note=" ".join(
            [
                *tests,
                "Subgroups are compared across studies, not within them.",
                _abbreviations(results),
            ]
        ),
        merged=1,
        footnotes=notes.used("subgroups"),
        empty="The protocol names no subgroups.",
    )


def between(test: Mapping[str, Any] | None) -> str:
    """The test between subgroups as a sentence."""
    if not test or test["Q_between"] is None or test["p"] is None:
        return "no test, because fewer than two subgroups can be pooled."
    return (
        f"test between subgroups Q = {wording.number(test['Q_between'], 2)}, "
        f"df = {wording.degrees(test['df'])}, {wording.p_equals(test['p'])}."
    )


def _row(
    results: ReviewResults, item: Synthesis, notes: Footnotes, label: str | None = None
) -> list[str | Cell]:
    fit, decimals = item["fit"], results.decimals
    remarks = [item["description"]] if item["description"] else []
    if item["same_as_primary"]:
        remarks.append("Same cohorts as the primary synthesis.")
    first = cell(
        label or item["label"],
        detail=" ".join(_sentence(text) for text in remarks) or None,
        notes=[notes.mark(text.replace("tau2", "τ²")) for text in item["warnings"]],
    )
    counts = [wording.count(item[name]) for name in ("k", "n_studies", "n_people")]
    if fit is None:
        return [first, *counts, *[wording.MISSING] * 4]
    return [
        first,
        *counts,
        results.effect(fit["b"]),
        results.bounds(fit["ci_low"], fit["ci_high"]),
        results.bounds(fit["pi_low"], fit["pi_high"]),
        wording.number(tau(fit), decimals),
    ]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."


def correlation(results: ReviewResults) -> Table:
    """The primary synthesis under every assumed correlation of the protocol's grid."""
    assumed = results.protocol["effect"]["correlation"]["assumed"]
    decimals = results.decimals
    rows = []
    for point in results.syntheses["correlation_grid"]:
        own = point["r"] == assumed
        rows.append(
            [
                cell(
                    wording.plain(point["r"]),
                    detail="assumed in all other tables" if own else None,
                    tone="strong" if own else None,
                ),
                results.effect(point["b"]),
                results.bounds(point["ci_low"], point["ci_high"]),
                results.bounds(point["pi_low"], point["pi_high"]),
                wording.number(point["tau"], decimals),
                wording.number(point["Q"], 2),
                wording.percent(point["I2"], 1),
            ]
        )
    return table(
        "correlation",
        "The primary synthesis under other correlations of the values before and after",
        [
            ("r", "text"),
            (results.effect_name, "number"),
            (f"{results.level} CI", "number"),
            (f"{results.level} PI", "number"),
            ("τ", "number"),
            ("Q", "number"),
            ("I²", "number"),
        ],
        rows,
        note="Q and I² follow from the assumed r as much as from the studies: they are printed to "
        "show this, not to be interpreted. Read τ and the prediction interval.",
        empty="No effect of the primary synthesis rests on an assumed correlation.",
    )


def one_at_a_time(results: ReviewResults) -> Table:
    """The primary synthesis with each row left out in turn."""
    return table(
        "leave-one-out",
        "The primary synthesis with one part of the evidence left out at a time",
        _changed_columns(results, "Left out"),
        _changed_rows(results, results.leave_one_out, ("left_out", "label", "study")),
        empty="There are not enough cohorts to leave one out.",
    )


def cumulative(results: ReviewResults) -> Table:
    """The primary synthesis as its rows were added one after the other."""
    return table(
        "cumulative",
        "The primary synthesis, cumulated in the order shown",
        _changed_columns(results, "Added"),
        _changed_rows(results, results.cumulative, ("added", "label", "study")),
        empty="There is nothing to cumulate.",
    )


def _changed_columns(results: ReviewResults, first: str) -> list[tuple[str, str]]:
    return [
        (first, "text"),
        ("Cohorts", "number"),
        (results.effect_name, "number"),
        (f"{results.level} CI", "number"),
        ("τ", "number"),
    ]


def _changed_rows(
    results: ReviewResults, rows: Iterable[Mapping[str, str]], names: tuple[str, ...]
) -> list[list[str | Cell]]:
    decimals = results.decimals
    made: list[list[str | Cell]] = []
    for row in rows:
        tau2 = value(row, "tau2")
        made.append(
            [
                next((row[name] for name in names if row.get(name)), wording.MISSING),
                wording.count(whole(row, "k")),
                results.effect(value(row, "b")),
                results.bounds(value(row, "ci_low"), value(row, "ci_high")),
                wording.number(None if tau2 is None else tau2**0.5, decimals),
            ]
        )
    return made


def forest_rows(results: ReviewResults) -> Table:
    """The numbers that the forest plot of the primary synthesis draws, each with its source."""
    known = {row["measurement_id"] for row in results.effects}
    known &= {row["measurement_id"] for row in results.measurements}
    rows: list[list[str | Cell]] = [
        [
            _derived(row, known),
            wording.count(row["n"]),
            results.effect(row["yi"]),
            results.bounds(row["ci_low"], row["ci_high"]),
            wording.percent(row["weight"], 1),
        ]
        for row in results.primary["studies"]
    ]
    return table(
        "forest-data",
        "The numbers in the forest plot",
        [
            ("Cohort", "text"),
            ("n", "number"),
            (results.effect_name, "number"),
            (f"{results.level} CI", "number"),
            ("Weight", "number"),
        ],
        rows,
        empty="Nothing is pooled.",
    )


def _derived(row: Mapping[str, Any], known: set[str]) -> Cell:
    """A cohort's label, linked to how its numbers came about."""
    name = row.get("measurement_id")
    return cell(row["label"], href=f"#{derivation_id(name)}" if name in known else None)


def model_lines(results: ReviewResults) -> list[dict[str, str]]:
    """The rest of what the primary fit says: heterogeneity and the robust interval."""
    fit, robust = results.primary["fit"], results.primary["robust"]
    if fit is None:
        return []
    decimals = results.decimals
    squared = max(decimals, 2 * decimals - 2)
    lines = []
    if tau(fit) is not None:
        bounds = wording.interval(
            fit["tau2_ci_low"], fit["tau2_ci_high"], squared, may_be_negative=False
        )
        below = "; the whole interval lies below 0" if fit.get("tau2_ci_high_sign") == "<" else ""
        shown = f"{wording.number(fit['tau2'], squared)} ({results.level} CI {bounds}{below})"
        lines.append(_line("τ²", shown))
    if fit["Q"] is not None:
        lines.append(
            _line(
                "Q",
                f"{wording.number(fit['Q'], 2)}, df = {wording.degrees(fit['Q_df'])}, "
                f"{wording.p_equals(fit['Q_p'])}",
            )
        )
    if fit["I2"] is not None:
        lines.append(
            _line("I²", f"{wording.percent(fit['I2'], 1)}; depends on the assumed correlation")
        )
    if robust is not None and robust["b"] is not None:
        bounds = results.bounds(robust["ci_low"], robust["ci_high"])
        lines.append(
            _line(
                "Cluster-robust",
                f"{results.effect(robust['b'])} ({results.level} CI {bounds}; "
                f"df = {wording.degrees(robust['df'])}, "
                f"{wording.counted(robust['clusters'], 'study', 'studies')} as clusters)",
            )
        )
    return lines


def _line(label: str, text: str) -> dict[str, str]:
    return {"label": label, "text": text}
