"""Lengths that stand as results, and are no time of measurement: "(2.4 vs 6.1 days)", ages."""

from __future__ import annotations

import itertools

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import ORDINALS, Time

_YEAR = 365
_ADULT = 18 * _YEAR


def mark_lengths(tokens: list[Token], a: int, found: list[Time]) -> None:
    """Set kind "duration" on times that are one of two results, or the second of two ages.

    "Stay was shorter with wax (2.4 VS 6.1 DAYS)": set against another number in a bracket or with
    decimals; not "VAS at 2 vs 6 weeks". "Age was 71.3 years with wax and 70.8 YEARS with clay".
    """
    _in_duration_brackets(tokens, a, found)
    _of_recall(tokens, a, found)
    _that_it_took(tokens, a, found)
    if len(found) > 1:
        _of_what_was_done(tokens, found)
    age: Time | None = None
    for time in found:
        if time.label == "age":
            age = time
        k = time.number
        if k is None or time.kind not in ("point", "window"):
            continue
        if _set_against(tokens, a, k):
            time.kind = "duration"
        elif age is not None and _second_age(tokens, age, time):
            time.kind, time.label = "duration", "age"


def _of_recall(tokens: list[Token], a: int, found: list[Time]) -> None:
    """ "the preoperative score (WORST IN 24 H)", "the WORST PAIN WITHIN 7 DAYS": what was asked.

    Where another time stands in the sentence, or in a bracket; not where "AFTER surgery" follows.
    """
    for time in found:
        if time.kind != "point" or time.days is None or time.days > _WEEK:
            continue
        k = time.first - 1
        while k > a and tokens[k].word in _RECENT:
            k -= 1
        if tokens[k].word not in _OVER:
            continue
        start = next(
            (m for m in range(k, max(a, k - 4), -1) if tokens[m].word in ("(", "[")), k - 3
        )
        near = {tokens[m].word for m in range(max(a, start), k)}
        later = {tokens[m].word for m in range(time.first, min(time.last + 2, len(tokens)))}
        later |= {"from"} if tokens[time.first].word in ORDINALS else set()  # "in the FIRST week"
        bracketed = not {"(", "["}.isdisjoint(near)  # "the NRS [WORST IN 24 H]"
        if len(found) < 2 and not bracketed:
            continue
        if near & _EXTREMES and near <= _EXTREMES | _RATED and not later & _LATER_THAN:
            time.kind = "duration"


_WEEK = 7
_RECENT = word_set("the last past previous preceding prior a")
_OVER = word_set("in over within during")
_EXTREMES = word_set("worst least average usual strongest maximum maximal minimum highest lowest")
_RATED = word_set("pain intensity score scores the ( [ , level mean vas nrs severity was for of")
_LATER_THAN = word_set("after post following postoperative postoperatively later from of")


def _that_it_took(tokens: list[Token], a: int, found: list[Time]) -> None:
    """ "1 year after surgery, WHICH TOOK 41 MIN on average": how long it took, and no visit."""
    for time in found:
        k = (time.number or 0) - 1
        while k > a and tokens[k].word in _ABOUT:
            k -= 1
        if k > a and tokens[k].word in _TAKING and time.kind in ("point", "window", "final"):
            time.kind = "duration"


_TAKING = word_set("took takes taking required requiring")
_ABOUT = word_set("a an mean median average of about approximately only roughly around on some")


def _of_what_was_done(tokens: list[Token], found: list[Time]) -> None:
    """ "six hours after SURGERY (general anaesthesia, 54 MIN)": how long it took, and no visit.

    The bracket opens right behind a time with days of its own, and has no word that dates.
    """
    for before, time in itertools.pairwise(found):
        if before.kind != "point" or not before.days or time.kind != "point":
            continue
        opened = before.last
        if tokens[opened].word not in ("(", "[") or not opened < time.first:
            continue
        close = next((k for k in range(time.last, len(tokens)) if tokens[k].word in (")", "]")), 0)
        if not close or close - opened > _LONG:
            continue
        inside = tokens[opened + 1 : close]
        dated = any(token.word in _DATES or token.mark is not None for token in inside)
        others = [k for k in range(opened, close) if tokens[k].word in _PARTS]
        if not dated and time.days < before.days and (len(inside) < 5 or others):
            time.kind = "duration"


_LONG = 16
_DATES = word_set("at after by until till before day days week weeks month months year years")
_PARTS = word_set(", ; under each of")


def _second_age(tokens: list[Token], age: Time, time: Time) -> bool:
    between = {tokens[m].word for m in range(age.last, time.first)}
    return time.days is not None and time.days >= _ADULT and not between & {".", ";"}


def _set_against(tokens: list[Token], a: int, k: int) -> bool:
    if k - 3 < a or tokens[k - 1].word not in ("vs", "versus", "against"):
        return False
    m = k - 2
    while m > a and (tokens[m].word in (")", "±", "sd") or tokens[m].kind == "n"):
        if tokens[m].kind == "n" and tokens[m - 1].word not in ("±", "(", "sd"):
            break
        if tokens[m].kind == "n" and tokens[m - 1].word == "(" and tokens[m - 2].kind != "n":
            break
        m -= 1
    if tokens[m].kind != "n" or tokens[m].mark is not None:
        return False
    decimals = "." in tokens[m].word or "." in tokens[k].word
    # "OPERATING TIME 96 vs 71 min; NRS on day 1 ...": how long it took
    return decimals or tokens[m - 1].word in _BEFORE_LENGTH


_BEFORE_LENGTH = word_set("( [ time duration stay length")


def _in_duration_brackets(tokens: list[Token], a: int, found: list[Time]) -> None:
    """ "a shorter TIME TO first analgesia (157 min vs 264 min)": how long it took, no visits."""
    inside = False
    for time in found:
        lead = tokens[time.first - 1].word if time.first > a else ""
        if lead in ("(", "["):
            ahead = [tokens[k].word for k in range(max(a, time.first - 14), time.first - 1)]
            took = [word for word in ahead if word in _TOOK]
            behind = ahead[len(ahead) - ahead[::-1].index(took[-1]) :] if took else [")"]
            told = bool(took) and (took[-1] != "time" or behind[:1] in _TIME_TO)
            inside = told and ")" not in behind
        elif lead not in _JOINS_PAIR:
            inside = False
        if inside and time.kind == "point":
            time.kind = "duration"


_TIME_TO = (["to"], ["until"], ["of"])
_TOOK = word_set("time duration durations stay length latency onset")
_JOINS_PAIR = word_set("vs versus and to - – compared with against ,")
