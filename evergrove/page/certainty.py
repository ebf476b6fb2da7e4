"""The certainty of the evidence: a table of reasons, and the level in a sentence."""

from __future__ import annotations

from typing import Any

from evergrove import certainty as grade
from evergrove import wording
from evergrove.page.parts import Table, cell, table
from evergrove.page.results import ReviewResults, words


def assessed(results: ReviewResults) -> dict[str, Any]:
    """`grade.certainty` of the primary synthesis, with what a person judged."""
    small = results.syntheses.get("small_study") or {}
    tests = [one for one in small.get("methods", ()) if one["id"].startswith("egger")]
    # The test with the variance between cohorts in it, where there is one.
    test = next((one for one in tests if "mixed" in one["id"]), tests[0] if tests else None)
    return grade.certainty(results.primary, results.protocol, results.certainty, test)


def sentence(results: ReviewResults) -> tuple[str, str]:
    """The level for the first screen, and who says so."""
    found = assessed(results)
    if found["level"] is None:
        return "not assessed", "nothing is pooled"
    who = "judged by a person" if found["judged"] else "suggested by rules; no person has judged it"
    if any(row["judged_by"] for row in found["rows"]) and not found["judged"]:
        who = "in part suggested by rules"
    return found["level"], who


def grade_table(results: ReviewResults) -> Table:
    """One row a domain of GRADE."""
    found = assessed(results)
    steps = {0: "no", 1: "one level", 2: "two levels"}
    rows = [
        [
            words(row["domain"]).capitalize(),
            steps[row["levels"]],
            cell(f"{row['reason']}."),
            row["judged_by"] or "rule",
        ]
        for row in found["rows"]
    ]
    level = found["level"] or "not assessed"
    return table(
        "certainty",
        f"Certainty of the evidence (GRADE): {level}",
        [("Domain", "text"), ("Lowered", "text"), ("Reason", "long"), ("Judged by", "text")],
        rows,
        note=f"Evidence without a comparison begins at {found['start']}. “Rule”: suggested from "
        "the numbers, and no judgement; a row of certainty.csv puts a person's in its place.",
        empty="Nothing is pooled.",
    )


def findings_table(results: ReviewResults) -> Table:
    """The summary of findings: one row, the outcome of the review."""
    primary, fit = results.primary, results.primary["fit"]
    level, _ = sentence(results)
    rows = []
    if fit is not None:
        more = results.syntheses.get("minimal_difference") or {}
        share = more.get("new_setting")
        rows.append(
            [
                wording.with_dashes(results.protocol["outcome"]["label"]),
                wording.count(primary["n_studies"]),
                wording.count(primary["n_people"]),
                f"{results.effect(fit['b'])} ({results.bounds(fit['ci_low'], fit['ci_high'])})",
                results.bounds(fit["pi_low"], fit["pi_high"]),
                "–" if share is None else wording.percent(100 * share),
                level,
            ]
        )
    important = results.protocol["outcome"].get("minimal_important_difference")
    beyond = "–" if important is None else wording.plain(important)
    return table(
        "findings",
        "Summary of findings",
        [
            ("Outcome", "text"),
            ("Studies", "number"),
            ("People", "number"),
            (f"{results.effect_name} ({results.level} CI)", "number"),
            (f"{results.level} PI", "number"),
            (f"Settings beyond {beyond}", "number"),
            ("Certainty", "text"),
        ],
        rows,
        note="Settings beyond: the share of new settings whose true change is larger than the "
        "minimal important difference, by the distribution of the prediction interval.",
        empty="Nothing is pooled.",
    )
