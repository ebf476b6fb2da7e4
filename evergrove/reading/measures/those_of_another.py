"""Scores of something else that a pronoun stands for: "and THOSE FOR leg NUMBNESS were 67"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    BODY_PLACES,
    GROUP,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    VERBS,
    is_content,
    word_set,
)

_THAT = word_set("that those ones score scores value values rating ratings figures")
_OF = word_set("for of")
_BETWEEN = BODY_PLACES | word_set(
    "the lower upper left right their mean median limb limbs extremity extremities"
)


def for_pronoun(tokens: list[Token], a: int, first: int) -> bool:
    """Whether a name stands behind "that for", "those of the", "the scores for lower"."""
    k = first - 1
    while k > a and first - k < 5 and tokens[k].word in _BETWEEN:
        k -= 1
    return k > a and tokens[k].word in _OF and tokens[k - 1].word in _THAT


def those_of_unknown(tokens: list[Token], a: int, first: int, last: int) -> bool:
    """ "that for leg TINGLING was 60": a place, and behind it a noun that is no pain."""
    if last + 1 >= len(tokens) or not for_pronoun(tokens, a, first):
        return False
    noun, then = tokens[last], tokens[last + 1]
    if noun.kind != "w" or noun.mark is not None or not is_content(noun.word):
        return False
    other = noun.word not in GROUP | PEOPLE | VERBS | STATE | UNIT_DAYS.keys() | _OF_PAIN
    return other and then.word in STATE


_OF_PAIN = word_set(
    "pain ache aches discomfort score scores intensity severity vas nrs rating ratings symptoms "
    "complaints levels values neuralgia too also only alone respectively together"
)
