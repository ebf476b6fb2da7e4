"""Lengths of time in a list of results: "Stay and VAS were 3.2 DAYS and 2.4 with wax"."""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import COMMA_AND
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PREPOSITIONS, STATE, UNIT_NAME, word_set
from evergrove.reading.view import View

LASTING = ("duration", "procedure time")
LISTED = "length in a list"
_ENDS = STATE | word_set(", and ; in with after for at compared versus vs whereas while")


def list_lengths(tokens: list[Token], view: View) -> None:
    """Keep the lengths of a list as values of something else, so that the scores keep theirs.

    Only where a list of measures, one of them a length, stands before the verb of the sentence.
    """
    start = _verb_of_list(tokens, view)
    if not start:
        return
    known = {value.at: value for value in view.q.foreign}
    found: list[Value] = []
    for time in view.times:
        single = time.kind == "point" and tokens[time.first].kind == "n"
        lead = tokens[time.first - 1].word
        listed = time.first == start + 1 or lead in COMMA_AND
        if single and time.first > start and listed and not _dated(tokens, time.first, view):
            found.append(Value(time.first, time.first, time.last, tokens[time.first].value))
    gone = {value.at for value in found}
    # "ODI, VAS and stay were 22, 3 AND 4 DAYS": the unit is that of the last alone
    plain = [value for value in found if value.last == value.first + 1]
    found = [value for value in found if value.last > value.first + 1]
    view.q.values = sorted([*view.q.values, *plain], key=lambda value: value.first)
    for k, reason in view.q.rejected.items():
        if k > start and reason == "duration" and k not in gone:
            value = known.get(k) or Value(k, k, k + 1, tokens[k].value)
            ends = (m for m in range(k + 1, view.b) if tokens[m].word in _ENDS)
            value.last = next(ends, value.last)
            found.append(value)
    for value in view.q.values:
        # "3.2 ± 0.9 D in the one group"
        unit = value.last < view.b and tokens[value.last].word in UNIT_NAME
        value.last += unit and value.first > start
    view.times = [time for time in view.times if time.first not in gone]
    for value in found:
        view.q.rejected[value.at] = LISTED
        if value.at not in known:
            view.q.foreign.append(value)


def _dated(tokens: list[Token], k: int, view: View) -> bool:
    """ "AT 1, 2 and 3 days": whether a preposition stands before the list of numbers at k."""
    inside = {m for time in view.times for m in range(time.first, time.last)}
    k -= 1
    while k > view.a and (tokens[k].word in COMMA_AND or tokens[k].kind == "n" or k in inside):
        k -= 1
    return tokens[k].word in PREPOSITIONS


def _verb_of_list(tokens: list[Token], view: View) -> int:
    """ "VAS, blood loss and hospital stay WERE": where the verb stands, or 0."""
    verb = next((k for k in range(view.a, view.b) if tokens[k].word in STATE), 0)
    heads = [mention for mention in view.mentions if mention.last <= verb]
    if verb + 1 >= view.b or tokens[verb + 1].kind != "n":
        return 0  # "were LOWER with wax at 3 and 4 days"
    if len(heads) < 2 or not any(mention.key for mention in heads):
        return 0
    if not any(mention.veto in LASTING for mention in heads):
        return 0
    for one, two in itertools.pairwise(heads):
        between = [tokens[k].word for k in range(one.last, two.first)]
        if len(between) > 5 or not set(between) & COMMA_AND:
            return 0
    return verb
