"""Groups told by where people came to or left: "on admission TO THE WARD ... TO THE CLINIC"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, UNIT_DAYS, is_content, word_set
from evergrove.reading.view import View

MAYBE_ADMITTED = word_set("admission arrival discharge presentation")
_FIRST = word_set("to at from in")
_THEN = word_set("to at for in")
_VERBS = STATE | word_set("averaged")


def places_admitted(tokens: list[Token], view: View, values: list[Value]) -> list[Arm]:
    """ "Pain on admission TO THE WARD was 7.7 and TO THE CLINIC 6.0": two groups, by the place.

    Each place stands right before its value, or before the verb that leads to it.
    """
    if len(values) != 2:
        return []
    one, two = values
    k = next((m for m in range(view.a, one.first) if tokens[m].word in MAYBE_ADMITTED), 0)
    if not k or tokens[k + 1].word not in _FIRST or tokens[one.last].word not in ("and", ","):
        return []
    j = one.last + 1 + (tokens[one.last + 1].word == "and")
    if tokens[j].word not in _THEN:
        return []
    first, then = _place(tokens, k + 2, one.first), _place(tokens, j + 1, two.first)
    if first is None or then is None:
        return []
    names = [text_of(tokens, *span) for span in (first, then)]
    if names[0] == names[1]:
        return []
    # "to the ACU averaged 6.0": the short name of a place, and of no measure
    view.mentions = [m for m in view.mentions if m.key or not then[0] <= m.first < then[1]]
    return [
        Arm(first[0] - 1, first[1], names[0], 3, np_first=first[0]),
        Arm(j, then[1], names[1], 3, np_first=then[0]),
    ]


def _place(tokens: list[Token], k: int, stop: int) -> tuple[int, int] | None:
    """ "the acute ward", with no more than a verb between it and the value at `stop`."""
    if tokens[k].word not in ("the", "a", "an"):
        return None
    last = stop - (tokens[stop - 1].word in _VERBS)
    span = tokens[k + 1 : last]
    plain = all(
        token.kind == "w" and is_content(token.word) and token.word not in UNIT_DAYS
        for token in span
    )
    return (k + 1, last) if 0 < len(span) < 4 and plain else None
