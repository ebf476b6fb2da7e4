"""Ranges of several means, of which none can be taken: "ranged from 2.1 to 3.4"."""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.centres_of_ranges import give_range
from evergrove.reading.numbers.extremes_of_means import EXTREMES, extremes_of_means
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE, VERBS, word_set
from evergrove.reading.view import View

SEVERAL = "range of several values"
_RANGING = word_set("ranged ranging range varied ranges spanned fluctuated oscillated")
_LEADS_RANGE = word_set("between of in at was were within ( ranged")


def without_ranges(
    tokens: list[Token], view: View, values: list[Value], queue: set[str]
) -> list[Value]:
    """ "ranged from 2.1 to 3.4", "lay between 1.8 and 2.6": no mean can be taken."""
    out = list(values)
    if values and not view.words.isdisjoint(EXTREMES):
        ends = extremes_of_means(tokens, view, values)
        for value in ends:
            view.q.rejected[value.at] = SEVERAL
            out.remove(value)
        if ends:
            queue.add("range_of_means")
    since = 0  # the token behind a range that a verb told
    for left, right in itertools.pairwise(values):
        if right.first - left.last != 1:
            continue  # no range without one word or sign between its ends
        lead, gap = (
            tokens[left.first - 1].word if left.first else "",
            [t.word for t in tokens[left.last : right.first]],
        )
        verbs = _words_ahead(tokens, view.a, left.first)
        ranged = lead == "from" and gap == ["to"] and verbs & _RANGING
        ranged = ranged or (
            lead == "from" and gap == ["to"] and _scores_of_some(view, tokens, left)
        )
        again = since and lead == "from" and gap == ["to"] and _no_verb(tokens, since, left.first)
        # "the sessions ranged from 3 to 9, with NRS FROM 7.4 to 2.6": of a measure of its own
        again = again and not any(m.last == left.first - 1 for m in view.mentions)
        ranged = ranged or bool(again)
        since = right.last if ranged and (again or verbs & _RANGING) else since
        between = lead == "between" and gap == ["and"]
        plain = not left.spreads and not right.spreads and left.p is None and right.p is None
        framed = _from_a_centre(tokens, view.a, left.first)
        # "remained 3 to 4 throughout"
        between = between or (lead in _STAYING and gap == ["to"] and plain)
        between = between or (lead in ("of", "at") and gap == ["to"] and plain and not framed)
        dashed = (
            gap in (["-"], ["–"], ["to"])
            and lead in _LEADS_RANGE
            and not left.spreads
            and not right.spreads
            and lead != "from"
        )
        if ranged or (lead != "from" and gap == ["to"]):
            behind = next((v for v in values if v.first >= right.last), None)
            if give_range(tokens, left, right, behind):
                out = [v for v in out if v not in (left, right)]
                continue
        if ranged or between or (dashed and gap != ["to"]):
            for value in (left, right):
                view.q.rejected[value.at] = SEVERAL
                if value in out:
                    out.remove(value)
            if any(m.key for m in view.mentions):
                queue.add("range_of_means")
    return out


def _words_ahead(tokens: list[Token], a: int, first: int) -> set[str]:
    """The words shortly before a number, but not the heading of a bracket: "VAS (RANGE) from 7"."""
    places = range(max(a, first - 4), first)
    return {tokens[k].word for k in places if tokens[k + 1].word not in (")", "]")}


def _no_verb(tokens: list[Token], start: int, stop: int) -> bool:
    """ "ranged from 5.4 to 8, AT 4 WEEKS FROM 0.5 to 5": whether no verb begins something else."""
    words = {tokens[k].word for k in range(start, stop)}
    return words.isdisjoint(VERBS) and words.isdisjoint(CHANGE)


def _scores_of_some(view: View, tokens: list[Token], left: Value) -> bool:
    """ "most women had SCORES FROM 2 TO 3": the scores of some, where nothing tells of a fall."""
    plural = left.first > 1 and tokens[left.first - 2].word in _PLURALS
    return plural and not left.spreads and not view.words & CHANGE and bool(view.words & _OWNED)


_PLURALS = word_set("scores values ratings levels intensities numbers marks grades")
_OWNED = word_set(
    "had gave reported showed scored recorded noted with marked rated chose described"
)


def _from_a_centre(tokens: list[Token], a: int, first: int) -> bool:
    """ "fell FROM A MEDIAN OF 7.1 to 2.8": a fall from one value to another, no range."""
    k = first - 2
    while k > a and first - k < 7 and (tokens[k].word in _CENTRE_PHRASE or is_measure(tokens[k])):
        k -= 1
    return tokens[k].word == "from" and k > a and tokens[k - 1].word not in _RANGING


_STAYING = word_set("remained stayed remaining staying remains kept")
_CENTRE_PHRASE = word_set(
    "a an the mean median average baseline initial preoperative pretreatment preoperatively score "
    "level value rating pain vas nrs of"
)
