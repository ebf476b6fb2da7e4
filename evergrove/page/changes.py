"""What changed since the last version, and the table of versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evergrove import wording
from evergrove.page.parts import Table, table
from evergrove.page.results import ReviewResults, tau

WORDS = {
    "important": "the whole interval lies at or beyond the minimal important difference",
    "small": "a change, smaller than the minimal important difference",
    "some": "a change, of uncertain importance",
    "unclear": "the interval includes no change",
    "opposite": "a change in the opposite direction",
    "none": "nothing pooled",
}


def changes(results: ReviewResults) -> dict[str, Any]:
    """{"version", "name", "since", "sentences", "rule", "changed", "note"} for the first screen.

    `version` is None for results that are not released; `since` names the version compared with.
    """
    found = results.changes
    version = found.get("version")
    previous = found.get("previous")
    out: dict[str, Any] = {
        "version": version,
        "date": found.get("date"),
        "name": f"{results.slug} {version}" if version else f"{results.slug}, not released",
        "note": found.get("note") or "",
        "since": previous["version"] if previous else None,
        "since_date": previous["date"] if previous else None,
        "sentences": [],
        "rule": None,
        "changed": None,
    }
    if found.get("changes") is None:
        return out
    told = found["changes"]
    out["sentences"] = [text for text in _sentences(results, told) if text]
    out["rule"] = told["conclusion"]["rule"]
    out["changed"] = told["conclusion"]["changed"]
    return out


def _sentences(results: ReviewResults, told: Mapping[str, Any]) -> list[str]:
    studies, measured, reports = told["studies"], told["measurements"], told["reports"]
    verdict = told["conclusion"]
    return [
        _named("new in the primary synthesis", studies["added_to_primary"], results),
        _named("no longer in the primary synthesis", studies["removed_from_primary"], results),
        _other(studies, results),
        _counted(measured["corrected"], "measurement corrected", "measurements corrected"),
        _counted(measured["reclassified"], "measurement classed otherwise", "classed otherwise"),
        _named("retracted", [row["report"] for row in reports["retracted"]], results),
        _moved(results, told),
        _verdict(verdict),
    ]


def _verdict(verdict: Mapping[str, Any]) -> str:
    before, after = WORDS[verdict["before"]], WORDS[verdict["after"]]
    if before == after:
        word = "changed, as the estimate moved" if verdict["changed"] else "did not change"
        return f"The conclusion {word}: {after}."
    return f"The conclusion changed: before, {before}; now, {after}."


def _named(words: str, names: list[str], results: ReviewResults) -> str:
    if not names:
        return ""
    shown = wording.listed([_label(name, results) for name in names])
    return f"{wording.counted(len(names), 'study', 'studies')} {words}: {shown}."


def _label(study: str, results: ReviewResults) -> str:
    """The name that the forest plot has for a study: of its one report there, where it has one."""
    rows = results.primary.get("studies", ())
    reports = {row["report"] for row in rows if row["study"] == study}
    return results.label(reports.pop() if len(reports) == 1 else study)


def _other(studies: Mapping[str, Any], results: ReviewResults) -> str:
    """Studies that came or went outside the primary synthesis."""
    more = sorted(set(studies["added"]) - set(studies["added_to_primary"]))
    return _named("new in other analyses", more, results)


def _counted(items: list[Any], one: str, many: str) -> str:
    return f"{wording.counted(len(items), one, many)}." if items else ""


def _primary(told: Mapping[str, Any], results: ReviewResults) -> Mapping[str, Any] | None:
    name = results.syntheses["primary"]
    return next((one for one in told["syntheses"] if one["id"] == name), None)


def _moved(results: ReviewResults, told: Mapping[str, Any]) -> str:
    one = _primary(told, results)
    if one is None or one["before"] is None or one["after"] is None:
        return ""
    before, after = one["before"]["fit"], one["after"]["fit"]
    if before is None or after is None:
        return ""
    return (
        f"The estimate went from {_estimate(results, before)} to {_estimate(results, after)}"
        f"{results.unit}."
    )


def _estimate(results: ReviewResults, fit: Mapping[str, Any]) -> str:
    bounds = results.bounds(fit["ci_low"], fit["ci_high"])
    return f"{results.effect(fit['b'])} ({results.level} CI {bounds})"


def version_table(results: ReviewResults) -> Table:
    """The primary result by version, oldest first."""
    rows = []
    for step in results.changes.get("trajectory", ()):
        fit = step["fit"]
        pooled = ["–", "–", "–", "–"]
        if fit is not None:
            pooled = [
                results.effect(fit["b"]),
                results.bounds(fit["ci_low"], fit["ci_high"]),
                results.bounds(fit["pi_low"], fit["pi_high"]),
                wording.number(tau(fit), results.decimals),
            ]
        rows.append(
            [
                step["version"] or "now",
                step["date"] or "–",
                wording.count(step["k"]),
                wording.count(step["n_studies"]),
                wording.count(step["n_people"]),
                *pooled,
            ]
        )
    return table(
        "versions",
        "The primary synthesis by version",
        [
            ("Version", "text"),
            ("Evidence to", "text"),
            ("Cohorts", "number"),
            ("Studies", "number"),
            ("People", "number"),
            (results.effect_name, "number"),
            (f"{results.level} CI", "number"),
            (f"{results.level} PI", "number"),
            ("τ", "number"),
        ],
        rows,
        note="Versions are kept in the review's folder versions/ and never changed.",
        empty="No version has been released.",
    )


def changed_table(results: ReviewResults) -> Table:
    """Every synthesis before and now."""
    told = results.changes.get("changes")
    rows = []
    for one in told["syntheses"] if told else ():
        rows.append(
            [
                one["label"],
                *_side(results, one["before"]),
                *_side(results, one["after"]),
            ]
        )
    since = (results.changes.get("previous") or {}).get("version") or "before"
    return table(
        "changed",
        "Every synthesis before and now",
        [
            ("Analysis", "text"),
            (f"Cohorts, {since}", "number"),
            (f"Estimate, {since}", "number"),
            ("Cohorts, now", "number"),
            ("Estimate, now", "number"),
        ],
        rows,
        empty="There is no version before this one.",
    )


def _side(results: ReviewResults, one: Mapping[str, Any] | None) -> list[str]:
    if one is None:
        return ["–", "–"]
    fit = one["fit"]
    return [wording.count(one["k"]), "–" if fit is None else _estimate(results, fit)]
