"""Time expressions: points ("week 6"), windows ("4-6 weeks"), baseline, after, final follow-up.

Days: week 7, month 30.4375, year 365.25, rounded to whole days from one day on (half to even);
hours and minutes to a thousandth of a day (36 hours: 1.5); the middle of a window is kept as it is.
"""

from __future__ import annotations

from functools import lru_cache

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, UNIT_DAYS, word_set
from evergrove.reading.times.before_injuries import INJURIES, before_injuries
from evergrove.reading.times.compared_times import only_compared, when_given
from evergrove.reading.times.lengths import mark_lengths
from evergrove.reading.times.number_times import MAYBE_UNIT, from_number
from evergrove.reading.times.settled_times import SEEN, widen
from evergrove.reading.times.that_time import that_of_before
from evergrove.reading.times.time_parts import (
    Time,
    ordinals_before,
    time_point,
    unit_of_last,
    units_behind,
    word_at,
)
from evergrove.reading.times.time_words import BEGINNINGS, FIRST_WORDS, from_word, seldom_first
from evergrove.reading.times.times_of_giving import of_a_treatment, without_group_names

_THAT = word_set("that then this")
_FIRST = FIRST_WORDS | _THAT


@lru_cache(1 << 14)
def _may_begin(word: str) -> bool:
    """Whether a time may begin with the word; nearly all words of a text begin none."""
    return word in _FIRST or word.startswith(BEGINNINGS)


def find_times(
    tokens: list[Token], a: int, b: int, words: frozenset[str] | None = None
) -> list[Time]:
    """All times in tokens a..b, in order, not overlapping; `words`: all of a..b, where known."""
    found: list[Time] = []
    done = a  # the token behind the last time
    for i, token in enumerate(tokens[a:b], a):
        kind = token.kind
        if kind == "s":
            continue
        if kind == "w":
            word = token.word
            if not (_may_begin(word) or token.raw[-1].isdigit()):
                continue
            if i < done or token.mark is not None:
                continue
            time = _that_time(tokens, a, b, i, found) if word in _THAT else []
            if not time:
                if word in _SELDOM and words is not None and seldom_first(tokens, b, i, words):
                    continue
                time = from_word(tokens, a, b, i)
        else:
            if not token.flag and (i + 1 == b or tokens[i + 1].word not in MAYBE_UNIT):
                continue
            if i < done or token.mark is not None:
                continue
            time = from_number(tokens, a, b, i, found)
        if time:
            for item in time:
                widen(tokens, a, b, item)
            if found and _told_again(tokens, found[-1], time[0]):
                time[0].kind = "duration"
            found += [item for item in time if item.last > item.first]
            if found:
                last = found[-1]
                done = last.last
                if last.kind == "base" and when_given(tokens, a, last):
                    last.kind = "duration"
                elif last.kind == "base" and (
                    only_compared(tokens, a, found) or of_a_treatment(tokens, a, b, last)
                ):
                    found.pop()
    if len(found) > 1:
        found = [time for time in found if not _of_form(tokens, b, time)]
        found = without_group_names(tokens, b, found)
        if words is not None and not words.isdisjoint(INJURIES):
            found = before_injuries(tokens, found)
    if found:
        mark_lengths(tokens, a, found)
    closed = words is None or (")" in words and not words.isdisjoint(_UNITS))
    more = units_behind(tokens, a, b, found) if closed else []
    return _with_later_units(tokens, a, b, found, more) if found or more else []


_SELDOM = word_set("the at with")
_UNITS = frozenset(UNIT_DAYS)


def _of_form(tokens: list[Token], b: int, time: Time) -> bool:
    """ "the LONG-TERM FOLLOW-UP questionnaire at 4 years": of a form, where a visit is told too."""
    if time.days is not None or time.kind not in ("final", "followup", "other"):
        return False
    k = time.last
    while k < b and tokens[k].word in _FOLLOW:
        k += 1
    return word_at(tokens, k, time.first, b) in _FORMS


_FOLLOW = word_set("follow - up follow-up followup")
_FORMS = word_set("questionnaire questionnaires survey surveys form forms letter letters")


def _told_again(tokens: list[Token], before: Time, time: Time) -> bool:
    """ "mean follow-up was 6 months (26 weeks)": the same length of time in another unit."""
    if before.kind != "duration" or time.kind != "point" or before.days is None:
        return False
    near = time.first - before.last == 1 and tokens[before.last].word == "("
    close = time.days is not None and abs(time.days - before.days) <= 0.1 * before.days
    return near and close


def _with_later_units(
    tokens: list[Token], a: int, b: int, found: list[Time], more: list[Time]
) -> list[Time]:
    """ "3.0 at 3, 3.2 at 12, and 3.5 at 24 months": the unit stands behind the last number only.

    `more`: times whose unit stands behind brackets.
    """
    out = [*more, *unit_of_last(tokens, a, found), *found, *ordinals_before(tokens, a, found)]
    for time in found:
        if time.kind != "point" or time.number is None or time.first != time.number:
            continue
        if word_at(tokens, time.first - 1, a, b) not in ("at", "after"):
            continue
        lead = word_at(tokens, time.first - 1, a, b)
        unit = word_at(tokens, time.number + 1, a, b)
        unit = word_at(tokens, time.number + 2, a, b) if unit == "-" else unit
        if unit not in UNIT_DAYS:
            continue
        top = tokens[time.number].value
        for k in range(time.first - 2, a, -1):
            token = tokens[k]
            bare = (
                token.kind == "n"
                and token.mark is None
                and not token.flag
                and "." not in token.word
            )
            if not bare or tokens[k - 1].word != lead or any(t.first <= k < t.last for t in found):
                continue
            if tokens[k + 1].word not in (",", "and", ";") or token.value >= top:
                continue
            top = token.value
            label, days = time_point(token.value, unit, False)
            out.append(Time(k, k + 1, "point", label, days, k))
    return sorted(out, key=lambda time: time.first)


def _that_time(tokens: list[Token], a: int, b: int, i: int, found: list[Time]) -> list[Time]:
    """ "at that time", "by then": the time named last in the sentence."""
    if not found:
        return that_of_before(tokens, a, b, i)
    end = i + 1
    if tokens[i].word != "then":
        if word_at(tokens, end, a, b) not in ("time", "timepoint", "point", "stage", "visit"):
            return []
        end += 1
    lead = word_at(tokens, i - 1, a, b)
    if lead not in ("at", "by", "since") and not (tokens[i].word == "then" and lead in SEEN):
        return []
    last = found[-1]
    if last.kind == "duration" and last.days and last.label != "age":
        # "four were followed for 6 months, and their mean at that time was 1.5"
        words = {tokens[k].word for k in range(max(a, last.first - 7), last.first)}
        mean = last.approximate or bool(words & CENTRES)
        return [Time(i, end, "point", last.label, last.days, last.number, mean)]
    if last.kind not in ("point", "window", "final", "discharge"):
        return []
    return [Time(i, end, last.kind, last.label, last.days, last.number, last.approximate)]
