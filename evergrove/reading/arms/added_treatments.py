"""What was added to a treatment that another group had alone: "wax WITH A PAD", "wax alone"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CENTRES, word_set

MAYBE_ALONE = word_set("alone only without")


def name_added(tokens: list[Token], b: int, arms: list[Arm]) -> list[Arm]:
    """The groups of a sentence that ends at b, each with what tells it from the other by name.

    "2.9 after waxing WITH A CLAY PAD and 4.3 after waxing alone": the first had both. So has it in
    "waxing with glue ... waxing without glue".
    """
    bare = {arm.name.rsplit(" ", 1)[0] for arm in arms if arm.name.endswith(_ALONE)}
    bare |= {arm.name.split(" without ")[0] for arm in arms if " without " in arm.name}
    inside: set[int] = set()
    for arm in arms:
        if arm.name not in bare or arm.arm is not None or arm.last >= b:
            continue
        if tokens[arm.last].word not in _ADDS:
            continue
        more = noun_phrase(tokens, arm.last + 1, b, limit=4)
        if more is None or not _of_treatment(tokens, *more, b):
            continue
        inside.update(range(arm.last, more[1]))
        arm.name = f"{arm.name} {tokens[arm.last].raw} {text_of(tokens, *more)}"
        arm.last = more[1]
    if not inside:
        return arms
    return [arm for arm in arms if arm.first not in inside]


def _of_treatment(tokens: list[Token], first: int, last: int, b: int) -> bool:
    """Whether a phrase names no score: not "waxing WITH A MEAN of 3", "with LESS PAIN"."""
    words = {tokens[k].word for k in range(first, last)}
    if not words.isdisjoint(CENTRES) or (last < b and is_measure(tokens[last])):
        return False
    return words.isdisjoint(_OF_SCORES)


_ALONE = (" alone", " only")
_ADDS = word_set("with plus + and")
_OF_SCORES = word_set("score scores value values less more lower higher better")
