"""How many of a group came back: "OF THE 40 given wax, 36 RETURNED (VAS 2.4)", n of 36."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.people_of_groups import COUNTED
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.view import View

_OPENS = word_set("; , . : and while whereas")
_NOT_ALL = word_set("less fewer only partly half not never")
_LEADS_VERB = word_set("were was could be have had been all")


def those_who_returned(tokens: list[Token], view: View, values: list[Value]) -> list[Value]:
    """Give a group the number of those who stayed, where the same clause tells of how many.

    "OF THE 38 given clay, 33 RETURNED (VAS 4.1)": the scores are of the 33.
    Returns the values without such numbers.
    """
    people: set[int] = set()
    for whole in list(view.q.counts):
        at = _stayed_of(tokens, view, whole)
        if at is None:
            continue
        told = next((c for c in view.q.counts if c.at == at), None)
        left = told or Count(int(tokens[at].value), at, at + 1)
        named = [x for x in view.arms if x.count is whole or whole.last <= x.first < at]
        if len({arm.name for arm in named}) != 1:
            continue
        for arm in named:
            arm.count, arm.slot = left, COUNTED
        people.add(at)
        view.q.counts = [c for c in view.q.counts if c is not whole and c is not told]
        view.q.counts = sorted([*view.q.counts, left], key=lambda count: count.at)
    view.q.rejected.update(dict.fromkeys(people, "number of people"))
    return [value for value in values if value.at not in people]


def _stayed_of(tokens: list[Token], view: View, whole: Count) -> int | None:
    """Where the number of those who stayed stands behind "of the 38 given clay,"; or None."""
    k = whole.at - 1
    k -= tokens[k].word == "the"
    if whole.equals or whole.each or k < view.a or tokens[k].word != "of":
        return None
    if k > view.a and tokens[k - 1].word not in _OPENS:
        return None
    ahead = range(whole.last, min(whole.last + 12, view.b - 2))
    at = next((m for m in ahead if tokens[m].kind == "n" or tokens[m].word == ";"), None)
    if at is None or tokens[at].kind != "n" or tokens[at - 1].word != ",":
        return None
    if any(word.word in _NOT_ALL for word in tokens[at + 1 : at + 7]):
        return None  # "12 completed LESS than half of it"
    verb = at + 1
    while verb < view.b - 1 and tokens[verb].word in _LEADS_VERB:
        verb += 1
    fewer = 1 < tokens[at].value <= whole.value and "." not in tokens[at].word
    return at if fewer and tokens[verb].word in STAYED else None
