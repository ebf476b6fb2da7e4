"""Numbers of the items of a list: "randomised to (1) wax, (2) clay or (3) rest" lists three names.

They are taken out, so that the list reads like one without them. Not where the text calls its
groups by those numbers ("in GROUP 2"), nor a number that counts people ("wax (1), clay (2)").
"""

from __future__ import annotations

import itertools
import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set

#: A text without this has no such list.
MAYBE_NUMBERS = re.compile(r"\(?\b(?:2|ii|b|B)\) ?[A-Za-z]")
_LEADS = word_set(": , ; and or to of between either by were was are with in for receive received")
_ORDERS = (("1", "2", "3", "4", "5", "6"), ("i", "ii", "iii", "iv", "v", "vi"), tuple("abcdef"))


def without_list_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens without "(1)", "2)", "(iii)" or "(b)" ahead of the items of a list."""
    gone: set[int] = set()
    for order in _ORDERS:
        found: list[tuple[int, int]] = []
        for k in range(1, len(tokens) - 2):
            if tokens[k].word == "." or len(found) == len(order):
                gone |= _taken(found)
                found = []
            elif tokens[k].word == order[len(found)] and (place := _place(tokens, k)):
                found.append(place)
        gone |= _taken(found)
    if not gone or _called_by_number(tokens):
        return tokens
    return [token for k, token in enumerate(tokens) if k not in gone]


def _taken(found: list[tuple[int, int]]) -> set[int]:
    """The tokens of a list of two numbers or more."""
    return {k for first, last in found for k in range(first, last)} if len(found) > 1 else set()


def _place(tokens: list[Token], k: int) -> tuple[int, int] | None:
    """First and last token of "(1)" or "1)" around token k, where it may lead an item."""
    if tokens[k + 1].word != ")" or tokens[k + 2].kind != "w":
        return None
    first = k - (tokens[k - 1].word == "(")
    return (first, k + 2) if tokens[first - 1].word in _LEADS else None


def _called_by_number(tokens: list[Token]) -> bool:
    """Whether a group is called by a number or letter: "GROUP 2", "group B", "arms i and ii"."""
    names = {name for order in _ORDERS for name in order}
    return any(
        token.word in GROUP and after.word in names for token, after in itertools.pairwise(tokens)
    )
