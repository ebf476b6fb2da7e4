"""The time of the sentence before, named again: "At THAT TIME pain was 2.4", "it was THEN 2.4"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import THAT_TIME, Time, word_at

_NAMES = word_set("time timepoint point stage visit")
_WAS = word_set("was were averaged stood")
_CLOSES = word_set("; . ,")


def that_of_before(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """The time of "that" or "then" at i in a sentence that has named no time before it.

    "At THAT TIME pain was 2.4", "pain AT THAT VISIT was 2.4", "pain was THEN 2.4", "pain was 2.4
    THEN; at entry it had been 6.1": in the last only where no other number stands before.
    """
    if tokens[i].word == "then":
        return [Time(i, i + 1, "same", THAT_TIME, None)] if _dates(tokens, a, b, i) else []
    if word_at(tokens, i - 1, a, b) in ("at", "by") and word_at(tokens, i + 1, a, b) in _NAMES:
        return [Time(i, i + 2, "same", THAT_TIME, None)]
    return []


def _dates(tokens: list[Token], a: int, b: int, i: int) -> bool:
    if i + 1 >= b or i - 1 <= a:
        return False
    numbers = [k for k in range(a, i) if tokens[k].kind == "n" and "." in tokens[k].word]
    if tokens[i - 1].word in _WAS:
        return tokens[i + 1].kind == "n" and not numbers
    behind = tokens[i - 1].kind == "n" or tokens[i - 1].word in (")", "mm", "points")
    spread = numbers[1:2] == numbers[-1:] and numbers[0] >= numbers[-1] - 3 if numbers else False
    return behind and tokens[i + 1].word in _CLOSES and (len(numbers) == 1 or spread)
