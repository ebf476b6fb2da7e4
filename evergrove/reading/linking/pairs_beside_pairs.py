"""Pairs that "and" joins, beside pairs that are set against each other: of the same two groups."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Run
from evergrove.reading.vectors import Vectors, same_label


def pairs_beside_pairs(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "At entry NRS was 8.1 AND 8.3, at 4 weeks 6.0 VERSUS 3.9": the 8.1 of the group of the 6.0.

    Every run of the sentence is a pair of levels of one measure, each at a time of its own.
    """
    if any(len(run.values) != 2 or run.stat != "level" or run.role != "state" for run in runs):
        return
    groups = _groups(runs, vectors["arm"])
    measures = [measure for pair in vectors["measure"].of for measure in pair if measure]
    if any(not same_label(measure, measures[0]) for measure in measures):
        return
    dated = [vectors["time"].of[index] for index in range(len(runs))]
    if groups is None or not _own_times(dated):
        return
    for index, run in enumerate(runs):
        if run.separators == ["and"] and vectors["arm"].of[index] == [None, None]:
            vectors["arm"].set(index, groups, "template")


def _groups(runs: list[Run], arms: Vectors) -> list[Arm] | None:
    """The two groups of every pair with "versus"; None where there are others, or none."""
    told = [arms.of[index] for index, run in enumerate(runs) if run.versus]
    told = [pair for pair in told if pair != [None, None]]  # it takes those of the pair before
    if not told or any(None in pair for pair in told):
        return None
    first = told[0]
    same = all(same_label(a, b) for pair in told for a, b in zip(pair, first, strict=True))
    return list(first) if same and not same_label(*first) else None


def _own_times(dated: list[list[object]]) -> bool:
    """Whether both values of every pair have one time, and no two pairs the same."""
    if any(one is None or not same_label(one, two) for one, two in dated):
        return False
    first = [pair[0] for pair in dated]
    return not any(same_label(a, b) for k, a in enumerate(first) for b in first[:k])
