"""The first screen: what was found, how sure, as of when, and what still waits for a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evergrove import wording
from evergrove.page import certainty
from evergrove.page.results import ReviewResults, tau
from evergrove.page.waiting import waiting

_DATE = re.compile(r"(?<!\d)(\d{4}-[01]\d-[0-3]\d)(?!\d)")


def headline(results: ReviewResults) -> dict[str, Any]:
    """Everything that the first screen says, as plain values."""
    return {
        "conclusion": conclusion(results),
        "spread": spread(results),
        "facts": facts(results),
        "statements": list(results.syntheses["statements"]),
        "warnings": list(results.primary["warnings"]),
        "waiting": waiting(results),
        "pooled": results.primary["fit"] is not None,
    }


def outcome(results: ReviewResults) -> str:
    """The outcome inside a sentence: "Pain (VAS 0-10)" becomes "pain (VAS 0–10)".

    Word joiners keep the dash from ending a line.
    """
    label = wording.with_dashes(results.protocol["outcome"]["label"])
    label = label.replace(wording.EN_DASH, f"{wording.EN_DASH}{wording.WORD_JOINER}")
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def evidence(synthesis: Mapping[str, Any]) -> str:
    """ "9 studies (11 cohorts, 501 people)"."""
    return (
        f"{wording.counted(synthesis['n_studies'], 'study', 'studies')} "
        f"({wording.counted(synthesis['k'], 'cohort')}, "
        f"{wording.counted(synthesis['n_people'], 'person', 'people')})"
    )


def pooled(results: ReviewResults, fit: Mapping[str, Any]) -> str:
    """The estimate with its unit and confidence interval: "5.31 points (95% CI 4.52 to 6.09)"."""
    bounds = results.bounds(fit["ci_low"], fit["ci_high"])
    return f"{results.effect(fit['b'])}{results.unit} ({results.level} CI {bounds})"


def direction(results: ReviewResults, fit: Mapping[str, Any]) -> str:
    """What the sign of the estimate means, and whether the interval leaves the sign open."""
    meaning = results.protocol["effect"]["positive_means"]
    low, high = fit["ci_low"], fit["ci_high"]
    if low is None or high is None or low <= 0 <= high:
        return (
            f"a {positive(results)} means {meaning}; the interval includes {nothing(results)}, so "
            "that the direction of the change is not established"
        )
    if low > 0:
        return meaning
    return f"the opposite of “{meaning}”"


def positive(results: ReviewResults) -> str:
    """What lies on the side that the protocol calls positive: "positive number"."""
    return "ratio above 1" if results.measure.scale == "log" else "positive number"


def nothing(results: ReviewResults) -> str:
    """The value of no change, as it is printed."""
    return "1" if results.measure.scale == "log" else "zero"


def conclusion(results: ReviewResults) -> str:
    """The finding in one sentence. It claims a change, never an effect of the intervention."""
    primary = results.primary
    fit = primary["fit"]
    name = outcome(results)
    if fit is None:
        return f"Nothing can be pooled yet: no measurement of {name} meets the protocol."
    if primary["k"] == 1:
        start = f"In the only cohort ({wording.counted(primary['n_people'], 'person', 'people')})"
        return f"{start}, the {results.effect_words} in {name} was {pooled(results, fit)}: " + (
            f"{direction(results, fit)}."
        )
    return (
        f"Across {evidence(primary)}, the {results.effect_words} in {name} was "
        f"{pooled(results, fit)}: "
        f"{direction(results, fit)}."
    )


def spread(results: ReviewResults) -> str | None:
    """The second sentence: how far single cohorts lie apart."""
    fit = results.primary["fit"]
    if fit is None or fit["pi_low"] is None or fit["pi_high"] is None:
        return None
    bounds = results.bounds(fit["pi_low"], fit["pi_high"])
    return (
        f"In a new cohort like these the {results.effect_words} is expected between "
        f"{bounds.replace(' to ', ' and ')}{results.unit} ({results.level} prediction interval)."
    )


def facts(results: ReviewResults) -> list[dict[str, str | None]]:
    """The numbers beside the conclusion: label, value, and what the value means."""
    primary, fit = results.primary, results.primary["fit"]
    found: list[dict[str, str | None]] = []
    if fit is not None:
        found.append(
            _fact(
                results.effect_name,
                f"{results.effect(fit['b'])}{results.unit}",
                f"{results.level} confidence interval "
                f"{_unbroken(results.bounds(fit['ci_low'], fit['ci_high']))}"
                f"{_robust(results)}",
            )
        )
        if spread(results):
            found.append(
                _fact(
                    f"{results.level} prediction interval",
                    results.bounds(fit["pi_low"], fit["pi_high"]),
                    f"for the {results.effect_words} of a new cohort like these",
                )
            )
        if tau(fit) is not None:
            found.append(_fact("Between cohorts, τ", *_tau(results, fit)))
    found.append(
        _fact(
            "Evidence",
            wording.counted(primary["n_studies"], "study", "studies"),
            f"{wording.counted(primary['k'], 'cohort')}, "
            f"{wording.counted(primary['n_people'], 'person', 'people')}",
        )
    )
    found.append(_fact("Certainty (GRADE)", *certainty.sentence(results)))
    found.append(_fact("Last search", *search_date(results)))
    return found


def _unbroken(text: str) -> str:
    return text.replace(" ", wording.NO_BREAK_SPACE)


def _robust(results: ReviewResults) -> str:
    """The cluster-robust interval, where cohorts share a study and so are not independent."""
    robust = results.primary["robust"]
    if robust is None or robust["ci_low"] is None or robust["clusters"] == results.primary["k"]:
        return ""
    bounds = results.bounds(robust["ci_low"], robust["ci_high"])
    return f"; cluster-robust {_unbroken(bounds)}"


def _fact(label: str, value: str, detail: str | None = None) -> dict[str, str | None]:
    return {"label": label, "value": value, "detail": detail}


def _tau(results: ReviewResults, fit: Mapping[str, Any]) -> tuple[str, str]:
    """The between-cohort standard deviation and its interval, from tau² and its interval."""
    decimals = results.decimals
    value = f"{wording.number(tau(fit), decimals)}{results.unit}"
    meaning = f"standard deviation of the true {_true(results)}"
    low, high = fit["tau2_ci_low"], fit["tau2_ci_high"]
    if low is None or high is None:
        return value, meaning
    bounds = wording.interval(low**0.5, high**0.5, decimals, may_be_negative=False)
    return value, f"{meaning}, {results.level} CI {bounds}"


def _true(results: ReviewResults) -> str:
    return "log ratios" if results.measure.scale == "log" else "changes"


def search_date(results: ReviewResults) -> tuple[str, str]:
    """The latest date that an export states by its name, and how many exports state none."""
    dates = [dated(row["source_file"]) for row in results.search_log]
    known = sorted(date for date in dates if date)
    exports = wording.counted(len(dates), "citation export")
    version = results.changes.get("date")
    if not known and version:
        return version, f"as stated for version {results.changes['version']}; {exports}"
    if not known:
        return "not stated", f"{exports}, none of them dated"
    undated = len(dates) - len(known)
    return known[-1], f"{exports}, {undated or 'none'} of them undated"


def dated(source_file: str) -> str | None:
    """The date in the name of an export (``2026-01-31-pubmed.xml``), or None."""
    found = _DATE.search(source_file)
    return found[1] if found else None


def summary(results: ReviewResults) -> str:
    """Three lines for the end of a run: the result, where the page is, what waits for a person."""
    primary, fit = results.primary, results.primary["fit"]
    if fit is None:
        first = f"{results.slug}: nothing pooled yet"
    else:
        bounds = results.bounds(fit["pi_low"], fit["pi_high"])
        first = (
            f"{results.slug}: {results.effect_words} in {outcome(results)} {pooled(results, fit)}, "
            f"prediction interval {bounds}, {evidence(primary)}; {direction(results, fit)}"
        )
    waits = "; ".join(item["text"] for item in waiting(results))
    lines = [
        first,
        f"page: results/{results.slug}/page/index.html",
        f"waiting for a person: {waits or 'nothing'}",
    ]
    # A terminal is no page: plain spaces, and nothing that could break a line in two.
    return "".join(" ".join(line.replace(wording.WORD_JOINER, "").split()) + "\n" for line in lines)
