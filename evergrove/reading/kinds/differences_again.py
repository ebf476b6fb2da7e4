"""Differences that the sentence before began: "against clay, VAS fell by 2. NRS fell by 1"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Memory
from evergrove.reading.view import View

# Words of another comparison, or of whom else a fall may be.
_OTHERS = word_set(
    "both all each overall whole entire baseline before initial initially from within compared "
    "relative versus vs than against alone only"
)


def differences_again(view: View, runs: list[Run], memory: Memory) -> None:
    """ "COMPARED WITH CLAY, VAS fell BY 2.1 (95% CI 0.4 to 3.8). NRS FELL BY 1.2 (0.3 to 2.1)".

    By how much more than with clay, again: the same verb, an interval behind every number, and no
    group, visit or comparison of its own.
    """
    before = memory.cells[-1].run if memory.cells else None
    if before is None or before.stat != "between_diff" or before.role != "by" or view.arms:
        return
    if any(cell.run.stat != "between_diff" or not _interval(cell.run) for cell in memory.cells):
        return
    if not view.words.isdisjoint(_OTHERS) or any(time.kind == "base" for time in view.times):
        return
    if all(run.stat == "change" and run.cue == before.cue and _interval(run) for run in runs):
        for run in runs:
            run.stat = "between_diff"


def _interval(run: Run) -> bool:
    """Whether a run is one number with an interval."""
    spreads = run.values[0].spreads if len(run.values) == 1 else []
    return any(spread.kind in ("ci", "pair") for spread in spreads)
