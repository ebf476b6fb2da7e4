"""Words before a noun that mean all the groups at once, and name none of them."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_EVERY_ONE = word_set("neither each every either both all")


def of_every_one(tokens: list[Token], first: int, floor: int) -> bool:
    """ "NEITHER DRUG altered it: 6.1 to 6.0 with wax and ...", "EACH DIET lowered it: ..."."""
    ahead = first > floor and tokens[first - 1].word in _EVERY_ONE
    return ahead or tokens[first].word in _EVERY_ONE
