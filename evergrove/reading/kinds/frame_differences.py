"""Differences that are the change just told: "from 7.4 to 2.9 (mean difference 4.5)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.changes_that_differ import opened_by
from evergrove.reading.text.tokens import Token, open_bracket

_ROUNDING = 0.11


def differences_of_frames(tokens: list[Token], runs: list[Run]) -> None:
    """Make a change of a difference in a bracket right behind a frame, if it is as large.

    The bracket may stand behind the name of the group or the time: "to 2.9 with wax (MD 4.5)".
    It may be a number alone, "from 7.4 to 2.9 (-4.5)".
    """
    for before, after, run in zip(runs, runs[1:], runs[2:], strict=False):
        alone = run.stat == "level" and opened_by(tokens, run) >= 0
        if not (run.stat == "between_diff" or alone):
            continue
        if (before.role, after.role) != ("from", "to"):
            continue
        if any(len(one.values) != 1 for one in (before, after, run)):
            continue
        opened = open_bracket(tokens, after.last, run.first)
        if opened is None or opened - after.last > 8:
            continue
        one, two = before.values[0].value, after.values[0].value
        if one == two or abs(abs(run.values[0].value) - abs(one - two)) > _ROUNDING:
            continue
        run.stat, run.role, run.cue = "change", "of", "change"
        run.sign = "" if run.values[0].sign else "-" if one > two else "+"
