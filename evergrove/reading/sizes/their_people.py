"""How many people "their" scores are of: "In these 85 nuns ODI fell. THEIR VAS fell to 3"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, names_people, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_THEIR = word_set("their theirs they")
_GOES_ON = word_set("moreover also likewise similarly furthermore , :")


def count_their_people(document: Document, view: View, cells: list[Cell]) -> None:
    """ "Gout was present in 85 of 320 nuns. THEIR NRS fell to 3": 85, and not the whole cohort.

    The one number of people of the sentence before, also past sentences that go on about "their"
    scores; only where one group is told of, and no score has a number of its own.
    """
    if not cells or "their" not in view.words or len(document.declared.arms) > 1:
        return
    if any(cell.arm or cell.count for cell in cells) or any(c.each for c in view.q.counts):
        return
    if not _opens_with_their(document, view):
        return
    count = _counted_before(document, view)
    if count is not None:
        for cell in cells:
            cell.count = count


def _opens_with_their(document: Document, view: View) -> bool:
    """Whether a sentence begins "Their ...", "Moreover, their ..."."""
    tokens = document.tokens
    start = view.a + 2 * (view.a + 1 < view.b and tokens[view.a + 1].word == ":")
    while start < view.b - 1 and tokens[start].word in _GOES_ON:
        start += 1
    return tokens[start].word in _THEIR


def _counted_before(document: Document, view: View) -> Count | None:
    """The one number of people that the sentences before are about; None where there are two."""
    at = document.views.index(view)
    while at:
        at -= 1
        before = document.views[at]
        told = [c for c in before.q.counts if c.noun in PEOPLE and not c.each and not c.equals]
        if part := _part_of_whole(document, before):
            return part
        if len({c.value for c in told}) > 1 or any(c.of is not None for c in told[1:]):
            return None
        if told:
            whole = document.declared.cohort
            fewer = whole is None or 2 <= told[0].value < whole.value
            return told[0] if fewer else None
        goes_on = _opens_with_their(document, before) or _in_these(document, before)
        if before.section != view.section or not goes_on:
            return None
    return None


def _in_these(document: Document, view: View) -> bool:
    """Whether a sentence begins "In these patients", without a number."""
    first = [token.word for token in document.tokens[view.a : view.a + 3]]
    return first[:2] in (["in", "these"], ["in", "those"]) and first[2] in PEOPLE


def _part_of_whole(document: Document, view: View) -> Count | None:
    """ "OF 40 ADULTS with gout, 34 WORE the splint. Their NRS ...": the 34, if nobody else is."""
    tokens = document.tokens
    start = view.a + 2 * (view.a + 1 < view.b and tokens[view.a + 1].word == ":")
    counts = view.q.counts
    if tokens[start].word != "of" or len(counts) != 2 or any(c.each for c in counts):
        return None
    whole, part = sorted(counts, key=lambda count: count.at)
    led = whole.at <= start + 2 and tokens[part.at - 1].word == ","
    people = names_people(whole.noun) and whole.of is None and not part.equals
    for k in range(part.last, view.b - 1):
        plain = tokens[k].kind == "n" and tokens[k].mark is None
        if plain and tokens[k + 1].word not in UNIT_DAYS.keys() | {"%"}:
            return None  # "34 had a splint and 6 had not"
    return part if led and people and 2 <= part.value < whole.value else None
