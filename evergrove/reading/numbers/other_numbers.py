"""Numbers that a list, a subject or a heading of their sentence makes something else."""

from __future__ import annotations

from evergrove.reading.numbers.counted_by_reach import MAYBE_REACHED_TOO, counted_by_reach
from evergrove.reading.numbers.counted_conditions import MAYBE_CONDITIONS, counted_conditions
from evergrove.reading.numbers.listed_statistics import MAYBE_LISTED, listed_statistics
from evergrove.reading.numbers.single_limits import MAYBE_LIMIT, single_limits
from evergrove.reading.numbers.spreads_as_subjects import MAYBE_SPREAD_TOLD, spreads_as_subjects
from evergrove.reading.numbers.statistics_told import MAYBE_STATISTIC, statistics_told
from evergrove.reading.numbers.tops_in_words import MAYBE_TOP, tops_in_words
from evergrove.reading.text.tokens import Token
from evergrove.reading.view import View


def told_as_others(tokens: list[Token], view: View, named: bool, queue: set[str]) -> dict[int, str]:
    """Statistics of measures, parts of spreads and people counted: places, with the reason.

    `named`: whether the sentence names a statistic of its own; the queue of the text is told of
    spreads and limits that stand apart from their centre.
    """
    out: dict[int, str] = {}
    parts: dict[int, str] = {}
    if named or view.words & MAYBE_LISTED:
        out |= dict.fromkeys(listed_statistics(tokens, view), _OTHER)
    if not view.words.isdisjoint(MAYBE_STATISTIC):
        out |= dict.fromkeys(statistics_told(tokens, view), _OTHER)
    if not view.words.isdisjoint(MAYBE_SPREAD_TOLD):
        parts |= dict.fromkeys(spreads_as_subjects(tokens, view), "spread without its centre")
    if not view.words.isdisjoint(MAYBE_LIMIT):
        parts |= dict.fromkeys(single_limits(tokens, view), "limit of an interval")
    if parts and any(mention.key for mention in view.mentions):
        queue.add("unclaimed_result")
    if not view.words.isdisjoint(MAYBE_CONDITIONS):
        out |= dict.fromkeys(counted_conditions(tokens, view), "number of people")
    if not view.words.isdisjoint(MAYBE_REACHED_TOO):
        out |= dict.fromkeys(counted_by_reach(tokens, view), "number of people")
    if not view.words.isdisjoint(MAYBE_TOP):
        out |= dict.fromkeys(tops_in_words(tokens, view), "scale")
    return out | parts


_OTHER = "other statistic"
