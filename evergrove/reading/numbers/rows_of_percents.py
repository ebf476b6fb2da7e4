"""Falls told in per cent in a row under a heading: "Mean fall of VAS: 3 WEEKS, 41%; ..."."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE_NOUNS, PEOPLE, VERBS, word_set
from evergrove.reading.view import View


def in_row_of_falls(tokens: list[Token], view: View, value: Value) -> bool:
    """ "Mean FALL OF VAS: 3 weeks, 41%; 6 WEEKS, 36%": whether the heading is of a percentage.

    Nothing but a time stands between it and the row before. The heading has a noun of change and
    a measure, and neither people nor a verb: "fall of VAS in rowers at 3 weeks: 41%" may be a
    share of them.
    """
    a = view.a
    timed = {k for time in view.times for k in range(time.first, time.last)}
    k = value.first - 1
    while k > a and (k in timed or tokens[k].word in _BETWEEN):
        k -= 1
    if tokens[k].word not in (";", ":", ")", "%") or timed.isdisjoint(range(k, value.first)):
        return False
    colon = next((m for m in range(a, k + 1) if tokens[m].word == ":"), a)
    head = tokens[a:colon]
    words = {token.word for token in head}
    return (
        any(is_measure(token) for token in head)
        and not words.isdisjoint(CHANGE_NOUNS)
        and words.isdisjoint(_OTHERS)
        and not any(token.kind == "n" for token in head)
    )


_BETWEEN = word_set(", and at after")
_OTHERS = (
    PEOPLE | VERBS | word_set("proportion percentage share rate rates responders number")
) - CHANGE_NOUNS
