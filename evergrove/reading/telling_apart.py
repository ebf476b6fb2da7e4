"""What in the words of a sentence sets values apart that linking left in one cell.

The values are cut into units that stand against each other ("6.6 to 4.0" and "6.9 to 5.1"), and
the stretches of text before and behind the units are compared: a group or a time that each of them
has of its own, phrases behind the same preposition, or a list of as many as there are units. Since
a conflict proves that something tells the units apart, phrases are taken here that alone would
not be thought the name of a group ("under traction ... under bed rest").
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evergrove.reading.arm_phrases import text_of
from evergrove.reading.arm_slots import bare_before, noun_phrase
from evergrove.reading.arms import Arm
from evergrove.reading.pairs import arm_of
from evergrove.reading.sentence_arms import declared_arm
from evergrove.reading.time_parts import Time
from evergrove.reading.tokens import Token
from evergrove.reading.vectors import same_label
from evergrove.reading.words import (
    BODY_PLACES,
    CONJUNCTIONS,
    DETERMINERS,
    GROUP,
    PREPOSITIONS,
    word_set,
)

if TYPE_CHECKING:
    from evergrove.reading.document import Document, View
    from evergrove.reading.drafts import Draft

# kind ("arm", "time" or "place"), one label for each unit, the reason to note
Found = tuple[str, list[Any], str]

_VISITS = frozenset(
    ("base", "point", "window", "final", "post", "immediate", "discharge", "followup", "other")
)
_LEADS = word_set("in with for under on after among without by receiving using given during at")
_STOPS = word_set(", ; ) ( . vs versus than whereas while but which who respectively")
# What is scored is no group, whatever preposition it stands behind.
_SCORED = word_set(
    "score scores scale scales test tests index questionnaire inventory survey rating ratings "
    "points point mm cm mean median average value values range baseline  total "
    "subscale domain follow-up followup time times visit visits end addition contrast comparison "
    "average both each all"
)


@dataclass(slots=True, eq=False)
class Units:
    """Values of one sentence that stand against each other, and the text around them.

    `of`: the units, each with as many values. `gaps`: the stretches of text before the first value,
    between the values (of all units, as they stand), and behind the last. `before` and `behind`:
    the stretches beside each unit; none where the units are not told one after another.
    """

    of: list[list[Draft]]
    gaps: list[tuple[int, int]]
    before: list[tuple[int, int]]
    behind: list[tuple[int, int]]

    @classmethod
    def cut(cls, tokens: list[Token], units: list[list[Draft]]) -> Units:
        view = units[0][0].view
        values = sorted((d.cell.value.first, d.cell.value.last) for u in units for d in u)
        start, end = values[0][0], values[-1][1]
        while start > view.a and tokens[start - 1].word != ";":
            start -= 1
        while end < view.b and tokens[end].word != ";":
            end += 1
        gaps = list(
            zip([start, *[v[1] for v in values]], [*[v[0] for v in values], end], strict=True)
        )
        size = len(units[0])
        in_turn = [v for unit in units for v in sorted(d.cell.value.first for d in unit)]
        if in_turn != sorted(in_turn):
            return cls(units, gaps, [], [])
        return cls(units, gaps, gaps[:-1:size], gaps[size::size])

    @property
    def view(self) -> View:
        return self.of[0][0].view

    @property
    def size(self) -> int:
        return len(self.of)

    def are_differences(self, tokens: list[Token]) -> bool:
        """ "a 19.7 DIFFERENCE in VAS", "these DIFFERENCES were 7 mg and 0.6 cm": no scores."""
        for unit in self.of:
            value = unit[0].cell.value
            near = [*range(value.first - 2, value.first), *range(value.last, value.last + 3)]
            if any(
                self.view.a <= k < self.view.b and tokens[k].word in _DIFFERENCE_NOUNS for k in near
            ):
                return True
        return False

    def busy(self) -> set[int]:
        """Tokens of times, measures and numbers."""
        view = self.view
        spans = [(t.first, t.last) for t in view.times]
        spans += [(m.first, m.last) for m in view.mentions if m.key or m.veto]
        spans += [(v.first, v.last) for v in view.q.values]
        spans += [(p.first, p.last) for p in view.q.ps]
        return {k for first, last in spans for k in range(first, last)}

    def varies(self, kind: str) -> bool:
        """Whether the values inside a unit differ in this already."""
        return any(
            not same_label(getattr(draft.cell, kind), getattr(unit[0].cell, kind))
            for unit in self.of
            for draft in unit
        )


_DIFFERENCE_NOUNS = word_set("difference differences differed differ")


def readings(document: Document, units: Units, everything: list[Draft]) -> list[Found]:
    """What may set the units apart, the surest first."""
    out: list[Found] = []
    if units.are_differences(document.tokens):
        return out
    groups, times = not units.varies("arm"), not units.varies("time")
    sides = [side for side in (units.behind, units.before) if side]
    lists = [units.gaps[-1], units.gaps[0], *units.gaps[1:-1]]
    for kind, wanted, found in (("arm", groups, _arms), ("time", times, _visits)):
        if wanted:
            for side in sides:
                out += _own(units, kind, [found(units, *gap) for gap in side])
    for kind, wanted, found in (("time", times, _visits), ("arm", groups, _arms)):
        if wanted:
            for gap in lists:
                labels = found(units, *gap)
                if not _values_inside(units, labels):
                    out += _listed(units, kind, labels)
    for kind, wanted, found in (("arm", groups, _arms), ("time", times, _visits)):
        if wanted and sides:
            out += _nearest(units, kind, found)
    if groups:
        for side in sides:
            out += _same_preposition(document, units, side)
        out += _own(units, "arm", [_bare(document, units, *gap) for gap in units.before])
        for gap in lists:
            out += _coordination(document, units, *gap)
    if times:
        out += _as_the_other_group(units)
        out += _times_told_before(document, units)
    out += _as_the_pair_before(document, units, everything)
    if groups:
        out += _order_of_declaration(document, units)
    return out


def _own(units: Units, kind: str, found: list[list[Any]]) -> list[Found]:
    """A label of its own for every unit, each different from all others."""
    firsts = [labels[0] for labels in found if len(labels) == 1]
    return _listed(units, kind, firsts)


def _nearest(units: Units, kind: str, found: Callable[..., list[Any]]) -> list[Found]:
    """ "5.3 at 1 year (baseline score of 8.1, 1-year score of 2.7)": of several, the nearest."""
    behind = [found(units, *gap)[:1] for gap in units.behind]
    before = [found(units, *gap)[-1:] for gap in units.before]
    return [*_own(units, kind, before), *_own(units, kind, behind)]


def _values_inside(units: Units, labels: list[Any]) -> bool:
    """ "4.9 AT 1 MONTH and 5.3 AT 6 MONTHS (8.1 vs 2.8)": labels of other values are no list."""
    if len(labels) < 2:
        return False
    first, last = labels[0].first, labels[-1].last
    return any(first < value.at < last for value in units.view.q.values)


def _listed(units: Units, kind: str, labels: list[Any], reason: str = "") -> list[Found]:
    """A list of as many labels as there are units."""
    return [(kind, labels, reason)] if len(labels) == units.size and _different(labels) else []


def _different(labels: list[Any]) -> bool:
    return not any(
        same_label(one, other) for k, one in enumerate(labels) for other in labels[k + 1 :]
    )


def _inside(labels: Sequence[Any], a: int, b: int) -> list[Any]:
    """Labels that stand between two places, each once, in the order of the text."""
    out: list[Any] = []
    for label in sorted(labels, key=lambda one: one.first):
        if a <= label.first and label.last <= b and not any(same_label(label, x) for x in out):
            out.append(label)
    return out


def _arms(units: Units, a: int, b: int) -> list[Arm]:
    return _inside(units.view.arms, a, b)


def _visits(units: Units, a: int, b: int) -> list[Time]:
    """Times of measurement; baseline is none of a change."""
    moved = any(d.record["stat"] != "level" for unit in units.of for d in unit)
    kinds = _VISITS - {"base"} if moved else _VISITS
    return _inside([time for time in units.view.times if time.kind in kinds], a, b)


# -- phrases -------------------------------------------------------------------------------------
def _same_preposition(document: Document, units: Units, side: list[tuple[int, int]]) -> list[Found]:
    """ "38.2 UNDER traction and 51.7 UNDER bed rest": phrases behind one preposition."""
    tokens, busy = document.tokens, units.busy()
    found = [_phrases(tokens, a, b, busy) for a, b in side]
    out: list[Found] = []
    for lead in dict.fromkeys(lead for lead, _ in found[0]):
        firsts = [next((arm for word, arm in one if word == lead), None) for one in found]
        arms = [_declared(document, arm) for arm in firsts if arm is not None]
        if len(arms) == units.size and _different(arms):
            out.append(_kind(tokens, arms))
    return out


def _phrases(tokens: list[Token], a: int, b: int, busy: set[int]) -> list[tuple[str, Arm]]:
    """Prepositions of a stretch with the noun phrases behind them."""
    out: list[tuple[str, Arm]] = []
    for k in range(a, b - 1):
        if tokens[k].word not in _LEADS or k in busy:
            continue
        # "with FELT.": one word is a noun there, whatever else it may be
        alone = k + 2 == b or tokens[k + 2].word in _STOPS
        none = tokens[k + 1].word == "no"  # "with gel ... with NO gel"
        span = noun_phrase(tokens, k + 1 + none, b)
        if span is None and not alone:
            continue
        first, last = span or (k + 1, k + 2)
        first = k + 1 if none else first
        cut = next((m for m in range(first, last) if m in busy), last)
        arm = _named(tokens, first, cut)
        if arm is not None and cut > first:
            out.append((tokens[k].word, arm))
    return out


def _named(tokens: list[Token], first: int, last: int) -> Arm | None:
    """A phrase as the name of a group, unless it names what is scored."""
    while last > first and tokens[last - 1].word in GROUP | _PEOPLE:
        last -= 1
    words = {tokens[k].word for k in range(first, last)}
    if words <= PREPOSITIONS | DETERMINERS | CONJUNCTIONS or words & _SCORED:
        return None
    return Arm(first, last, text_of(tokens, first, last), 1, slot="apart", np_first=first)


_PEOPLE = word_set("patients people subjects participants")


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
        if arm is not None and not {tokens[k].word for k in range(arm.first, arm.last)} & _SCORED:
            return [_declared(document, arm)]
    return []


def _coordination(document: Document, units: Units, a: int, b: int) -> list[Found]:
    """ "in the cork, felt and rubber groups", "for sling rest and early motion"."""
    tokens, busy = document.tokens, units.busy()
    out: list[Found] = []
    for k in range(a, b):
        if tokens[k].word in _LEADS or tokens[k].word in ("between", "(", ":"):
            arms = [_declared(document, arm) for arm in _items(tokens, k + 1, b, busy)]
            out += _listed(units, "arm", arms)
    return out


_COPULAS = word_set("was were is are had has have")


def _items(tokens: list[Token], k: int, b: int, busy: set[int]) -> list[Arm]:
    """The items of a coordination that begins at k; nothing where a number or time is inside."""
    spans: list[tuple[int, int]] = []
    first = k
    joined = False
    while k <= b:
        word = tokens[k].word if k < b else ";"
        end = word in _STOPS - {","} or word in GROUP or word in _COPULAS
        if end or word in (",", "and", "or", "&", "/", "vs", "versus"):
            if k > first:
                spans.append((first, k))
            if end and word not in ("vs", "versus"):
                break
            if joined and word == ",":
                break  # "A, B and C, ..."
            joined = joined or word in ("and", "or", "&", "vs", "versus")
            first = k + 1
        elif k in busy or tokens[k].kind == "n":
            return []
        elif word in DETERMINERS and k == first:
            first = k + 1
        elif k - first > 5:
            return []
        k += 1
    arms = [_named(tokens, one, last) for one, last in spans]
    return [arm for arm in arms if arm is not None] if joined and None not in arms else []


def _declared(document: Document, arm: Arm) -> Arm:
    if arm.arm is None:
        arm.arm = declared_arm(arm.name, document.declared)
        if arm.arm is not None and arm.name.startswith("no ") != arm.arm.name.startswith("no "):
            arm.arm = None  # "gel" and "no gel" share their word and nothing else
        if arm.arm is not None and arm.count is None:
            arm.count = arm.arm.n
    return arm


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
    return [found for times in others.values() for found in _listed(units, "time", times)]


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
        if one.view is not two.view or not {document.tokens[k].word for k in between} & _VERSUS:
            continue
        out: list[Found] = []
        for kind, reason in (("time", "time_carried"), ("arm", "")):
            labels = [getattr(d.cell, kind) for d in (one, two)]
            if None not in labels:
                out += _listed(units, kind, labels, reason)
        if out:
            return out
    return []


_VERSUS = word_set("vs versus")


def _times_told_before(document: Document, units: Units) -> list[Found]:
    """ "AT THE SAME TIMES the scores were 9.4, 4.3 and 2.5": the list of a sentence before."""
    view = units.view
    if not any(time.kind == "same" for time in view.times) and view.words.isdisjoint(_SAME):
        return []
    number = document.views.index(view)
    for earlier in reversed(document.views[max(0, number - 4) : number]):
        times = _inside([t for t in earlier.times if t.kind in _VISITS], earlier.a, earlier.b)
        if len(times) > 1:
            return _listed(units, "time", times, "time_carried")
    return []


_SAME = word_set("same these those corresponding")


def _order_of_declaration(document: Document, units: Units) -> list[Found]:
    """ "alike in the three groups (4.8, 4.7 and 4.6, respectively)": as the methods name them."""
    arms = document.declared.arms
    one_list = len({id(unit[0].cell.run) for unit in units.of}) == 1
    if len(arms) != units.size or not one_list:
        return []
    told = units.view.words & _IN_TURN or units.of[0][0].cell.run.versus
    labels = [arm_of(arm) for arm in arms]
    return _listed(units, "arm", labels, "arm_order_assumed") if told else []


_IN_TURN = word_set("respectively groups arms three four")


# -- how sentences begin -------------------------------------------------------------------------
def openers(
    document: Document, views: list[View], several_groups: bool
) -> list[tuple[str, list[Any]]]:
    """A group or a period that opens each of several sentences: "In PHRASE, ...".

    Where each of the sentences tells of `several_groups`, what opens it is a time.
    """
    named = [_named_in(document, view) for view in views]
    heads = [arm for arm in named if arm is not None]
    if not several_groups and len(heads) == len(views) and _different(heads):
        return [("arm", heads)]
    told = [arm for view in views if (arm := _opening(document, view)) is not None]
    if len(told) != len(views) or not _different(told):
        told = [] if several_groups else _closing(document, views)
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
        strong = _inside([arm for arm in one.arms if arm.strength > 2], one.a, one.b)
        if strong or one.arms:
            return _declared(document, strong[0]) if len(strong) == 1 else None
    return None


def _opening(document: Document, view: View) -> Arm | None:
    tokens = document.tokens
    k = view.a
    while k < view.b and k < view.a + 3 and tokens[k].word in _BEFORE_OPENING:
        k += 1
    if tokens[k].word not in _LEADS:
        return None
    stop = next((m for m in range(k, min(view.b, k + 12)) if tokens[m].word == ","), k)
    numbers = any(tokens[m].kind == "n" and not tokens[m].flag for m in range(k, stop))
    spans = [(t.first, t.last) for t in view.times if k <= t.first < stop]
    if stop <= k + 1 or numbers or spans:
        return None
    first = k + 1
    while first < stop and tokens[first].word in DETERMINERS | _PEOPLE | _UNDERGOING:
        first += 1
    return _declared(document, arm) if (arm := _named(tokens, first, stop)) else None


def _closing(document: Document, views: list[View]) -> list[Arm]:
    """ "... WITH FELT." and "... WITH CORK.": phrases behind one preposition end the sentences."""
    found: list[dict[str, Arm]] = []
    for view in views:
        last = max(value.last for value in view.q.values)
        busy = {k for t in view.times for k in range(t.first, t.last)}
        found.append(dict(_phrases(document.tokens, last, view.b, busy)))
    for lead in found[0]:
        arms = [_declared(document, one[lead]) for one in found if lead in one]
        if len(arms) == len(views) and _different(arms):
            return arms
    return []


_BEFORE_OPENING = word_set("results result : however likewise similarly , also")
_UNDERGOING = word_set("undergoing receiving with treated given having who had in")
