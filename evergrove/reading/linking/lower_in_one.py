"""Pairs of two groups with the one they were lower in behind: "LOWER (36 vs 43) IN WAX"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.linking.pairs import arm_of, groups_of
from evergrove.reading.text.tokens import Token, close_bracket, words_outside
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View

_LOWER, _HIGHER = word_set("lower less smaller"), word_set("higher greater more")
#: A sentence without any of these does not say so.
MAYBE_LOWER = _LOWER | _HIGHER
_OTHERWISE = word_set(
    "than compared relative versus against but while whereas ; not both respectively"
)
_LEADS = word_set("in with for among on after under")


def lower_in_one(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "NRS was LOWER at week 2 (36 VS 43) and week 4 (23 VS 31) IN THE WAX GROUP": 36 and 23.

    Of two declared groups, one is named right behind the last pair: in each pair it has the score
    that the word before them tells, where this is the same place in all of them.
    """
    tokens, groups = document.tokens, groups_of(document)
    pairs = [k for k, run in enumerate(runs) if run.versus and len(run.values) == 2]
    if len(groups) != 2 or not pairs or len({arm.name for arm in view.arms}) != 1:
        return
    named = view.arms[0]
    other = [group for group in groups if group is not named.arm]
    if len(other) != 1 or not all(_plain(tokens, runs[k]) for k in pairs):
        return
    first, last = runs[pairs[0]], runs[pairs[-1]]
    if pairs != list(range(pairs[0], pairs[-1] + 1)) or not _right_behind(tokens, last, named):
        return
    way = _way(tokens, view.a, first.first)
    between = words_outside(tokens, first.first, named.first)
    if not way or not _OTHERWISE.isdisjoint(between):
        return
    places = {_place(runs[k], way) for k in pairs}
    if len(places) != 1 or None in places:
        return
    if any(len({id(x) for x in vectors["time"].of[k]}) > 1 for k in pairs):
        return
    both = [named, arm_of(other[0])]
    for k in pairs:
        vectors["arm"].set(k, both if places == {0} else both[::-1], "pre")


def _plain(tokens: list[Token], run: Run) -> bool:
    """Whether two scores stand in a bracket, with no more than the name of a measure before."""
    k = run.first - 1
    while k > 0 and tokens[k].mark is not None:
        k -= 1
    return run.stat == "level" and tokens[k].word in ("(", "[")


def _right_behind(tokens: list[Token], run: Run, named: Arm) -> bool:
    """Whether the group stands right behind the bracket of the run: ") IN THE wax group"."""
    opened = next(k for k in range(run.first - 1, -1, -1) if tokens[k].word in ("(", "["))
    closed = close_bracket(tokens, opened, named.first + 1)
    if closed is None:
        return False
    lead = [token.word for token in tokens[closed + 1 : named.first] if token.word != "the"]
    return lead == [] or (len(lead) == 1 and lead[0] in _LEADS)


def _way(tokens: list[Token], a: int, stop: int) -> str:
    """ "-" or "+": the one way that the words ahead of the pairs tell; else ""."""
    start = next((k for k in range(stop - 1, a, -1) if tokens[k].word in (";", ":")), a)
    words = {token.word for token in tokens[start:stop]}
    lower, higher = not words.isdisjoint(_LOWER), not words.isdisjoint(_HIGHER)
    if lower == higher or not words.isdisjoint(_OTHERWISE):
        return ""
    return "-" if lower else "+"


def _place(run: Run, way: str) -> int | None:
    """Which of two scores is the lower one, or the higher; None if they are the same."""
    one, two = (value.value for value in run.values)
    return None if one == two else int((one > two) == (way == "-"))
