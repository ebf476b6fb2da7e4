"""Forests of the same synthesis over and over: studies added by date, and left out one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.figures import sentences
from evergrove.figures.columns import Advance
from evergrove.figures.forest import Tall, forest_sheet
from evergrove.figures.row_tables import (
    Row,
    Table,
    analysis_row,
    effect_decimals,
    finished,
    heading,
    model_sentence,
    number,
    tau2_decimals,
)
from evergrove.figures.rows import usable_fit
from evergrove.figures.sentences import Context
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import Style

_NUMBERS = ("k", "b", "ci_low", "ci_high", "tau2")


def cumulative_table(
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    fit: Mapping[str, Any] | None = None,
    figure: str = "cumulative",
) -> Table:
    """The rows of cumulative.csv (as read, or as numbers), in their order: by date.

    `fit` is that of the synthesis, for the note on the model. The last row, in which all are
    together, is drawn as the diamond.
    """
    fits = [_fit(row) for row in rows]
    digits = effect_decimals(fits, context)
    between = tau2_decimals(_tau2(f) for f in fits)
    out = []
    for position, (row, found) in enumerate(zip(rows, fits, strict=True), 1):
        last = position == len(rows) > 1
        label = str(row.get("added") or f"Row {position}")
        added = analysis_row(
            "pooled" if last else f"study-{position}",
            label,
            found,
            context,
            digits,
            kind="pooled" if last else "study",
            shape="diamond" if last else "square",
            cells=_cells(found, context, between),
            extra=_extra(found, context, between),
        )
        if position > 1:
            # Spoken, the sign would be lost.
            added |= {"label": f"+ {added['label']}", "spoken": f"With {added['spoken']}"}
        out.append(added)
    undated = [row for row in rows if not row.get("year")]
    notes = [
        "Each row pools its cohort with all above it, in the order of the year of publication."
    ]
    if undated and len(undated) < len(rows):
        notes.append(f"{_capital(wording.counted(len(undated), 'row'))} without a year at the end.")
    notes += _common_notes(fit, context)
    return finished(
        figure,
        "Cumulative synthesis by year",
        out,
        _columns("Added", context),
        notes,
        context,
        digits,
        opening=f"Cumulative forest plot of {wording.counted(len(rows), 'row')}.",
        told=[f"{row['spoken']}." for row in (out[:1] + out[-1:] if len(out) > 1 else out)],
    )


def leave_one_out_table(
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    synthesis: Mapping[str, Any],
    figure: str = "leave-one-out",
) -> Table:
    """The rows of leave_one_out.csv (as read, or as numbers) over the estimate of all rows.

    `synthesis` is the one they belong to. What moves its estimate most, farthest on the pooled
    scale, is a triangle instead of a square; ties are all marked.
    """
    whole = usable_fit(synthesis)
    fits = [_fit(row) for row in rows]
    every = [*fits, whole] if whole else fits
    digits = effect_decimals(every, context)
    between = tau2_decimals(_tau2(f) for f in every)
    most = _farthest(fits, whole)
    out: list[Row] = []
    for position, (row, found) in enumerate(zip(rows, fits, strict=True), 1):
        if row.get("unit") == "study" and not any(r["kind"] == "group" for r in out):
            out.append(heading("group-studies", "Whole studies of several cohorts"))
        extra = _extra(found, context, between)
        if position - 1 in most:
            extra.append("moves the estimate most")
        label = str(row.get("left_out") or f"Row {position}")
        out.append(
            analysis_row(
                f"study-{position}",
                label,
                found,
                context,
                digits,
                shape="triangle" if position - 1 in most else "square",
                cells=_cells(found, context, between),
                extra=extra,
            )
        )
    marked = [row for row in out if row.get("shape") == "triangle"]
    notes = ["Each row is the synthesis without the cohort or study that it names."]
    if whole is not None:
        everything = {"k": len(synthesis["studies"]), **whole}
        total = analysis_row(
            "pooled",
            "Nothing left out",
            {name: everything.get(name) for name in _NUMBERS},
            context,
            digits,
            kind="pooled",
            cells=_cells(everything, context, between),
            extra=_extra(everything, context, between),
        )
        out.append(total)
        notes += _moves(marked, total)
    notes += _common_notes(whole, context)
    return finished(
        figure,
        "Leaving out one at a time",
        out,
        _columns("Left out", context),
        notes,
        context,
        digits,
        opening=f"Leave-one-out forest plot of {wording.counted(len(rows), 'row')}.",
        told=[f"{row['spoken']}." for row in out if row["kind"] == "pooled"],
    )


def sequence_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """A cumulative or leave-one-out table on a sheet, as `forest_sheet`."""
    return forest_sheet(table, style, advance, tall)


cumulative_sheet = leave_one_out_sheet = sequence_sheet


def _fit(row: Mapping[str, Any]) -> dict[str, float | None]:
    return {name: number(row.get(name), name) for name in _NUMBERS}


def _tau2(fit: Mapping[str, Any]) -> float | None:
    """The variance between rows, which one row alone does not have."""
    return fit.get("tau2") if (fit.get("k") or 0) > 1 and fit.get("method") != "EE" else None


def _cells(fit: Mapping[str, Any], context: Context, digits: int) -> dict[str, str]:
    k, tau2 = fit.get("k"), _tau2(fit)
    return {
        "k": "" if k is None else context.numbers.plain(k),
        "tau2": "" if tau2 is None else context.numbers.fixed(tau2, digits),
    }


def _extra(fit: Mapping[str, Any], context: Context, digits: int) -> list[str]:
    cells = _cells(fit, context, digits)
    extra = [wording.counted(int(fit["k"]), "row")] if cells["k"] else []
    return extra + ([f"tau squared {cells['tau2']}"] if cells["tau2"] else [])


def _farthest(fits: Sequence[Mapping[str, Any]], whole: Mapping[str, Any] | None) -> frozenset[int]:
    """The rows whose estimate is farthest from that of all, if any is away from it at all."""
    if whole is None:
        return frozenset()
    moves = [abs(f["b"] - whole["b"]) if f["b"] is not None else 0.0 for f in fits]
    most = max(moves, default=0.0)
    near = 1e-12 * max(1.0, abs(whole["b"]))
    if most <= near:
        return frozenset()
    return frozenset(i for i, move in enumerate(moves) if most - move <= near)


def _moves(marked: Sequence[Row], total: Row) -> list[str]:
    if not marked:
        return []
    one = marked[0]["cells"]["effect"]["estimate"]
    names = wording.listed([f"“{row['label']}”" for row in marked])
    was = total["cells"]["effect"]["estimate"]
    if len(marked) > 1:
        return [f"Triangles mark what moves the estimate most, from {was}: without {names}."]
    return [
        f"The triangle marks what moves the estimate most: without {names} it is {one} instead of "
        f"{was}."
    ]


def _common_notes(fit: Mapping[str, Any] | None, context: Context) -> list[str]:
    notes = [model_sentence(fit, context), "k: rows pooled; τ²: variance between them."]
    notes.append(sentences.design_note(context))
    return [note for note in notes if note]


def _columns(first: str, context: Context) -> dict[str, list[str]]:
    return {
        "study": [first],
        "k": ["k"],
        "plot": [],
        "effect": sentences.effect_header(context),
        "tau2": ["τ²"],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
