"""People counted right before their group: "31 NUNS WITH wax fell from 6 to 2 and 29 WITH clay"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.words import PEOPLE, names_people, word_set

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import Arm
    from evergrove.reading.numbers.quantities import Count
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.vectors import Cell
    from evergrove.reading.view import View

_LINKS = word_set("in with on from given receiving treated by the who received had allocated to")
_LEAST = 3


def give_sizes_before_groups(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """Give the scores of a group the people counted right before its name.

    Read where two groups of a sentence are each counted so; a score has the n of the very name it
    is told of, if that is the last one counted before it.
    """
    told = [(arm, count) for arm in view.arms if (count := _before(tokens, view, arm)) is not None]
    if len({arm.name for arm, _ in told}) < 2 or len({count.at for _, count in told}) < len(told):
        return
    counts = [count for _, count in told]
    for cell in cells:
        before = [(arm, count) for arm, count in told if count.at < cell.value.at]
        arm, own = max(before, key=lambda item: item[1].at, default=(None, None))
        given = cell.count is None or any(cell.count is count for count in counts)
        if own is not None and arm is cell.arm and cell.value.n is None and given:
            cell.count = own


def _before(tokens: list[Token], view: View, arm: Arm) -> Count | None:
    """The count of people of which nothing but their noun stands before the name of the group."""
    for count in view.q.counts:
        if not count.last <= arm.first <= count.last + 4 or count.equals or count.each:
            continue
        plain = count.of is None and count.noun in PEOPLE | {""} and count.value >= _LEAST
        between = [tokens[k].word for k in range(count.last, arm.first)]
        if plain and between and all(w in _LINKS or names_people(w) for w in between):
            return count
    return None
