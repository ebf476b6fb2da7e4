"""One group that two others are compared with: "(3.1 vs 5.0) ... and with clay (3.9 vs 5.0)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Run
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.vectors import Vectors, same_label
from evergrove.reading.view import View


def shared_comparators(
    tokens: list[Token], view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> list[Value]:
    """ "lower with wax than with placebo (3.1 vs 5.0) and lower WITH CLAY (3.9 vs 5.0)".

    The second of a pair that repeats the second of the pair before, to the spread, is the score of
    the same group again; the first is of the one group that is named in between. Where it repeats
    the first of the pair before, the second is of the group in between. Returns the scores that are
    told again.
    """
    arms = vectors["arm"]
    again: list[Value] = []
    first: tuple[int, list[Arm]] | None = None
    for index, run in enumerate(runs):
        if len(run.values) != 2 or not run.versus:
            first = None
            continue
        own = arms.of[index]
        if first is None or runs[first[0]].stat != run.stat:
            two = own[0] is not None and own[1] is not None and not same_label(own[0], own[1])
            turned = two and _led_by_than(tokens, own[0])
            first = (index, list(own)[::-1] if turned else list(own)) if two else None
            continue
        before, named = runs[first[0]], first[1]
        between = [arm for arm in view.arms if runs[index - 1].last <= arm.first < run.first]
        others = [arm for arm in between if not same_label(arm, named[1])]
        if len({arm.name for arm in others}) != 1 or same_label(others[0], named[0]):
            continue
        kinds = (vectors["measure"], vectors["time"])
        alike = all(same_label(kind.of[first[0]][1], kind.of[index][1]) for kind in kinds)
        if not _same(before.values[1], run.values[1]):
            if _same(before.values[0], run.values[0]) and alike:
                # "lower with wax than with clay (3 vs 5) or BRAN (3 vs 6)": the first again
                arms.set(index, [named[0], others[0]], "pre")
                again.append(run.values[0])
            continue
        arms.set(first[0], named, "pre")  # "lower THAN WITH PLACEBO, both with wax (3 vs 5) and"
        arms.set(index, [others[0], named[1]], "pre")
        if alike:
            again.append(run.values[1])
    return again


def _led_by_than(tokens: list[Token], arm: Arm | None) -> bool:
    """Whether "than", "than with the" stands before a group."""
    if arm is None:
        return False
    return any(token.word == "than" for token in tokens[max(0, arm.first - 3) : arm.first + 1])


def _same(one: Value, two: Value) -> bool:
    """Whether two values are printed alike, with their spreads."""
    alike = one.value == two.value and one.sign == two.sign and one.percent == two.percent
    return alike and [s.values for s in one.spreads] == [s.values for s in two.spreads]
