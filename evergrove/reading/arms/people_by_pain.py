"""Groups of people told by their pain: "3.1 in NECK PAIN patients and 4.2 in BACK PAIN ones"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ANYONE, CENTRES, UNIT_DAYS, VERBS, is_content

_LONGEST = 3


def people_by_pain(tokens: list[Token], a: int, b: int, counts: list[Count]) -> list[Arm]:
    """ "NECK PAIN patients", "34 BACK PAIN patients": groups, where the text tells of two such."""
    mine = _named(tokens, a, b)
    if not mine or len({name for _, _, name in _named(tokens, 0, len(tokens))}) < 2:
        return []
    return [
        Arm(
            first,
            last,
            name,
            2,
            count=next((count for count in counts if count.at == first - 1), None),
            slot="parallel",
            np_first=first,
        )
        for first, last, name in mine
    ]


def _named(tokens: list[Token], a: int, b: int) -> list[tuple[int, int, str]]:
    """Where people stand behind the place and the word of a pain, with the name of that pain."""
    found = []
    for k in range(a + 2, b):
        if tokens[k].word not in ANYONE or tokens[k - 1].word != "pain":
            continue
        first = k - 1
        while first > a and k - first <= _LONGEST and _tells(tokens[first - 1]):
            first -= 1
        if first < k - 1:
            found.append((first, k + 1, text_of(tokens, first, k)))
    return found


def _tells(token: Token) -> bool:
    word = token.word
    return token.kind == "w" and is_content(word) and word not in VERBS and word not in _NO_PLACE


_NO_PLACE = CENTRES | UNIT_DAYS.keys()
