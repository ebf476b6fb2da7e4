"""Pains of several things done: "VAS during taping and MASSAGE", "pain RELATED TO kneeling"."""

from __future__ import annotations

import itertools

from evergrove.reading.measures.mention import STATES, Mention
from evergrove.reading.text.small_words import OR_AND
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    EVENT,
    GROUP,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_DURING = word_set("during upon")
_VISITS = word_set("base point window final discharge")
_CAUSED = word_set("related due attributed ascribed linked associated")
_NOT_DONE = word_set(
    "baseline admission discharge follow-up entry treatment therapy visit visits groups "
    "respectively age sex score scores gender"
)


def further_steps(tokens: list[Token], mentions: list[Mention], b: int) -> None:
    """ "NRS during taping and MASSAGE were 3 and 5": a mention for each thing that was done.

    Behind the mention of the first, up to a verb of state.
    """
    if not mentions:
        return
    first = mentions[-1]
    if not first.key or not first.qualifier or first.qualifier in STATES:
        return
    if not any(tokens[k].word in _DURING for k in range(first.first, first.last)):
        return
    more: list[Mention] = []
    k = first.last
    while k < b and tokens[k].word in OR_AND:
        while k < b and tokens[k].word in OR_AND | _DURING | DETERMINERS:
            k += 1
        end = _done(tokens, k, b)
        if end == k:
            return
        words = " ".join(token.word for token in tokens[k:end])
        more.append(Mention(k, end, first.key, words, None, first.instrument))
        k = end
    if k < b and tokens[k].word in STATE:
        mentions += more


def caused_by(tokens: list[Token], mention: Mention, b: int) -> None:
    """ "pain RELATED TO DRESSING CHANGE was 7.5": what brought it on, as "during" would tell."""
    k = mention.last
    if k + 3 >= b or tokens[k].word not in _CAUSED or tokens[k + 1].word not in ("to", "with"):
        return
    k += 2
    while k < b and tokens[k].word in DETERMINERS:
        k += 1
    end = _done(tokens, k, b)
    if end == k + 1 and tokens[k].word in EVENT:
        return  # "pain related to SURGERY": all of it
    if k < end < b and tokens[end].word in STATE:
        mention.last = end
        mention.qualifier = " ".join(token.word for token in tokens[k:end])


def without_steps(tokens: list[Token], mentions: list[Mention], times: list[Time]) -> list[Time]:
    """ "VAS during probe insertion AND BIOPSY were 3 and 5": a step of one pain dates no other.

    Nor does one that only says which pain was rated date a score that has a visit: "at 1 year the
    VAS for PAIN DURING RUNNING was 3".
    """
    if not [time for time in times if time.kind == "other"]:
        return times
    if any(time.kind in _VISITS for time in times):
        rated = [m for m in mentions if m.key and m.qualifier]
        times = [
            time
            for time in times
            if time.kind != "other"
            or not any(m.first < time.first and time.last == m.last for m in rated)
        ]
    listed = [
        one
        for one, two in itertools.pairwise(mentions)
        if one.key
        and one.key == two.key
        and one.qualifier
        and two.qualifier
        and all(tokens[k].word in OR_AND for k in range(one.last, two.first))
    ]
    return [
        time
        for time in times
        if time.kind != "other"
        or not any(one.first < time.first and time.last <= one.last for one in listed)
    ]


def _done(tokens: list[Token], k: int, b: int) -> int:
    """The token behind up to three plain words at k that may name what was done, else k."""
    j = k
    while j < b and j - k < 3 and tokens[j].kind == "w" and _plain(tokens[j]):
        j += 1
    if k < j < b and tokens[j].word in ("change", "changes"):
        j += 1  # "dressing change"
    return j


def _plain(token: Token) -> bool:
    word = token.word
    taken = word in UNIT_DAYS or word in GROUP or word in PEOPLE or word in _NOT_DONE
    return token.mark is None and is_content(word) and not taken and word not in STATE
