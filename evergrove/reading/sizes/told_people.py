"""Scores of people told of in the sentence before: "Nine men had leaks. THEIR scores were ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.words import DETERMINERS, PEOPLE, is_content, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_QUOTES = frozenset("\"'“”‘’")
_HAD = word_set("had with showed developed received got underwent used")


def their_scores(document: Document, view: View, cells: list[Cell]) -> None:
    """ "Nine men had LEAKS. THEIR NRS fell to 3. Twelve had NO LEAKS. Theirs fell to 2".

    Only where two sentences of the text begin so, each with another number and another name.
    """
    if not cells or any(cell.arm or cell.count for cell in cells):
        return
    mine = _opening(document, view)
    if mine is None:
        return
    told = [
        other
        for v in document.views
        if v is not view and (other := _opening(document, v)) is not None
    ]
    if all(other[0].name == mine[0].name or other[1].at == mine[1].at for other in told):
        return
    for cell in cells:
        cell.arm, cell.count = mine


def _opening(document: Document, view: View) -> tuple[Arm, Count] | None:
    """The people of the sentence before, where this one opens with "their"."""
    tokens = document.tokens
    start = view.a + 2 * (view.a + 1 < view.b and tokens[view.a + 1].word == ":")
    at = document.views.index(view)
    if not at or start >= view.b or tokens[start].word not in ("their", "theirs"):
        return None
    before = document.views[at - 1]
    k = before.a + 2 * (before.a + 1 < before.b and tokens[before.a + 1].word == ":")
    if k + 3 >= before.b or tokens[k].kind != "n" or tokens[k].mark is not None:
        return None
    plural = tokens[k + 1].kind == "w" and tokens[k + 1].word.endswith("s")
    if not (plural or tokens[k + 1].word in PEOPLE) or tokens[k + 2].word not in _HAD:
        return None
    first = k + 3
    while first < before.b and (tokens[first].raw in _QUOTES or tokens[first].word in DETERMINERS):
        first += 1
    last = first
    while last < min(before.b, first + 5) and tokens[last].kind == "w":
        if not (is_content(tokens[last].word) or tokens[last].word in ("no", "data")):
            break
        last += 1
    if last == first:
        return None
    count = Count(int(tokens[k].value), k, k + 1)
    return Arm(first, last, text_of(tokens, first, last), 2, count=count), count


def named_before(document: Document, view: View) -> list[Arm]:
    """ "On day 3 NRS was 6 with CRP and 4 without CRP. At 1 year it was 3 IN THE CRP PATIENTS".

    The one word before a noun of people that a sentence with scores has named a group by; only
    where that sentence told of another group too.
    """
    tokens = document.tokens
    places = [
        k
        for k in range(view.a + 2, view.b)
        if tokens[k].word in PEOPLE and tokens[k - 1].kind == "w" and tokens[k - 2].word in _THE
    ]
    if len(places) != 1:
        return []
    name = tokens[places[0] - 1].raw.lower()
    for earlier in reversed(document.views[: document.views.index(view)]):
        if len({arm.name for arm in earlier.arms}) < 2:
            continue
        same = [arm for arm in earlier.arms if arm.name.lower() == name]
        if len(same) == 1:
            return [Arm(places[0] - 1, places[0] + 1, same[0].name, 3, same[0].arm)]
    return []


_THE = word_set("the those")
