"""The last visit by its date, where the methods list the visits: "the final assessment"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.drafts import Draft

_FOLLOWED = word_set("follow followup follow-up followups review reviewed contact discharge")
_VISIT = word_set(
    "assessment assessments evaluation visit measurement session examination assessed evaluated "
    "measure test"
)
_GOING_ON = word_set("thereafter yearly annually annual every until biannually monthly onwards")


def goes_on(document: Document) -> bool:
    """ "at 6 months and YEARLY THEREAFTER": whether the visits of the plan have no known end."""
    return any(
        not view.words.isdisjoint(_GOING_ON) and view.times and not view.q.values
        for view in document.views
    )


def last_visit(document: Document, drafts: Iterable[Draft]) -> Time | None:
    """The last of the planned visits, if it can be what "the final ASSESSMENT" means.

    "Pain was recorded before and at the second, fourth and sixth week. At the final assessment":
    week 6. Not where the text tells a longer time, how long people were followed, or a score of
    that visit under its own date.
    """
    declared = document.declared
    later = [time for time in declared.schedule if time.kind != "base"]
    days = [time.days for time in later]
    if len(later) < 2 or declared.follow_up is not None or None in days:
        return None
    rising = all(one < two for one, two in itertools.pairwise(days))
    if not rising or any(time.kind != "point" for time in later) or goes_on(document):
        return None
    longer = any(
        time.days is not None and time.days > days[-1] and time.label != "age"
        for view in document.views
        for time in view.times
    )
    told = any(d.cell.time is not None and d.cell.time.label == later[-1].label for d in drafts)
    return None if longer or told else later[-1]


def names_visit(document: Document, time: Time) -> bool:
    """Whether "the final assessment" is printed, not "the last follow-up" of unknown length."""
    words = {token.word for token in document.tokens[time.first : time.last]}
    words |= {token.word for token in document.tokens[time.last : time.last + 1]}
    return time.kind == "final" and bool(words & _VISIT) and not words & _FOLLOWED
