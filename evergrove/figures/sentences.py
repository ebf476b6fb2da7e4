"""The sentences and labels that stand in a forest plot beside its numbers. Pure text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evergrove import wording
from evergrove.figures.numbers import Numbers, spoken
from evergrove.shown_measures import Measure

ESTIMATORS = {
    "DL": "DerSimonian–Laird",
    "HE": "Hedges",
    "HS": "Hunter–Schmidt",
    "SJ": "Sidik–Jonkman",
    "ML": "maximum likelihood (ML)",
    "REML": "restricted maximum likelihood (REML)",
    "EB": "empirical Bayes",
    "PM": "Paule–Mandel",
}
#: How the protocol's sign reads, and the rungs of effect sizes whose variance assumes r.
ASSUMED_R = ("r_assumed", "converted_median_iqr", "converted_range")
CONVERTED = {
    "converted_median_iqr": "mean and SD converted from median and quartiles",
    "converted_range": "SD converted from the range",
}
KINDS = {
    "primary": "Primary synthesis",
    "window": "Time window",
    "sensitivity": "Sensitivity analysis",
    "subgroup": "Subgroup",
}
_OPPOSITES = (
    ("less", "more"),
    ("lower", "higher"),
    ("fewer", "more"),
    ("worse", "better"),
    ("smaller", "larger"),
    ("shorter", "longer"),
    ("decrease", "increase"),
    ("decreased", "increased"),
    ("fall", "rise"),
    ("reduction", "increase"),
    ("improvement", "deterioration"),
    ("against", "for"),
)


@dataclass(frozen=True)
class Context:
    """What all rows of a review share. `level` is in percent; None is what is not known."""

    measure: Measure
    numbers: Numbers
    level: str = "95"
    outcome: str | None = None
    unit: str | None = None
    #: Decimals of effects that the outcome's scale asks for.
    decimals: int | None = None
    positive_means: str | None = None
    negative_means: str | None = None
    sign: str | None = None
    assumed_r: float | None = None
    robust: str | None = None
    flags: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    #: Names of further columns of the rows that are to be shown.
    columns: tuple[str, ...] = ()


def opposite(phrase: str) -> str | None:
    """The phrase with its first comparing word turned round: "less pain" gives "more pain"."""
    words = phrase.split(" ")
    for position, word in enumerate(words):
        for one, other in _OPPOSITES:
            if word.lower() in (one, other):
                turned = other if word.lower() == one else one
                turned = turned.capitalize() if word[0].isupper() else turned
                return " ".join([*words[:position], turned, *words[position + 1 :]])
    return None


def directions(context: Context) -> tuple[str | None, str | None]:
    """What the negative and the positive side of the line of no effect mean."""
    positive = context.positive_means
    if positive is None or context.measure.null is None:
        return None, None
    negative = context.negative_means or opposite(positive)
    return negative or f"the opposite of “{positive}”", positive


def axis_title(context: Context) -> str:
    """ "Pain (VAS 0–10): mean change, points; before minus after"."""
    measure = context.measure
    name = measure.name
    if context.outcome:
        name = f"{wording.with_dashes(context.outcome)}: {name[0].lower()}{name[1:]}"
    if measure.has_unit and context.unit:
        name += f", {context.unit}"
    if measure.is_change and context.sign:
        name += f"; {context.sign}"
    if measure.scale == "log":
        name += " (log scale)"
    elif measure.scale != "linear":
        name += f" ({measure.scale} scale)"
    return name


def effect_header(context: Context) -> list[str]:
    """The lines over the column of estimates."""
    words = context.measure.name.split(" ")
    # A long name is broken so that the column stays as wide as its numbers.
    lines, line = [], words[0]
    for word in words[1:]:
        if len(line) + len(word) >= 20:
            lines.append(line)
            line = word
        else:
            line += f" {word}"
    return [*lines, line, f"[{context.level}% CI]"]


def count(k: int, n_studies: int | None, n_people: float | None) -> str:
    """ "11 cohorts of 9 studies, 501 people"."""
    if n_studies is None or n_studies == k:
        text = wording.counted(k, "study", "studies")
    else:
        studies = wording.counted(n_studies, "study", "studies")
        text = f"{wording.counted(k, 'cohort')} of {studies}"
    if n_people:
        text += f", {wording.counted(int(n_people), 'person', 'people')}"
    return text


def pooled_label(fit: Mapping[str, Any]) -> str:
    """The label of the diamond."""
    return "Equal-effects estimate" if fit.get("method") == "EE" else "Random-effects estimate"


def model_note(fit: Mapping[str, Any], context: Context, counted: str) -> str:
    """Which rows, which model, which interval, and the test of the estimate."""
    method, numbers, df = fit.get("method"), context.numbers, fit.get("df")
    text = f"{counted}. {'Equal' if method == 'EE' else 'Random'} effects"
    if method and method != "EE":
        text += f" by {ESTIMATORS.get(method, method)}"
    interval = {"knha": "Knapp–Hartung interval", "z": "normal (Wald) interval"}
    if fit.get("test") in interval:
        text += f"; {interval[fit['test']]}"
    if fit.get("stat") is not None and fit.get("p") is not None:
        name = "z" if df is None else f"t({numbers.degrees(df)})"
        text += f", {name} = {numbers.fixed(fit['stat'], 2)}, {numbers.p_value(fit['p'])}"
    if fit.get("pi_low") is not None:
        df = fit.get("pi_df", df)
        law = "the normal distribution" if df is None else f"t with {numbers.degrees(df)} df"
        text += f"; prediction interval from {law}"
    return text + "."


def heterogeneity(fit: Mapping[str, Any], context: Context, *, rests_on_r: bool) -> str | None:
    """tau² with its interval, tau, Q, and I² last; None where one row leaves nothing to say.

    With `rests_on_r`, Q and I² are marked: they move with the correlation that was assumed.
    """
    df, numbers = fit.get("Q_df"), context.numbers
    if not df:
        return None
    parts = []
    tau2 = fit.get("tau2")
    if tau2 is not None and fit.get("method") != "EE":
        low, high = fit.get("tau2_ci_low"), fit.get("tau2_ci_high")
        digits = tau2_digits(tau2)
        text = f"τ² = {numbers.fixed(tau2, digits)}"
        if low is not None and high is not None:
            bounds = numbers.interval(low, high, digits)
            below = ", all of it below 0" if fit.get("tau2_ci_high_sign") == "<" else ""
            text += f" ({context.level}% CI {bounds} by Q-profile{below})"
        parts.append(f"{text}, τ = {numbers.fixed(tau2**0.5, digits)}")
    if fit.get("Q") is not None:
        text = f"Q = {numbers.fixed(fit['Q'], 2)}, df = {numbers.degrees(df)}"
        if fit.get("Q_p") is not None:
            text += f", {numbers.p_value(fit['Q_p'])}"
        parts.append(text)
    if fit.get("I2") is not None:
        parts.append(f"I² = {numbers.fixed(fit['I2'], 1)}%")
    text = "; ".join(parts)
    if rests_on_r:
        text += " (Q and I² are not to be read: they move with the assumed correlation)"
    return text


def tau2_digits(tau2: float) -> int:
    """Two decimals, more where tau² is so small that two would not show it."""
    if tau2 >= 0.1 or tau2 <= 0:
        return 2
    return 3 if tau2 >= 0.01 else 4 if tau2 >= 0.001 else 6


def robust_note(robust: Mapping[str, Any], context: Context) -> str:
    """The interval that allows for cohorts of one study being alike."""
    numbers = context.numbers
    kind = f" ({context.robust})" if context.robust else ""
    text = f"Cluster-robust interval{kind}: cohorts of one study are taken as dependent"
    clusters = robust.get("clusters")
    if clusters is not None:
        text += f"; {wording.counted(clusters, 'study', 'studies')}"
    if robust.get("df") is not None and robust.get("p") is not None:
        text += f", df = {numbers.degrees(robust['df'])}, {numbers.p_value(robust['p'])}"
    return text + "."


def test_note(test: Mapping[str, Any], context: Context) -> str:
    """The test of differences between subgroups, or that there is none."""
    q, df, p = test.get("Q_between"), test.get("df"), test.get("p")
    if q is None or not df or p is None:
        return "Differences between groups are not tested: too few groups with two rows or more."
    numbers = context.numbers
    text = (
        f"Test of differences between groups: Q = {numbers.fixed(q, 2)}, "
        f"df = {numbers.degrees(df)}, {numbers.p_value(p)}"
    )
    if left_out := test.get("levels_left_out"):
        text += f" (without {wording.listed(left_out)})"
    return text + "."


def assumption_note(studies: Sequence[Mapping[str, Any]], context: Context) -> str | None:
    """How many rows rest on an assumed correlation of before and after."""
    assumed = sum(study.get("rung") in ASSUMED_R for study in studies)
    if not assumed or not context.measure.is_change:
        return None
    r = "a correlation"
    if context.assumed_r is not None:
        r = f"r = {context.numbers.plain(context.assumed_r)}"
    rows = "of every row" if assumed == len(studies) else f"of {assumed} of {len(studies)} rows"
    if len(studies) == 1:
        rows = "of the study"
    return f"The interval {rows} assumes {r} between before and after."


def design_note(context: Context) -> str | None:
    """What a change from before to after is not."""
    if not context.measure.is_change:
        return None
    return (
        "Every effect is an uncontrolled change from before to after, not an effect against no "
        "treatment."
    )


def spoken_row(
    label: str,
    effect: Mapping[str, str],
    context: Context,
    *,
    crosses: bool = False,
    extra: Sequence[str] = (),
) -> str:
    """One row as a screen reader should say it."""
    bounds = f"{effect['low']} to {effect['high']}" if effect["low"] else "not given"
    if effect["estimate"]:
        name = context.measure.name
        bounds = f"{name[0].lower()}{name[1:]} {effect['estimate']}, {context.level}% CI {bounds}"
    text = f"{label}: {bounds}"
    if crosses:
        text += ", reaches over the line of no effect"
    return spoken(", ".join([text, *extra]))
