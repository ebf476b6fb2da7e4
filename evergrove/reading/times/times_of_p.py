"""Times in a bracket of p values, told again: "(p < 0.01 AT 6 WEEKS, p = 0.04 AT 1 YEAR)"."""

from __future__ import annotations

from collections.abc import Sequence

from evergrove.reading.text.small_words import LEADS_OTHER
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.time_parts import Time

_SIGNS = frozenset("<>=≤≥")


def times_of_p(tokens: list[Token], a: int, b: int, times: list[Time]) -> dict[int, list[Time]]:
    """ "3.1 at 6 weeks and 2.2 at 1 year (P < 0.01 AT 6 WEEKS, P = 0.04 AT 1 YEAR)".

    The times behind each p of such a bracket, by the token of the p. They date the p, and no
    score, where the sentence has named all of them outside brackets of p values, and more than one.
    """
    starts: dict[int, int] = {}
    for first, last in _p_brackets(tokens, a, b):
        signed = [k for k in range(first, last - 1) if tokens[k + 1].word in _SIGNS]
        starts |= {k: last for k in signed if tokens[k].word == "p"}
    if not starts:
        return {}
    found: dict[int, list[Time]] = {start: [] for start in starts}
    outside: set[str] = set()
    for time in times:
        own = max((k for k, last in starts.items() if k < time.first < last), default=None)
        if own is None:
            outside.add(time.label)
        else:
            found[own].append(time)
    told = {time.label for mine in found.values() for time in mine}
    return found if told and told <= outside and len(outside) > 1 else {}


def dating(tokens: list[Token], times: Sequence[Time]) -> list[Time]:
    """The times of a p without those that it sets scores against: "(P < 0.01 VERSUS BASELINE)"."""
    return [time for time in times if tokens[time.first - 1].word not in LEADS_OTHER]


def _p_brackets(tokens: list[Token], a: int, b: int) -> list[tuple[int, int]]:
    """The brackets that open with a p value."""
    out = []
    for k in range(a, b - 2):
        if tokens[k].word not in ("(", "["):
            continue
        if tokens[k + 1].word == "p" and tokens[k + 2].word in _SIGNS:
            close = next((m for m in range(k, b) if tokens[m].word in (")", "]")), b)
            out.append((k, close))
    return out
