"""Fewer people at the end than all groups had: "Of 90 in two groups, 84 COMPLETED the study"."""

from __future__ import annotations

from evergrove.reading.declarations import Declared
from evergrove.reading.quantities import Count
from evergrove.reading.sizes import COMPLETED
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set


def some_left(tokens: list[Token], a: int, b: int, counts: list[Count], declared: Declared) -> bool:
    """Whether a sentence tells that not all people of the groups were there later.

    "Three did not return, LEAVING 87 FOR ANALYSIS", of two groups of 45: nobody says from which
    of the groups the three were, so that the size of neither is sure any more.
    """
    sizes = [arm.n.value if arm.n is not None else 0 for arm in declared.arms]
    if len(sizes) < 2 or 0 in sizes:
        return False
    for count in counts:
        if count.each or count.equals or count.noun == "events":
            continue
        if not 0.6 * sum(sizes) < count.value < sum(sizes) or count.value in sizes:
            continue
        if tokens[count.at - 1].word == "leaving":
            return True
        last = min(b, (count.of or count.at) + 6)
        ahead = [tokens[k].word for k in range(count.last, last)]
        stop = next((k for k, word in enumerate(ahead) if word in _CLAUSE), len(ahead))
        if not _THERE.isdisjoint(ahead[:stop]) and "not" not in ahead[:stop]:
            return True
    return False


_CLAUSE = word_set(", ; . but")
_THERE = COMPLETED | word_set("seen examined")
MAYBE_LEFT = _THERE | word_set("leaving")
