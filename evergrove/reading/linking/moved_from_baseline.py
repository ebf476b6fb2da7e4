"""Pairs behind a change of one group: "reduced FROM BASELINE in the wax group (6.8 VS 3.6)"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, DOWN, UP, word_set
from evergrove.reading.times.time_parts import AFTER_BASE, Time
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View


def moved_from_baseline(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> bool:
    """Give the pairs of a sentence its one group, and the times before and after.

    "IN THE WAX GROUP NRS was REDUCED FROM BASELINE (6.8 versus 3.6)". All pairs of the sentence
    must move as its word says; "in wax MORE THAN in clay", "compared with clay" set two groups
    against each other. Whether it was done.
    """
    base = next((time for time in view.times if time.kind == "base"), None)
    if base is None or len({arm.name for arm in view.arms}) != 1 or not runs:
        return False
    if len(document.declared.arms) < 2 or not all(_pair(run) for run in runs):
        return False
    tokens, arm = document.tokens, view.arms[0]
    opened = open_bracket(tokens, view.a, runs[0].first)
    if opened is None or max(base.last, arm.last) > opened or not _told_in(tokens, arm.first):
        return False
    ahead = [tokens[k].word for k in range(view.a, opened)]
    inside = {tokens[k].word for k in range(opened, runs[0].first)}
    if not _COMPARING.isdisjoint(ahead) or not CHANGE_NOUNS.isdisjoint(inside):
        return False
    named = any(mention.key and mention.first > opened for mention in view.mentions)
    if not _from_base(tokens, view.a, base, named) or not _all_move(runs, set(ahead)):
        return False
    later = {time.label: time for time in view.times if time.kind in AFTER_BASE}
    if not later:
        told = [cell.time for cell in memory.cells]
        later = {time.label: time for time in told if time is not None and time.kind in AFTER_BASE}
    if len(later) > 1:
        return False
    then = next(iter(later.values()), Time(0, 0, "post", "after", None))
    for index, run in enumerate(runs):
        run.call_level()
        vectors["arm"].set(index, [arm, arm], "pre")
        vectors["time"].set(index, [Time(0, 0, "base", "baseline", 0), then], "pre")
    document.queue.add("time_assumed")
    return True


def _pair(run: Run) -> bool:
    """Whether a run is two bare scores that are set against each other."""
    bare = not any(value.sign or value.percent for value in run.values)
    return len(run.values) == 2 and bool(run.versus) and bare


def _told_in(tokens: list[Token], k: int) -> bool:
    """ "IN THE wax group": where it was, and not "WAX reduced it" more than another did."""
    if tokens[k].word in _LEADS:
        return True
    while k > 0 and tokens[k - 1].word in _OWN:
        k -= 1
    return k > 0 and tokens[k - 1].word in _LEADS


def _from_base(tokens: list[Token], a: int, base: Time, named: bool) -> bool:
    """ "REDUCED in the wax group FROM baseline": what the baseline belongs to.

    "CHANGE from baseline" only where a scale is `named` in the bracket, so that it has scores:
    "change from baseline in the wax group (3.8 vs 1.6)" may be two changes.
    """
    k = base.first - 1
    while k > a and tokens[k].word in _OWN:
        k -= 1
    if tokens[k].word != "from":
        return False
    told = [tokens[m].word for m in range(a, k)]
    moved = [word for word in told if word in CHANGE or word in CHANGE_NOUNS]
    return bool(moved) and (named or not any(word in CHANGE_NOUNS for word in moved))


def _all_move(runs: list[Run], words: set[str]) -> bool:
    """Whether all pairs move one way, and as the words say where these tell the way."""
    values = [tuple(value.value for value in run.values) for run in runs]
    falls, rises = all(one > two for one, two in values), all(one < two for one, two in values)
    down, up = not words.isdisjoint(DOWN), not words.isdisjoint(UP)
    if down and up:
        return False
    return falls if down else rises if up else falls


_OWN = word_set("the their its all")
_LEADS = word_set("in within among amongst for")
_COMPARING = word_set(
    "greater larger more less smaller lower higher better than between among groups arms both each "
    "compared comparison versus vs differed difference differences fewer relative against whereas"
)
