"""What a letter in a bracket stands for: "3.0 with WAX (GROUP A) and 4.4 with clay"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import phrase_before, text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS


def name_lettered(tokens: list[Token], a: int, arms: list[Arm]) -> None:
    """Give groups that are called by a letter in a bracket the name that stands before it.

    A group that the text declared as a letter alone keeps its letter, with the name beside it.
    """
    for arm in arms:
        opened = arm.first - 1
        if not arm.name.startswith("group ") or opened <= a or tokens[opened].word != "(":
            continue
        if tokens[opened - 1].word in SCORE_UNITS:
            continue  # "21 (9) mm (A)"
        span = phrase_before(tokens, opened, a)
        if span is None or tokens[arm.last].word not in (")", ",", ";"):
            continue
        name = text_of(tokens, *span)
        if arm.arm is None:
            arm.name = f"{name} ({arm.name})"
        elif arm.arm.name.startswith("group ") and not arm.arm.given:
            arm.arm.called = arm.arm.called or name
