"""Rows of effects.csv and a protocol of an invented review; no number here is from a study."""

from __future__ import annotations

import copy
from typing import Any


def row(report: str, days: int | None, yi: float | None, vi: float | None, **other: Any) -> dict:
    """One measurement; without yi it has a reason. Cells are text, as they are read."""
    cohort = other.pop("cohort", "all")
    values = {
        "measurement_id": f"{report}/{cohort}/{'unstated' if days is None else days}",
        "report": report,
        "study": report,
        "cohort": cohort,
        "group": "old",
        "use": "pool",
        "status": "verified",
        "timepoint_days": "" if days is None else str(days),
        "timepoint_label": "",
        "statistic": "mean_sd",
        "flags": "",
        "n": "30",
        "yi": "" if yi is None else repr(yi),
        "vi": "" if vi is None else repr(vi),
        "rung": "" if yi is None else "r_assumed",
        "reason": "no standard deviation" if yi is None else "",
    }
    return values | {key: str(value) for key, value in other.items()}


def effects() -> list[dict]:
    return [
        row("alder2011", 7, 2.9, 0.05),
        row("alder2011", 30, 3.3, 0.04),
        row("alder2011", 200, 4.4, 0.04),
        row("birch2015", 20, 1.1, 0.09, cohort="left", n=60, flags="n_assumed"),
        row("birch2015", 40, 2.4, 0.08, cohort="right (mostly)", n=55, group="young"),
        row("cedar2018", None, 2.0, 0.11, group="young", flags="time_not_stated; n_assumed"),
        row("cedar2018", 90, 2.6, 0.12, group="young"),
        row("dogwood2019", 30, 0.7, 0.02, statistic="median_iqr", rung="converted_median_iqr"),
        row("elm2020", 30, 5.0, 0.01, flags="copied"),
        row("fir2021", 30, 1.5, 0.2, n=8),
        row("ginkgo2009", 30, None, None),
        row("hazel2010", 30, 1.9, 0.1, use="no"),
        row("ivy2012", 30, 1.8, 0.1, status="candidate"),
        row("juniper2014", None, 3.9, 0.07, group="other"),
    ]


def effects_by_r(rows: list[dict], grid: list[float]) -> list[dict]:
    """The same effects with variances that fall as r rises, and are the same at r = 0.5."""
    return [
        {
            "measurement_id": item["measurement_id"],
            "r": repr(r),
            "yi": item["yi"],
            "vi": repr(float(item["vi"]) * (1 - r) / 0.5),
        }
        for item in rows
        if item["yi"]
        for r in grid
    ]


def protocol(**syntheses: Any) -> dict[str, Any]:
    parts = {
        "primary": {
            "label": "Nearest to 30 days",
            "window": {"min_days": 0, "max_days": 91, "nearest_days": 30},
            "unstated_time": "admit",
            "statistics": ["mean_sd"],
            "min_n": 11,
            "exclude_flags": ["copied"],
        },
        "windows": [
            {"id": "early", "label": "Early", "min_days": 0, "max_days": 10, "nearest_days": 1},
            {"id": "late", "label": "Late", "min_days": 92, "max_days": None, "nearest_days": 300},
            {
                "id": "never",
                "label": "Never",
                "min_days": 900,
                "max_days": 901,
                "nearest_days": 900,
            },
        ],
        "sensitivity": [
            {"id": "without-largest", "label": "Without the largest", "leave_out": "largest_study"},
            {"id": "with-copied", "label": "With the copied one", "admit_flags": ["copied"]},
            {"id": "with-medians", "label": "With medians", "add_statistics": ["median_iqr"]},
            {"id": "with-small", "label": "With small series", "min_n": 1},
            {"id": "without-absent", "label": "Without none", "drop_flags": ["absent"]},
        ],
        "without_each_flag": ["n_assumed", "time_not_stated"],
        "subgroups": [
            {"id": "by-age", "label": "By age", "column": "group", "levels": ["old", "young"]}
        ],
    }
    return copy.deepcopy(
        {
            "slug": "baths",
            "outcome": {"label": "Pain (VAS 0-10)", "unit": "points"},
            "effect": {
                "measure": "MC",
                "positive_means": "less pain after than before",
                "correlation": {"assumed": 0.5, "grid": [0.0, 0.5, 0.9]},
            },
            "model": {
                "method": "REML", "test": "knha", "level": 95, "tau2_ci": "qprofile",
                "prediction": "t_k1", "cluster": "study", "robust": "CR2",
            },
            "pool_unverified": False,
            "syntheses": parts | syntheses,
            "flags": {"n_assumed": "The number analysed is assumed.", "copied": "Copied."},
        }
    )  # fmt: skip
