"""Scores of all groups at a later visit, behind a frame of each of them."""

from __future__ import annotations

from evergrove.reading.frames import Run


def end_of_frames(runs: list[Run], index: int) -> int:
    """ "from 7 to 4 with wax and from 8 to 5 with clay at 1 week, AND TO 3 AND 4 at 2 weeks".

    The run that tells scores of all the groups of the frames before, or the end.
    """
    size = len(runs[index].values)
    for k in range(index + 2, len(runs)):
        if runs[k].role == runs[k - 1].role == "to" and len(runs[k].values) > size:
            return k
    return len(runs)
