"""Later scores of several measures, told in one list behind the first scores of each."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.vectors import Vectors


def measures_in_turn(runs: list[Run], vectors: Vectors) -> None:
    """ "VAS 8.0, gait scale 3.0 and ODI 52 fell TO 3.1, 1.2 AND 30": one later score of each.

    As many single values with measures of their own stand right before the list, and it has none.
    Three or more: two values behind "to" are as often those of two visits.
    """
    for index, run in enumerate(runs):
        size = len(run.values)
        if run.role != "to" or size < 3 or index < size or run.stat != "level":
            continue
        told = [label for label in vectors.of[index] if label is not None]
        if told and vectors.how[index] != "copy":
            continue
        firsts = range(index - size, index)
        if any(len(runs[k].values) != 1 or runs[k].stat != "level" for k in firsts):
            continue
        measures = [vectors.of[k][0] for k in firsts]
        if None in measures or not any(m.key is None for m in measures):
            continue  # two known measures are laid out elsewhere
        if len({m.key or m.first for m in measures}) != size:
            continue
        vectors.set(index, measures, "template")
