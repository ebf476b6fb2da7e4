"""The summary forest: one row for every synthesis and sensitivity analysis of a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
    tau2_decimals,
)
from evergrove.figures.sentences import Context
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import Style

#: What the dependence models are called in a row.
MODELS = {
    "three_level": "Three levels: cohorts within studies",
    "che": "Correlated and hierarchical effects",
}
_OTHER = "Other models"
_SAME = "the same rows as in the primary synthesis"


class _Analysis:
    """One row to be: its fit (None: no estimate), rows, people, and what to say about it."""

    def __init__(
        self,
        label: str,
        fit: Mapping[str, Any] | None,
        k: int | None,
        people: float | None = None,
        same: bool = False,
    ) -> None:
        self.label, self.k, self.people, self.same = label, k, people, same
        fitted = bool(fit) and not isinstance(fit.get("b"), list)
        self.fit = fit if fitted and fit.get("b") is not None else None


def summary_table(review: Mapping[str, Any], context: Context, figure: str = "summary") -> Table:
    """Every synthesis of syntheses.json in groups: primary, windows, sensitivity, ...

    A synthesis of one row shows that row as a square, one of none has a dash. tau² is given
    where two rows or more were pooled.
    """
    groups = [(name, list(found)) for name, found in _groups(review)]
    analyses = [analysis for _, found in groups for analysis in found]
    digits = effect_decimals([a.fit for a in analyses if a.fit], context)
    tau2 = tau2_decimals(_tau2(a) for a in analyses)
    rows: list[Row] = []
    number = 0
    for position, (name, found) in enumerate(groups, 1):
        if found:
            rows.append(heading(f"group-{position}", name))
        for analysis in found:
            number += 1
            rows.append(_row(number, analysis, position == 1, context, digits, tau2))
    primary = groups[0][1][0] if groups[0][1] else None
    repeated = any(analysis.same for analysis in analyses)
    return finished(
        figure,
        "All analyses",
        rows,
        {
            "study": ["Analysis"],
            "k": ["k"],
            "n": ["People"],
            "plot": [],
            "effect": sentences.effect_header(context),
            "prediction": [f"{context.level}% prediction", "interval"],
            "tau2": ["τ²"],
        },
        _notes(review, primary, analyses, context),
        context,
        digits,
        opening=f"Forest plot of {wording.counted(number, 'analysis', 'analyses')} of one review, "
        "one row each.",
        told=[f"{row['spoken']}." for row in rows if row["kind"] == "primary"],
        reference=next((r["values"]["estimate"] for r in rows if r["kind"] == "primary"), None),
        key=[{"letter": "a", "flag": "same_as_primary", "text": _SAME}] if repeated else [],
    )


def summary_sheet(table: Table, style: Style, advance: Advance, tall: Tall) -> Sheet:
    """The table on a sheet, as `forest_sheet`; seven columns leave less room for the plot."""
    least = min(style.plot_least, 0.2 * style.width)
    narrow = replace(
        style,
        text_size=max(style.note_size, style.text_size - 0.5),
        # Browsers round the line box of 7.5 up to 10.
        leading=max(style.leading, 4 / 3),
        column_gap=min(style.column_gap, 7.0),
        plot_least=least,
        plot_wanted=1.15 * least,
    )
    return forest_sheet(table, narrow, advance, tall)


def _groups(review: Mapping[str, Any]) -> Iterator[tuple[str, Iterator[_Analysis]]]:
    """(heading, its analyses) in the order to draw; a group may be empty."""
    syntheses = {synthesis["id"]: synthesis for synthesis in review["syntheses"]}
    for kind, name in (
        ("primary", "Primary synthesis"),
        ("window", "Time windows"),
        ("sensitivity", "Sensitivity analyses"),
    ):
        found = (s for s in syntheses.values() if s.get("kind") == kind)
        yield name, (_synthesis(s, s.get("label") or name) for s in found)
    grid = review.get("correlation_grid") or ()
    primary = _primary(review)
    yield (
        "Primary synthesis, by the correlation of before and after",
        (
            _Analysis(
                f"r = {wording.plain(row['r'])}", row, primary.get("k"), primary.get("n_people")
            )
            for row in grid
        ),
    )
    yield _OTHER, _models(review, primary)
    for analysis in review.get("subgroups") or ():
        levels = (
            _synthesis(syntheses[level["synthesis"]], _capital(level["level"]))
            for level in analysis["levels"]
            if level["synthesis"] in syntheses
        )
        label = analysis.get("label")
        yield f"Subgroups: {_lowered(label)}" if label else "Subgroups", levels


def _primary(review: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((s for s in review["syntheses"] if s["id"] == review.get("primary")), {})


def _synthesis(synthesis: Mapping[str, Any], label: str) -> _Analysis:
    same = bool(synthesis.get("same_as_primary")) and synthesis.get("kind") != "primary"
    k = synthesis.get("k")
    k = len(synthesis.get("studies", ())) if k is None else k
    return _Analysis(label, synthesis.get("fit"), k, synthesis.get("n_people"), same)


def _models(review: Mapping[str, Any], primary: Mapping[str, Any]) -> Iterator[_Analysis]:
    """The models of dependent effects, where they gave an estimate."""
    model = primary.get("dependence") or {}
    if model.get("b") is not None:
        label = MODELS.get(model.get("model"), "Dependent effects")
        yield _Analysis(label, model, model.get("k"), primary.get("n_people"))
    times = review.get("all_times") or {}
    model = times.get("dependence") or {}
    if model.get("b") is not None:
        name = MODELS.get(model.get("model"), "dependent effects")
        label = f"{times.get('label') or 'All times'}: {_lowered(name)}"
        yield _Analysis(label, model, times.get("k"))


def _row(
    number: int, analysis: _Analysis, primary: bool, context: Context, digits: int, tau2: int
) -> Row:
    numbers, between = context.numbers, _tau2(analysis)
    cells = {"k": "" if analysis.k is None else numbers.plain(analysis.k)}
    cells["n"] = "" if analysis.people is None else numbers.plain(analysis.people)
    extra = [] if analysis.k is None else [wording.counted(analysis.k, "row")]
    if analysis.people:
        extra.append(wording.counted(int(analysis.people), "person", "people"))
    if between is not None:
        cells["tau2"] = numbers.fixed(between, tau2)
        extra.append(f"tau squared {cells['tau2']}")
    if analysis.same:
        extra.append(_SAME)
    single = analysis.k == 1
    row = analysis_row(
        f"analysis-{number}",
        analysis.label,
        analysis.fit,
        context,
        digits,
        kind="primary" if primary and analysis.fit and not single else "study",
        shape="square" if single else "diamond",
        cells=cells,
        extra=extra,
    )
    return row | ({"letters": ["a"]} if analysis.same else {})


def _tau2(analysis: _Analysis) -> float | None:
    """The variance between the rows, where there are two or more and the model has one."""
    if analysis.fit is None or (analysis.k or 0) < 2 or analysis.fit.get("method") == "EE":
        return None
    return analysis.fit.get("tau2")


def _notes(
    review: Mapping[str, Any],
    primary: _Analysis | None,
    analyses: Sequence[_Analysis],
    context: Context,
) -> list[str]:
    level = context.level
    model = model_sentence(primary.fit if primary else None, context)
    if model and any(True for _ in _models(review, _primary(review))):
        model = f"{model[:-1]}, except under “{_OTHER}”."
    notes = [model]
    pictured = [f"Diamonds: pooled estimates with {level}% confidence intervals"]
    if any(a.fit and a.fit.get("pi_low") is not None for a in analyses):
        pictured.append(f"thin lines with end caps: {level}% prediction intervals")
    if any(a.k == 1 and a.fit for a in analyses):
        pictured.append("a square: one row only, nothing is pooled")
    explained = "k: rows pooled"
    if any(_tau2(a) is not None for a in analyses):
        explained += "; τ²: variance between them"
    if any(a.fit is None for a in analyses):
        explained += f"; “{wording.MISSING}”: no estimate"
    notes += [f"{'; '.join(pictured)}.", f"{explained}."]
    if len(analyses) > 1:
        notes.append(
            "The analyses share rows: their intervals may not be compared as if they were "
            "independent."
        )
    studies = _primary(review).get("studies", ())
    if assumption := sentences.assumption_note(studies, context):
        notes.append(f"Primary synthesis: {_lowered(assumption)}")
    notes.append(sentences.design_note(context))
    return [note for note in notes if note]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    """The text inside a sentence: "The time" as "the time", but "SD" as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
