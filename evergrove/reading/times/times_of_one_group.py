"""Times at which only one of the groups was seen: of no value of both groups."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set
from evergrove.reading.times.time_parts import Time

_CLAUSE = word_set("; .")
_TOLD = word_set("data follow follow-up followup seen assessed available measured came obtained")


def without_one_group(tokens: list[Token], a: int, b: int, times: list[Time]) -> list[Time]:
    """ "six-month data came from the wax group ONLY", "ONLY the wax group was seen at 6 months".

    The time is made a length, so that values of both groups are not dated by it. Where the
    clause gives a value of that group, the time is left as it is.
    """
    for time in times:
        if time.kind not in ("point", "window", "final"):
            continue
        first, last = time.first, time.last
        while first > a and tokens[first - 1].word not in _CLAUSE:
            first -= 1
        while last < b and tokens[last].word not in _CLAUSE:
            last += 1
        inside = {k for t in times for k in range(t.first, t.last)}
        clause = [tokens[k].word for k in range(first, last)]
        other = [k for k in range(first, last) if tokens[k].kind == "n" and k not in inside]
        if not other and _only_one(clause) and not _TOLD.isdisjoint(clause):
            time.kind = "duration"
    return times


def _only_one(clause: list[str]) -> bool:
    """ "in the wax group ONLY", "ONLY (in) the wax group"."""
    for at, word in enumerate(clause):
        if word == "only" and at and clause[at - 1] in ("group", "arm"):
            return True
        if word == "only" and "the" in clause[at + 1 : at + 3]:
            near = [k for k in range(at + 2, min(len(clause), at + 7)) if clause[k] in GROUP]
            if near and clause[near[0]] in ("group", "arm"):
                return True
    return False
