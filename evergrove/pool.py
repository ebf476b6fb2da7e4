"""Stage pool: every synthesis of the protocol, pooled.

Reads effects.csv and effects_by_r.csv; makes syntheses.json, leave_one_out.csv and
cumulative.csv. Which rows enter is decided in `selection`, how they are pooled in `pooling`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from evergrove import (
    bias,
    complications,
    dependence,
    diagnostics,
    importance,
    pooling,
    report_status,
    robust,
    selection,
    sequential,
    subgroups,
    wording,
)
from evergrove.errors import EvergroveError
from evergrove.selection import Row, Selection
from evergrove.shown_measures import measure_of

EFFECT_COLUMNS = (
    "measurement_id", "report", "study", "cohort", "group", "use", "status", "timepoint_days",
    "statistic", "flags", "n", "yi", "vi", "rung", "reason",
)  # fmt: skip
EFFECT_BY_R_COLUMNS = ("measurement_id", "r", "yi", "vi")
DIAGNOSTIC_COLUMNS = ("k", *diagnostics.COLUMNS)
LEAVE_ONE_OUT_COLUMNS = ("left_out", "unit", "study", "measurement_id", *DIAGNOSTIC_COLUMNS)
CUMULATIVE_COLUMNS = ("added", "year", "study", "measurement_id", *DIAGNOSTIC_COLUMNS)
# Changes within one group of people, whose variance needs the correlation before-after.
CHANGE_MEASURES = ("MC", "SMCC", "SMCR", "SMCRH", "ROMC")
GRID_KEYS = ("b", "se", "ci_low", "ci_high", "tau2", "tau", "pi_low", "pi_high", "Q", "I2")
# Rungs that rest on the correlation that the protocol assumes.
ASSUMED = ("r_assumed", "converted_median_iqr", "converted_range")


class Pooled(NamedTuple):
    """What the stage writes: syntheses.json, and the rows of the two tables of the primary."""

    syntheses: dict[str, Any]
    leave_one_out: list[dict[str, Any]]
    cumulative: list[dict[str, Any]]


def pool(
    effects: Sequence[Row],
    effects_by_r: Sequence[Row],
    protocol: Mapping[str, Any],
    kept: complications.Kept | None = None,
) -> Pooled:
    """Pool every synthesis of the protocol from the rows of effects.csv and effects_by_r.csv.

    `kept` are the complications that the review keeps by hand.

    A synthesis without a measurement has fit None and a warning. Raises EvergroveError for
    effects that cannot be pooled (a variance that is not positive) and for measurements of the
    primary synthesis that lack an effect at a correlation of the grid.
    """
    labels = selection.row_labels(effects)
    chosen = selection.select(effects, protocol)
    primary = chosen[0]
    syntheses = [_synthesis(item, primary, labels, protocol) for item in chosen]
    document = {
        "review": protocol["slug"],
        "measure": protocol["effect"]["measure"],
        "outcome": protocol["outcome"]["label"],
        "unit": protocol["outcome"]["unit"],
        "positive_means": protocol["effect"]["positive_means"],
        "level": protocol["model"]["level"],
        "primary": "primary",
        "syntheses": syntheses,
        "subgroups": _subgroups(syntheses, protocol),
        "correlation_grid": _correlation_grid(primary.rows, effects_by_r, protocol),
        "small_study": _small_study(primary.rows, protocol),
        "all_times": dependence.all_times(effects, protocol),
        "minimal_difference": importance.beyond_minimal_difference(
            syntheses[0]["fit"], protocol["outcome"].get("minimal_important_difference")
        ),
        "sequential": _sequential(primary.rows, protocol),
        "complications": complications.pooled_complications(kept, protocol),
        "statements": [*_retracted(effects, primary), *_statements(primary.rows, protocol)],
    }
    return Pooled(
        document,
        _leave_one_out(primary.rows, labels, protocol),
        _cumulative(primary.rows, labels, protocol),
    )


def summary(document: Mapping[str, Any]) -> str:
    """One line on what was pooled: "27 syntheses; primary: 13 cohorts of 10 studies, 5.20 ..."."""
    items = document["syntheses"]
    primary = items[0]
    fit = primary["fit"]
    line = f"{len(items)} syntheses; primary: "
    if fit is None:
        return line + "no measurement to pool"
    shown = [
        value if value is None else measure_of(document["measure"]).shown(value)
        for value in (fit["b"], fit["ci_low"], fit["ci_high"])
    ]
    estimate = wording.estimate(*shown, fit["level"])
    studies = wording.counted(primary["n_studies"], "study", "studies")
    return line + f"{wording.counted(primary['k'], 'cohort')} of {studies}, {estimate}"


def _options(protocol: Mapping[str, Any]) -> dict[str, Any]:
    model = protocol["model"]
    return {"method": model["method"], "test": model["test"], "level": model["level"]}


def _synthesis(
    item: Selection,
    primary: Selection,
    labels: Mapping[str, str],
    protocol: Mapping[str, Any],
) -> dict[str, Any]:
    rows = item.rows
    people = [selection.number(row, "n") for row in rows]
    out: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "label": item.label,
        "description": item.description,
        "k": len(rows),
        "n_studies": len({row["study"] for row in rows}),
        "n_people": int(sum(n or 0 for n in people)),
        "same_as_primary": item is not primary and item.ids == primary.ids,
        "warnings": list(item.warnings),
        "fit": None,
        "robust": None,
        "dependence": None,
        "studies": [],
        "dropped": item.dropped,
    }
    if not rows:
        out["warnings"].append("No measurement meets the criteria of this synthesis.")
        return out
    if None in people:
        out["warnings"].append(
            f"{people.count(None)} of {len(rows)} cohorts do not state how many people they have."
        )
    y, v = _effect_sizes(rows)
    fit = _fit(y, v, protocol)
    out["fit"] = fit
    out["robust"] = robust.cluster_robust(
        y,
        v,
        [row[protocol["model"]["cluster"]] for row in rows],
        fit["tau2"],
        level=fit["level"],
    )
    if not out["same_as_primary"]:
        out["dependence"] = dependence.further_model(y, v, rows, protocol)
    out["warnings"] += fit["warnings"]
    if not out["same_as_primary"]:
        out["warnings"] += out["robust"]["warnings"]
    out["studies"] = _studies(rows, y, v, fit, labels)
    return out


def _fit(y: np.ndarray, v: np.ndarray, protocol: Mapping[str, Any]) -> dict[str, Any]:
    return pooling.fit(y, v, **_options(protocol), prediction=protocol["model"]["prediction"])


def _effect_sizes(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray]:
    y = np.array([selection.number(row, "yi") for row in rows], float)
    v = np.array([selection.number(row, "vi") for row in rows], float)
    for row, value in zip(rows, v, strict=True):
        if not value > 0:
            raise EvergroveError(
                "the sampling variance is not positive",
                file="effects.csv",
                place=f"{row['measurement_id']}, vi",
                value=row["vi"],
                remedy="A standard deviation of 0 cannot be pooled: check the extraction.",
            )
    return y, v


def _studies(
    rows: Sequence[Row],
    y: np.ndarray,
    v: np.ndarray,
    fit: Mapping[str, Any],
    labels: Mapping[str, str],
) -> list[dict[str, Any]]:
    low, high = pooling.interval(y, v, fit["level"])
    weight = pooling.weights(v, fit["tau2"])
    out = []
    for i, row in enumerate(rows):
        n, days = selection.number(row, "n"), selection.number(row, "timepoint_days")
        out.append(
            {
                "study": row["study"],
                "report": row["report"],
                "cohort": row["cohort"],
                "label": labels[row["measurement_id"]],
                "group": row["group"] or None,
                "yi": float(y[i]),
                "vi": float(v[i]),
                "sei": float(np.sqrt(v[i])),
                "ci_low": float(low[i]),
                "ci_high": float(high[i]),
                "weight": float(weight[i]),
                "n": None if n is None else int(n),
                "timepoint_days": None if days is None else int(days),
                "flags": row["flags"],
                "rung": row["rung"],
                "measurement_id": row["measurement_id"],
            }
        )
    return out


def _subgroups(
    syntheses: Sequence[Mapping[str, Any]], protocol: Mapping[str, Any]
) -> list[dict[str, Any]]:
    by_id = {item["id"]: item for item in syntheses}
    out = []
    for group in protocol["syntheses"].get("subgroups") or []:
        names = [(level, f"{group['id']}-{level}") for level in group["levels"]]
        tested = [by_id[name]["fit"] for _, name in names if by_id[name]["k"] >= 2]
        left_out = [level for level, name in names if by_id[name]["k"] < 2]
        out.append(
            {
                "id": group["id"],
                "label": group["label"],
                "column": group["column"],
                "levels": [{"level": level, "synthesis": name} for level, name in names],
                "test": subgroups.test_between(tested) | {"levels_left_out": left_out},
                "common_tau2": _common_tau2(names, by_id, protocol),
            }
        )
    return out


def _common_tau2(
    names: Sequence[tuple[str, str]],
    by_id: Mapping[str, Mapping[str, Any]],
    protocol: Mapping[str, Any],
) -> dict[str, Any] | None:
    """The levels in one model with one tau2; None if no level has a study."""
    rows = [(level, study) for level, name in names for study in by_id[name]["studies"]]
    if not rows:
        return None
    y, v = ([study[key] for _, study in rows] for key in ("yi", "vi"))
    return subgroups.common_tau2(y, v, [level for level, _ in rows], **_options(protocol))


def _correlation_grid(
    rows: Sequence[Row], effects_by_r: Sequence[Row], protocol: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The primary synthesis at every correlation of the grid; rows that do not use r stay."""
    at: dict[str, dict[float, Row]] = defaultdict(dict)
    for row in effects_by_r:
        r = selection.number(row, "r")
        if r is None:
            raise EvergroveError(
                "r is missing", file="effects_by_r.csv", value=row["measurement_id"]
            )
        at[row["measurement_id"]][r] = row
    if not any(row["measurement_id"] in at for row in rows):
        return []
    grid = []
    for r in protocol["effect"]["correlation"]["grid"]:
        moved = []
        for row in rows:
            own = at.get(row["measurement_id"])
            if own is not None and r not in own:
                raise EvergroveError(
                    f"{row['measurement_id']} has no effect size at r = {r}",
                    file="effects_by_r.csv",
                    remedy="Run effect_sizes again with the same protocol.",
                )
            moved.append(row if own is None else {**row, **own[r]})
        fit = _fit(*_effect_sizes(moved), protocol)
        grid.append({"r": float(r)} | {key: fit[key] for key in GRID_KEYS})
    return grid


def _retracted(effects: Sequence[Row], primary: Selection) -> list[str]:
    """Which reports that could be pooled have been retracted, and whether they are."""
    names = {
        row["report"]
        for row in effects
        if row["use"] == "pool" and report_status.RETRACTED in selection.flags_of(row)
    }
    kept = {row["report"] for row in primary.rows} & names
    return [
        f"Retracted after publication and {what} the primary synthesis: "
        f"{wording.listed([selection.report_label(name) for name in sorted(group)])}."
        for group, what in ((names - kept, "left out of"), (kept, "still in"))
        if group
    ]


def _small_study(rows: Sequence[Row], protocol: Mapping[str, Any]) -> dict[str, Any] | None:
    """Small-study effects in the primary synthesis; None if it is empty."""
    if not rows:
        return None
    return bias.small_study(
        *_effect_sizes(rows),
        measure=protocol["effect"]["measure"],
        n=[selection.number(row, "n") for row in rows],
        dependent=len({row["study"] for row in rows}) < len(rows),
        **_options(protocol),
    )


def _sequential(rows: Sequence[Row], protocol: Mapping[str, Any]) -> dict[str, Any] | None:
    """The primary synthesis as a sequence of looks, one a year; None unless the protocol asks.

    A cohort comes in with the year in its report's short name; those without one come last.
    """
    asked = protocol["model"].get("sequential") or {}
    if asked.get("effect") is None or len(rows) < 2:
        return None
    years = [selection.report_year(row["report"]) for row in rows]
    last = max((year for year in years if year is not None), default=0)
    return sequential.sequential_view(
        *_effect_sizes(rows),
        [last + 1 if year is None else year for year in years],
        effect=asked["effect"],
        method=protocol["model"]["method"],
        alpha=asked["alpha"],
        power=asked["power"],
    )


def _statements(rows: Sequence[Row], protocol: Mapping[str, Any]) -> list[str]:
    """What must stand beside the estimate of a change from before to after."""
    if protocol["effect"]["measure"] not in CHANGE_MEASURES:
        return []
    out = [
        "Every effect is an uncontrolled change from before to after: it is not an effect against "
        "no treatment or any other. Regression to the mean, natural healing and selective "
        "follow-up are in it."
    ]
    assumed = sum(row["rung"] in ASSUMED for row in rows)
    if assumed:
        correlation = protocol["effect"]["correlation"]
        out.append(
            f"The correlation between before and after is assumed to be "
            f"{wording.plain(correlation['assumed'])} in {assumed} of "
            f"{wording.counted(len(rows), 'cohort')}, which do not let it be computed."
        )
        if correlation["grid"]:
            values = wording.listed([wording.plain(r) for r in correlation["grid"]])
            out[-1] = f"{out[-1][:-1]}; the synthesis is repeated at {values}."
        out.append(
            "I² and Q are not to be read: they rest on sampling variances that change with the "
            "assumed correlation. Read τ and the prediction interval."
        )
    return out


def _results(columns: Mapping[str, Sequence[Any]], i: int, k: int) -> dict[str, Any]:
    return {"k": k} | {name: columns[name][i] for name in diagnostics.COLUMNS}


def _leave_one_out(
    rows: Sequence[Row], labels: Mapping[str, str], protocol: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Without each cohort; then without each study of several cohorts, which are dependent."""
    if not rows:
        return []
    y, v = _effect_sizes(rows)
    columns = diagnostics.leave_one_out(y, v, **_options(protocol))
    out = [
        {
            "left_out": labels[row["measurement_id"]],
            "unit": "cohort",
            "study": row["study"],
            "measurement_id": row["measurement_id"],
            **_results(columns, i, len(rows) - 1),
        }
        for i, row in enumerate(rows)
    ]
    study = np.array([row["study"] for row in rows])
    for name, number in sorted(Counter(study.tolist()).items()):
        if 1 < number < len(rows):
            left = study != name
            fit = pooling.fit(y[left], v[left], **_options(protocol))
            out.append(
                {
                    "left_out": f"All of {_study_label(name, rows)} ({number} cohorts)",
                    "unit": "study",
                    "study": name,
                    "measurement_id": None,
                    **{key: fit[key] for key in DIAGNOSTIC_COLUMNS},
                }
            )
    return out


def _study_label(name: str, rows: Sequence[Row]) -> str:
    carried = [set(selection.flags_of(row)) for row in rows if row["study"] == name]
    return report_status.marked(selection.report_label(name), set.intersection(*carried))


def _cumulative(
    rows: Sequence[Row], labels: Mapping[str, str], protocol: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Cohorts added by the year in the report's short name, those without one last."""

    def when(row: Row) -> tuple[float, str, str]:
        year = selection.report_year(row["report"])
        return (float("inf") if year is None else year, row["report"], row["cohort"])

    if not rows:
        return []
    rows = sorted(rows, key=when)
    columns = diagnostics.cumulative(*_effect_sizes(rows), **_options(protocol))
    return [
        {
            "added": labels[row["measurement_id"]],
            "year": selection.report_year(row["report"]),
            "study": row["study"],
            "measurement_id": row["measurement_id"],
            **_results(columns, i, i + 1),
        }
        for i, row in enumerate(rows)
    ]
