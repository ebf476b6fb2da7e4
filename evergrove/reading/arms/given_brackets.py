"""Brackets that tell how a treatment was given, before the one with its size."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.treated_conditions import before_condition
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS


def end_of_name(tokens: list[Token], a: int, j: int) -> int:
    """Where a name ends before the bracket at j with its size: ahead of its dose and its "for"."""
    return before_condition(tokens, a, _before_dose_bracket(tokens, a, j))


def _before_dose_bracket(tokens: list[Token], a: int, j: int) -> int:
    """ "ginger (20 mg daily) [n = 30]": the token of the first bracket, where it holds a dose.

    `j` is the token of the bracket with the size; it is returned where no dose stands before it.
    """
    if j - 4 < a or tokens[j - 1].word not in (")", "]"):
        return j
    for k in range(j - 2, max(a, j - 16), -1):
        if tokens[k].word in (")", "]"):
            return j
        if tokens[k].word in ("(", "["):
            inside = tokens[k + 1 : j - 1]
            dosed = any(
                one.kind == "n" and (two.word in DOSE_UNITS or two.word in UNIT_DAYS)
                for one, two in itertools.pairwise(inside)
            )
            return k if dosed and k > a and tokens[k - 1].kind == "w" else j
    return j


def before_manner(tokens: list[Token], a: int, first: int) -> tuple[int, int] | None:
    """ "wax (n = 50), CLAY with soft bags AT wrong points (n = 51)": the name before its manner.

    `first` begins the phrase right before the bracket. None unless "at" leads to it and the bracket
    of the group before, with a comma or "or", stands ahead of the name.
    """
    if first - 3 < a or tokens[first - 1].word not in _LEADS_MANNER:
        return None
    k = first - 2
    while k > a and first - k < 14 and tokens[k].kind == "w" and tokens[k].mark is None:
        k -= 1
    start = k + 1
    while start < first and tokens[start].word in ("or", "and", "a", "an", "the"):
        start += 1
    opens = tokens[k - (tokens[k].word == ",")].word
    if opens not in (")", "]"):
        return None
    last = next((m for m in range(start, first) if tokens[m].word in _MANNER), first - 1)
    return (start, last) if last > start else None


_LEADS_MANNER = frozenset(("at", "on", "over"))
_MANNER = _LEADS_MANNER | {"with", "using", "by", "in"}
