"""What changed between two snapshots of a review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evergrove.versions.conclusion import changed, conclusion, rule
from evergrove.versions.snapshot import primary, primary_fit

Row = Mapping[str, str]
#: Cells of a measurement that a correction may touch, in the order in which they are told.
_VALUES = (
    "timepoint_days", "timepoint_label", "statistic", "n", "before_mean", "before_sd", "after_mean",
    "after_sd", "yi", "vi", "rung", "status",
)  # fmt: skip
_CLASSES = ("study", "group", "use")


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], protocol: Mapping[str, Any]
) -> dict[str, Any]:
    """{"studies", "measurements", "reports", "syntheses", "conclusion"}, as in files.md.

    Both are snapshots. A measurement that is in both and has another value is `corrected`; one
    whose study, subgroup or use differs is `reclassified`; a report whose status says retracted
    now and did not before is `retracted`.
    """
    return {
        "studies": _studies(before, after),
        "measurements": _measurements(before["effects"], after["effects"]),
        "reports": _reports(before["reports"], after["reports"]),
        "syntheses": _syntheses(before, after),
        "conclusion": _conclusion(before, after, protocol),
    }


def _studies(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Studies with a measurement, and those in the primary synthesis, gained and lost."""
    one, two = _pooled(before["effects"]), _pooled(after["effects"])
    mine, theirs = _in_primary(before), _in_primary(after)
    return {
        "added": sorted(two - one),
        "removed": sorted(one - two),
        "added_to_primary": sorted(theirs - mine),
        "removed_from_primary": sorted(mine - theirs),
    }


def _pooled(effects: Iterable[Row]) -> set[str]:
    return {row["study"] for row in effects if row["yi"] != "" and row["use"] == "pool"}


def _in_primary(state: Mapping[str, Any]) -> set[str]:
    one = primary(state)
    used = set(one["used"]) if one is not None else set()
    return {row["study"] for row in state["effects"] if row["measurement_id"] in used}


def _measurements(before: Sequence[Row], after: Sequence[Row]) -> dict[str, list[dict[str, Any]]]:
    one = {row["measurement_id"]: row for row in before}
    two = {row["measurement_id"]: row for row in after}
    corrected, reclassified = [], []
    for name in sorted(one.keys() & two.keys()):
        old, new = one[name], two[name]
        told = _differences(old, new, _VALUES)
        if told:
            corrected.append({"measurement_id": name, "study": new["study"], "changes": told})
        told = _differences(old, new, _CLASSES)
        if told:
            reclassified.append({"measurement_id": name, "study": new["study"], "changes": told})
    return {
        "added": [_named(two[name]) for name in sorted(two.keys() - one.keys())],
        "removed": [_named(one[name]) for name in sorted(one.keys() - two.keys())],
        "corrected": corrected,
        "reclassified": reclassified,
    }


def _named(row: Row) -> dict[str, str]:
    return {"measurement_id": row["measurement_id"], "study": row["study"]}


def _differences(old: Row, new: Row, names: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"field": name, "before": old[name], "after": new[name]}
        for name in names
        if old[name] != new[name]
    ]


def _reports(before: Sequence[Row], after: Sequence[Row]) -> dict[str, list[dict[str, str]]]:
    one = {row["report"]: row for row in before}
    two = {row["report"]: row for row in after}

    def gone(row: Row) -> bool:
        return "retract" in row["status"]

    def told(rows: Iterable[Row]) -> list[dict[str, str]]:
        return [
            {"report": row["report"], "decision": row["decision"], "year": row["year"]}
            for row in sorted(rows, key=lambda row: row["report"])
        ]

    both = one.keys() & two.keys()
    return {
        "added": told(two[name] for name in two.keys() - one.keys()),
        "removed": told(one[name] for name in one.keys() - two.keys()),
        "decided_otherwise": [
            {"report": name, "before": one[name]["decision"], "after": two[name]["decision"]}
            for name in sorted(both)
            if one[name]["decision"] != two[name]["decision"]
        ],
        "retracted": told(
            two[name] for name in two if gone(two[name]) and not (name in one and gone(one[name]))
        ),
    }


def _syntheses(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    one = {item["id"]: item for item in before["syntheses"]["syntheses"]}
    two = {item["id"]: item for item in after["syntheses"]["syntheses"]}
    ids = [*two, *(name for name in one if name not in two)]
    return [
        {
            "id": name,
            "label": (two.get(name) or one[name])["label"],
            "before": _result(one.get(name)),
            "after": _result(two.get(name)),
        }
        for name in ids
    ]


def _result(item: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {name: item[name] for name in ("k", "n_studies", "n_people")} | {"fit": item["fit"]}


def _conclusion(
    before: Mapping[str, Any], after: Mapping[str, Any], protocol: Mapping[str, Any]
) -> dict[str, Any]:
    outcome, model = protocol.get("outcome", {}), protocol.get("model", {})
    important = outcome.get("minimal_important_difference")
    moved_by = (protocol.get("conclusion") or {}).get("moved_by")
    old, new = primary_fit(before), primary_fit(after)
    return {
        "rule": rule(important, moved_by, model.get("level", 95), outcome.get("unit") or "units"),
        "before": conclusion(old, important),
        "after": conclusion(new, important),
        "changed": changed(old, new, important, moved_by),
    }


def is_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether nothing that a version keeps differs."""
    return all(before[name] == after[name] for name in ("effects", "reports")) and (
        _without_labels(before) == _without_labels(after)
    )


def _without_labels(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    drop = ("label",)
    return [
        {name: value for name, value in one.items() if name not in drop}
        for one in state["syntheses"]["syntheses"]
    ]


def data_differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether evidence or numbers differ: a new minor version, and no mere patch."""
    return not is_same(before, after)
