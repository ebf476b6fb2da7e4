"""Lengths in centimetres or millimetres of a thing, beside scores that are told in them, too."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content, word_set


def length_of_thing(tokens: list[Token], value: Value) -> bool:
    """ "at 4.6 ± 1.0 CM OF DILATION", "at 4 CM DILATATION": a length of something, and no score."""
    behind = tokens[value.last : value.last + 2]
    if tokens[value.last - 1].word not in ("cm", "mm") or len(behind) < 2:
        return False
    if any(token.word in _WIDENING for token in behind[: 1 + (behind[0].word in _OF_NECK)]):
        return True
    noun = behind[1]
    return (
        behind[0].word == "of" and noun.mark is None and noun.kind == "w" and is_content(noun.word)
    )


_WIDENING = word_set("dilatation dilation dilated effacement")
_OF_NECK = word_set("cervical cervix of")
