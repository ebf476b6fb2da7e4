"""Which two groups "the former" and "the latter" are, where the methods list no two."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from evergrove.reading.arms.arm_phrases import phrase_before, text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_COMPARED = word_set("compared contrasted tested")
_WITH = word_set("with to against versus vs")


def compared_subjects(tokens: list[Token], a: int, b: int) -> list[str]:
    """ "HYPNOSIS WAS COMPARED WITH RELAXATION for burns": the two, or []."""
    for k in range(a + 2, b - 2):
        if tokens[k].word not in _COMPARED or tokens[k - 1].word not in ("was", "were"):
            continue
        if tokens[k + 1].word not in _WITH:
            continue
        left = phrase_before(tokens, k - 1, a)
        right = noun_phrase(tokens, k + 2, b)
        if left is not None and right is not None:
            return [text_of(tokens, *left), text_of(tokens, *right)]
    return []


def phrase_ahead(tokens: list[Token], k: int, a: int) -> tuple[int, int] | None:
    """ "wax (2 G) and clay": the phrase before token k, or before the bracket that ends there.

    Not before a bracket with a score: before a dose, a short name or a temperature.
    """
    if k - 1 > a and tokens[k - 1].word in (")", "]"):
        opened = next((m for m in range(k - 2, max(a, k - 8), -1) if tokens[m].word in "(["), k)
        inside = {token.word for token in tokens[opened:k]}
        k = k if inside & _SCORED else opened
    return phrase_before(tokens, k, a)


_SCORED = word_set("± sd se mean = p median")


def pair_of_values(
    tokens: list[Token], a: int, b: int, values: Sequence[Value], arms: Sequence[Arm]
) -> list[str]:
    """ "5 WITH GEL and 3 WITH WAX; on day 7, THE FORMER had 4": the two in the order of the values.

    The first group behind each value that stands before the word; [] unless these are two values.
    """
    k = next(k for k in range(a, b) if tokens[k].word in ("former", "latter"))
    ahead = [value for value in sorted(values, key=lambda value: value.first) if value.last <= k]
    if len(ahead) != 2:
        return []
    names: list[str] = []
    for value, stop in itertools.pairwise([*(v.last for v in ahead), k]):
        near = [arm for arm in arms if value <= arm.first < stop]
        if near and near[0].name not in ("former", "latter"):
            names.append(min(near, key=lambda arm: arm.first).name)
    return names if len(set(names)) == 2 else []
