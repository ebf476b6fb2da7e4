"""The group that had both treatments, and the sizes of two groups in one bracket."""

from __future__ import annotations

from evergrove.reading.arms.arms import DocArm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set


def both_of_them(tokens: list[Token], counts: list[Count], arms: list[DocArm]) -> DocArm | None:
    """ "Wax (n = 32); clay (n = 31); or BOTH (n = 30)": a third group, where two are named."""
    if len(arms) != 2 or any(arm.n is None for arm in arms):
        return None
    for count in counts:
        k = count.at - 1
        while k > 0 and tokens[k].word in ("n", "="):
            k -= 1
        if count.equals and tokens[k].word == "(" and tokens[k - 1].word == "both":
            return DocArm("both", {"both"}, count)
    return None


def two_sizes(tokens: list[Token], a: int, b: int, whole: int) -> list[Count]:
    """ "84 patients were randomised (43 AND 41)": two sizes that add up to the cohort, or []."""
    for k in range(a + 1, b - 4):
        if tokens[k].word != "(" or tokens[k - 1].word not in _ASSIGNED:
            continue
        one, two = tokens[k + 1], tokens[k + 3]
        if one.kind != "n" or two.kind != "n" or tokens[k + 4].word != ")":
            continue
        if tokens[k + 2].word not in _SIGNS or one.value + two.value != whole:
            continue
        if "." not in one.word + two.word and min(one.value, two.value) >= 3:
            return [Count(int(tokens[m].value), m, m + 1) for m in (k + 1, k + 3)]
    return []


_ASSIGNED = word_set("randomised randomized allocated assigned divided groups arms randomly")
_SIGNS = word_set("and vs versus / , :")
