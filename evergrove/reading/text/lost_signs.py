"""Signs that were lost on the way: "the mean (SD) was 8.1 0.8" for "8.1 ± 0.8"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: A text without this has no such pair.
MAYBE_LOST = re.compile(r"(?<![\d.])\d+\.\d+ \d+\.\d+(?![\d.]*\d)")
_JOINS = frozenset(("and", "to", "vs", "versus"))
_SPREADS = word_set("sd sds se sem deviation deviations error errors")


def restore_lost(tokens: list[Token]) -> list[Token] | None:
    """The tokens with a ± between the two numbers of each pair; None where nothing was lost.

    Only where no ± is left in the text, a spread is named, and at least two pairs stand in it, each
    of one number of decimals, the second the smaller. Any other pair of bare numbers side by side
    says that something else was lost. Two pairs that one word joins are enough by themselves.
    """
    words = {token.word for token in tokens}
    if "±" in words:
        return None
    at = set() if words.isdisjoint(_SPREADS) else _of_named_spreads(tokens)
    at = at or _of_joined_pairs(tokens)
    if not at:
        return None
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if k in at:
            out.append(Token("s", tokens[k - 1].end, token.start, "±", 0.0, True, "", "±"))
        out.append(token)
    return out


def _of_named_spreads(tokens: list[Token]) -> set[int]:
    """The second numbers of all pairs of a text that names a spread; empty where one is odd."""
    pairs = {k for k in range(1, len(tokens)) if _side_by_side(tokens, k)}
    return pairs if len(pairs) > 1 and all(_mean_and_spread(tokens, k) for k in pairs) else set()


def _side_by_side(tokens: list[Token], k: int) -> bool:
    one, two = tokens[k - 1], tokens[k]
    return one.kind == two.kind == "n" and one.flag == two.flag == "" and two.start - one.end == 1


def _mean_and_spread(tokens: list[Token], k: int) -> bool:
    near = [tokens[m].word for m in (k - 2, k + 1) if 0 <= m < len(tokens)]
    alone = all(not word[:1].isdigit() for word in near) and near[0] not in ("/", "-", "–")
    return alone and _printed_alike(tokens[k - 1], tokens[k])


def _of_joined_pairs(tokens: list[Token]) -> set[int]:
    """The second numbers of "7.14 0.69 AND 1.86 0.69": two pairs alike, joined by one word.

    Each pair has as many decimals in both numbers, and the second is the smaller of the two.
    """
    return {k for i in range(len(tokens) - 4) for k in (_two_pairs(tokens, i) or ())}


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
    return _printed_alike(one, two)


def _printed_alike(one: Token, two: Token) -> bool:
    """Whether both numbers have the same decimals, one or more, and the second is smaller."""
    places = [len(token.word.partition(".")[2]) for token in (one, two)]
    return places[0] == places[1] > 0 and two.value < one.value
