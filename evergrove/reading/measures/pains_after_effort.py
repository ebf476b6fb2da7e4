"""Pain after exercise where that is what was rated at each visit, and no visit of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.mention import STATES
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

MAYBE_EFFORT = Clues("pain after exerci", "pain after training")
_EFFORTS = word_set("exercise exercising training")
_DATED = word_set("point window final")


def pains_after_effort(
    tokens: list[Token], views: list[Any], index: Iterable[str], arms: list[Any]
) -> None:
    """ "Outcomes were mood and knee PAIN AFTER EXERCISE at 9 weeks. ... pain after exercise was 3".

    Where a sentence without scores plans it for a visit, and no group was treated by exercise, it
    says which pain was rated. Else "pain after exercise" may be that after a course of it.
    """
    known = {stem(word) for word in _EFFORTS}
    treated = known & set(index) or any(known & {stem(w) for w in arm.words} for arm in arms)
    planned = [
        view
        for view in views
        if not view.q.values and any(time.kind in _DATED and time.days for time in view.times)
    ]
    if len(arms) < 2 or treated or not any(_told(tokens, view) for view in planned):
        return
    for view in views:
        for time, mention in _told(tokens, view):
            view.times = [other for other in view.times if other is not time]
            mention.last = time.last
            if mention.qualifier not in STATES:
                mention.qualifier = "activity"


def _told(tokens: list[Token], view: Any) -> list[tuple[Any, Any]]:
    """The times "after exercise" right behind the name of a pain, with it."""
    ends = {m.last: m for m in view.mentions if m.key}
    return [
        (time, ends[time.first])
        for time in view.times
        if time.kind == "post"
        and time.first in ends
        and {tokens[k].word for k in range(time.first + 1, time.last)} <= _EFFORTS
    ]
