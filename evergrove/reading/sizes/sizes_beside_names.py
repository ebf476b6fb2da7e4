"""Sizes in a bracket beside a name of the group: "wax (group A, 52 patients)", "(GW; 52 men)"."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.arms.arm_phrases import phrase_before, short_name, text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.names_before_brackets import before_bracket
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.lettered_sizes import plain_count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE


def beside_name(
    tokens: list[Token], a: int, b: int, count: Count
) -> tuple[str, Count | None, str] | None:
    """The group of such a size, and its short name; None where the bracket holds anything else."""
    if count.noun not in PEOPLE or count.equals or not opens_with_name(tokens, count.at, a):
        return None
    close = count.at + 1
    while close < b and close < count.at + 4 and tokens[close].kind == "w":
        close += 1
    if close >= b or close == count.at + 1 or tokens[close].word not in (")", "]"):
        return None
    # read like "(GW, n = 52)": the sign before the number stands for "n ="
    alike = replace(count, at=count.at + 1, last=max(count.last, count.at + 1), equals=True)
    item = before_bracket(tokens, a, b, alike)
    return (item[0], count, item[2]) if item is not None else None


def opens_with_name(tokens: list[Token], at: int, floor: int) -> bool:
    """Whether "(GW," stands right before the number at `at`."""
    k = at - 2
    if k - 1 <= floor or tokens[at - 1].word not in (",", ";", ":") or tokens[k].kind == "n":
        return False
    return short_name(tokens[k]) and tokens[k - 1].word in ("(", "[")


def beside_letter(tokens: list[Token], phrase: Arm, a: int, b: int) -> tuple[Count | None, str]:
    """ "wax (GROUP A, 52 patients)", "wax (52 patients, GROUP A)": the size, and what it was given.

    (None, "") where the bracket of the lettered `phrase` holds anything else.
    """
    first, last = phrase.first, phrase.last
    if last >= b or tokens[first].word not in GROUP or first - 2 <= a:
        return None, ""
    if tokens[first - 1].word in ("(", "[") and tokens[last].word in (",", ";", ":"):
        opened, number, end = first - 1, last + 1, last + 3
    elif tokens[first - 1].word in (",", ";") and first - 4 > a:
        opened, number, end = first - 4, first - 3, last
    else:
        return None, ""
    if end >= b or tokens[end].word not in (")", "]") or tokens[opened].word not in ("(", "["):
        return None, ""
    count = plain_count(tokens, number)
    if count is None or tokens[number + 1].word not in PEOPLE:
        return None, ""
    span = phrase_before(tokens, opened, a)
    if span is None:
        return count, ""
    return count, text_of(tokens, span[0] + (tokens[span[0]].word == "either"), span[1])
