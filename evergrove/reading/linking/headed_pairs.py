"""Pairs headed by their group, "(wax: 2.3 vs 6.1; clay: 3.4 vs 6.3)": which of two is earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.words import BETTER, DOWN, UP, word_set
from evergrove.reading.times.time_links import COMPARED
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View


def in_order_of_move(
    document: Document, view: View, runs: list[Run], at: int, times: list[Time]
) -> list[Time]:
    """ "COMPARED WITH BASELINE, VAS at 8 weeks WAS LOWER (wax: 2.3 vs 6.1; ...": later first.

    `times`: two, in the order in which they stand before the bracket at `at`. Where one is
    baseline and all pairs move alike, what the words ahead say of the move tells which of each
    pair is the earlier one; else they stay as told.
    """
    words = {token.word for token in document.tokens[view.a : at]}
    later = [time for time in times if time.kind != "base"]
    falls = {run.values[0].value > run.values[1].value for run in runs}
    alike = any(run.values[0].value == run.values[1].value for run in runs)
    if len(later) != 1 or len(falls) != 1 or alike or not words.isdisjoint(("no", "not")):
        return times
    ways = _ways(document, view, words)
    if ways not in ({"-"}, {"+"}):
        return times
    base = next(time for time in times if time is not later[0])
    down = "-" in ways
    if _set_against(document, view, later[0]) and not _set_against(document, view, base):
        down = not down  # "VAS was HIGHER at baseline THAN AT 8 WEEKS"
    return [base, *later] if falls == {down} else [*later, base]


def _set_against(document: Document, view: View, time: Time) -> bool:
    """ "COMPARED WITH baseline", "lower THAN at baseline": what the other time is set against."""
    before = document.tokens[max(view.a, time.first - 4) : time.first]
    return any(token.word in _AGAINST for token in before)


_AGAINST = COMPARED | word_set("than versus vs against")


def _ways(document: Document, view: View, words: set[str]) -> set[str]:
    """ "+" and "-" as the words of the move tell; of "improved" the measure of the sentence."""
    ways = {sign for sign, moved in (("-", DOWN), ("+", UP)) if not words.isdisjoint(moved)}
    ways |= {sign_of(word) for word in words & COMPARATIVE} & {"+", "-"}
    if not words.isdisjoint(BETTER):
        known = document.profile.measures
        rated = [m for m in view.mentions if m.key in known]
        better = {known[m.key or ""].better(m.qualifier) for m in rated}
        ways |= {{"lower": "-", "higher": "+"}.get(way or "", "?") for way in better}
    return ways
