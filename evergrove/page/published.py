"""Published reviews of the field beside this one, and whether their printed precision can be."""

from __future__ import annotations

import math
import re

from evergrove import wording
from evergrove.page.parts import Table, cell, table
from evergrove.page.results import ReviewResults, Row

COLUMNS = (
    "review_id", "authors", "year", "doi", "k_studies", "n_patients", "outcome", "timepoint",
    "pooled_estimate", "spread_or_ci", "I2", "source_url",
)  # fmt: skip
_PLUS_MINUS = re.compile(r"^\s*(?:\+/-|±)\s*(\d+(?:\.\d+)?)\s*$")
#: The smallest SD that single scores of the review's own cohorts have.
_SHARE = 0.5


def published_table(results: ReviewResults) -> Table:
    """One row a pooled result of another review, and this one first."""
    primary, fit = results.primary, results.primary["fit"]
    rows = []
    if fit is not None:
        estimate = f"{results.effect(fit['b'])} ({results.bounds(fit['ci_low'], fit['ci_high'])})"
        rows.append(
            [
                cell("This review", tone="strong"),
                wording.count(primary["n_studies"]),
                wording.count(primary["n_people"]),
                cell(wording.with_dashes(results.protocol["outcome"]["label"])),
                cell(f"{estimate}{results.unit}"),
                "–",
            ]
        )
    for row in results.published:
        if row["pooled_estimate"]:
            rows.append(_row(row))
    return table(
        "published",
        "Published reviews of the field",
        [
            ("Review", "text"),
            ("Studies", "number"),
            ("People", "number"),
            ("What was pooled", "text"),
            ("Result as printed", "text"),
            ("I²", "number"),
        ],
        rows,
        note=" ".join(impossible(results)) or None,
        empty="None is listed.",
    )


def _row(row: Row) -> list[object]:
    who = row["authors"].split(",")[0].split(";")[0] or row["review_id"]
    link = f"https://doi.org/{row['doi']}" if row["doi"] else None
    spread = wording.printed(row["spread_or_ci"]).replace("+/-", "±")
    about = ", ".join(part for part in (row["outcome"], row["timepoint"]) if part)
    return [
        cell(f"{who} {row['year']}", href=link),
        row["k_studies"] or "–",
        row["n_patients"] or "–",
        about,
        f"{wording.printed(row['pooled_estimate'])} {spread}".strip(),
        row["I2"] if re.fullmatch(r"\d+%", row["I2"]) else "–",
    ]


def impossible(results: ReviewResults) -> list[str]:
    """A sentence for every review whose printed ± is smaller than any standard error could be.

    With n people and scores of standard deviation s, a pooled mean has a standard error of at
    least s / sqrt(n), also without any heterogeneity; s is half of the smallest SD before treatment
    that a cohort of this review prints.
    """
    sds = sorted(
        float(row["before_sd"]) for row in results.effects if _number(row.get("before_sd", ""))
    )
    if not sds:
        return []
    least = _SHARE * sds[0]
    out = []
    for name in dict.fromkeys(row["review_id"] for row in results.published):
        mine = [row for row in results.published if row["review_id"] == name]
        told = [
            (float(found[1]), int(row["n_patients"]))
            for row in mine
            if (found := _PLUS_MINUS.match(row["spread_or_ci"])) and row["n_patients"].isdigit()
        ]
        bad = [(x, n) for x, n in told if x < least / math.sqrt(n)]
        if not bad:
            continue
        x, n = bad[0]
        who = mine[0]["authors"].split(",")[0]
        out.append(
            f"{who} {mine[0]['year']} prints ± {x:g}: with {n} people a standard error so small "
            f"needs scores with a standard deviation of {x * math.sqrt(n):.2f} and no "
            "heterogeneity at all; the smallest standard deviation before treatment in the "
            f"cohorts here is {wording.number(sds[0], 1)}."
        )
    return out


def _number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None
