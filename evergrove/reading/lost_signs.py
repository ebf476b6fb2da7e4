"""Pairs of numbers between which a ± was lost: "7.14 0.69 and 1.86 0.69"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token

_JOINS = frozenset(("and", "to", "vs", "versus"))
#: A text without this has no such pairs.
MAYBE_LOST = re.compile(r"\d\.\d+\s+\d+\.\d+\s+(?:and|to|vs\.?|versus)\s+\d+\.\d+\s+\d+\.\d")


def with_lost_signs(tokens: list[Token]) -> list[Token]:
    """The tokens with a ± in "7.14 0.69 AND 1.86 0.69": two pairs alike, joined by one word.

    Each pair has as many decimals in both numbers, and the second is the smaller of the two.
    """
    at = {k for i in range(len(tokens) - 4) for k in (_two_pairs(tokens, i) or ())}
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if k in at:
            before = tokens[k - 1]
            out.append(Token("s", before.end, token.start, "±", 0.0, True, "", "±"))
        out.append(token)
    return out


def _two_pairs(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """The second numbers of two pairs that begin at i, joined by one word; or None."""
    if tokens[i + 2].word not in _JOINS:
        return None
    if not (_pair(tokens[i], tokens[i + 1]) and _pair(tokens[i + 3], tokens[i + 4])):
        return None
    decimals = {len(token.word.partition(".")[2]) for token in tokens[i : i + 5 : 3]}
    around = [tokens[i - 1].kind if i else "", tokens[i + 5].kind if i + 5 < len(tokens) else ""]
    return None if "n" in around or len(decimals) > 1 else (i + 1, i + 4)


def _pair(one: Token, two: Token) -> bool:
    """Whether two decimals stand side by side, the second smaller and printed alike."""
    if one.kind != "n" or two.kind != "n" or not two.spaced or one.flag or two.flag:
        return False
    places = [len(token.word.partition(".")[2]) for token in (one, two)]
    return places[0] == places[1] > 0 and two.value < one.value
