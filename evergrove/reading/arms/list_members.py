"""Small steps in a list of groups: over the short name in a bracket, over a number in a name."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import short_name
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content


def behind_alias(tokens: list[Token], i: int, b: int) -> int:
    """ "gentle (GS) and brisk (BS) surgery": the token behind the short name at i; else i."""
    if i + 2 < b and tokens[i].word in ("(", "[") and tokens[i + 2].word in (")", "]"):
        return i + 3 if short_name(tokens[i + 1]) or tokens[i + 1].raw.isupper() else i
    return i


def behind_head(tokens: list[Token], i: int, b: int) -> int:
    """ "gentle (GS) and brisk (BS) SURGERY,": the token behind the noun that both share; else i."""
    k = behind_alias(tokens, i, b)
    if k == i or k >= b or tokens[k].kind != "w" or not is_content(tokens[k].word):
        return k
    return k + 1


def behind_number(tokens: list[Token], j: int, b: int) -> int:
    """ "single-level and TWO-level fusion": the token behind the number of a name; else j."""
    hyphened = j + 2 < b and tokens[j].kind == "n" and tokens[j + 1].word == "-"
    return j + 2 if hyphened and tokens[j + 2].kind == "w" and not tokens[j + 1].spaced else j
