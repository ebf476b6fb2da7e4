"""Scores in a bracket behind the noun of a change: "a fall in NRS (NRS at entry = 7; ...)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.time_parts import Time

_OPEN, _CLOSE = ("(", "["), (")", "]")


def base_in_bracket(tokens: list[Token], k: int, run: Run, timed: dict[int, Time]) -> bool:
    """ "a reduction in NRS (mean NRS at entry = 7.1; at 1 week = 3.0)": 7.1 is a score.

    Whether a bracket between the noun at k and the run names baseline, and no other time.
    """
    opened = next((m for m in range(run.first - 1, k, -1) if tokens[m].word in _OPEN), 0)
    if not opened or any(tokens[m].word in _CLOSE for m in range(opened, run.first)):
        return False
    told = {id(timed[m]): timed[m].kind for m in range(opened, run.first) if m in timed}
    if run.versus and len(run.values) == 2 and len(told) == 2:
        return next(iter(told.values())) == "base"  # "falls (BEFORE VS WEEK 4, mean: 5.7 vs 2.7)"
    if any(tokens[m].word in ("from", "to", "versus", "vs") for m in range(opened, run.first)):
        return False
    return {timed[m].kind for m in range(opened, run.first) if m in timed} == {"base"}
