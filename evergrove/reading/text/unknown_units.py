"""Units that no list knows, told by their place: "50.7 GM with wax and 18.3 GM with clay"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from evergrove.reading.text.tokens import Token, unmarked
from evergrove.reading.text.words import DOSES, GRAMMAR, GROUP, UNIT_DAYS, names_people, word_set

_BEHIND = word_set(
    ", . ; : ( ) ] to and or vs versus in at with after before for on by per from than"
)
_NO_UNITS = (
    GRAMMAR | GROUP | DOSES | UNIT_DAYS.keys() | word_set("fold times percent sd se sem ci iqr p n")
)
_LONGEST = 8


def spell_unknown(
    tokens: list[Token], measured: Container[str], others: Container[str], unit: str
) -> None:
    """Give a word that stands behind two numbers with decimals, or more, the word `unit`, in place.

    Both at the end of a phrase: "18.3 GM)", "3.1 LOGMAR and". No plural, which may be counted.
    `measured`, `others`: the units that are known, of what is measured and of something else.
    """
    places = [
        k
        for k in range(1, len(tokens) - 1)
        if _may_be_unit(tokens, k)
        and tokens[k].word not in measured
        and tokens[k].word not in others
    ]
    if len(places) < 2:
        return
    told = Counter(tokens[k].word for k in places)
    for k in places:
        if told[tokens[k].word] > 1:
            tokens[k].word = unit


def _may_be_unit(tokens: list[Token], k: int) -> bool:
    token, before = tokens[k], tokens[k - 1]
    if before.kind != "n" or token.kind != "w" or tokens[k + 1].word not in _BEHIND:
        return False
    if "." not in before.word or len(token.word) > _LONGEST or token.word.endswith(("s", "ed")):
        return False
    return not (token.word in _NO_UNITS or names_people(token.word)) and unmarked(token)
