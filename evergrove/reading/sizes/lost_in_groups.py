"""Numbers of those who were lost, told by group: "12 in the wax group and 11 ... were lost"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.still_there import GONE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set

_WERE = word_set("were was had have")
_OUT = ("dropped", "withdrew", "discontinued", "died")


def lost_in_groups(tokens: list[Token], a: int, b: int, counts: list[Count]) -> bool:
    """Whether all numbers of a sentence count those of single groups who are no longer there.

    "TWELVE patients in the wax group and 11 in the clay group WERE LOST to follow-up": two numbers
    or more, each with its group behind it, and one verb behind them all.
    """
    if len(counts) < 2 or any(count.equals or count.each for count in counts):
        return False
    verb = next(
        (
            k
            for k in range(a + 1, b)
            if tokens[k].word in GONE and (tokens[k - 1].word in _WERE or tokens[k].word in _OUT)
        ),
        0,
    )
    places = [count.at for count in counts]
    if not verb or max(places) > verb:
        return False
    ends = [*places[1:], verb]
    return all(
        any(tokens[k].word in GROUP for k in range(at, end))
        for at, end in zip(places, ends, strict=True)
    )
