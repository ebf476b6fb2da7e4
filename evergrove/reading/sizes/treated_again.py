"""People treated again or otherwise: "A SECOND pack was given to 9 nuns" counts no cohort."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, PEOPLE, UNIT_DAYS, word_set

_AGAIN = word_set(
    "second third repeat repeated rescue supplementary supplemental subsequent additional another "
    "further extra salvage"
)
#: One of these stands in every sentence about those who were treated again.
MAYBE_AGAIN_TREATED = _AGAIN | word_set("before later subsequently eventually ultimately")
_GIVEN = word_set("given administered applied injected performed done offered prescribed required")
_HAD = word_set("had received underwent needed required requested got wanted")
_ADVERBS = word_set("later subsequently eventually ultimately")
_AUXILIARY = word_set("was were had to be has been is only also then")
_REACH = 6


def treated_again(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """Whether the people of a count had something once more, or something else in the end.

    "A REPEAT pack was given to 9 nuns", "9 nuns received A SECOND pack", "two nuns had the foot
    cut off BEFORE 6 MONTHS". Not "the second PHASE was done in 9 nuns".
    """
    if count.equals:
        return False
    lead = tokens[count.at - 1].word if count.at > a else ""
    if lead in ("to", "in") and tokens[count.at - 2].word in _GIVEN:
        return _names_another(tokens, a, count.at - 2)
    named = count.last < b and tokens[count.last].word in PEOPLE | {count.noun}
    k = count.last + named
    if k < b and tokens[k].word in _ADVERBS:
        return k + 1 < b and tokens[k + 1].word in _HAD
    if k >= b or tokens[k].word not in _HAD:
        return False
    behind = k + 1 + (k + 1 < b and tokens[k + 1].word in DETERMINERS)
    if behind < b and tokens[behind].word in _AGAIN:
        return True
    for m in range(behind, min(b - 2, behind + _REACH)):
        if tokens[m].word in _ADVERBS:
            return True
        if tokens[m].word == "before" and tokens[m + 1].kind == "n":
            return tokens[m + 2].word in UNIT_DAYS
        if tokens[m].kind != "w":
            return False
    return False


def _names_another(tokens: list[Token], a: int, k: int) -> bool:
    """ "A SECOND PACK was given": whether the subject of the participle at k begins so."""
    m = k - 1
    while m > a and tokens[m].word in _AUXILIARY:
        m -= 1
    while m > a and k - m < _REACH and tokens[m].word not in _AGAIN:
        if tokens[m].kind != "w":
            return False
        m -= 1
    opens = m == a or tokens[m - 1].word in DETERMINERS or tokens[m - 1].kind != "w"
    return tokens[m].word in _AGAIN and opens
