"""How long a treatment lasted, which dates the end of it."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import Time

_GIVEN = word_set(
    "received receive given treated treatment intervention interventions therapy daily weekly "
    "performed administered applied took taking programme program training exercise exercises "
    "sessions mg underwent undergoing wore twice once per times randomised randomized allocated "
    "assigned"
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
    length = length_of_treatment(tokens, views)
    if length is None or length.days is None:
        return
    dated = (t for view in views for t in view.times if t.days and t.kind != "duration")
    later = any(time.days > length.days for time in dated)
    for end in ends:
        if not (later and end.label == "endpoint"):
            end.days, end.approximate = length.days, True


def length_of_treatment(tokens: list[Token], views: list[Any]) -> Time | None:
    """ "They took zinc daily FOR 9 WEEKS", "randomised to zinc OVER A PERIOD OF 9 WEEKS".

    Only where the methods name one length of treatment and no other.
    """
    told = [
        time
        for view in views
        if view.section in ("methods", "aim", "none")
        for time in view.times
        if _lasted(tokens, view.a, time)
    ]
    return told[0] if len({time.days for time in told}) == 1 else None


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


_WATCHED = word_set("followed follow followup follow-up observed monitored seen")


def dates_a_visit(tokens: list[Token], time: Time) -> bool:
    """Whether a time may be a visit: not "a wash-out PERIOD OF 8 WEEKS", "24-HOUR pain".

    "FOLLOWED FOR 2 YEARS" may be one.
    """
    if time.kind == "duration" and not _WATCHED.isdisjoint(
        token.word for token in tokens[max(0, time.first - 5) : time.first]
    ):
        return True
    if time.kind not in ("point", "window") or (time.days is not None and time.days < 2):
        return False
    if tokens[time.first - 1].word == "of" and _period(tokens, time.first - 1):
        return False
    return not _of_a_study(tokens, time)


def _of_a_study(tokens: list[Token], time: Time) -> bool:
    """ "a 16-WEEK, randomised STUDY", "a 4-WEEK WASHOUT", "12 MONTHS OF THERAPY": how long."""
    if [token.word for token in tokens[time.last : time.last + 1]] == ["of"]:
        return tokens[time.last + 1].word in ("therapy", "treatment")
    if time.number is None or tokens[time.number + 1].word != "-":
        return False
    ahead = (token.word for token in tokens[time.last : time.last + 7])
    return not _STUDIES.isdisjoint(itertools.takewhile(lambda word: word != ".", ahead))


_STUDIES = word_set("study trial washout wash-out wash run run-in period phase")


def _period(tokens: list[Token], of: int) -> bool:
    return tokens[of - 1].word == "period"


def _lasted(tokens: list[Token], a: int, time: Time) -> bool:
    if not time.days or time.days < 1 or time.first - 1 < a:
        return False
    lead = time.first - 1
    if tokens[lead].word == "of" and _period(tokens, lead) and tokens[lead - 3].word == "over":
        lead -= 3
    elif time.kind != "duration" or tokens[lead].word != "for":
        return False
    before = [tokens[k].word for k in range(max(a, lead - 24), lead)]
    if _noted(before):
        return False
    allotted = any(tokens[k].word in ALLOTTED for k in range(a, time.first - 1))
    given = allotted or not _GIVEN.isdisjoint(before)
    return given and _ILLNESS.isdisjoint(before[-15:])


def _noted(before: list[str]) -> bool:
    """ "The VAS WAS MARKED before and daily for 9 days": how long it was rated."""
    noted = [k for k, word in enumerate(before) if word in _MARKED]
    return bool(noted) and (_GIVEN - _HOW_OFTEN).isdisjoint(before[noted[-1] :])


_HOW_OFTEN = word_set("daily weekly times twice once per mg treatment therapy intervention")
_MARKED = word_set(
    "marked rated recorded scored measured assessed noted collected registered documented evaluated"
)


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
