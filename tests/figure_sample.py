"""Invented syntheses of any size for the tests of figures; no number here is from a study."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from evergrove import pooling
from evergrove.figures.numbers import Numbers
from evergrove.figures.sentences import Context
from evergrove.figures.table import context_of

PROTOCOL = {
    "title": "Knee pain before and after warm baths",
    "outcome": {"scale": {"min": 0, "max": 10}},
    "effect": {"sign": "before_minus_after", "correlation": {"assumed": 0.5}},
    "model": {"robust": "CR2"},
    "flags": {
        "time_not_stated": "The time of the second measurement is not stated.",
        "n_assumed": "The number of people measured is taken to be that treated",
        "scale_assumed": "Taken to be a scale from 0 to 10",
        "sd_assumed": "A value after ± is taken for a standard deviation, for want of a label",
        "lost_unknown": "It is not known how many were lost",
    },
}
NAMES = ("Alder", "Birch", "Çınar", "Düren", "Elm", "Feijoa", "O’Gingko", "van der Hazel")
# 80 characters or more each: Latin, Greek, Chinese, Arabic, Hebrew, and one word without a break.
LONG_LABELS = (
    "Alder-Birchington and the Hornbeam Group 2019, multicentre registry, first follow-up",
    "Ελάτη και Κυπαρίσσι 2018, προοπτική μελέτη θερμών λουτρών σε πολλά κέντρα της χώρας",
    "杨树、柳树、银杏、枫树、松树、柏树等二〇二一年关于温水浴缓解膝关节疼痛的多中心前瞻性队列研究第一部分"
    "以及随访十二个月的结果报告与亚组分析补充材料说明书",
    "أرز وسنديان ٢٠٢٠، دراسة مستقبلية متعددة المراكز للحمامات الدافئة وألم الركبة المزمن",
    "ארז ואלון 2017, מחקר פרוספקטיבי רב-מרכזי של אמבטיות חמות לכאבי ברכיים במבוגרים בארץ",
    "Birchalderelmhazelginkgo" * 4,
)


def studies(
    k: int,
    mean: float = 4.2,
    spread: float = 1.1,
    labels: tuple[str, ...] = (),
    seed: int = 7,
    width: float = 1.0,
) -> list[dict[str, Any]]:
    """k rows as syntheses.json holds them; weights are filled in by `synthesis`."""
    draw = random.Random(seed)
    rows = []
    for i in range(k):
        n = draw.randint(11, 240)
        vi = width * draw.uniform(0.8, 2.5) ** 2 / n
        yi = draw.gauss(mean, spread)
        half = 1.959963984540054 * vi**0.5
        label = f"{draw.choice(NAMES)} {1990 + i % 35}{', left knee' if i % 3 == 1 else ''}"
        rows.append(
            {
                "study": f"s{i // 2}",
                "report": f"r{i}",
                "cohort": "all",
                "label": labels[i % len(labels)] if labels else label,
                "group": ("early", "late")[i % 2],
                "yi": yi,
                "vi": vi,
                "sei": vi**0.5,
                "ci_low": yi - half,
                "ci_high": yi + half,
                "weight": None,
                "n": n,
                "timepoint_days": (30, 7, None, 365)[i % 4],
                "flags": ("", "n_assumed", "time_not_stated", "n_assumed; time_not_stated")[i % 4],
                "rung": ("r_assumed", "paired_t")[i % 2],
                "measurement_id": f"r{i}/all",
            }
        )
    return rows


def synthesis(
    rows: list[dict[str, Any]],
    id: str = "primary",
    kind: str = "primary",
    label: str = "About a month after",
    **more: Any,
) -> dict[str, Any]:
    """One pooled analysis of the rows, fitted by the project's own pooling."""
    fit = robust = None
    if rows:
        fit = pooling.fit([row["yi"] for row in rows], [row["vi"] for row in rows])
        vi = np.array([row["vi"] for row in rows])
        for row, weight in zip(rows, pooling.weights(vi, fit["tau2"]), strict=True):
            row["weight"] = float(weight)
    if len(rows) > 2:
        half = 1.2 * (fit["ci_high"] - fit["b"])
        robust = {"b": fit["b"], "ci_low": fit["b"] - half, "ci_high": fit["b"] + half}
        robust |= {"se": half / 2, "stat": 2.0, "df": 4.37, "p": 0.0021, "clusters": 5}
    return {
        "id": id,
        "kind": kind,
        "label": label,
        "k": len(rows),
        "n_studies": len({row["study"] for row in rows}),
        "n_people": sum(row["n"] or 0 for row in rows),
        "same_as_primary": False,
        "warnings": [],
        "fit": fit,
        "robust": robust,
        "studies": rows,
        "dropped": [],
        **more,
    }


def review(*syntheses: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The content of a syntheses.json."""
    return {
        "review": "baths",
        "measure": "MC",
        "outcome": "Pain (VAS 0-10)",
        "unit": "points",
        "positive_means": "less pain after than before",
        "level": 95,
        "primary": "primary",
        "syntheses": list(syntheses),
        "subgroups": [],
        "statements": ["A change is not an effect."],
        **more,
    }


def with_subgroups(k: int = 9) -> dict[str, Any]:
    """A review with a subgroup analysis of three levels, one of them empty."""
    rows = studies(k)
    levels = {
        level: [dict(row) for row in rows if row["group"] == level] for level in ("early", "late")
    }
    levels["never"] = []
    parts = [
        synthesis(part, id=f"by-time-{level}", kind="subgroup", label=level)
        for level, part in levels.items()
    ]
    analysis = {
        "id": "by-time",
        "label": "By time",
        "column": "group",
        "levels": [{"level": level, "synthesis": f"by-time-{level}"} for level in levels],
        "test": {"Q_between": 1.234, "df": 1, "p": 0.2666, "levels_left_out": ["never"]},
    }
    return review(synthesis(rows), *parts, subgroups=[analysis])


def context(**more: Any) -> Context:
    """What the rows of the invented review share."""
    return context_of(review(**more), PROTOCOL, Numbers())


def hard_cases() -> dict[str, dict[str, Any]]:
    """What breaks forest plots, by name: (review, figure to draw is `primary` or `by-time`)."""
    far = studies(10)
    far[3] |= {"ci_low": -40.0, "ci_high": 55.0}
    far[5] |= {"yi": 45.0, "ci_low": 40.0, "ci_high": 50.0}
    huge = studies(8, width=6.0)
    huge[2] |= {"vi": 1e-5, "ci_low": huge[2]["yi"] - 0.006, "ci_high": huge[2]["yi"] + 0.006}
    doubted = studies(7)
    for i, row in enumerate(doubted):
        row["flags"] = "; ".join(list(PROTOCOL["flags"])[i % 3 :])
    ratios = review(
        synthesis(studies(9, mean=0.3, spread=0.5, width=3.0)),
        measure="OR",
        outcome="Relief",
        unit=None,
        positive_means="more relief",
    )
    return {
        **{f"k = {k}": review(synthesis(studies(k))) for k in (0, 1, 2, 13, 65, 150)},
        "long labels": review(synthesis(studies(12, labels=LONG_LABELS))),
        "65 long labels": review(synthesis(studies(65, labels=LONG_LABELS))),
        "negative effects": review(synthesis(studies(9, mean=-2.4))),
        "effects around zero": review(synthesis(studies(9, mean=0.0, spread=0.3))),
        "effects far from zero": review(synthesis(studies(9, mean=300.0))),
        "one interval far outside": review(synthesis(far)),
        "one huge study": review(synthesis(huge)),
        "many doubts": review(synthesis(doubted)),
        "ratios": ratios,
        "subgroups": with_subgroups(),
    }
