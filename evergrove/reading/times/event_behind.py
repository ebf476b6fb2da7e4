"""The event that a time is counted from, told behind the scores of that time."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.times.time_parts import Time
from evergrove.reading.view import View


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
