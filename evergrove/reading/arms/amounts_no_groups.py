"""Words of an amount that look like a group: "providing A MODEST 3.8-point reduction"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS


def without_amounts(tokens: list[Token], arms: list[Arm], values: list[Value]) -> list[Arm]:
    """The groups without what stands between "a" and an amount that is an adjective itself.

    So too "had A CLINICALLY RELEVANT 26% reduction".
    """
    amounts = {
        value.first
        for value in values
        if value.adjectival or (value.percent and tokens[value.last].word in CHANGE_NOUNS)
    }
    return [
        arm
        for arm in arms
        if arm.last not in amounts or tokens[arm.first - 1].word not in ("a", "an")
    ]
