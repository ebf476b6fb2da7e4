"""The event that a time is counted from, told apart from that time, behind or ahead of scores."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.view import View


def without_events(
    tokens: list[Token], view: View, values: list[Value], times: list[Time]
) -> list[Time]:
    """The times of the scores of a sentence without the event that its one exact time is behind."""
    if len(times) < 2 or not any(time.kind == "post" and time.days is None for time in times):
        return times
    return _without_event_ahead(tokens, view, without_event_behind(view, values, times))


def without_event_behind(view: View, values: list[Value], times: list[Time]) -> list[Time]:
    """ "AT 1 YEAR, VAS was 2.3 and ODI 18 AFTER SURGERY": a year after it, and no second time.

    Only where the sentence is headed by the one exact time, and its values differ in measure or
    group: "at 1 year NRS was 2.3 and 4.1 after surgery" may tell two times.
    """
    if len(times) not in (2, 3) or len(values) < 2:
        return times
    exact, event = times[0], times[-1]
    headed = exact.kind == "point" and exact.days and exact.first <= view.a + 2
    if not headed or exact.last > values[0].first:
        return times
    if event.kind != "post" or event.days is not None or event.first < values[-1].last:
        return times
    if len(times) == 3:  # "At 6 weeks VAS was 7.1 BEFORE AND 2.3 AFTER surgery"
        dated = replace(event, kind="point", label=exact.label, days=exact.days)
        dated.number = exact.number
        return [times[1], dated] if times[1].kind == "base" else times
    measures = {(mention.key, mention.qualifier) for mention in view.mentions if mention.key}
    groups = {arm.name for arm in view.arms}
    return [exact] if len(measures) >= len(values) or len(groups) >= len(values) else times


def _without_event_ahead(tokens: list[Token], view: View, times: list[Time]) -> list[Time]:
    """ "AFTER SURGERY, NRS fell from 7 to 3 and VAS from 6 to 2 AT 1 YEAR": both at a year.

    Only where one exact time closes the last of several frames.
    """
    later = [time for time in times if time.kind != "base"]
    if len(later) != 2:
        return times
    event, exact = later
    if event.kind != "post" or event.days is not None or event.first > view.a:
        return times
    frames = sum(tokens[k].word == "from" for k in range(event.last, exact.first))
    if exact.kind not in ("point", "window") or not exact.days or frames < 2:
        return times
    if not _closes_frame(tokens, view.a, exact.first):
        return times
    return [time for time in times if time is not event]


def _closes_frame(tokens: list[Token], a: int, k: int) -> bool:
    """Whether "TO 14.7 (SD 6.9) CM AT", "to 21 after" stands before token k."""
    k -= 1
    while k > a and tokens[k].word in _LEADS:
        k -= 1
    if tokens[k].kind == "w":
        k -= 1  # the unit
    if tokens[k].word == ")":
        opened = open_bracket(tokens, a, k)
        k = a if opened is None else opened - 1
    if k - 2 > a and tokens[k - 1].word == "±":
        k -= 2
    if tokens[k].kind == "w":
        k -= 1
    return k > a and tokens[k].kind == "n" and tokens[k - 1].word == "to"


_LEADS = word_set("at by after the in on , week month day")
