"""Whether a text says how many groups it had: "divided into TWO EQUAL GROUPS, wax and clay"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View

_GROUPS = word_set("groups arms")
_SEVERAL = frozenset((2, 3, 4, 5, 6))
_KIND = word_set(
    "equal equally sized treatment study parallel different comparable similar matched of"
)
_PLANS = ("background", "aim", "conclusion")


def says_several_groups(tokens: list[Token], views: list[View]) -> bool:
    """Whether the methods or results count the groups of people: TWO GROUPS, THREE study ARMS."""
    for view in views:
        if view.section in _PLANS or view.words.isdisjoint(_GROUPS):
            continue
        for k in range(view.a + 1, view.b):
            if tokens[k].word in _GROUPS and _counted(tokens, view.a, k):
                return True
    return False


def _counted(tokens: list[Token], a: int, k: int) -> bool:
    """Whether a number of groups stands before the noun at k, with no more than their kind."""
    j = k - 1
    while j > a and tokens[j].word in _KIND and k - j < 4:
        j -= 1
    return tokens[j].kind == "n" and tokens[j].value in _SEVERAL
