"""Two treatments together, and each of them alone: "combined A and B with each by itself"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

MAYBE_COMBINED = word_set("combined combination combining")
_JOINS = word_set("and with plus")
_AGAINST = word_set("with to versus vs against and or")
_EITHER = word_set("each either")
_ALONE = word_set("alone itself own singly separately")


def combined_and_alone(tokens: list[Token], a: int, b: int) -> tuple[str, str, str] | None:
    """ "We compared COMBINED WAX AND CLAY WITH EACH ALONE": names of the three groups; or None."""
    for k in range(a, b - 5):
        if tokens[k].word not in MAYBE_COMBINED:
            continue
        first = k + 1 + (tokens[k + 1].word == "of")
        one = noun_phrase(tokens, first, b, 5)
        if one is None or one[1] >= b or tokens[one[1]].word not in _JOINS:
            continue
        two = noun_phrase(tokens, one[1] + 1, b, 5)
        if two is None or two[1] + 2 >= b or tokens[two[1]].word not in _AGAINST:
            continue
        behind = [tokens[m].word for m in range(two[1] + 1, min(two[1] + 7, b))]
        if behind[0] not in _EITHER or _ALONE.isdisjoint(behind):
            continue
        names = [text_of(tokens, *one), text_of(tokens, *two)]
        words = [words_of(name) for name in names]
        if all(words) and words[0].isdisjoint(words[1]):
            return names[0], names[1], f"combined {names[0]} and {names[1]}"
    return None
