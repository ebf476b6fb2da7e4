"""What a reader can recompute in the page: the effects at full precision and the choices."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evergrove import wording
from evergrove.page.results import ReviewResults, tau, value, words

_HERE = Path(__file__).resolve().parent
# The estimators and intervals that a reader may choose beside those of the protocol.
METHODS = {
    "REML": "REML",
    "DL": "DL (DerSimonian–Laird)",
    "PM": "PM (Paule–Mandel)",
}
TESTS = {"knha": "Knapp–Hartung", "z": "Normal (Wald)"}
KINDS = {"primary": "Primary", "window": "Time windows", "sensitivity": "Sensitivity analyses"}

Choice = dict[str, str]


def explore(results: ReviewResults) -> dict[str, Any] | None:
    """The section's choices, published words and data; None where nothing is pooled.

    `data` is JSON for a script element: effects on the pooled scale, unrounded, each measurement
    once. Raises EvergroveError where two syntheses give one measurement two effects.
    """
    primary = results.primary
    if primary["fit"] is None:
        return None
    shown = [
        (kind, item)
        for kind in KINDS
        for item in results.of_kind(kind)
        if item["studies"] and not item["same_as_primary"]
    ]
    by_r = _by_r(results)
    rows: dict[str, dict[str, Any]] = {}
    for _, item in shown:
        for study in item["studies"]:
            name = study["measurement_id"]
            row = _row(study, by_r.get(name))
            if rows.setdefault(name, row) != row:
                raise results.problem("syntheses.json", item["id"], "two effects of one row", name)
    place = {name: number for number, name in enumerate(rows)}
    model = results.protocol["model"]
    grid = sorted({r for name in rows for r in by_r.get(name, {})})
    data = {
        "level": results.syntheses["level"],
        "decimals": results.decimals,
        "unit": results.unit,
        "scale": results.measure.scale,
        "null": results.measure.null,
        "published": {"s": primary["id"], "m": model["method"], "t": model["test"]},
        "grid": grid,
        "rows": list(rows.values()),
        "syntheses": {
            item["id"]: [place[study["measurement_id"]] for study in item["studies"]]
            for _, item in shown
        },
    }
    return {
        "data": _script_json(data),
        "effect_name": results.effect_name,
        "syntheses": _groups(shown),
        "subgroups": _subgroups(results, rows),
        "methods": _choices(METHODS, model["method"]),
        "tests": _choices(TESTS, model["test"]),
        "correlations": [
            {"value": wording.plain(r), "text": wording.plain(r)} for r in grid if len(grid) > 1
        ],
        "published": published(results),
    }


def published(results: ReviewResults) -> list[dict[str, str]]:
    """The primary synthesis in words, row by row: what the script shows beside its own."""
    primary, fit = results.primary, results.primary["fit"]
    spread = tau(fit)
    share = None if spread is None else fit["I2"]
    log = " (log ratio)" if results.measure.scale == "log" else ""
    found = [
        ("b", results.effect_name, f"{results.effect(fit['b'])}{results.unit}"),
        ("ci", f"{results.level} confidence interval", _bounds(results, fit, "ci")),
        ("pi", f"{results.level} prediction interval", _bounds(results, fit, "pi")),
        ("tau", f"τ, between cohorts{log}", wording.number(spread, results.decimals)),
        ("I2", "I²", wording.percent(share, 1)),
        ("k", "Cohorts", wording.count(primary["k"])),
        ("studies", "Studies", wording.count(primary["n_studies"])),
        ("people", "People", wording.count(primary["n_people"])),
    ]
    return [{"id": name, "label": label, "value": text} for name, label, text in found]


@cache
def script() -> str:
    """The page's only script, without the comments and indentation of its two source files."""
    text = "".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("explore_core.js", "explore.js")
    )
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def script_hash() -> str:
    """The script's hash, as the content security policy of the page names it."""
    digest = hashlib.sha256(script().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _row(study: Mapping[str, Any], by_r: Mapping[float, tuple[float, float]] | None) -> dict:
    row = {
        "id": study["measurement_id"],
        "label": study["label"],
        "study": study["study"],
        "group": study["group"],
        "n": study["n"],
        "y": study["yi"],
        "v": study["vi"],
    }
    if by_r:
        row["vr"] = {wording.plain(r): vi for r, (_, vi) in by_r.items()}
        # A mean change is the same at every correlation; only its variance is not.
        if any(yi != study["yi"] for yi, _ in by_r.values()):
            row["yr"] = {wording.plain(r): yi for r, (yi, _) in by_r.items()}
    return row


def _by_r(results: ReviewResults) -> dict[str, dict[float, tuple[float, float]]]:
    found: dict[str, dict[float, tuple[float, float]]] = {}
    for row in results.effects_by_r:
        r, yi, vi = (value(row, name) for name in ("r", "yi", "vi"))
        if r is None or yi is None or vi is None:
            continue
        found.setdefault(row["measurement_id"], {})[r] = (yi, vi)
    return found


def _groups(shown: list[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    made = []
    for kind, label in KINDS.items():
        choices = [
            {"value": item["id"], "text": wording.with_dashes(item["label"])}
            for own, item in shown
            if own == kind
        ]
        if choices:
            made.append({"label": label, "choices": choices})
    return made


def _subgroups(results: ReviewResults, rows: Mapping[str, Mapping[str, Any]]) -> list[Choice]:
    """The levels that some row has. Every subgroup analysis is one of the column `group`."""
    own = {row["group"] for row in rows.values()}
    levels = [
        level["level"] for group in results.syntheses["subgroups"] for level in group["levels"]
    ]
    return [
        {"value": level, "text": words(level).capitalize()}
        for level in dict.fromkeys(levels)
        if level in own
    ]


def _choices(known: Mapping[str, str], own: str) -> list[Choice]:
    """The choices, the protocol's own first if it is another one."""
    named = dict(known) if own in known else {own: own, **known}
    return [
        {"value": name, "text": f"{text}, as published" if name == own else text}
        for name, text in named.items()
    ]


def _bounds(results: ReviewResults, fit: Mapping[str, Any], name: str) -> str:
    return results.bounds(fit[f"{name}_low"], fit[f"{name}_high"])


def _script_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand in a script element: no "<", so that nothing in it can end it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
