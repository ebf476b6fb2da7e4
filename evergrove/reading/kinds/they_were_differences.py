"""Differences told on by a pronoun: "the difference was 2.1. At 1 year IT WAS 0.9 (0.2 to 1.6)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Memory
from evergrove.reading.view import View

#: A sentence without one of these goes on about nothing by a pronoun.
PRONOUNS = word_set("it they these those this")
_WERE = word_set("was were is are remained stayed")
_ALSO = word_set("still then only again thus correspondingly similarly respectively")
# Words of a score that "it" then is.
_SCORES = word_set("baseline before initially within respective score scores level levels")


def they_were_differences(tokens: list[Token], view: View, runs: list[Run], memory: Memory) -> bool:
    """ "The differences in heel NRS were 2.1 and 0.4. For knee NRS THEY WERE 1.2 and 0.9".

    All values of the sentence before are differences of groups, called so; this one names no group
    that has a score of its own. True where a number without an interval leaves it open whether the
    score itself is meant.
    """
    before = memory.cells[-1].run if memory.cells else None
    if before is None or before.cue not in DIFFERENCE or before.role not in ("of", "state"):
        return False
    if any(cell.run.stat != "between_diff" for cell in memory.cells):
        return False
    if not view.words.isdisjoint(_SCORES) or view.arms or any(t.kind == "base" for t in view.times):
        return False
    led = bool(runs) and _pronoun_leads(tokens, view, runs[0])
    if not led or any(run.stat != "level" or run.role not in ("of", "state") for run in runs):
        return False
    if not all(_like_a_difference(run) for run in runs):
        return True
    for run in runs:
        run.stat, run.cue, run.sign, run.role = before.stat, before.cue, before.sign, before.role
        run.inherits = True
    return False


def _pronoun_leads(tokens: list[Token], view: View, run: Run) -> bool:
    """ "THEY WERE -2.1", "THOSE in knee NRS WERE still 2.1": what the first number is said of."""
    k = run.values[0].first - 1
    while k > view.a and tokens[k].word in _ALSO:
        k -= 1
    if tokens[k].word not in _WERE:
        return False
    if tokens[k - 1].word in PRONOUNS:
        return True
    # "those in knee NRS at 6 weeks were"
    start = next((m for m in range(k, view.a, -1) if tokens[m].word == ","), view.a - 1) + 1
    return tokens[start].word == "those" and tokens[start + 1].word in ("in", "for", "of", "at")


def _like_a_difference(run: Run) -> bool:
    """Whether each number has an interval, or is below nothing, as no score is."""
    return all(
        value.sign == "-" or any(spread.kind in ("ci", "pair") for spread in value.spreads)
        for value in run.values
    )
