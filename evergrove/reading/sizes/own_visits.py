"""A number of people told with one visit: "7.2 at entry and 3.1 AT 1 YEAR (n = 31)", of 40."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import is_measure
from evergrove.reading.text.words import LOOKED_AT, PEOPLE, STATE, word_set

if TYPE_CHECKING:
    from evergrove.reading.declarations import Declared
    from evergrove.reading.drafts import Draft
    from evergrove.reading.numbers.count_lists import CountList
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.vectors import Cell

_DATED = ("point", "window", "final", "followup", "discharge")
_MOST = 0.6  # fewer than this part of them may be others: a group of its own


def own_visit(other: Draft, draft: Draft, declared: Declared) -> bool:
    """Whether the n told with `other` is not that of `draft`; doubt is put in its reasons."""
    own = _of_one_visit(other, draft, declared)
    paired = own and draft.cell.run.role == "from" and other.cell.run.role == "to"
    if own is None or paired:
        draft.record["reasons"].append("n_inferred")
    return bool(own)


def _of_one_visit(other: Draft, draft: Draft, declared: Declared) -> bool | None:
    """Whether the n told with the later score of `other` leaves the n of `draft` as it was.

    So it is behind a score before treatment, where the text tells that there were more people.
    None where the two are hardly one and the same people: a person must look. A pair ("fell from
    7 to 3 in 31 patients") is of the same people, unless a bracket behind the visit tells its n.
    """
    count, mine, its = other.cell.count, draft.cell, other.cell
    if count is None or mine.time is None or its.time is None:
        return False
    if count.at < mine.value.at:
        return _of_earlier_visit(other, draft, declared)
    # "by 2.9 at 4 weeks and by 6.1 at 12 months (N = 24)": right behind another, later visit
    earlier = mine.time.kind in _DATED and mine.time.label != its.time.label
    earlier = earlier and (
        _behind_last_of_three(draft, other) or (count.equals and 1 < count.at - its.time.last < 5)
    )
    if its.time.kind not in _DATED or not (mine.time.kind == "base" or earlier):
        return False
    arm = mine.arm.arm if mine.arm is not None else None
    whole = arm.n if arm is not None else declared.cohort
    if arm is None and len(declared.arms) > 1:
        return False
    if whole is None or whole.value <= count.value:
        return False
    if any(draft.tokens[k].word == "p" for k in range(its.value.last, count.at)):
        return False  # "and 3.1 at week 1 (p = 0.005) (n = 31)": those who were compared
    if _behind_last_of_three(draft, other):
        return None
    if count.equals and draft.tokens[count.at - 3].word == ";":
        return False  # "(baseline, 6.8; end point, 3.1; n = 55)": of all in the bracket
    pair = mine.run.role == "from" and its.run.role == "to"
    behind_visit = count.bracket and its.time.first > mine.value.at and count.at > its.time.first
    if pair and not behind_visit:
        return False
    return True if count.value >= _MOST * whole.value else None


def _of_earlier_visit(other: Draft, draft: Draft, declared: Declared) -> bool | None:
    """ "3.3 at 3 months (36 OF 40 SEEN) and 2.9 at 1 year": no n of the later visit.

    None, a doubt, where nothing tells how many there were, or "at 3 months IN 36 NUNS and ...".
    """
    count, mine, its = other.cell.count, draft.cell, other.cell
    if count is None or mine.time is None or its.time is None:
        return False
    if its.time.kind not in _DATED or mine.time.kind not in _DATED:
        return False
    if its.time.label == mine.time.label or not its.value.at < count.at < mine.time.first:
        return False
    arm = mine.arm.arm if mine.arm is not None else None
    whole = arm.n if arm is not None else declared.cohort
    if whole is None:
        return None if count.bracket else False
    if whole.value <= count.value:
        return False
    return True if count.bracket else None


def _behind_last_of_three(draft: Draft, other: Draft) -> bool:
    """ "from 7.2 to 3.1 at 6 weeks and to 2.8 at 1 year IN 26 PATIENTS", of 40: in all, or then?"""
    count, its = other.cell.count, other.cell
    if count is None or its.time is None or count.equals or not 0 < count.at - its.time.last < 4:
        return False
    later = [d.cell for d in draft.siblings if d.cell.time is not None and d.cell.count is None]
    later = [cell for cell in later if cell.value.at < its.value.at and cell.arm is its.arm]
    return len({cell.time.label for cell in later if cell.time is not None}) > 1


def list_behind(draft: Draft, one: CountList) -> bool:
    """ "4.5, 3.2 and 2.6 at 1, 3 and 6 months IN 70, 66 AND 59 PATIENTS, respectively".

    Between the last value and the list stands nothing but times.
    """
    tokens, lead = draft.tokens, one.first - 1
    if tokens[lead].word not in _LED or "respectively" not in draft.view.words:
        return False
    values = [value for value in draft.view.q.values if value.last <= lead]
    if not values:
        return _list_ahead(draft, one)
    at = values[-1].last
    times = {k for time in draft.view.times for k in range(time.first, time.last)}
    return all(
        k in times or tokens[k].kind == "n" or tokens[k].word in _BETWEEN for k in range(at, lead)
    )


def _list_ahead(draft: Draft, one: CountList) -> bool:
    """ "VAS IN 70, 66 AND 59 PATIENTS at 1, 3 and 6 months was 4.5, 3.2 and 2.6, respectively"."""
    tokens, view = draft.tokens, draft.view
    first = min(value.first for value in view.q.values)
    times = {k for time in view.times for k in range(time.first, time.last)}
    return all(
        k in times or tokens[k].kind == "n" or tokens[k].word in _AHEAD or is_measure(tokens[k])
        for k in range(one.last, first)
    )


_LED = word_set("in for among from of")
_BETWEEN = word_set("at and , after the ) ] mm cm points on or months weeks days years hours")
_AHEAD = _BETWEEN | PEOPLE | STATE | {"mean", "median"}


def left_later(draft: Draft, count: Count) -> bool:
    """ "5.5 before; five weeks later 3.1 in the 24 WHO CAME BACK": nobody's n before."""
    time = draft.cell.time
    before = time is not None and time.kind == "base" and count.at > draft.cell.value.at
    return before and _left(draft, count)


def _left(draft: Draft, count: Count) -> bool:
    """Whether a number of people is said to be of those who were still there."""
    tokens = draft.tokens
    near = tokens[max(0, count.at - 3) : count.last + 4]
    return any(token.word in _STILL for token in near)


_STILL = word_set(
    "survived survivors survivor remaining remained available left alive completed completers "
    "attended contacted returned still back"
)


def shares_count(other: Draft, draft: Draft) -> bool:
    """Whether the n printed with another value of the sentence holds for this one too."""
    count, mine, its = other.cell.count, draft.cell, other.cell
    if count is None or count.each:
        return False
    same_arm = its.arm is mine.arm or (
        its.arm is not None and mine.arm is not None and its.arm.name == mine.arm.name
    )
    # "2.4 (n = 30) at 3 months, 1.9 at 6": an n of its own time is not carried to another.
    apart = its.time is not mine.time
    own = its.value.n is not None and apart and its.run.role == mine.run.role
    if apart and count.at > mine.value.at and _left(draft, count):
        # "... among the 27 survivors": fewer people than at the times before.
        own = True
    if apart and mine.value.at < count.at:
        own = own or _ahead_of_its_own(mine, its) or _seen_then(draft.tokens, its)
    if count.bracket and apart and not own:
        # "... and 2.5 at 1 year (34 patients)": the last of several times.
        times = {d.record["timepoint_label"] for d in draft.siblings if d.record["stat"] == "level"}
        own = len(times) > 2
    return same_arm and not own


def _ahead_of_its_own(mine: Cell, its: Cell) -> bool:
    """ "to 3.1 at 6 weeks, and IN 26 PATIENTS it was 2.8 at 1 year": of the second, not of 3.1.

    Not within a frame: "from 7.2 IN 40 PATIENTS to 3.1".
    """
    count = its.count
    framed = mine.run.role == "from" and its.run.role == "to"
    return count is not None and not framed and mine.value.last <= count.at < its.value.at


def _seen_then(tokens: list[Token], its: Cell) -> bool:
    """ "3.1 at 6 weeks and 2.8 in the 26 PATIENTS SEEN AT 1 YEAR": those of that visit alone."""
    count, time = its.count, its.time
    if count is None or time is None or not 0 < time.first - count.last < 6:
        return False
    end = time.first if time.number is None else time.number
    between = {tokens[k].word for k in range(count.last, end)}
    return not between.isdisjoint(_SEEN) and between <= _SEEN | _WHO | PEOPLE | {count.noun}


_SEEN = LOOKED_AT | word_set("followed available left remaining returning interviewed contacted")
_WHO = word_set("who that were still for at after until up could be with")
