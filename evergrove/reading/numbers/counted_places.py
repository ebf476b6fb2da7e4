"""Numbers of places, studies and series: "recruited FROM 3 OFFICES", "series OF 8 TO 25 CASES"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, is_content, word_set

#: What stands before the number of places where people come from.
PLACE_LEADS = word_set("from in at across through by of within among with")
_PLACES = word_set(
    "offices clinics centres centers hospitals sites institutions institutes departments "
    "practices cities towns villages counties provinces regions countries states wards "
    "schools universities colleges companies factories workplaces clubs homes surgeries "
    "laboratories databases registries facilities "
    "studies trials articles publications papers"
)
_TO = word_set("to or - –")
_CASES = PEOPLE | word_set("cases")


def places_behind(tokens: list[Token], i: int, b: int) -> bool:
    """Whether the whole number at i counts places: a noun of them ends its phrase.

    So too the first of two that tell how large several series were: "series of 8 TO 25 CASES".
    """
    if "." in tokens[i].word:
        return False
    if i + 3 < b and tokens[i + 1].word in _TO and tokens[i + 2].kind == "n":
        grows = tokens[i].value < tokens[i + 2].value and "." not in tokens[i + 2].word
        return grows and tokens[i + 3].word in _CASES
    for k in range(i + 1, min(i + 5, b)):
        token = tokens[k]
        if token.word in _PLACES:
            return True
        if token.kind != "w" or not is_content(token.word):
            return False
    return False
