"""Differences of more than two groups, told for two of them at a time."""

from __future__ import annotations

from evergrove.reading.arms.hyphened_doses import HYPHENED_UNITS
from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

PAIRED = word_set("between vs versus minus")
_LONGEST = 12


def differences_by_pairs(tokens: list[Token], view: View, runs: list[Run]) -> None:
    """ "The DIFFERENCE BETWEEN A AND B was -0.1; BETWEEN A AND C, 0.2; and BETWEEN B AND C, 0.0".

    Also "differences were: A vs B, -0.1; A vs C, 0.2", and "-0.1 between A and B, 0.2 between A
    and C". A number with two groups of its own is a difference, where the one before it is.
    """
    first = next((k for k, run in enumerate(runs) if run.stat == "between_diff"), None)
    if first is None or not any(
        tokens[k].word in DIFFERENCE for k in range(view.a, runs[first].first)
    ):
        return
    leading = runs[first]
    ends = [*(run.first for run in runs[1:]), view.b]
    for k, run in enumerate(runs):
        if k <= first or run.stat != "level" or len(run.values) != 1:
            continue
        start = _end(runs[k - 1])
        ahead = _pair_in(tokens, view, max(start, run.first - _LONGEST), run.first)
        behind = _pair_in(tokens, view, run.last, min(ends[k], _end(run) + _LONGEST))
        lead = _pair_in(tokens, view, view.a, leading.first)
        if ahead if lead else behind:
            run.stat, run.role, run.cue, run.sign = "between_diff", "of", leading.cue, ""
            run.inherits = False


def _end(run: Run) -> int:
    """The token behind the last value and its spreads."""
    last = run.values[-1]
    return max([run.last, *(at + 1 for spread in last.spreads for at in spread.at)])


def _pair_in(tokens: list[Token], view: View, start: int, stop: int) -> bool:
    """Whether "between A and B", "A versus B" stands there: two groups, and no two times."""
    if any(start <= time.first < stop for time in view.times if time.kind == "base"):
        return False
    arms = [arm for arm in view.arms if start <= arm.first and arm.last <= stop]
    for k in range(start, stop):
        word = tokens[k].word
        if word == "between":
            behind = [tokens[m].word for m in range(k, stop)]
            return "and" in behind and all(token.kind == "w" for token in tokens[k : k + 4])
        if word in _AGAINST:
            right = any(k < arm.first <= k + 2 for arm in arms) or _dose(tokens, k + 1)
            left = any(k - 2 <= arm.last <= k for arm in arms) or _dose(tokens, k - 2)
            return right and left
    return False


def _dose(tokens: list[Token], k: int) -> bool:
    """ "400 MG versus": a number with the unit of a dose."""
    inside = 0 <= k < len(tokens) - 1
    return inside and tokens[k].kind == "n" and tokens[k + 1].word in HYPHENED_UNITS


_AGAINST = PAIRED - {"between"}
