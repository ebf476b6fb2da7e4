"""Numbers of people left, listed before the times that they hold for."""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.sizes import Size
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.time_parts import Time

_KINDS = ("base", "point", "window", "final")
_SIGNS = (",", "and")


def listed_sizes(tokens: list[Token], a: int, times: list[Time], counts: list[Count]) -> list[Size]:
    """ "90 men joined, and 80, 71 and 66 at 1, 2 and 5 weeks": as many numbers as times.

    Only behind a count of people, in a list that never rises above it.
    """
    points = [time for time in times if time.kind in _KINDS]
    people = [count for count in counts if count.noun and not count.each and not count.equals]
    for at, time in enumerate(points):
        if at == 0 or points[at - 1].last < time.first - 3:
            sizes = _before(tokens, a, points[at:], people)
            if sizes:
                return sizes
    return []


def _before(tokens: list[Token], a: int, points: list[Time], people: list[Count]) -> list[Size]:
    """The sizes of the list that ends right before the first of the points."""
    k = points[0].first - 1
    if k <= a or tokens[k].word not in ("at", "after"):
        return []
    found: list[int] = []
    k -= 1
    while k > a and tokens[k].kind == "n" and tokens[k].flag in ("", "word"):
        if tokens[k].value % 1 or tokens[k].mark is not None or "." in tokens[k].word:
            return []
        found.append(k)
        k -= 1
        signs = k
        while k > a and tokens[k].word in _SIGNS:
            k -= 1
        if signs == k:
            break
    found.reverse()
    listed = list(itertools.takewhile(lambda time: time.first - points[0].first < 12, points))
    whole = [count.value for count in people if found and count.last <= found[0]]
    values = [int(tokens[at].value) for at in found]
    falls = whole and sorted([whole[-1], *values], reverse=True) == [whole[-1], *values]
    if len(found) < 2 or len(found) != len(listed) or not falls or values[-1] < 2:
        return []
    return [
        Size(time, None, Count(int(tokens[at].value), at, at + 1, "", None, False, False))
        for time, at in zip(listed, found, strict=True)
    ]
