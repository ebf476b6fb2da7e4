"""One size for each group, told once; and several sizes, which are of no group but their own."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.vectors import Cell


def size_of_each(cells: list[Cell]) -> None:
    """ "bran 7.1 and 3.4, oats 6.9 and 5.5 (24 EACH)": the size of every group of the sentence.

    So too "48 nuns were given bran or oats (24 EACH), and the VAS was 3.4 and 5.5": the 48 are all.
    """
    each = [cell.count for cell in cells if cell.count is not None and cell.count.each]
    if not each or any(count is not each[0] for count in each):
        return
    groups = {cell.arm.name for cell in cells if cell.arm is not None}
    if len(groups) < 2:
        return
    others = [c.count for c in cells if c.count is not None and c.count is not each[0]]
    if any(other.at > each[0].at or other.value < each[0].value * len(groups) for other in others):
        return
    behind = each[0].at > max(cell.value.first for cell in cells)
    if (behind and each[0].bracket and not others) or (others and not behind):
        for cell in cells:
            if cell.arm is not None:
                cell.count = each[0]


def without_own_sizes(tokens: list[Token], counts: list[Count]) -> None:
    """Take `each` back from "two groups of 31 AND 35 nuns": a size of its own for each group."""
    for count in counts:
        if not count.each or tokens[count.at - 1].word != "of":
            continue
        behind = tokens[count.last : count.last + 2]
        if len(behind) == 2 and behind[0].word in (",", "and") and _is_size(behind[1]):
            count.each = False


def _is_size(token: Token) -> bool:
    return token.kind == "n" and token.value == int(token.value) >= _LEAST


_LEAST = 5


def of_every_group(tokens: list[Token], a: int, k: int, every: frozenset[str]) -> bool:
    """Whether the word for groups at k is of "EACH GROUP had 30", "EACH OF THE 3 GROUPS had 30"."""
    k -= 1
    if tokens[k].word in every:
        return True
    k -= tokens[k].kind == "n"
    k -= tokens[k].word in ("the", "these", "our")
    return k >= a and (tokens[k].word in every or (k > a and _each_of(tokens, k)))


def _each_of(tokens: list[Token], k: int) -> bool:
    return tokens[k].word == "of" and tokens[k - 1].word == "each"
