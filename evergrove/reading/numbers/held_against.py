"""Results held against a yardstick: "THE DIFFERENCE OF 0.8 (0.2 to 1.4) fell short of the MCID"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

_VERDICTS = word_set("fell exceeded reached was were did")
_SHORT = word_set("short below smaller less lower larger greater higher above not reach exceed")
_NO_RESULT = word_set("if would should could detect assuming assumed defined powered power sample")


def held_against(tokens: list[Token], view: View) -> list[Value]:
    """The values ahead of the verdict, each with an interval and behind "difference of".

    "The difference of 0.8 points (95% CI 0.2 to 1.4) WAS SMALLER THAN the minimal clinically
    important difference of 1.6 points": the 0.8 was found, and the 1.6 was set.
    """
    if view.words.isdisjoint(_VERDICTS) or not view.words.isdisjoint(_NO_RESULT):
        return []
    first = min(mark.first for mark in view.planning)
    verdict = next((k for k in range(first - 1, view.a, -1) if tokens[k].word in _VERDICTS), 0)
    words = {tokens[k].word for k in range(verdict, first)}
    if not verdict or not (tokens[verdict].word in _PLAIN or words & _SHORT):
        return []
    return [
        value
        for value in view.q.values
        if value.spreads
        and max(value.last, *(at for spread in value.spreads for at in spread.at)) < verdict
        and tokens[value.first - 1].word == "of"
        and tokens[value.first - 2].word == "difference"
    ]


_PLAIN = word_set("exceeded reached")
