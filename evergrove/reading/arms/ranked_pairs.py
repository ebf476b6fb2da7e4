"""Two treatments that a sentence ranks: "wax was noninferior to cork"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase, subject_before
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: Words of which one stands between the two.
RANKS = word_set("noninferior inferior superior equivalent non-inferior")
_WAS = word_set("was were is are proved")


def ranked_pair(tokens: list[Token], a: int, b: int, busy: set[int]) -> list[Arm]:
    """ "WAX was (not) noninferior TO CORK, with falls of 31 and 32 mm, respectively"; or [].

    Only where both have a name of their own, and "respectively" lays two values out over them.
    """
    for k in range(a + 2, b - 2):
        if tokens[k].word not in RANKS or tokens[k + 1].word != "to":
            continue
        verb = next((m for m in range(k - 1, max(a, k - 4), -1) if tokens[m].word in _WAS), 0)
        one = subject_before(tokens, verb, a, busy) if verb else None
        span = noun_phrase(tokens, k + 2, b)
        if one is None or span is None or any(m in busy for m in range(*span)):
            continue
        name = text_of(tokens, *span)
        if words_of(name) and words_of(one.name) != words_of(name):
            one.strength = 2
            return [one, Arm(span[0], span[1], name, 2, slot="vs", np_first=span[0])]
    return []
