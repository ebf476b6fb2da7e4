"""Visits with names of their own: "T0 (before treatment), T1 (after 1 month)", "3 months (V3)"."""

from __future__ import annotations

import re
from dataclasses import replace

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS
from evergrove.reading.times.time_parts import Time, time_point
from evergrove.reading.times.times import find_times

_NAME = re.compile(r"[TVtvWDM]\d{1,2}|[Vv]isit\d")
#: A text without this has no such names.
# A class of letters first, the edge of the word behind it: a search that begins with \b is slow.
MAYBE_VISIT = re.compile(r"[TVtvWDM](?<!\w[TVtvWDM])(?:isit)?\d")
_KINDS = frozenset({"base", "point", "window", "final", "immediate", "discharge", "post"})


def named_visits(tokens: list[Token]) -> dict[str, Time]:
    """Name -> time, where the text defines two names or more; {} otherwise.

    One name alone may be anything ("T2-weighted", a vertebra), two defined ones are visits.
    """
    places: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        if token.kind == "w" and len(token.raw) <= 3 and _NAME.fullmatch(token.raw):
            places.setdefault(token.raw, []).append(i)
    first = _first_visit(tokens, places.get("T0", []))
    if len(places) < 2:
        return first
    found: dict[str, Time] = {}
    for name, at in places.items():
        for i in at:
            time = _defined(tokens, i)
            if time is not None:
                found[name] = time
                break
    if not found and {"T0", "T1"} <= places.keys():
        return _undated(places)
    return first | _told_apart(found) if len(found) >= 2 else first


def _undated(places: dict[str, list[int]]) -> dict[str, Time]:
    """ "NRS: T0 6.2, T1 4.1, T2 2.3": visits, of which nobody says when they were.

    The one counted as nought is baseline; there is no vertebra and no stage of that name.
    """
    visits = {name: Time(0, 0, "other", name, None) for name in places if name[0] == "T"}
    return visits | {"T0": Time(0, 0, "base", "baseline", 0)}


def _told_apart(found: dict[str, Time]) -> dict[str, Time]:
    """ "30 minutes after wax (T1), 60 (T2) and 30 MINUTES AFTER COOLING (T3)": T1 and T3 are two.

    A visit that is dated as an earlier one was is counted from something else: it has no days.
    """
    out: dict[str, Time] = {}
    for name, time in found.items():
        same = [one for one in out.values() if (one.kind, one.label) == (time.kind, time.label)]
        if same and time.kind == "point":
            time = replace(time, label=f"{time.label} ({name})", days=None)
        out[name] = time
    return out


def _first_visit(tokens: list[Token], places: list[int]) -> dict[str, Time]:
    """ "7.1 AT T0 and 3.2 at 6 months": the first visit is baseline, where nothing else is said."""
    if not any(tokens[i - 1].word == "at" for i in places if i):
        return {}
    if any(_defined(tokens, i) is not None for i in places):
        return {}
    return {"T0": Time(0, 0, "base", "baseline", 0)}


def _defined(tokens: list[Token], i: int) -> Time | None:
    """The time that the text gives for the name at token i, here."""
    after = tokens[i + 1].word if i + 1 < len(tokens) else ""
    before = tokens[i - 1].word if i else ""
    times: list[Time] = []
    if after in ("(", "[", "=", ":", ","):
        stop = i + 2
        while stop < len(tokens) and stop - i < 12 and tokens[stop].word not in _STOPS:
            stop += 1
        times = [time for time in find_times(tokens, i + 2, stop) if time.kind in _KINDS][:1]
    if not times and before in ("(", "[", "=", ",") and after in (")", "]", ",", ";"):
        start = i - 2
        while start > 0 and i - start < 10 and tokens[start].word not in (")", ";", ".", ","):
            start -= 1
        times = [time for time in find_times(tokens, start, i - 1) if time.kind in _KINDS][-1:]
    if not times and before == "(" and after == ")" and tokens[i - 2].kind == "n":
        return _unit_later(tokens, i)
    return times[0] if times else None


def _unit_later(tokens: list[Token], i: int) -> Time | None:
    """ "after 6 (T6), 24 (T24) and 48 (T48) HOURS": the unit of the list dates each name."""
    for k in range(i + 2, min(i + 18, len(tokens))):
        word = tokens[k].word
        if word in UNIT_DAYS:
            label, days = time_point(tokens[i - 2].value, word, False)
            return Time(i, i + 1, "point", label, days)
        if tokens[k].kind == "w" and word not in ("and", "or") and tokens[k - 1].word != "(":
            return None
        if tokens[k].kind == "s" and word not in (",", "(", ")"):
            return None
    return None


_SHORT = re.compile(r"[A-Z][A-Za-z]{1,3}")
#: A text without this has no short names of before and after.
MAYBE_SHORT = re.compile(
    r"[PBAFpbaf](?<!\w[PBAFpbaf])(?:re|ost|efore|fter|aseline|ollow)[\w -]{0,25}"
    r"(?:, |\()[A-Z][A-Za-z]{1,3}\)"
)


def short_times(tokens: list[Token]) -> dict[str, Time]:
    """Name -> time of "pre-treatment (PrT) and 8 weeks later (post-treatment, PsT)".

    Only where two names or more stand in brackets right behind times that begin with their letter:
    "before hip arthroplasty (THA)" gives none.
    """
    found: dict[str, Time] = {}
    for i in range(3, len(tokens) - 1):
        if tokens[i + 1].word != ")" or tokens[i - 1].word not in ("(", ","):
            continue
        raw = tokens[i].raw
        if raw in found or tokens[i].mark is not None or not _SHORT.fullmatch(raw):
            continue
        time = _told_before(tokens, i)
        if time is not None:
            found[raw] = time
    return found if len({time.label for time in found.values()}) == len(found) > 1 else {}


def _told_before(tokens: list[Token], i: int) -> Time | None:
    """The time right before the short name at token i, dated by what its bracket explains."""
    start = max(0, i - 9)
    times = [t for t in find_times(tokens, start, i - 1) if t.kind in _KINDS]
    if not times or times[-1].last != i - 1:
        return None
    name = times[-1]
    if tokens[name.first].raw[:1].upper() != tokens[i].raw[0]:
        return None
    dated = times[-2] if len(times) > 1 and times[-2].last == name.first - 1 else None
    explains = dated is not None and tokens[name.first - 1].word == "("
    return dated if explains and name.days is None and dated.kind in ("point", "window") else name


def _beside_number(tokens: list[Token], a: int, i: int, visit: Time) -> bool:
    """ "30 (T1), 90 (T2) and 150 minutes after it": the number is that of the visit, no score."""
    bracket = i - 2 >= a and tokens[i - 1].word == "(" and tokens[i + 1].word == ")"
    number = tokens[i - 2]
    dated = visit.label.partition(" ")[0] == f"{number.value:g}"
    plain = bracket and number.kind == "n" and "." not in number.word
    return plain and dated and _unit_later(tokens, i) is not None


_STOPS = frozenset({")", "]", ";", ",", "and", "."})


def at_visits(
    tokens: list[Token], a: int, b: int, times: list[Time], visits: dict[str, Time]
) -> list[Time]:
    """`times` of tokens a..b with a time for every name of a visit that stands alone there."""
    taken = {k for time in times for k in range(time.first, time.last)}
    more = []
    for i in range(a, b):
        visit = visits.get(tokens[i].raw) if tokens[i].kind == "w" else None
        if visit is None or i in taken:
            continue
        if i + 1 < b and tokens[i + 1].word == "(":
            inside = find_times(tokens, i + 2, min(b, i + 6))
            if inside and inside[0].first <= i + 4:
                continue  # "T6 (6 hours after)": where it is told what the name means
        first = i - 2 if _beside_number(tokens, a, i, visit) else i
        more.append(replace(visit, first=first, last=i + 1))
    return sorted([*times, *more], key=lambda time: time.first) if more else times
