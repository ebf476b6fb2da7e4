"""What in the words of a sentence sets values apart that linking left in one cell.

The values are cut into units that stand against each other ("6.6 to 4.0" and "6.9 to 5.1"), and
the stretches of text before and behind the units are compared: a group or a time that each of them
has of its own, phrases behind the same preposition, or a list of as many as there are units. Since
a conflict proves that something tells the units apart, phrases are taken here that alone would
not be thought the name of a group ("under traction ... under bed rest").
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_slots import bare_before
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.naming_phrases import (
    LEADS,
    SCORED,
    as_declared,
    items_of,
    phrases_behind,
)
from evergrove.reading.linking.pairs import arm_of
from evergrove.reading.records.conflict_units import (
    VISITS,
    Found,
    Units,
    arms_between,
    different,
    inside,
    listed,
    nearest,
    own,
    values_inside,
    visits_between,
)
from evergrove.reading.text.small_words import VS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    BODY_PLACES,
    word_set,
)
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.drafts import Draft


def readings(document: Document, units: Units, everything: list[Draft]) -> list[Found]:
    """What may set the units apart, the surest first."""
    out: list[Found] = []
    if units.are_differences(document.tokens):
        return out
    groups, times = not units.varies("arm"), not units.varies("time")
    sides = [side for side in (units.behind, units.before) if side]
    lists = [units.gaps[-1], units.gaps[0], *units.gaps[1:-1]]
    for kind, wanted, found in (("arm", groups, arms_between), ("time", times, visits_between)):
        if wanted:
            for side in sides:
                out += own(units, kind, [found(units, *gap) for gap in side])
    for kind, wanted, found in (("time", times, visits_between), ("arm", groups, arms_between)):
        if wanted:
            for gap in lists:
                labels = found(units, *gap)
                if not values_inside(units, labels):
                    out += listed(units, kind, labels)
    for kind, wanted, found in (("arm", groups, arms_between), ("time", times, visits_between)):
        if wanted and sides:
            out += nearest(units, kind, found)
    if groups:
        for side in sides:
            out += _same_preposition(document, units, side)
        out += own(units, "arm", [_bare(document, units, *gap) for gap in units.before])
        for gap in lists:
            out += _coordination(document, units, *gap)
    if times:
        out += _as_the_other_group(units)
        out += _times_told_before(document, units)
    out += _as_the_pair_before(document, units, everything)
    if groups:
        out += _order_of_declaration(document, units)
    return out


# -- phrases -------------------------------------------------------------------------------------
def _same_preposition(document: Document, units: Units, side: list[tuple[int, int]]) -> list[Found]:
    """ "38.2 UNDER traction and 51.7 UNDER bed rest": phrases behind one preposition."""
    tokens, busy = document.tokens, units.busy()
    found = [phrases_behind(tokens, a, b, busy) for a, b in side]
    out: list[Found] = []
    for lead in dict.fromkeys(lead for lead, _ in found[0]):
        firsts = [next((arm for word, arm in one if word == lead), None) for one in found]
        arms = [as_declared(document, arm) for arm in firsts if arm is not None]
        if len(arms) == units.size and different(arms):
            out.append(_kind(tokens, arms))
    return out


def _kind(tokens: list[Token], arms: list[Arm]) -> Found:
    """ "2.3 IN THE BACK and 1.9 IN THE LEG": places of the body are no groups."""
    heads = [tokens[arm.last - 1].word for arm in arms]
    if all(arm.arm is None for arm in arms) and all(head in BODY_PLACES for head in heads):
        return "place", heads, ""
    return "arm", arms, ""


def _bare(document: Document, units: Units, a: int, b: int) -> list[Arm]:
    """ "PBMT mean VAS = 0.72", "loading 2.3": a phrase before the value or its measure."""
    tokens, busy = document.tokens, units.busy()
    named = [m.first for m in units.view.mentions if m.key and a < m.first < b]
    for at in (b, *reversed(named)):
        while at > a + 1 and tokens[at - 1].word in ("mean", "median", "average"):
            at -= 1
        arm = bare_before(tokens, at, a, busy)
        if arm is not None and not {tokens[k].word for k in range(arm.first, arm.last)} & SCORED:
            return [as_declared(document, arm)]
    return []


def _coordination(document: Document, units: Units, a: int, b: int) -> list[Found]:
    """ "in the cork, felt and rubber groups", "for sling rest and early motion"."""
    tokens, busy = document.tokens, units.busy()
    out: list[Found] = []
    for k in range(a, b):
        if tokens[k].word in LEADS or tokens[k].word in ("between", "(", ":"):
            arms = [as_declared(document, arm) for arm in items_of(tokens, k + 1, b, busy)]
            out += listed(units, "arm", arms)
    return out


# -- what other sentences tell -------------------------------------------------------------------
def _as_the_other_group(units: Units) -> list[Found]:
    """ "8.2, 6.4 and 4.9 in group A and 8.7, 6.9 and 5.9 in group B at 3, 9 and 12 hours"."""
    if any(len({d.record["arm"] for d in unit}) > 1 for unit in units.of):
        return []
    first = units.of[0][0]
    others: dict[str, list[Time]] = {}
    for draft in first.siblings:
        other = draft.record["arm"] != first.record["arm"]
        if other and draft.cell.time and draft.record["measure"] == first.record["measure"]:
            others.setdefault(draft.record["arm"], []).append(draft.cell.time)
    return [found for times in others.values() for found in listed(units, "time", times)]


def _as_the_pair_before(document: Document, units: Units, everything: list[Draft]) -> list[Found]:
    """ "back pain (4.6 postoperative versus 7.9 preoperative) and leg pain (4.1 versus 6.8)".

    Two values that "versus" sets against each other are at the times (or of the groups) of the
    last two before them that were so set, in this sentence or an earlier one.
    """
    run = units.of[0][0].cell.run
    if not run.versus or any(d.cell.run is not run for unit in units.of for d in unit):
        return []
    before = [d for d in everything if d.cell.value.at < run.first]
    before.sort(key=lambda d: d.cell.value.at)
    for one, two in reversed(list(itertools.pairwise(before))):
        between = range(one.cell.value.last, two.cell.value.first)
        if one.view is not two.view or not {document.tokens[k].word for k in between} & VS:
            continue
        out: list[Found] = []
        for kind, reason in (("time", "time_carried"), ("arm", "")):
            labels = [getattr(d.cell, kind) for d in (one, two)]
            if None not in labels:
                out += listed(units, kind, labels, reason)
        if out:
            return out
    return []


def _times_told_before(document: Document, units: Units) -> list[Found]:
    """ "AT THE SAME TIMES the scores were 9.4, 4.3 and 2.5": the list of a sentence before."""
    view = units.view
    if not any(time.kind == "same" for time in view.times) and view.words.isdisjoint(_SAME):
        return []
    number = document.views.index(view)
    for earlier in reversed(document.views[max(0, number - 4) : number]):
        times = inside([t for t in earlier.times if t.kind in VISITS], earlier.a, earlier.b)
        if len(times) > 1:
            return listed(units, "time", times, "time_carried")
    return []


_SAME = word_set("same these those corresponding")


def _order_of_declaration(document: Document, units: Units) -> list[Found]:
    """ "alike in the three groups (4.8, 4.7 and 4.6, respectively)": as the methods name them."""
    arms = [*document.declared.doses.values(), *document.declared.arms]
    one_list = len({id(unit[0].cell.run) for unit in units.of}) == 1
    if len(arms) != units.size or not one_list:
        return []
    told = units.view.words & _IN_TURN or units.of[0][0].cell.run.versus
    labels = [arm_of(arm) for arm in arms]
    return listed(units, "arm", labels, "arm_order_assumed") if told else []


_IN_TURN = word_set("respectively groups arms three four")
