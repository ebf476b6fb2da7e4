"""The results of now beside the versions that were released: what changed, and how it came here.

The results are either those of the newest version (nothing differs), then they are compared with
the version before it; or they are not released yet, then with the newest version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove.versions.compare import compare, is_same
from evergrove.versions.kept import trajectory
from evergrove.versions.snapshot import snapshot

EFFECT_COLUMNS = ("measurement_id", "study", "yi", "vi", "use")
SCREENED_COLUMNS = ("report", "decision", "stage", "reason", "status")


def compare_versions(
    review: Mapping[str, Any],
    effects: Sequence[Mapping[str, str]],
    screened: Sequence[Mapping[str, str]],
    versions: Sequence[Mapping[str, Any]],
    protocol: Mapping[str, Any],
) -> dict[str, Any]:
    """The content of changes.json.

    `review` is syntheses.json; `versions` as `kept.read_versions` gives them, oldest first.
    `version` is the released version that the results are, or None; `previous` the version they
    are compared with, or None for a first one.
    """
    now = snapshot(review, effects, screened)
    newest = versions[-1] if versions else None
    released = newest is not None and is_same(newest, now)
    before = (versions[-2] if len(versions) > 1 else None) if released else newest
    changes = None if before is None else compare(before, now, protocol)
    steps = trajectory(versions)
    if not released:
        steps = [*steps, *trajectory([now | {"version": None, "date": None}])]
    return {
        "version": newest["version"] if released and newest is not None else None,
        "date": newest["date"] if released and newest is not None else None,
        "note": newest.get("note", "") if released and newest is not None else "",
        "previous": None if before is None else {n: before.get(n) for n in ("version", "date")},
        "released": [
            {name: one.get(name) for name in ("version", "date", "note", "evergrove")}
            for one in versions
        ],
        "changes": changes,
        "trajectory": steps,
    }
