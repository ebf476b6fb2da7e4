"""A group or a period that opens or ends each of several sentences: "In PHRASE, it was 3."."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.kinds_of_people import kinds_of_people
from evergrove.reading.arms.naming_phrases import (
    LEADS,
    PEOPLE_NOUNS,
    as_declared,
    named,
    phrases_behind,
)
from evergrove.reading.records.conflict_units import (
    different,
    inside,
)
from evergrove.reading.sizes.some_of_them import some_of_them
from evergrove.reading.text.words import (
    DETERMINERS,
    PEOPLE,
    VERBS,
    word_set,
)
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View


def openers(
    document: Document, views: list[View], several_groups: bool
) -> list[tuple[str, list[Any]]]:
    """A group or a period that opens each of several sentences: "In PHRASE, ...".

    Where each of the sentences tells of `several_groups`, what opens it is a time.
    """
    heads = [arm for view in views if (arm := _named_in(document, view)) is not None]
    if not several_groups and len(heads) == len(views) and different(heads):
        return [("arm", heads)]
    told = [arm for view in views if (arm := _opening(document, view)) is not None]
    if len(told) != len(views) or not different(told):
        if not several_groups and (beside := _part_beside_whole(document, views)):
            return [("arm", beside)]
        told = [] if several_groups else _closing(document, views)
        if not told and not several_groups and (some := some_of_them(document, views)):
            return [("arm", some)]
        if not told and not several_groups:
            told = [as_declared(document, arm) for arm in kinds_of_people(document, views)]
    if not told:
        return []
    if several_groups or all(document.tokens[a.last - 1].word in _STRETCHES for a in told):
        return [("time", [Time(a.first, a.last, "other", a.name, None) for a in told])]
    return [("arm", told)]


_STRETCHES = word_set("phase phases stage stages period periods")


def _named_in(document: Document, view: View) -> Arm | None:
    """The one group of a sentence, called so; of a sentence without any, that of the one before."""
    number = document.views.index(view)
    for one in (view, *document.views[max(0, number - 1) : number]):
        strong = inside([arm for arm in one.arms if arm.strength > 2], one.a, one.b)
        if strong or one.arms:
            return as_declared(document, strong[0]) if len(strong) == 1 else None
    return None


def _opening(document: Document, view: View) -> Arm | None:
    tokens = document.tokens
    k = view.a
    while k < view.b and k < view.a + 3 and tokens[k].word in _BEFORE_OPENING:
        k += 1
    if tokens[k].word not in LEADS:
        return None
    stop = next((m for m in range(k, min(view.b, k + 12)) if tokens[m].word == ","), k)
    numbers = any(tokens[m].kind == "n" and not tokens[m].flag for m in range(k, stop))
    spans = [(t.first, t.last) for t in view.times if k <= t.first < stop]
    if stop <= k + 1 or numbers or spans:
        return None
    first = k + 1
    while first < stop and tokens[first].word in DETERMINERS | PEOPLE_NOUNS | _UNDERGOING:
        first += 1
    return as_declared(document, arm) if (arm := named(tokens, first, stop)) else None


def _part_beside_whole(document: Document, views: list[View]) -> list[Arm | None]:
    """ "Overall, VAS fell from 7 to 3. PATIENTS WITH LEAKS went from 6 to 1": a part of all.

    The labels of two sentences: none for the first, which has no group at all.
    """
    if len(views) == 2 and not views[0].arms and len(views[1].arms) == 1:
        first = views[1].arms[0]
        # "NRS fell from 7 to 3. IN GOUT seven of twelve gained, and NRS fell from 8 to 4"
        opens = first.slot == "in" and first.first <= views[1].a + 1
        return [None, as_declared(document, first)] if opens else []
    if len(views) != 2 or views[0].arms or views[1].arms:
        return []
    whole, part = (_subject(document, view) for view in views)
    return [None, part] if whole is None and part is not None else []


def _subject(document: Document, view: View) -> Arm | None:
    """ "Patients WITH EARLIER SURGERY gained": what sets apart the people that open a sentence."""
    tokens = document.tokens
    k = view.a
    while k < view.b and k < view.a + 4 and tokens[k].word in _BEFORE_OPENING | DETERMINERS:
        k += 1
    if tokens[k].word not in PEOPLE | {"those"} or tokens[k + 1].word not in _SET_APART:
        return None
    first = k + 1 + (tokens[k + 1].word not in _NEGATIVE)
    if tokens[first].word in DETERMINERS:
        first += 1
    last = first
    while last < view.b and last - first < 6 and tokens[last].kind == "w":
        if tokens[last].word in VERBS or (tokens[last].word.endswith("ed") and last > first + 1):
            return as_declared(document, arm) if (arm := named(tokens, first, last)) else None
        last += 1
    return None


_SET_APART = word_set("with without having")
_NEGATIVE = word_set("without")


def _closing(document: Document, views: list[View]) -> list[Arm]:
    """ "... WITH FELT." and "... WITH CORK.": phrases behind one preposition end the sentences."""
    found: list[dict[str, Arm]] = []
    for view in views:
        last = max(value.last for value in view.q.values)
        busy = {k for t in view.times for k in range(t.first, t.last)}
        found.append(dict(phrases_behind(document.tokens, last, view.b, busy)))
    for lead in found[0]:
        arms = [as_declared(document, one[lead]) for one in found if lead in one]
        if len(arms) == len(views) and different(arms):
            return arms
    return []


_BEFORE_OPENING = word_set("results result : however likewise similarly , also")
_UNDERGOING = word_set("undergoing receiving with treated given having who had in")
