"""Result files of an invented review, small enough to read; no number here is from a study."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from evergrove.page.results import ReviewResults

HOSTILE = '<script>alert("title")</script> & <b>bold</b> <img src=https://example.org/x onerror=1>'

ABSTRACT = (
    "Aims. Warm baths are said to ease knees. Results Scores fell from 6.4±1.2 to 3.1±1.5 in 30 "
    "adults (p<0.001). A score of 3.1 was also seen in staff. No harm was seen."
)

DRAWING = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="510pt"
 height="120pt" viewBox="0 0 510 120" role="img" aria-labelledby="t d">
 <title id="t">Forest plot</title><desc id="d">Two cohorts &amp; a diamond</desc>
 <metadata><a href="https://example.org/meta">m</a></metadata>
 <style>*{stroke-linejoin: round} @import url(https://example.org/x.css); .a, .b{fill: #000}</style>
 <script>alert(1)</script>
 <defs><clipPath id="c"><rect width="510" height="120"/></clipPath>
  <path id="m" d="M0 0h8v8z"/></defs>
 <g clip-path="url(#c)" onclick="alert(1)"><use xlink:href="#m" x="20" y="20"/>
  <image xlink:href="https://example.org/i.png"/>
  <text x="9" y="40">Alder 2011 &lt;b&gt; 3.30</text></g>
</svg>
"""


def _protocol() -> dict[str, Any]:
    return {
        "title": "Knee pain before and after warm baths",
        "slug": "baths",
        "question": {
            "population": "Adults with sore knees",
            "intervention": "Warm baths",
            "comparator": "None",
            "outcome": "Pain intensity",
            "design": "Before-after series",
        },
        "criteria": {
            "include": ["A series of people who bathed"],
            "exclude": [
                {"id": "no_score", "text": "No score can be read"},
                {"id": "other_joint", "text": "Another joint"},
            ],
        },
        "outcome": {
            "id": "pain",
            "label": "Pain (VAS 0-10)",
            "unit": "points",
            "scale": {"min": 0, "max": 10},
            "instruments": {"VAS 0-10": {"min": 0, "max": 10}},
            "direction": "lower_is_better",
        },
        "effect": {
            "measure": "MC",
            "sign": "before_minus_after",
            "positive_means": "less pain after than before",
            "correlation": {"assumed": 0.5, "grid": [0.0, 0.5]},
        },
        "model": {"method": "REML", "test": "knha", "level": 95},
        "pool_unverified": False,
        "syntheses": {
            "primary": {
                "label": "Nearest to 30 days",
                "window": {"min_days": 0, "max_days": 91, "nearest_days": 30},
                "unstated_time": "admit",
                "statistics": ["mean_sd"],
                "min_n": 11,
                "exclude_flags": ["copied"],
            },
            "windows": [{"id": "early", "label": "Up to 7 days"}],
            "sensitivity": [{"id": "large", "label": "Without the largest study"}],
            "without_each_flag": ["n_assumed"],
            "subgroups": [
                {"id": "by-age", "label": "By age", "column": "group", "levels": ["old", "young"]}
            ],
        },
        "flags": {
            "n_assumed": "The number analysed is taken to be the number enrolled.",
            "copied": "Text and numbers track another report.",
        },
    }


def fit(b: float = 3.2049, **other: Any) -> dict[str, Any]:
    """A fit as pool writes it, of invented numbers."""
    return {
        "method": "REML", "test": "knha", "level": 95, "k": 2, "b": b, "se": 0.31,
        "ci_low": b - 0.7, "ci_high": b + 0.7, "stat": 10.3, "df": 1, "p": 0.002, "tau2": 0.4,
        "tau2_ci_low": 0.1, "tau2_ci_high": 2.5, "I2": 81.2, "H2": 5.3, "Q": 7.7, "Q_df": 1,
        "Q_p": 0.0055, "pi_low": b - 1.9, "pi_high": b + 1.9, "n_dropped": 0, **other,
    }  # fmt: skip


def synthesis(name: str, kind: str, label: str, **other: Any) -> dict[str, Any]:
    return {
        "id": name, "kind": kind, "label": label, "description": f"About {label.lower()}", "k": 2,
        "n_studies": 2, "n_people": 72, "same_as_primary": False, "warnings": [], "fit": fit(),
        "robust": None, "studies": [], "dropped": [], **other,
    }  # fmt: skip


def _syntheses() -> dict[str, Any]:
    rows = [
        {
            "study": report, "report": report, "cohort": "all", "label": label, "group": group,
            "yi": yi, "vi": 0.04, "sei": 0.2, "ci_low": yi - 0.4, "ci_high": yi + 0.4,
            "weight": weight, "n": n, "timepoint_days": 30, "flags": "", "rung": "r_assumed",
            "measurement_id": f"{report}/all/30",
        }
        for report, label, group, yi, weight, n in [
            ("alder2011", "Alder 2011", "old", 3.3, 41.44, 30),
            ("birch2015", "Birch 2015", "young", -0.5, 58.56, 42),
        ]
    ]  # fmt: skip
    robust = {
        "b": 3.2049, "se": 0.4, "stat": 8.0, "df": 1.25, "p": 0.04, "ci_low": 0.1, "ci_high": 6.3,
        "clusters": 2,
    }  # fmt: skip
    dropped = [
        {"measurement_id": "alder2011/all/200", "label": "Alder 2011", "reason": "outside window"},
    ]
    return {
        "review": "baths", "measure": "MC", "outcome": "Pain (VAS 0-10)", "unit": "points",
        "positive_means": "less pain after than before", "level": 95, "primary": "primary",
        "syntheses": [
            synthesis("primary", "primary", "Nearest to 30 days", studies=rows, dropped=dropped,
                      robust=robust, description=""),
            synthesis("large", "sensitivity", "Without the largest study", fit=fit(-0.004),
                      warnings=["Only one study is left"]),
            synthesis("without-n-assumed", "sensitivity", "Without n assumed",
                      same_as_primary=True),
            synthesis("early", "window", "Up to 7 days", k=0, n_studies=0, n_people=0, fit=None),
            synthesis("by-age-old", "subgroup", "Old", k=1, n_studies=1, n_people=30,
                      fit=fit(3.3, tau2=0.0, tau2_ci_low=None, tau2_ci_high=None, pi_low=None,
                              pi_high=None)),
            synthesis("by-age-young", "subgroup", "Young", k=1, n_studies=1, n_people=42),
        ],
        "subgroups": [
            {
                "id": "by-age", "label": "By age", "column": "group",
                "levels": [
                    {"level": "old", "synthesis": "by-age-old"},
                    {"level": "young", "synthesis": "by-age-young"},
                ],
                "test": {"Q_between": 4.126, "df": 1, "p": 0.0422},
            }
        ],
        "correlation_grid": [
            {
                "r": r, "b": 3.2049, "se": 0.3, "ci_low": 2.5, "ci_high": 3.9, "tau2": 0.4,
                "tau": 0.6325, "pi_low": 1.3, "pi_high": 5.1, "Q": 7.7 + r, "I2": 81.2,
            }
            for r in (0.0, 0.5)
        ],
        "statements": ["Nobody was a control: baths & time cannot be told apart."],
    }  # fmt: skip


MEASUREMENTS = [
    # id, group, use reason, days, n enrolled, n, before, after, flags
    ("alder2011/all/200", "old", "", "200", "30", "30", ("6.4", "1.2"), ("2.0", "1.1"), ""),
    ("alder2011/all/30", "old", "", "30", "30", "30", ("6.4", "1.2"), ("3.1", "1.5"), "n_assumed"),
    ("birch2015/all/30", "young", "", "30", "50", "42", ("5.0", "2.0"), ("5.50", "2.1"), ""),
    ("cedar2018/all/unstated", "", "same people", "", "", "", ("", ""), ("", ""),
     "copied; n_assumed"),
]  # fmt: skip


def _measurements() -> list[dict[str, str]]:
    rows = []
    for name, group, why, days, enrolled, n, before, after, flags in MEASUREMENTS:
        report, cohort, _ = name.split("/")
        rows.append(
            {
                "measurement_id": name, "report": report, "study": report, "cohort": cohort,
                "group": group, "use": "no" if why else "pool", "use_reason": why,
                "outcome": "pain", "scale": "VAS 0-10", "timepoint_label": "later",
                "timepoint_days": days, "statistic": "mean_sd", "n_enrolled": enrolled, "n": n,
                "before_mean": before[0], "before_sd": before[1], "after_mean": after[0],
                "after_sd": after[1], "change_mean": "-7.60" if why else "", "p": "<0.001",
                "status": "verified", "verified_by": "a reader", "flags": flags, "note": "",
                "confidence": "high",
            }
        )  # fmt: skip
    return rows


def _effects() -> list[dict[str, str]]:
    values = {
        "alder2011/all/200": ("4.4", "4.0", "4.8"),
        "alder2011/all/30": ("3.3", "2.9", "3.7"),
        "birch2015/all/30": ("-0.5", "-0.9", "-0.1"),
    }
    rows = []
    for item in _measurements():
        yi, low, high = values.get(item["measurement_id"], ("", "", ""))
        rows.append(
            {
                "measurement_id": item["measurement_id"], "report": item["report"], "yi": yi,
                "ci_low": low, "ci_high": high, "r": "0.5" if yi else "",
                "rung": "r_assumed" if yi else "", "formula": "MC" if yi else "",
                "inputs": "before_mean=6.4; after_mean=3.1; n=30" if yi else "",
                "assumptions": "The correlation is taken to be 0.5." if yi else "",
                "vi": "0.04" if yi else "", "reason": "" if yi else "no mean is printed",
            }
        )  # fmt: skip
    return rows


def _screened() -> list[dict[str, str]]:
    rows = []
    for report, decision, reason, title, authors in [
        ("alder2011", "include", "", HOSTILE, "Alder, Ann B.; Beech, Carl-Dan"),
        ("birch2015", "include", "", "Baths.", "; ".join(f"Birch, {c}" for c in "ABCDEFGH")),
        ("cedar2018", "include", "", "More baths", "The Bath Group"),
        ("date2019", "exclude", "other_joint", "Elbows", "Date, D."),
        ("elm2020", "awaiting", "", "New baths", "Elm, E."),
    ]:
        rows.append(
            {
                "report": report, "decision": decision, "stage": "full_text", "reason": reason,
                "report_id": f"doi:10.1000/{report}", "doi": f"10.1000/{report}",
                "pmid": "123" if decision == "include" else "", "title": title, "authors": authors,
                "year": report[-4:], "journal": "J Bath", "volume": "3", "issue": "2",
                "pages": "461-466", "status": "retraction_in:999" if report == "cedar2018" else "",
            }
        )  # fmt: skip
    return rows


def _read_cell(field: str, verified: str, candidate: str, surface: str, verdict: str) -> dict:
    start = ABSTRACT.index(surface) if surface else None
    return {
        "report": "alder2011", "measurement_id": "alder2011/all/30", "field": field,
        "verified": verified, "candidate": candidate, "surface": surface,
        "start": "" if start is None else str(start),
        "end": "" if start is None else str(start + len(surface)), "verdict": verdict,
    }  # fmt: skip


def sample(**changed: Any) -> ReviewResults:
    """The invented review, with any file replaced."""
    screened = _screened()
    digest = hashlib.sha256(ABSTRACT.encode()).hexdigest()
    whole = ReviewResults(
        protocol=_protocol(),
        syntheses=_syntheses(),
        engines={
            "tolerance": 1e-6,
            "max_relative_difference": 2.31e-13,
            "worst": {},
            "engines": [{"name": "PyMARE", "version": "0.0.13"}],
            "checks": [
                {
                    "synthesis": "primary", "engine": "PyMARE", "call": "fit", "quantity": quantity,
                    "ours": 1.0, "theirs": 1.0, "relative_difference": difference,
                }
                for quantity, difference in (("b", 2.31e-13), ("tau2", 0.0))
            ],
            "not_checked": [{"quantity": "PI", "reason": "no engine prints it"}],
        },
        flow={
            "files": 2, "records": 6, "rejects": 1, "duplicates": 1, "reports": 5, "screened": 4,
            "ineligible": 0, "ineligible_by_reason": {}, "not_retrieved": 0,
            "awaiting": 1, "unclear": 0, "excluded": 1, "excluded_by_reason": {"other_joint": 1},
            "included": 3,
        },
        effects=_effects(),
        measurements=_measurements(),
        to_verify=[
            {
                "report": "cedar2018", "kind": "unverified_candidate", "place": "abstract",
                "text": HOSTILE, "remedy": "Look.",
            }
        ],
        disagreements=[
            _read_cell("before.mean", "6.4", "6.4", "6.4", "agree"),
            _read_cell("before.sd", "1.2", "1.2", "1.2", "agree"),
            _read_cell("after.mean", "3.1", "3.1", "3.1", "agree"),
            _read_cell("n_analysed", "29", "30", "30", "differ"),
            _read_cell("timepoint.days", "30", "", "", "only_verified"),
        ],
        screened=screened,
        to_screen=[
            row | {"waits_for": "consensus"} for row in screened if row["decision"] == "awaiting"
        ],
        agreement=[
            {
                "stage": "title_abstract", "reviewer_a": "Ann", "reviewer_b": "Ben", "n": "4",
                "agreement": "0.75", "kappa": "0.5", "ci_low": "-0.2", "ci_high": "1.0",
            }
        ],
        conflicts=[
            {
                "report": "elm2020", "stage": "title_abstract", "settled_by": "",
                "decisions": "Ann: include; Ben: exclude (other_joint)",
            }
        ],
        search_log=[
            {
                "source_file": name, "source_format": "ris", "sha256": "ab" * 32,
                "n_records": "3", "n_rejects": rejects,
            }
            for name, rejects in (("2025-03-04-pubmed.xml", "1"), ("old.ris", "0"))
        ],
        leave_one_out=[
            {
                "left_out": "Alder 2011", "k": "1", "b": "-0.5", "ci_low": "-0.9",
                "ci_high": "-0.1", "tau2": "",
            }
        ],
        cumulative=[],
        rejects=[{"source_file": "old.ris", "line": 7, "reason": "no title", "text": HOSTILE}],
        possible=[
            {
                "report_id_a": "doi:10.1000/alder2011", "report_id_b": "doi:10.1000/birch2015",
                "reason": "like titles",
            }
        ],
        studies=[
            {
                "report": "cedar2018", "cohort": "*", "study": "alder2011", "group": "",
                "use": "no", "overlaps": "alder2011; birch2015", "reason": "same people",
            }
        ],
        candidates=[{"report": "alder2011", "record_id": "old.ris#0", "sha256": digest}],
        records=[{"record_id": "old.ris#0", "abstract": ABSTRACT}],
        figures={"primary": DRAWING, "large": DRAWING},
        code={"publish": "0123456789abcdef"},
        versions={"jinja2": "3.1.6"},
        inputs={"config/reviews/baths/protocol.yaml": "cd" * 32},
        results={
            "results/baths/effects.csv": "ef" * 32, "results/baths/figures/primary.svg": "01" * 32,
        },
    )  # fmt: skip
    return replace(whole, **changed)


def plain(text: str) -> str:
    """Text with ordinary spaces, as a reader sees it."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


def without_primary_fit(**changed: Any) -> ReviewResults:
    """The sample with the primary synthesis changed."""
    results = sample()
    first, *others = results.syntheses["syntheses"]
    changed_first = {**first, **changed}
    return replace(results, syntheses={**results.syntheses, "syntheses": [changed_first, *others]})
