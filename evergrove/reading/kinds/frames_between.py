"""The scores at two times behind a noun of change: "the improvement from A to B was 61 to 82"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token


def frame_between_times(tokens: list[Token], left: Run, right: Run) -> None:
    """ "The IMPROVEMENT from entry to 2 years WAS 61 TO 82": the two scores, and no change of 61.

    Only where the noun has both its times ahead, so that two numbers are told for the two of them.
    """
    if left.stat != "change" or len(left.values) != 1 or right.role != "to":
        return
    if [tokens[k].word for k in range(left.last, right.first)] != ["to"]:
        return
    if any(value.sign or value.percent for run in (left, right) for value in run.values):
        return
    told = [time for labels in left.pre.get("time", []) for time in labels.items]
    if [time.kind == "base" for time in told] == [True, False]:
        left.call_level("from")
        left.inherits = False
