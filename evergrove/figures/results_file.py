"""What `evergrove forest` may be given: a results file, or what `evergrove pool --json` printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError

Review = Mapping[str, Any]


def as_review(data: Any) -> Review:
    """The object in the shape of syntheses.json, with `primary` naming what to draw.

    Of a pool object only the fit, its rows and (under `by`) its levels are known; the effect
    measure is not, unless the object names one. Raises EvergroveError for anything else.
    """
    if isinstance(data, Mapping) and isinstance(data.get("syntheses"), list):
        return data
    if not isinstance(data, Mapping) or not isinstance(data.get("studies"), list):
        raise EvergroveError(
            "neither a results file nor what `evergrove pool --json` prints",
            remedy="Give results/<review>/syntheses.json or the output of evergrove pool --json.",
        )
    studies = [_study(row, number) for number, row in enumerate(data["studies"], 1)]
    review: dict[str, Any] = {
        "measure": data.get("measure"),
        "level": data.get("level") or 95,
        "primary": "forest",
        "syntheses": [_synthesis("forest", data, studies)],
        "subgroups": [],
    }
    if isinstance(data.get("by"), Mapping):
        _add_levels(review, data["by"], studies)
    return review


def figure_of(review: Review, name: str | None) -> str:
    """The id to draw: the one asked for, else subgroups of a pool object, else the primary."""
    if name is not None:
        return name
    ids = [synthesis["id"] for synthesis in review["syntheses"]]
    subgroups = [analysis["id"] for analysis in review.get("subgroups", ())]
    if review.get("primary") == "forest" and subgroups:
        return subgroups[0]
    return review.get("primary") or ids[0]


def _study(row: Any, number: int) -> dict[str, Any]:
    if not isinstance(row, Mapping) or not isinstance(row.get("yi"), int | float):
        raise EvergroveError(
            "a row of `studies` has no number yi", place=f"studies[{number - 1}]", value=row
        )
    label = row.get("label") or row.get("study")
    study = {**row, "label": None if label is None else str(label)}
    for name in ("n", "timepoint_days"):
        if name in study:
            # Columns that came with the CSV may be text.
            study[name] = _number(study[name])
    return study


def _number(value: Any) -> float | int | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() else number


def _synthesis(
    id: str, fit: Mapping[str, Any], studies: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    people = [study.get("n") for study in studies]
    warnings = list(fit.get("warnings") or ())
    if dropped := fit.get("n_dropped"):
        warnings.append(f"Left out: {wording.counted(dropped, 'row')} without an effect.")
    return {
        "id": id,
        "label": "",
        "n_studies": len({study.get("study") or number for number, study in enumerate(studies)}),
        "n_people": None if None in people else sum(people) or None,
        "warnings": warnings,
        "fit": fit,
        "robust": fit.get("robust"),
        "studies": list(studies),
    }


def _add_levels(
    review: dict[str, Any], by: Mapping[str, Any], studies: Sequence[Mapping[str, Any]]
) -> None:
    """The subgroup analysis that `pool --by COLUMN` printed, if its rows can be told apart."""
    fits = _fits(by.get("levels")) or _fits(by)
    column = by.get("column") or _column_of(set(fits), studies)
    levels = []
    for number, (name, fit) in enumerate(fits.items(), 1):
        rows = [_study(row, i) for i, row in enumerate(fit.get("studies") or (), 1)]
        if not rows and column is not None:
            rows = [dict(study) for study in studies if str(study.get(column)) == name]
        review["syntheses"].append(_synthesis(f"forest-{number}", fit, rows))
        levels.append({"level": name, "synthesis": f"forest-{number}"})
    if levels and all(synthesis["studies"] for synthesis in review["syntheses"]):
        analysis = {"id": "forest-by", "label": column or "", "levels": levels, "test": by}
        review["subgroups"].append(analysis)


def _fits(levels: Any) -> dict[str, Mapping[str, Any]]:
    """The pool objects of the levels, whether they come as an object or as a list."""
    if isinstance(levels, Mapping):
        return {
            name: fit for name, fit in levels.items() if isinstance(fit, Mapping) and "b" in fit
        }
    if isinstance(levels, Sequence) and not isinstance(levels, str):
        return {
            str(fit.get("level", number)): fit
            for number, fit in enumerate(levels, 1)
            if isinstance(fit, Mapping) and "b" in fit
        }
    return {}


def _column_of(levels: set[str], studies: Sequence[Mapping[str, Any]]) -> str | None:
    for column in sorted({name for study in studies for name in study}):
        if {str(study.get(column)) for study in studies} == levels:
            return column
    return None
