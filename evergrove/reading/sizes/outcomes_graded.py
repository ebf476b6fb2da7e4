"""People of one outcome, told ahead of scores: "good IN 15 and fair IN 5, with a mean VAS of 2"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_GRADES = word_set("excellent good fair poor satisfactory unsatisfactory moderate bad")
_WENT = word_set(
    "disappeared vanished resolved ceased abated subsided recurred reappeared persisted relapsed"
)
_WHOLLY = word_set("completely fully entirely totally partly partially not spontaneously later")


def outcomes_graded(tokens: list[Token], a: int, counts: list[Count]) -> list[Count]:
    """Those who were "good IN 15 and fair IN 5 NUNS", whose numbness "RESOLVED IN 12 OF 30".

    What became of some says nothing about how many gave the scores of the sentence. One grade
    alone is none: "relief was good in 15 nuns" may be the whole group.
    """
    plain = [count for count in counts if not count.equals and _led(tokens, count)]
    graded = [count for count in plain if tokens[count.at - 2].word in _GRADES]
    return [
        count for count in plain if (len(graded) > 1 and count in graded) or _went(tokens, a, count)
    ]


def _led(tokens: list[Token], count: Count) -> bool:
    return count.at > 1 and tokens[count.at - 1].word == "in"


def _went(tokens: list[Token], a: int, count: Count) -> bool:
    """ "crepitus RESOLVED completely IN 12 OF 30": of a part told with its whole."""
    k = count.at - 2
    while k > a and tokens[k].word in _WHOLLY:
        k -= 1
    return count.of is not None and tokens[k].word in _WENT
