"""An invented review of any size whose syntheses are pooled by the project itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evergrove import pooling
from evergrove.figures.save import save
from evergrove.figures.style import GENERIC
from evergrove.forest_plots import figure_tables, place
from evergrove.page.results import ReviewResults
from tests import figure_sample
from tests.page_sample import ABSTRACT, sample

GRID = (0.0, 0.2, 0.5, 0.7, 0.9)


def explored(k: int = 9, figures: bool = False, **study: Any) -> ReviewResults:
    """A review of k cohorts: a primary synthesis, two windows, one sensitivity, two subgroups."""
    base = sample()
    rows = figure_sample.studies(k, **study)
    for row in rows:
        row["measurement_id"] = f"{row['report']}/all & <rest>/30"
    made = [
        _pooled(rows, "primary", "primary", "Nearest to 30 days, 0-91"),
        _pooled(rows[: k // 2], "early", "window", "Up to 7 days"),
        _pooled(rows[-1:], "late", "window", "Later"),
        _pooled(rows[1:], "large", "sensitivity", "Without the largest study"),
        *(
            _pooled(
                [row for row in rows if row["group"] == level],
                f"by-time-{level}",
                "subgroup",
                level,
            )
            for level in ("early", "late")
        ),
    ]
    syntheses = {
        **base.syntheses,
        "syntheses": made,
        "correlation_grid": [grid_point(rows, r) for r in GRID],
        "subgroups": [
            {
                "id": "by-time", "label": "By time", "column": "group", "common_tau2": None,
                "levels": [
                    {"level": level, "synthesis": f"by-time-{level}"} for level in ("early", "late")
                ],
                "test": {"Q_between": None, "df": None, "p": None},
            }
        ],
    }  # fmt: skip
    by_r = [
        {"measurement_id": row["measurement_id"], "r": repr(r), "yi": repr(yi), "vi": repr(vi)}
        for row in rows
        for r in GRID
        for yi, vi in [at_correlation(row, r)]
    ]
    protocol = {**base.protocol, "model": {**base.protocol["model"], "prediction": "t_k1"}}
    made_review = replace(base, syntheses=syntheses, effects_by_r=by_r, protocol=protocol)
    return with_files(made_review, rows, figures)


def at_correlation(row: dict[str, Any], r: float) -> tuple[float, float]:
    """The effect of a row at a correlation; the published one is that at 0.5."""
    return row["yi"], row["vi"] * (1 - r) / 0.5


def grid_point(rows: list[dict[str, Any]], r: float) -> dict[str, Any]:
    values = [at_correlation(row, r) for row in rows]
    fit = pooling.fit([yi for yi, _ in values], [vi for _, vi in values], prediction="t_k1")
    keys = ("b", "se", "ci_low", "ci_high", "tau2", "tau", "pi_low", "pi_high", "Q", "I2")
    return {"r": r, **{key: fit[key] for key in keys}}


def with_files(results: ReviewResults, rows: list[dict[str, Any]], figures: bool) -> ReviewResults:
    """The review with what else a page of that size holds: readings, abstracts and the drawing."""
    [measured, *_] = [row for row in results.measurements if row["use"] == "pool"]
    [effect, *_] = [row for row in results.effects if row["yi"]]
    report = next(row for row in results.screened if row["decision"] == "include")
    names = [row["measurement_id"] for row in rows]
    digest = results.candidates[0]["sha256"]
    drawn = {}
    if figures:
        [table] = figure_tables(results.syntheses, figure_sample.PROTOCOL, ["primary"])
        drawn = {"primary": save(place(table), ["svg"], GENERIC)["svg"].decode()}
    return replace(
        results,
        measurements=[
            {**measured, "measurement_id": name, "report": row["report"], "study": row["study"]}
            for name, row in zip(names, rows, strict=True)
        ],
        effects=[
            {**effect, "measurement_id": name, "report": row["report"]}
            for name, row in zip(names, rows, strict=True)
        ],
        screened=[
            {**report, "status": "", "report": row["report"],
             "report_id": f"doi:10.1000/{row['report']}",
             "title": f"A series of {row['n']} adults who bathed: {row['label']}"}
            for row in rows
        ],
        candidates=[
            {"report": row["report"], "record_id": row["report"], "sha256": digest} for row in rows
        ],
        records=[{"record_id": row["report"], "abstract": ABSTRACT} for row in rows],
        disagreements=[],
        flow={
            **results.flow, "records": len(rows), "rejects": 0, "duplicates": 0, "awaiting": 0,
            "reports": len(rows), "screened": len(rows), "excluded": 0, "excluded_by_reason": {},
            "included": len(rows),
        },
        to_screen=[], to_verify=[], studies=[], conflicts=[],
        leave_one_out=[
            {"left_out": row["label"], "k": str(len(rows) - 1), "b": repr(row["yi"]),
             "ci_low": "1.0", "ci_high": "6.0", "tau2": "0.5"}
            for row in rows
        ],
        figures=drawn,
    )  # fmt: skip


def _pooled(rows: list[dict[str, Any]], name: str, kind: str, label: str) -> dict[str, Any]:
    made = figure_sample.synthesis([dict(row) for row in rows], name, kind, label)
    if rows:
        made["fit"] = pooling.fit(
            [row["yi"] for row in rows], [row["vi"] for row in rows], prediction="t_k1"
        )
    return {**made, "description": ""}
