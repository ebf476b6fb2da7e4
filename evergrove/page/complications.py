"""The table of complications: events per cohort, and what is pooled from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evergrove import wording
from evergrove.page.parts import Cell, Footnotes, Table, cell, table
from evergrove.page.results import ReviewResults, anchor

NAME = "complications"


def complications(results: ReviewResults) -> Table:
    """Every cohort that reports an event, then all together by each model, event by event."""
    notes = Footnotes()
    block = results.syntheses.get("complications") or {"events": [], "dropped": []}
    rows = [row for event in block["events"] for row in _rows(results, event, notes)]
    return table(
        NAME,
        "Complications: people with the event among those treated",
        [
            ("Event", "text"),
            ("Cohort", "text"),
            ("Events", "number"),
            ("People", "number"),
            ("Proportion", "number"),
            (f"{results.level} CI", "number"),
        ],
        rows,
        note=_note(block),
        footnotes=notes.used(NAME),
        merged=1,
        empty="No counts of complications are kept for this review.",
    )


def _rows(results: ReviewResults, event: Mapping[str, Any], notes: Footnotes) -> list[list[Any]]:
    name = cell(event["event"], notes=[notes.mark(text) for text in event["warnings"]])
    rows: list[list[Any]] = []
    for group in event["groups"]:
        marks = [notes.mark(group["note"])] if group["note"] else []
        label = cell(group["label"], href=f"#ref-{anchor(group['report'])}", notes=marks)
        counts = [wording.count(group["events"]), wording.count(group["people"])]
        rows.append([name, label, *counts, *_share(group)])
    together = [wording.count(event["events"]), wording.count(event["people"])]
    several = event["k"] > 1
    if several and event["glmm"]["proportion"] is not None:
        rows.append(
            [name, _strong("Binomial-normal model"), *together, *_share(_model(event["glmm"]))]
        )
        mean = _model(event["beta_binomial"])
        rows.append([name, "Beta-binomial model", *together, *_share(mean)])
    if several:
        rows.append([name, "All people as one group", *together, *_share(event["crude"])])
    back = event["double_arcsine"]["back"]
    if back is not None:
        marks = [notes.mark(text) for text in event["double_arcsine"]["warnings"]]
        label = cell("Double arcsine, for comparison", notes=marks, tone="quiet")
        rows.append([name, label, *together, *_share(back)])
    return rows


def _strong(text: str) -> Cell:
    return cell(text, tone="strong")


def _model(found: Mapping[str, Any]) -> dict[str, float | None]:
    """A model's proportion and its ends, named as those of a single cohort."""
    return {
        "proportion": found["proportion"],
        "ci_low": found["proportion_low"],
        "ci_high": found["proportion_high"],
    }


def _share(found: Mapping[str, float | None]) -> list[str]:
    """A proportion and its interval in percent; with no event only the upper limit is news."""
    value, low, high = (found[key] for key in ("proportion", "ci_low", "ci_high"))
    shown = wording.percent(None if value is None else 100 * value, 1)
    if low is None or high is None:
        return [shown, wording.MISSING]
    if value == 0:
        return [shown, f"up to {wording.percent(100 * high, 1)}"]
    return [shown, f"{wording.interval(100 * low, 100 * high, 1, may_be_negative=False)}%"]


def _note(block: Mapping[str, Any]) -> str | None:
    if not block["events"]:
        return None
    dropped = len(block["dropped"])
    counts = (
        f" Left out, each with its reason in syntheses.json: {wording.counted(dropped, 'count')}."
    )
    more = counts if dropped else ""
    return (
        "Intervals of cohorts and of all people as one group are exact (Clopper and Pearson). The "
        "binomial-normal model gives the median setting, the beta-binomial one the mean over "
        "settings. No event is no evidence of no risk: read the upper limit. Reports that do not "
        f"speak of an event are not counted as having none.{more}"
    )
