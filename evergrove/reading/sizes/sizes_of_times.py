"""Numbers of people in a bracket that hold for every score of a time or of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import is_whole
from evergrove.reading.text.small_words import IN_PEOPLE
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import PEOPLE, names_people

if TYPE_CHECKING:
    from evergrove.reading.vectors import Cell
    from evergrove.reading.view import View


def give_sizes_of_times(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "At 2 years (n = 61) back pain was 2.4 and leg pain 1.8, from 6.6 and 6.9 before (n = 68)".

    Read where two times have such a bracket and no value has one of its own group.
    """
    if len(cells) < 2 or len({cell.arm.name for cell in cells if cell.arm is not None}) > 1:
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


def give_sizes_when(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "and 31 AT 1 YEAR, WHEN 41 WERE STILL FOLLOWED": the size of that visit."""
    for time in view.times:
        k = time.last + 2
        if k + 2 >= view.b or [t.word for t in tokens[k - 2 : k]] != [",", "when"]:
            continue
        ahead = {token.word for token in tokens[k + 1 : min(k + 6, view.b)]}
        if not is_whole(tokens, k) or tokens[k].value < _LEAST or STAYED.isdisjoint(ahead):
            continue
        size = Count(int(tokens[k].value), k, k + 1, "", None, False, False, True)
        view.q.rejected[k] = "number of people"
        for cell in cells:
            if cell.time is time and cell.value.n is None:
                cell.count = size


_LEAST = 4


def give_opening_size(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "AMONG IMPLANTED PATIENTS (n = 64), the VAS fell from 7.3 to 2.9 and 3.1": of every score.

    Read where the sentence begins with people and that bracket, and tells no other number of them.
    """
    if len(cells) < 2 or tokens[view.a].word not in IN_PEOPLE:
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


def give_sizes_of_frames(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "fell with wax (FROM 6.1 (SD 1.5) TO 3.9 (SD 1.9), N = 30, P < 0.001)": n of both scores.

    Read where the bracket holds one such n and the scores of one group. A score outside it has
    another n.
    """
    sizes = [cell.value.n for cell in cells if cell.value.n is not None]
    sizes += [count for count in view.q.counts if count.equals and not count.each]
    opened = {count.at: open_bracket(tokens, view.a, count.at - 2) for count in sizes}
    around = {cell.value.at: open_bracket(tokens, view.a, cell.value.at) for cell in cells}
    for count in sizes:
        place = opened[count.at]
        if names_people(tokens[count.at - 4].word):
            continue  # "(from 6.8 to 2.3; RESPONDERS, n = 12)"
        if place is None or list(opened.values()).count(place) > 1:
            continue
        inside = [cell for cell in cells if around[cell.value.at] == place]
        if {cell.run.role for cell in inside} != {"from", "to"}:
            continue
        if len({cell.arm.name if cell.arm else "" for cell in inside}) > 1:
            continue
        for cell in cells:
            if any(cell is one for one in inside):
                cell.count = count
            elif cell.count is count:
                cell.count = None
