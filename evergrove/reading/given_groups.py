"""Groups told by a verb behind the noun: "the group assigned to receive mud packs"."""

from __future__ import annotations

from evergrove.reading.arm_phrases import text_of
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.arms import Arm, words_of
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_GROUP = word_set("group arm cohort team")
_GIVEN_TO = word_set("assigned allocated randomised randomized given receiving treated that who")
_RECEIVE = word_set("to receive received receiving with was were had got given a an the")


def given_groups(tokens: list[Token], a: int, b: int, known: list[Arm]) -> list[Arm]:
    """ "the group ASSIGNED TO RECEIVE mud packs", "in the arm given heat": by what it was given.

    `known`: groups with a name before the noun, as in "the mud group given oral fluids".
    """
    out: list[Arm] = []
    for i in range(a, b - 2):
        if tokens[i].word not in _GROUP or tokens[i + 1].word not in _GIVEN_TO:
            continue
        if any(arm.first <= i < arm.last for arm in known):
            continue
        j = i + 2
        while j < b and tokens[j].word in _RECEIVE:
            j += 1
        span = noun_phrase(tokens, j, b)
        if span is None or not words_of(text_of(tokens, *span)):
            continue
        out.append(Arm(i, span[1], text_of(tokens, *span), 3, np_first=i))
    return out
