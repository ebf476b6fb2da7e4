"""Numbers of people in a bracket that hold for every score of a time or of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import View
    from evergrove.reading.vectors import Cell


def give_sizes_of_times(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "At 2 years (n = 61) back pain was 2.4 and leg pain 1.8, from 6.6 and 6.9 before (n = 68)".

    Read where two times have such a bracket and no value has one of its own group.
    """
    if len(cells) < 3 or len({cell.arm.name for cell in cells if cell.arm is not None}) > 1:
        return
    behind: dict[str, Count] = {}
    for time in view.times:
        for count in view.q.counts:
            own = count.equals and not count.each and count.at - time.last in (2, 3)
            if own and tokens[time.last].word in ("(", "["):
                behind.setdefault(time.label, count)
    if len(behind) < 2:
        return
    for cell in cells:
        if cell.value.n is None and cell.time is not None and cell.time.label in behind:
            cell.count = behind[cell.time.label]


def give_opening_size(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "AMONG IMPLANTED PATIENTS (n = 64), the VAS fell from 7.3 to 2.9 and 3.1": of every score.

    Read where the sentence begins with people and that bracket, and tells no other number of them.
    """
    if len(cells) < 2 or tokens[view.a].word not in _OPENINGS:
        return
    opening = [
        count
        for count in view.q.counts
        if count.equals and not count.each and count.at < cells[0].value.first
    ]
    if len(opening) != 1 or len(view.q.counts) != 1:
        return
    count = opening[0]
    opened = count.at - 3
    people = opened > view.a and tokens[opened].word in ("(", "[")
    people = people and tokens[opened - 1].word in PEOPLE
    closed = [token.word for token in tokens[count.last : count.last + 2]] == [")", ","]
    if not people or not closed or any(cell.arm is not None for cell in cells):
        return
    for cell in cells:
        if cell.value.n is None:
            cell.count = count


_OPENINGS = word_set("among in of for")
