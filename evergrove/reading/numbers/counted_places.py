"""Numbers of places and studies: "were recruited FROM 3 PRIVATE OFFICES", "from 12 STUDIES"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content, word_set

#: What stands before the number of places where people come from.
PLACE_LEADS = word_set("from in at across through by of within among")
_PLACES = word_set(
    "offices clinics centres centers hospitals sites institutions institutes departments "
    "practices cities towns villages counties provinces regions countries states wards "
    "schools universities colleges companies factories workplaces clubs homes surgeries "
    "laboratories databases registries facilities "
    "studies trials articles publications papers"
)


def places_behind(tokens: list[Token], i: int, b: int) -> bool:
    """Whether the whole number at i counts places: a noun of them ends its phrase."""
    if "." in tokens[i].word:
        return False
    for k in range(i + 1, min(i + 5, b)):
        token = tokens[k]
        if token.word in _PLACES:
            return True
        if token.kind != "w" or not is_content(token.word):
            return False
    return False
