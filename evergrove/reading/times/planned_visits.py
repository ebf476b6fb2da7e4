"""Visits and numbers of people that the methods tell, for what the results leave out."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.declarations import PRIMARY, Declared, find_primary, find_schedule
from evergrove.reading.numbers.count_lists import adds_up
from evergrove.reading.sizes.group_sizes import interleaved
from evergrove.reading.sizes.listed_sizes import listed_sizes
from evergrove.reading.sizes.people_lost import MAYBE_LEFT, some_left
from evergrove.reading.sizes.respective_sizes import respective_sizes
from evergrove.reading.sizes.sizes import (
    ALLOCATED,
    Size,
    find_sizes,
    set_ratio,
    sizes_beside_times,
)
from evergrove.reading.sizes.sizes_in_order import sizes_in_order
from evergrove.reading.sizes.visit_sizes import MAYBE_WHOM, groups_at_visits, visit_sizes
from evergrove.reading.text.still_there import QUERIED_BY_POST, stayed
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.view import View


def only_time(views: list[View]) -> list[Time]:
    """ "pain one year after excision" in the aim: the one time that the whole text names."""
    points = [time for view in views for time in view.times if time.kind == "point"]
    labels = {time.days for time in points}
    said = any(
        time.kind == "point" and view.section in ("aim", "methods")
        for view in views
        for time in view.times
    )
    return points[:1] if said and len(labels) == 1 and None not in labels else []


def time_of_measure(views: list[View]) -> list[Time]:
    """ "Pain was REGISTERED ON DAY 2 at rest", "RATED IMMEDIATELY AFTER it": the one time named."""
    methods = [view for view in views if view.section == "methods"]
    if not any(view.section != "none" for view in views):
        # Without headings: the sentences that tell how a measure was taken, and no number of it.
        methods = [view for view in views if not view.q.values and not TAKEN.isdisjoint(view.words)]
    points = [(view, time) for view in methods for time in view.times if time.kind in _ONCE]
    others = {time.kind for view in methods for time in view.times} & {"base", "window", "final"}
    if len(points) != 1 or others:
        return []
    view, time = points[0]
    measured = not view.words.isdisjoint(TAKEN)
    named = any(m.key and m.first < time.first for m in view.mentions)
    return [time] if measured and named else []


_ONCE = ("point", "immediate")
TAKEN = word_set(
    "asked registered recorded rated scored noted assessed measured evaluated obtained"
)
_MEASURED = word_set("assessed measured evaluated examined recorded seen reviewed followed tested")


_QUERIED_OR_RATE = QUERIED_BY_POST | {"rate"}


def times_of_methods(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """When the methods say that a measure was taken, and how many were left at each time."""
    for view in views:
        if len(declared.arms) > 1:
            _sizes_of_arms(tokens, view, declared)
        named = [m.key for m in view.mentions if m.key]
        if view.section in ("methods", "none", "aim") and named:
            if declared.primary is None and not view.words.isdisjoint(PRIMARY):
                declared.primary = find_primary(tokens, view.a, view.b, view.times, view.mentions)
            if not declared.schedule and not any(v.spreads for v in view.q.values):
                declared.schedule = find_schedule(tokens, view.times)
        bare = not view.q.values and not named
        if bare and not declared.schedule and view.words & _MEASURED:
            declared.schedule = find_schedule(tokens, view.times)
        if len(declared.arms) == 2 and not view.words.isdisjoint(ALLOCATED):
            set_ratio(tokens, view.a, view.b, declared)
        if not declared.fewer_later and view.q.counts and not view.words.isdisjoint(MAYBE_LEFT):
            declared.fewer_later = some_left(tokens, view.a, view.b, view.q.counts, declared)
        if view.count_lists:
            declared.sizes += _sizes_of_list(tokens, views, view)
        if len(view.q.counts) > 1 and len(declared.arms) < 2:
            declared.sizes += sizes_beside_times(view.times, view.q.counts)
        if not named and len(view.times) > 1 and view.q.counts:
            declared.sizes += listed_sizes(tokens, view.a, view.times, view.q.counts)
        if len(declared.arms) > 1 and len(view.times) > 1 and not view.words.isdisjoint(("(", "[")):
            told = groups_at_visits(tokens, view, declared.arms)
            declared.sizes[:0] = told
            if told:
                continue
        several = len(view.times) > 1 or view.count_lists or not view.words.isdisjoint(MAYBE_WHOM)
        if several and len(declared.arms) < 2:
            told = visit_sizes(tokens, views, view, named=bool(named))
            declared.sizes += told
            if told:
                at = {size.count.at for size in told}
                view.q.values = [value for value in view.q.values if value.at not in at]
                view.q.rejected.update(dict.fromkeys(at, "number of people"))
                continue
        if not view.numbers or any([v.spreads for v in view.q.values]):
            continue
        # "Pain was asked for by post, with a return RATE of 65% (n = 66)"
        returned = not view.words.isdisjoint(_QUERIED_OR_RATE)
        if not named or all(v.percent and returned for v in view.q.values):
            declared.sizes += find_sizes(
                tokens,
                view.a,
                view.b,
                view.times,
                view.q.counts,
                view.count_lists,
                declared,
                view.words,
            )


def _sizes_of_list(tokens: list[Token], views: list[View], view: View) -> list[Size]:
    """ "... at 3 days, 1 month and 3 months. The numbers with data were 84, 66 and 51."

    The list is laid out over the times of the sentences before, where there are as many.
    """
    one = next((x for x in view.count_lists if tokens[x.first].word in ("number", "numbers")), None)
    if one is None:
        return []
    times: list[Time] = []
    at = views.index(view)
    for before in reversed(views[max(0, at - 3) : at]):
        if not before.q.values:
            continue
        told = [time for time in before.times if time.kind in ("base", "point", "window", "final")]
        times = [*told, *times]
        labels = list({time.label: time for time in times}.values())
        if len(labels) == len(one.counts):
            return [Size(time, None, n) for time, n in zip(labels, one.counts, strict=True)]
    return []


def date_final(declared: Declared) -> None:
    """ "40 attended the last visit": the last of the planned times."""
    planned = declared.schedule[-1] if declared.schedule else None
    if planned is None or planned.kind != "point" or declared.follow_up is not None:
        return
    for size in declared.sizes:
        if size.time is not None and size.time.kind == "final":
            size.time = planned


_ANALYSED = word_set("analysed analyzed analysis")


def _scored(tokens: list[Token], view: View, first: int) -> bool:
    """ "Mean VAS at 5 weeks WAS 28 for those given wax and 33 for those given cork": scores."""
    if tokens[first - 1].word not in ("was", "were", "averaged"):
        return False
    named = any(m.key and m.last < first for m in view.mentions)
    return named and view.words.isdisjoint(_NUMBERS)


_NUMBERS = word_set("number numbers n size sizes")


def _sizes_of_arms(tokens: list[Token], view: View, declared: Declared) -> None:
    """Groups and numbers of people that take turns in a sentence without results."""
    # "21 (51.2%) were in the gel group": the shares of a count are no results.
    if view.q.ps or view.section in ("background", "conclusion"):
        return
    told = [v for v in view.q.values if not (v.percent and tokens[v.first - 1].word == "(")]
    if any(v.spreads or "." in tokens[v.at].word for v in told):
        return
    if told and _scored(tokens, view, told[0].first):
        return
    found = known_mentions(tokens, view.a, view.b, declared.arms, declared.index)
    if not view.numbers:
        return
    if not found and len(view.count_lists) == 1:
        one = view.count_lists[0]
        if sizes_in_order(tokens, view.a, view.b, one, len(declared.arms)):
            for arm, count in zip(declared.arms, one.counts, strict=True):
                arm.n = arm.n or count
            return
    for one in view.count_lists:
        # "to laser or sham (n = 23 and n = 25, respectively)"
        told = [id(x.arm) for x in found if x.first < one.first]
        if not told and found and found[0].first - one.last < 4:
            # "(n = 90 and n = 92 for wax and clay)"
            told = [id(x.arm) for x in found if one.bracket and one.counts[0].equals]
        if not told and one.bracket and adds_up(tokens, one):
            # "Sixty patients (31 VS 29) were randomised to wax and clay"
            told = [id(x.arm) for x in found]
        # a name and its short name behind it are one
        before = [key for key, _ in itertools.groupby(told)]
        named = list(dict.fromkeys(before))
        if len(before) > len(named):
            continue  # "to diet and exercise or diet (n = 41 and 38)": which is which?
        if len(named) == len(one.counts) == len({id(x.arm) for x in found}):
            by_id = {id(arm): arm for arm in declared.arms}
            for key, count in zip(named, one.counts, strict=True):
                by_id[key].n = by_id[key].n or count
            return
    busy = {k for time in view.times for k in range(time.first, time.last)}
    places = [(x.first, x.last, x.arm) for x in found if x.arm is not None]
    pairs = interleaved(tokens, view.a, view.b, places, busy)
    pairs = pairs or respective_sizes(tokens, view, declared.arms, found)
    if not pairs:
        return
    at = {count.at for _, count in pairs}
    view.q.values = [value for value in view.q.values if value.at not in at]
    view.q.rejected.update(dict.fromkeys(at, "number of people"))
    there = stayed(tokens, view.a, view.b, view.words)
    points = [time for time in view.times if time.kind in ("point", "window", "final")]
    for arm, count in pairs:
        if there and (points or arm.n is not None or declared.each is not None):
            whole = bool(there & _ANALYSED)
            point = points[0] if len(points) == 1 and not whole else None
            declared.sizes.insert(0, Size(point, arm, count, False, whole))
        else:
            arm.n = arm.n or count
