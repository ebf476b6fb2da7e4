"""Two groups whose scores are told as theirs: "the VAS OF SMOKERS was 3.2, THAT OF COOKS 4.6"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.naming_phrases import SCORED
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import IN_PEOPLE, THAT_THOSE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    THOSE,
    UNIT_DAYS,
    names_people,
    word_set,
)

_HAVING = word_set("with without")


def that_of_others(
    tokens: list[Token], a: int, b: int, values: list[Value], busy: set[int]
) -> list[Arm]:
    """Both groups; [] unless the first stands before the first value and the second behind it.

    "of" leads the first, right behind what was scored; "that of", "those of" the second, which
    has its value behind it, or in a bracket.
    """
    if len(values) < 2:
        return []
    for k in range(values[0].last, b - 2):
        if tokens[k].word not in THAT_THOSE or tokens[k + 1].word not in IN_PEOPLE:
            continue
        second = _people(tokens, k + 2, b, busy)
        later = [value for value in values if second is not None and value.first >= second.last]
        first = _of_scored(tokens, a, values[0].first, busy)
        if second is None or first is None or not later or first.name == second.name:
            return []
        return [first, second]
    return []


def _of_scored(tokens: list[Token], a: int, stop: int, busy: set[int]) -> Arm | None:
    """ "the mean VAS OF SMOKERS": the people behind "of", right behind what was scored."""
    for k in range(a + 1, stop - 1):
        rated = is_measure(tokens[k - 1])
        if tokens[k].word in IN_PEOPLE and (rated or tokens[k - 1].word in SCORED):
            arm = _people(tokens, k + 1, stop, busy)
            if arm is not None:
                return arm
    return None


def _people(tokens: list[Token], k: int, b: int, busy: set[int]) -> Arm | None:
    """The people at token k: "smokers", "the 41 women", "patients with gout"."""
    first = k
    while k < b and (tokens[k].word in ("the", "all") or tokens[k].kind == "n") and k not in busy:
        k += 1
    start = k
    while k < b and tokens[k].word in THOSE:
        k += 1
    without = False
    if k > start and k < b and tokens[k].word in _HAVING:
        without = tokens[k].word == "without"
        start = k + 1
    elif k == start:
        span = noun_phrase(tokens, k, b)
        if span is None or not any(names_people(t.word) for t in tokens[slice(*span)]):
            return None
        if not set(range(*span)).isdisjoint(busy):
            return None
        return Arm(first, span[1], text_of(tokens, *span), 2, slot="vs", np_first=span[0])
    else:
        return Arm(first, k, text_of(tokens, start, k), 2, slot="vs", np_first=start)
    span = noun_phrase(tokens, start, b)
    words = {t.word for t in tokens[slice(*span)]} if span is not None else set()
    if span is None or not set(range(*span)).isdisjoint(busy) or words & UNIT_DAYS.keys():
        return None
    name = ("no " if without else "") + text_of(tokens, *span)
    return Arm(first, span[1], name, 2, slot="vs", np_first=span[0])
