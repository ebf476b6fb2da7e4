"""Percentages of two falls set against each other: "fell MORE with wax (54%) THAN clay (32%)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, GROUP, word_set
from evergrove.reading.view import View

MAYBE_COMPARED = word_set("than")
_MORE = word_set("more less greater larger smaller lesser")
_FELL = CHANGE - CHANGE_NOUNS - _MORE
_BY = word_set("with by after following under on using degree extent amount")


def falls_compared(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether a percentage is one of two in brackets by which a score fell in two groups.

    "Leg pain FELL MORE with wax (54%) THAN with clay (32%)", "decreased to a GREATER degree with
    wax (66.9% ± 31.8%) THAN clay (41.1% ± 36.8%)"; not "improved more OFTEN with wax (54%)".
    """
    told = [one for one in view.q.values if one.percent]
    if len(told) != 2 or len(view.q.values) != 2 or value not in told:
        return False
    first, second = told
    if any(tokens[one.first - 1].word not in OPENS for one in told):
        return False
    if not any(tokens[k].word == "than" for k in range(first.last, second.first)):
        return False
    verbs = [k for k in range(view.a + 1, first.first) if tokens[k].word in _FELL]
    if not verbs or not any(is_measure(tokens[k]) for k in range(view.a, verbs[0])):
        return False
    near = range(verbs[0], min(first.first, verbs[0] + 6))
    more = next((k for k in near if tokens[k].word in _MORE), 0)
    if not more or tokens[more - 1].word == "in":
        return False  # "relieved IN MORE rowers (54%) than nuns"
    group = tokens[more + 1].word == "in" and tokens[first.first - 2].word in GROUP
    return tokens[more + 1].word in _BY or group
