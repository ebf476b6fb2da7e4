"""People who responded: the sizes that their fractions tell, and sentences about them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.declarations import Declared
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View


def sizes_of_fractions(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """ "62% of the tape group (31/50) and, with rest, 38% (18/47)": 50 and 47 people.

    Believed only where each group has one denominator and all of them add up to the cohort.
    """
    if len(declared.arms) < 2 or declared.cohort is None:
        return
    for view in views:
        wholes = [
            count
            for count in view.q.counts
            if count.of is not None and tokens[count.at + 1].word == "/"
        ]
        if len(wholes) < 2:
            continue
        named = known_mentions(tokens, view.a, view.b, declared.arms, declared.index)
        told: dict[int, set[int]] = {}
        places: dict[int, int] = {}
        for count in wholes:
            before = [arm for arm in named if arm.last <= count.at]
            if not before or before[-1].arm is None or count.of is None:
                told = {}
                break
            number = declared.arms.index(before[-1].arm)
            told.setdefault(number, set()).add(int(tokens[count.of].value))
            places.setdefault(number, count.of)
        single = len(told) > 1 and all(len(sizes) == 1 for sizes in told.values())
        if not single or any(declared.arms[number].n is not None for number in told):
            continue
        if sum(min(sizes) for sizes in told.values()) == declared.cohort.value:
            for number, at in places.items():
                declared.arms[number].n = Count(int(tokens[at].value), at, at + 1)


_THESE = word_set("these those such")


def these_people(document: Document, view: View, cells: list[Cell]) -> None:
    """ "Good relief was noted in 14 patients. In these patients NRS fell ...": n is 14."""
    if view.words.isdisjoint(_THESE):
        return
    tokens = document.tokens
    words = [tokens[k].word for k in range(view.a, min(view.a + 5, view.b))]
    opens = words[:1] in (["in"], ["among"], ["for"]) and set(words[1:2]) & _THESE
    if not opens or not set(words[2:4]) & PEOPLE or any(c.count or c.arm for c in cells):
        return
    at = document.views.index(view)
    told = document.views[at - 1].q.counts if at else []
    people = [count for count in told if count.noun in PEOPLE | {"events"} and not count.each]
    if len(people) == len(told) == 1 and people[0].of is None:
        named = _noted_in(document, document.views[at - 1], people[0])
        for cell in cells:
            cell.count, cell.arm = people[0], named


def _noted_in(document: Document, view: View, count: Count) -> Arm | None:
    """ "GOOD RELIEF was noted in 14 patients": the name of these, where they are not everybody."""
    tokens, whole = document.tokens, document.declared.cohort
    start = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    span = noun_phrase(tokens, start, count.at)
    if span is None or whole is None or count.value >= whole.value:
        return None
    after = [tokens[k].word for k in range(span[1], count.at)]
    noted = after[:1] in (["was"], ["were"]) and after[-1] == "in" and after[1] in NOTED
    return Arm(*span, text_of(tokens, *span), 2) if noted and len(after) == 3 else None
