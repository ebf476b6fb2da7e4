"""Two groups of which one went without: "surgery with (n = 30) or without (n = 31) a drain"."""

from __future__ import annotations

from evergrove.reading.arm_phrases import text_of
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token

_WAYS = ("with", "without")
_JOINS = ("or", "and", "vs", "versus")


def with_or_without(
    tokens: list[Token], a: int, b: int, counts: list[Count]
) -> list[tuple[str, Count]]:
    """Name and number of both groups, the first told first; [] where nothing is told so."""
    sizes = {count.at: count for count in counts if count.equals or count.bracket}
    for k in range(a, b - 6):
        if tokens[k].word not in _WAYS or tokens[k + 1].word not in ("(", "["):
            continue
        one, close = _size(tokens, sizes, k + 1, b)
        if one is None or close + 2 >= b or tokens[close + 1].word not in _JOINS:
            continue
        other = close + 2
        if tokens[other].word not in _WAYS or tokens[other].word == tokens[k].word:
            continue
        two, end = _size(tokens, sizes, other + 1, b)
        span = noun_phrase(tokens, end + 1, b) if two is not None else None
        if span is None or two is None:
            continue
        name = text_of(tokens, *span)
        names = [name if tokens[at].word == "with" else f"no {name}" for at in (k, other)]
        return [(names[0], one), (names[1], two)]
    return []


def _size(tokens: list[Token], sizes: dict[int, Count], k: int, b: int) -> tuple[Count | None, int]:
    """The number in the bracket that opens at k, and where this closes."""
    close = next((m for m in range(k, min(b, k + 7)) if tokens[m].word in (")", "]")), 0)
    found = next((sizes[m] for m in range(k, close) if m in sizes), None)
    return found, close
