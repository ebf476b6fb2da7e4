"""Sizes and doses with a hyphen that the methods set side by side: "a 22- or a 25-gauge needle"."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.arms import DocArm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

HYPHENED_UNITS = word_set("mg µg mcg ml cc gy iu u unit gauge g mmhg fr")
_BETWEEN = word_set("or and , a an the versus vs with to either - needle needles dose doses")


def hyphened_doses(
    tokens: list[Token], a: int, b: int, counts: list[Count]
) -> dict[tuple[float, str], DocArm]:
    """Two amounts or more of one unit, each with a hyphen, and nothing else between them."""
    found: list[tuple[int, int]] = []  # number, unit
    for k in range(a + 2, b):
        hyphened = tokens[k - 1].word == "-" and not tokens[k].spaced
        if hyphened and tokens[k].word in HYPHENED_UNITS and tokens[k - 2].kind == "n":
            found.append((k - 2, k))
    if not found or len({tokens[k].word for _, k in found}) > 1:
        return {}
    unit = found[-1][1]
    first = found[0][0]
    hung = tokens[first - 1].word in ("or", "and", ",") and tokens[first - 2].word == "-"
    if hung and tokens[first - 3].kind == "n":  # "a 22- or 25-gauge needle"
        found.insert(0, (first - 3, first - 2))
    shared = _BETWEEN | {tokens[k].word for k in range(unit + 1, min(b, unit + 3))}
    for (_, one), (two, _) in itertools.pairwise(found):
        between = range(one + 1, two)
        inside = any(tokens[k].word == "(" for k in between)
        words = {tokens[k].word for k in between} - shared
        if not between or (words and not inside) or len(between) > 12:
            return {}
    out: dict[tuple[float, str], DocArm] = {}
    ends = [*(number for number, _ in found[1:]), b]
    for (number, last), end in zip(found, ends, strict=True):
        name = f"{tokens[number].word}-{tokens[unit].raw}"
        behind = range(last + 1, min(end, last + 9))
        near = [c for c in counts if c.equals and c.at in behind]
        dose = DocArm(name, set(), near[0] if near else None)
        out[tokens[number].value, tokens[unit].word] = dose
    return out if len(out) > 1 else {}
