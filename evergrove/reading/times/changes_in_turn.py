"""Changes in a bracket behind the scores they made: "to 4.5 and 3.2 (changes of -2.0 and -3.3)"."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token


def changes_in_turn(tokens: list[Token], runs: list[Run], index: int) -> list[Any] | None:
    """The times of the scores right before, one for each change; None where they do not fit.

    "From 6.5 to 4.5 AT 4 WEEKS and 3.2 AT 12 WEEKS (improvements of 2.0 and 3.3)": as many changes
    without a time as there are scores with one of their own.
    """
    run, size = runs[index], len(runs[index].values)
    if run.stat != "change" or size < 2 or index < size or run.versus:
        return None
    if run.pre.get("time") or run.post.get("time") or run.pre.get("arm") or run.post.get("arm"):
        return None
    scores = runs[index - size : index]
    if any(one.stat != "level" or len(one.values) != 1 for one in scores):
        return None
    if not any(tokens[k].word in ("(", "[") for k in range(scores[-1].last, run.first)):
        return None
    times = [_own_time(one) for one in scores]
    labels = [time.label for time in times if time is not None and time.kind != "base"]
    return times if len(set(labels)) == size else None


def _own_time(run: Run) -> Any:
    """The one time behind a score, else the one right before it."""
    for side in (run.post, run.pre):
        told = side.get("time", [])
        if len(told) == 1 and len(told[0].items) == 1:
            return told[0].items[0]
    return None
