"""Pairs in brackets behind a fall of one group: "the wax group HAD A DECREASE in VAS (6.8 VS 3.6)".

Both scores are those of the group that had it, before and after. Two falls of two groups would be
set against each other in words ("a GREATER decrease", "than clay").
"""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import AGENT, CHANGE_NOUNS, DOWN, UP, word_set
from evergrove.reading.times.time_parts import AFTER_BASE, Time
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View


def of_one_group(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], index: int
) -> bool:
    """Give the two scores of a bracket the one group and the times before and after it.

    The first pair of the sentence must move as its noun says; what follows in the list ("and total
    FOSQ (78 vs 99)") is told like it. Whether it was done.
    """
    run = runs[index]
    names = {arm.name for arm in view.arms}
    if len(names) != 1 or len(document.declared.arms) < 2:
        return False
    if not all(_plain(document.tokens, one) for one in runs[: index + 1]):
        return False
    arm = view.arms[0]
    moved = _noun_of_fall(document.tokens, view, arm.last, runs[0].first)
    if moved is None or arm.last > runs[0].first or not _moves(runs[0], moved):
        return False
    later = {time.label: time for time in view.times if time.kind in AFTER_BASE}
    if len(later) > 1:
        return False
    then = next(iter(later.values()), Time(0, 0, "post", "after", None))
    for one in (run, *runs[index + 1 :]):
        if one.stat == "change" and _plain(document.tokens, one):
            one.call_level()
    document.queue.add("time_assumed")
    vectors["arm"].set(index, [arm, arm], "pre")
    vectors["time"].set(index, [Time(0, 0, "base", "baseline", 0), then], "pre")
    return True


def _plain(tokens: list[Token], run: Run) -> bool:
    """Whether a run is two bare scores, set against each other, that open a bracket."""
    pair = len(run.values) == 2 and run.versus and tokens[run.first - 1].word in ("(", "[")
    return pair and not any(value.sign or value.percent for value in run.values)


def _noun_of_fall(tokens: list[Token], view: View, start: int, stop: int) -> str | None:
    """ "presented A DECREASE IN the mean": the noun, where nothing is set against something."""
    words = [tokens[k].word for k in range(view.a, stop)]
    if not _COMPARING.isdisjoint(words):
        return None
    had = next((k for k in range(start, min(start + 4, stop)) if tokens[k].word in AGENT), stop)
    for k in range(had + 1, min(had + 5, stop)):
        if tokens[k].word in CHANGE_NOUNS and tokens[k + 1].word in ("in", "of"):
            return tokens[k].word
    return None


def _moves(run: Run, noun: str) -> bool:
    first, second = (value.value for value in run.values)
    return (noun in DOWN and first > second) or (noun in UP and first < second)


_COMPARING = word_set(
    "greater larger more less smaller lower higher better than between among groups arms both each "
    "compared versus vs differed difference fewer relative against"
)
