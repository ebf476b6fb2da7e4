"""How each pooled number came about: what is printed, the arithmetic, who verified it, where."""

from __future__ import annotations

from typing import Any

from evergrove import wording
from evergrove.page import agreement
from evergrove.page.results import ReviewResults, Row, anchor, words

#: What each value of a summary is called behind its mean.
_SPREADS = (
    ("sd", "SD"), ("se", "SE"), ("q1", "Q1"), ("q3", "Q3"), ("min", "minimum"), ("max", "maximum"),
    ("ci_low", "lower limit"), ("ci_high", "upper limit"),
)  # fmt: skip


def derivations(results: ReviewResults) -> list[dict[str, Any]]:
    """One item a cohort of the primary synthesis, in the order of the forest plot.

    {"id", "label", "steps": [{"label", "text", "href"}]}; every number is that of a result file.
    """
    effects = {row["measurement_id"]: row for row in results.effects}
    measured = {row["measurement_id"]: row for row in results.measurements}
    shown = {text["report"]: text["id"] for text in agreement.texts(results) if "report" in text}
    out = []
    for study in results.primary["studies"]:
        name = study.get("measurement_id")
        if name not in effects or name not in measured:
            continue
        steps = _steps(results, study, effects[name], measured[name], shown)
        out.append({"id": derivation_id(name), "label": study["label"], "steps": steps})
    return out


def derivation_id(measurement_id: str) -> str:
    """The anchor of a measurement's derivation."""
    return f"from-{anchor(measurement_id)}"


def _steps(
    results: ReviewResults, study: Any, effect: Row, measured: Row, shown: dict[str, str]
) -> list[dict[str, str | None]]:
    place = shown.get(measured["report"])
    url = measured.get("source_url") or None
    steps = [
        _step("As printed", _printed(measured), f"#{place}" if place else url),
        _step("Effect", _arithmetic(results, study, effect)),
        _step("Way", f"{words(effect['rung'])}, formula {effect['formula']}"),
        _step("Assumed", effect["assumptions"] or "nothing"),
        _step("Doubts", ", ".join(words(f) for f in measured["flags"].split("; ") if f) or "none"),
        _step("Verified by", measured["verified_by"] or "nobody"),
        _step("Read in", f"{words(measured.get('source_location') or 'source not told')}", url),
        _step("Kept in", measured.get("origin") or measured["report"]),
    ]
    return [step for step in steps if step["text"]]


def _step(label: str, text: str, href: str | None = None) -> dict[str, str | None]:
    return {"label": label, "text": text, "href": href}


def _printed(row: Row) -> str:
    """The values before, after and of the change as printed, with n and time."""
    parts = []
    for side in ("before", "after", "change"):
        centre = next((n for n in ("mean", "median") if row.get(f"{side}_{n}")), None)
        if centre is None:
            continue
        told = [f"{centre} {wording.printed(row[f'{side}_{centre}'])}"]
        told += [
            f"{label} {wording.printed(row[f'{side}_{name}'])}"
            for name, label in _SPREADS
            if row.get(f"{side}_{name}")
        ]
        parts.append(f"{side}: {', '.join(told)}")
    if row.get("n"):
        parts.append(f"n = {row['n']}")
    parts.append(row.get("timepoint_label") or "time not stated")
    return "; ".join(parts)


def _arithmetic(results: ReviewResults, study: Any, effect: Row) -> str:
    """The effect and its interval; for a difference of means also the two sums."""
    value = f"{results.effect(study['yi'])} ({results.level} CI "
    value += f"{results.bounds(study['ci_low'], study['ci_high'])})"
    names = ("before_mean", "before_sd", "after_mean", "after_sd", "n", "r")
    told = {name: effect[name] for name in names if effect.get(name)}
    if effect["formula"] != "MC" or len(told) < len(names):
        return f"{value}; from {effect['inputs']}"
    one, sd1, two, sd2, n, r = (wording.printed(told[name]) for name in names)
    return (
        f"{one} − {two} = {value}; variance ({sd1}² + {sd2}² − 2 × {r} × {sd1} × {sd2}) / {n} "
        f"= {float(effect['vi']):.4g}"
    )
