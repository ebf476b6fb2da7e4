"""Small-study effects: every method side by side, what each assumes, and whether they agree.

`small_study` makes the block "small_study" of syntheses.json. A method that cannot be used says
why; where outcome and standard error are made of the same numbers, regression on the standard
error finds asymmetry that is not there, and is refused or warned of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from evergrove import (
    asymmetry,
    diagnostics,
    limit_meta,
    outliers,
    p_uniform,
    pooling,
    significance,
    wording,
)
from evergrove.projection import Array
from evergrove.selection_models import step_selection

ENOUGH = 10
KEYS = ("estimate", "se", "ci_low", "ci_high", "stat", "df", "p")
Row = dict[str, Any]

# vi is a function of yi by formula: regression on the standard error is refused.
VI_FROM_YI = frozenset((
    "SMD", "SMDH", "SMD1", "SMD1H", "SMCC", "SMCR", "SMCRH", "SMCRP", "SMN",
    "PR", "PLN", "PLO", "IR", "IRLN", "COR", "UCOR",
))  # fmt: skip
# yi and vi share counts or means, so that they are correlated: regression is warned of.
SHARED = {
    "two_by_two": frozenset(["OR", "RR", "RD", "PETO", "YUQ", "YUY", "PBIT", "RTET", "IRR", "IRD"]),
    "means": frozenset(["ROM", "ROMC", "CVR", "VR", "CVRC", "VRC", "MNLN"]),
    "scale": frozenset(["MC", "MD", "MN"]),
}
WARNED = {
    "two_by_two": "The standard error depends on the events that the effect is made of: prefer "
    "Harbord's or Peters' test.",
    "means": "The standard error depends on the means that the effect is made of.",
    "scale": "On a scale with ends, means near an end have small standard deviations: outcome and "
    "standard error may be related without any bias.",
}
# The effect of one group, for which 0 is no hypothesis.
NO_NULL = frozenset((
    "MN", "MNLN", "SMN", "PR", "PLN", "PLO", "PAS", "PFT",
    "IR", "IRLN", "IRS", "IRFT", "CVLN", "SDLN",
))  # fmt: skip
CHANGE = frozenset(["MC", "SMCC", "SMCR", "SMCRH", "ROMC"])
CHANGE_NOTE = (
    "Tests a change from before to after against 0, which treatment is not needed for: says "
    "little about selection."
)
# What the sentence on agreement counts.
TESTS = ("egger_weighted", "egger_mixed", "begg", "size", "peters", "harbord")
ADJUSTED = (
    "trim_and_fill",
    "pet_peese",
    "selection_3psm",
    "selection_4psm",
    "p_uniform",
    "limit",
    "henmi_copas",
)


def small_study(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    measure: str,
    n: Sequence[float | None] | None = None,
    table: Mapping[str, Sequence[float]] | None = None,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
    dependent: bool = False,
) -> dict[str, Any]:
    """All methods on one synthesis: {"k", "warning", "warnings", "pooled", "methods", "agreement"}.

    `n` (k,) are numbers of people; `table` the two-by-two counts (ai, bi, ci, di) where there are
    any; `dependent` says that several rows come from one study. Each method is {"id", "name",
    "kind", "estimate", "se", "ci_low", "ci_high", "stat", "df", "p", "note", "reason"}; "kind" is
    "test" (the estimate is the slope), "adjusted" (the pooled effect were there no small-study
    effects) or "count". A number that is None has a "reason" or does not exist for the method,
    which "note" then says. "warning" is None with ten studies or more.
    """
    y, v = pooling.checked(yi, vi)
    k = len(y)
    fit = pooling.fit(y, v, method=method, test=test, level=level)
    how = {"method": method, "test": test, "level": level}
    side = "greater" if fit["b"] >= 0 else "less"
    rows = [
        *_tests(y, v, measure, n, table, how),
        *_regressions(y, v, measure, n, how),
        *_selection(y, v, measure, side, level),
        _limit(y, v, measure, method, level),
        _row(
            "henmi_copas",
            "Henmi and Copas",
            "adjusted",
            outliers.henmi_copas(y, v, level=level),
            "The equal-effects mean: small studies weigh little. Interval allows for τ².",
        ),
        _excess(y, v, measure, fit),
        *_fail_safe(y, v, measure),
    ]
    few = (
        f"{wording.counted(k, 'result')}, fewer than {ENOUGH}: no test for small-study effects has "
        "the power to be read, and no adjusted estimate is dependable."
        if k < ENOUGH
        else None
    )
    warnings = [few] if few else []
    if dependent:
        warnings.append(
            "Several results of one study are taken as independent here; none of these methods "
            "allows for dependence."
        )
    if measure in CHANGE:
        warnings.append(
            "An uncontrolled change has no comparison: these methods cannot tell selective "
            "publication from other differences between small and large series."
        )
    return {
        "k": k,
        "warning": few,
        "warnings": warnings,
        "pooled": {key: fit[key] for key in ("b", "se", "ci_low", "ci_high", "tau2")},
        "methods": rows,
        "agreement": _agreement(rows, fit, few is not None),
    }


def _row(name: str, label: str, kind: str, values: Mapping[str, Any], note: str = "") -> Row:
    numbers = {key: values.get(key) for key in KEYS}
    reason = values.get("reason")
    return {"id": name, "name": label, "kind": kind, **numbers, "note": note, "reason": reason}


def _refused(name: str, label: str, kind: str, reason: str, note: str = "") -> Row:
    return _row(name, label, kind, {"reason": reason}, note)


def _warned(measure: str) -> str:
    return next((WARNED[kind] for kind, names in SHARED.items() if measure in names), "")


REFUSAL = (
    "The standard error is computed from the effect itself: regression on it shows asymmetry "
    "where there is none."
)


def _size(n: Sequence[float | None] | None) -> Array | None:
    """1 / sqrt(n) of each row, or None unless every row has its number."""
    if n is None or any(value is None or not value > 0 for value in n):
        return None
    return 1 / np.sqrt(np.asarray(n, float))


def _tests(
    y: Array,
    v: Array,
    measure: str,
    n: Sequence[float | None] | None,
    table: Mapping[str, Sequence[float]] | None,
    how: Mapping[str, Any],
) -> list[Row]:
    level = how["level"]
    out = []
    labels = {
        "egger_weighted": ("Egger's test (weighted regression)", {}),
        "egger_mixed": (f"Egger's test (mixed model, {how['method']})", how),
    }
    for name, (label, options) in labels.items():
        if measure in VI_FROM_YI:
            out.append(_refused(name, label, "test", "se_contains_the_effect", REFUSAL))
            continue
        found = asymmetry.regress(y, v, np.sqrt(v), **{"level": level, **options})
        out.append(_row(name, label, "test", _flat(found, "slope"), _warned(measure)))
    label = "Begg and Mazumdar's rank correlation"
    if measure in VI_FROM_YI:
        out.append(_refused("begg", label, "test", "se_contains_the_effect", REFUSAL))
    else:
        rank = diagnostics.begg(y, v)
        values = {"stat": rank["tau"], "p": rank["p"], "reason": rank.get("reason")}
        out.append(_row("begg", label, "test", values, "The statistic is Kendall's tau."))
    size = _size(n)
    label = "Regression on 1/√n"
    if size is None:
        out.append(_refused("size", label, "test", "numbers_of_people_missing"))
    else:
        found = asymmetry.regress(y, v, size, **how)
        note = "n does not depend on the effect, as the standard error does."
        note = note if measure in VI_FROM_YI or _warned(measure) else ""
        out.append(_row("size", label, "test", _flat(found, "slope"), note))
    for name, label in (("harbord", "Harbord's test"), ("peters", "Peters' test")):
        if measure not in ("OR", "PETO"):
            out.append(_refused(name, label, "test", "for_odds_ratios_only"))
        elif table is None:
            out.append(_refused(name, label, "test", "no_two_by_two_tables"))
        else:
            found = (
                asymmetry.harbord(table, level=level)
                if name == "harbord"
                else asymmetry.peters(table, y, level=level)
            )
            out.append(_row(name, label, "test", _flat(found, "slope")))
    return out


def _flat(found: Mapping[str, Any], part: str) -> dict[str, Any]:
    return {**found[part], "reason": found["reason"]}


def _regressions(
    y: Array, v: Array, measure: str, n: Sequence[float | None] | None, how: Mapping[str, Any]
) -> list[Row]:
    """Trim and fill, PET, PEESE and the choice between them."""
    out = []
    names = {"pet": "PET", "peese": "PEESE"}
    if measure in VI_FROM_YI:
        out.append(
            _refused("trim_and_fill", "Trim and fill (L0)", "adjusted", "se_contains_the_effect")
        )
        for name, label in (*names.items(), ("pet_peese", "PET-PEESE")):
            out.append(_refused(name, label, "adjusted", "se_contains_the_effect", REFUSAL))
        size = _size(n)
        if size is not None:
            found = asymmetry.regress(y, v, size, level=how["level"])
            note = "The limit of a regression on 1/√n instead of the standard error."
            out.append(_row("pet_size", "PET on 1/√n", "adjusted", _flat(found, "limit"), note))
        return out
    fill = diagnostics.trim_and_fill(y, v, **how)
    values = {key: fill.get(key) for key in KEYS} | {"estimate": fill["b"]}
    values["reason"] = fill.get("reason")
    note = "" if fill["k0"] is None else f"{wording.counted(fill['k0'], 'result')} filled in"
    note += f" on the {fill['side']}." if note else ""
    out.append(_row("trim_and_fill", "Trim and fill (L0)", "adjusted", values, note))
    found = asymmetry.pet_peese(y, v, level=how["level"])
    for name, label in names.items():
        values = {**found[name], "reason": found["reason"]}
        out.append(_row(name, label, "adjusted", values, _warned(measure)))
    values = {**found["conditional"], "reason": found["reason"]}
    note = f"The rule takes {names[found['chosen']]}." if found["chosen"] else ""
    out.append(_row("pet_peese", "PET-PEESE", "adjusted", values, note))
    return out


def _against_zero(name: str, label: str, kind: str, measure: str, make: Callable[[], Row]) -> Row:
    """A method that needs a null hypothesis of 0, refused where 0 is none."""
    if measure in NO_NULL:
        return _refused(name, label, kind, "zero_is_no_hypothesis")
    row = make()
    if measure in CHANGE:
        row["note"] = f"{row['note']} {CHANGE_NOTE}".strip()
    return row


def _selection(y: Array, v: Array, measure: str, side: str, level: float) -> list[Row]:
    def steps(name: str, label: str, cuts: tuple[float, ...]) -> Row:
        found = step_selection(y, v, steps=cuts, alternative=side, level=level)
        note = ""
        if found["reason"] is None:
            weights = wording.listed([wording.number(w) for w in found["delta"]])
            note = f"Relative chances of publication {weights}; likelihood-ratio test of no "
            note += f"selection {wording.p_equals(found['LRT_p'])}."
        return _row(name, label, "adjusted", found, " ".join([note, *found["warnings"]]).strip())

    def uniform() -> Row:
        found = p_uniform.p_uniform_star(y, v, alternative=side, level=level)
        values = {**found, "stat": found["LR"], "df": 1 if found["LR"] is not None else None}
        note = " ".join(
            ["Interval and test from the likelihood; no standard error.", *found["warnings"]]
        )
        return _row("p_uniform", "p-uniform*", "adjusted", values, note)

    three = ("selection_3psm", "Selection model (3PSM, one cut at one-sided p 0.025)")
    four = ("selection_4psm", "Selection model (4PSM, cuts at one-sided p 0.025 and 0.5)")
    return [
        _against_zero(*three, "adjusted", measure, lambda: steps(*three, (0.025,))),
        _against_zero(*four, "adjusted", measure, lambda: steps(*four, (0.025, 0.5))),
        _against_zero("p_uniform", "p-uniform*", "adjusted", measure, uniform),
    ]


def _limit(y: Array, v: Array, measure: str, method: str, level: float) -> Row:
    label = "Limit meta-analysis"
    if measure in VI_FROM_YI:
        return _refused("limit", label, "adjusted", "se_contains_the_effect", REFUSAL)
    found = limit_meta.limit_meta(y, v, method=method, level=level)
    note = (
        "The published standard error takes τ² as known and leaves it out: too small."
        if (found["tau2"])
        else ""
    )
    return _row("limit", label, "adjusted", found, note)


def _excess(y: Array, v: Array, measure: str, fit: Mapping[str, Any]) -> Row:
    label = "Test of excess significance"

    def make() -> Row:
        found = significance.excess_significance(y, v, theta=fit["b"], tau2=fit["tau2"])
        note = f"{found['observed']} significant, {wording.number(found['expected'], 1)} expected."
        return _row("excess_significance", label, "count", {"p": found["p"]}, note)

    return _against_zero("excess_significance", label, "count", measure, make)


def _fail_safe(y: Array, v: Array, measure: str) -> list[Row]:
    found = significance.fail_safe(y, v)
    common = "Says nothing about bias; not a reason for trust."

    def make(name: str, label: str) -> Row:
        values = {"estimate": found[name], "p": found.get(f"{name}_p")}
        values["reason"] = "target_is_zero" if found[name] is None else None
        note = "Until half the unweighted mean is left. " if name == "orwin" else ""
        return _row(f"fail_safe_{name}", label, "count", values, note + common)

    names = ("rosenthal", "orwin", "rosenberg")
    return [
        _against_zero(
            f"fail_safe_{name}",
            f"Fail-safe N ({name.capitalize()})",
            "count",
            measure,
            lambda name=name: make(name, f"Fail-safe N ({name.capitalize()})"),
        )
        for name in names
    ]


def _agreement(rows: Sequence[Row], fit: Mapping[str, Any], few: bool) -> str:
    """One or two sentences: how many tests are small, where the adjusted estimates lie."""
    by_id = {row["id"]: row for row in rows}
    done = [by_id[name] for name in TESTS if by_id[name]["p"] is not None]
    small = [row["name"] for row in done if row["p"] < 0.1]
    parts = []
    if done:
        found = f"{len(small)} of {wording.counted(len(done), 'test')} for asymmetry"
        named = f" ({wording.listed(small)})" if small else ""
        parts.append(f"{found} {'has' if len(small) == 1 else 'have'} p < 0.10{named}.")
    else:
        parts.append("No test for asymmetry could be done.")
    adjusted = [
        row for name in ADJUSTED if (row := by_id.get(name)) and row["estimate"] is not None
    ]
    if not adjusted:
        parts.append("No adjusted estimate could be made.")
    else:
        values = [row["estimate"] for row in adjusted]
        same = [row for row in adjusted if row["estimate"] * fit["b"] > 0]
        other = [row["name"] for row in adjusted if row not in same]
        count = wording.counted(len(adjusted), "adjusted estimate")
        bounds = (
            f"is {wording.number(values[0])}"
            if len(values) == 1
            else f"run from {wording.number(min(values))} to {wording.number(max(values))}"
        )
        parts.append(f"{count} {bounds}, beside {wording.number(fit['b'])} without adjustment")
        if other:
            parts[-1] += f"; {wording.listed(other)} {'is' if len(other) == 1 else 'are'} not on "
            parts[-1] += "the same side of 0."
        else:
            parts[-1] += (
                ", all on the same side of 0." if len(values) > 1 else ", on its side of 0."
            )
    parts.append("The methods share their data and are not independent votes.")
    if few:
        parts.append(f"With fewer than {ENOUGH} results this is no evidence for or against bias.")
    return " ".join(parts)
