"""Names right before their values in one bracket: of these values, whatever stands before it."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.named_steps import is_step
from evergrove.reading.times.time_parts import named_time
from evergrove.reading.view import View

_BETWEEN = frozenset((":", "=", "group", "arm"))


def named_in_bracket(
    tokens: list[Token], view: View, values: list[Value], arms: list[Arm]
) -> list[Arm]:
    """ "The apical group was like the basal one (APEX 1.9, BASE 1.6)": each value has its name.

    The groups before the bracket are then of no value in it. Where such names are steps of a
    procedure ("(PROBE INSERTION 2.2, BIOPSY 1.7)"), they are times, and no groups.
    """
    for opened, closed in _brackets(tokens, view):
        inside = [value for value in values if opened < value.first < closed]
        names = [_name_of(tokens, value, arms, opened) for value in inside]
        if len(inside) < 2 or not all(names):
            continue
        mine = [name for name in names if name is not None]
        before = [value.last for value in values if value.last <= opened]
        floor = max(before, default=view.a)
        arms = [arm for arm in arms if arm in mine or not floor <= arm.first < opened]
        if any(_of_step(tokens, arm) for arm in mine):
            view.times = sorted(
                [*view.times, *(named_time(tokens, arm.first, arm.last) for arm in mine)],
                key=lambda time: time.first,
            )
            arms = [arm for arm in arms if arm not in mine and not _of_step(tokens, arm)]
    return arms


def _brackets(tokens: list[Token], view: View) -> list[tuple[int, int]]:
    out, opened = [], 0
    for k in range(view.a, view.b):
        if tokens[k].word == "(":
            opened = k
        elif tokens[k].word == ")" and opened:
            out.append((opened, k))
            opened = 0
    return out


def _name_of(tokens: list[Token], value: Value, arms: list[Arm], opened: int) -> Arm | None:
    k = value.first - 1
    while k > opened and tokens[k].word in _BETWEEN:
        k -= 1
    return next((arm for arm in arms if arm.first > opened and arm.first <= k < arm.last), None)


def _of_step(tokens: list[Token], arm: Arm) -> bool:
    sized = arm.arm is not None and arm.arm.n is not None
    return not sized and is_step(tokens[arm.last - 1].word)
