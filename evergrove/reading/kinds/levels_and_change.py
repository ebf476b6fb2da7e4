"""Two levels in brackets at their own times, and the change between them in a bracket behind."""

from __future__ import annotations

import itertools
from dataclasses import replace

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token

_ROUNDING = 0.11


def levels_at_times(tokens: list[Token], runs: list[Run]) -> None:
    """ "a fall BETWEEN NRS at baseline (6.2) and 1 year (2.1), (4.1 (3.6 to 4.6))".

    The numbers right behind the two times are levels, whatever word of change leads them; a third
    with an interval that is just their difference is the change.
    """
    _apart(tokens, runs)
    for at, (one, two) in enumerate(itertools.pairwise(runs)):
        if not (_dated(tokens, one, True) and _dated(tokens, two, False)):
            continue
        if two.first - one.last > 9:
            continue
        for run in (one, two):
            if run.stat != "level":
                run.call_level()
                run.inherits = False
        third = runs[at + 2] if at + 2 < len(runs) else None
        if third is not None and _is_change(tokens, one, two, third):
            fell = one.values[0].value > two.values[0].value
            third.stat, third.role, third.sign = "change", "of", "-" if fell else "+"


def _apart(tokens: list[Token], runs: list[Run]) -> None:
    """Take "2.1), (4.1 (3.6 to 4.6)" behind a level at baseline for two runs and not for a list."""
    for at in range(len(runs) - 1, 0, -1):
        run = runs[at]
        if len(run.values) != 2 or run.values[0].spreads or not _dated(tokens, runs[at - 1], True):
            continue
        last = run.values[1]
        third = Run([last], [], last.first, last.last, verb=run.verb, lead=last.first)
        level = replace(run, values=run.values[:1], separators=[], last=run.values[0].last)
        if _dated(tokens, level, False) and _is_change(tokens, runs[at - 1], level, third):
            third.post, level.post = run.post, {}
            runs[at : at + 1] = [level, third]


def _dated(tokens: list[Token], run: Run, base: bool) -> bool:
    """Whether a run is one number in a bracket right behind a time (baseline, or a later one)."""
    if len(run.values) != 1 or tokens[run.first - 1].word != "(":
        return False
    times = run.pre.get("time", [])
    if not times or times[-1].last != run.first - 1:
        return False
    return (times[-1].items[-1].kind == "base") == base


def _is_change(tokens: list[Token], one: Run, two: Run, third: Run) -> bool:
    if len(third.values) != 1 or tokens[third.first - 1].word != "(" or third.first - two.last > 4:
        return False
    gap = abs(one.values[0].value - two.values[0].value)
    interval = any(spread.kind in ("ci", "range", "pair") for spread in third.values[0].spreads)
    return interval and gap > 0 and abs(abs(third.values[0].value) - gap) <= _ROUNDING
