"""How long a treatment lasted, which dates the end of it."""

from __future__ import annotations

from typing import Any

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import Time

_GIVEN = word_set(
    "received receive given treated treatment intervention interventions therapy daily weekly "
    "performed administered applied took taking programme program training exercise exercises "
    "sessions mg underwent undergoing wore twice once per times"
)
_ILLNESS = word_set(
    "pain symptoms symptom history suffering lasting complaints present least duration followed "
    "follow observed monitored"
)


def date_end_of_treatment(tokens: list[Token], views: list[Any]) -> None:
    """ "They took zinc daily FOR 9 WEEKS. At the end of treatment ...": day 63, marked approximate.

    Only where the methods name one length of treatment and no other.
    """
    ends = [
        time for view in views for time in view.times if time.days is None and _at_the_end(time)
    ]
    if not ends:
        return
    told = {
        time.days
        for view in views
        if view.section in ("methods", "aim", "none")
        for time in view.times
        if _lasted(tokens, view.a, time)
    }
    if len(told) != 1:
        return
    length = told.pop()
    later = any(t.days and t.kind != "duration" and t.days > length for v in views for t in v.times)
    for end in ends:
        if not (later and end.label == "endpoint"):
            end.days, end.approximate = length, True


def _at_the_end(time: Time) -> bool:
    """ "at the end of treatment", "AFTER TREATMENT" without more words."""
    if time.kind == "final":
        return time.label in ("end of treatment", "endpoint")
    return time.kind == "post" and time.label in _AFTER_ALL_OF_IT


_AFTER_ALL_OF_IT = frozenset(
    f"after {the}{what}"
    for the in ("", "the ")
    for what in ("treatment", "therapy", "intervention", "interventions", "treatments")
)


def _lasted(tokens: list[Token], a: int, time: Time) -> bool:
    if time.kind != "duration" or not time.days or time.days < 1 or time.first - 1 < a:
        return False
    if tokens[time.first - 1].word != "for":
        return False
    before = {tokens[k].word for k in range(max(a, time.first - 16), time.first - 1)}
    allotted = any(tokens[k].word in ALLOTTED for k in range(a, time.first - 1))
    return (allotted or bool(before & _GIVEN)) and not before & _ILLNESS


def after_length(tokens: list[Token], i: int, a: int) -> bool:
    """ "after 8 weeks OF riboflavin": what was given for that long."""
    k = i - 1
    while k >= a and (tokens[k].word in UNIT_DAYS or tokens[k].kind == "n"):
        k -= 1
    return k < i - 1 and (
        tokens[k].word in ("after", "following")
        # "over 7 weeks OF wax AND FROM 6.0 to 5.2 with clay": another group is set against it
        or (tokens[k].word in ("over", "during", "within") and _frame_behind(tokens, i))
    )


def _frame_behind(tokens: list[Token], i: int) -> bool:
    words = [token.word for token in tokens[i : i + 9]]
    return any(words[k : k + 2] == ["and", "from"] for k in range(len(words)))
