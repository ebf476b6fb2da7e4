"""People left at a time, told by group in a bracket: "for 90 nuns (46 wax, 44 clay) at 1 year"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.group_sizes import bracket_parts
from evergrove.reading.text.tokens import Token


def left_in_groups(
    tokens: list[Token], a: int, b: int, arms: list[DocArm]
) -> list[tuple[DocArm, Count]]:
    """ "available for 90 nuns (46 WAX, 44 CLAY)": each declared group once, and its size.

    Empty unless the sizes add up to the number before the bracket and none exceeds its group.
    """
    if len(arms) < 2 or not any(tokens[k].word in ("(", "[") for k in range(a, b)):
        return []
    out: list[tuple[DocArm, Count]] = []
    numbers = [k for k in range(a, b) if tokens[k].kind == "n"]
    for first, last, count in bracket_parts(tokens, a, b, numbers):
        words = words_of(text_of(tokens, first, last))
        mine = [arm for arm in arms if words and (words == arm.words or words <= arm.words)]
        mine = [arm for arm in mine if words == arm.words] or mine
        if len(mine) != 1 or any(mine[0] is arm for arm, _ in out):
            return []
        if mine[0].n is not None and mine[0].n.value < count.value:
            return []
        out.append((mine[0], count))
    return out if len(out) == len(arms) else []
