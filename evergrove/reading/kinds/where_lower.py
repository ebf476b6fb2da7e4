"""Where a score was lower by an amount: "2.1 points lower IN THE FIRST WEEK", "... IN THE WAX"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

_LEADS = word_set("with in for among")
_STOPS = word_set(", . ; and but ( )")


def words_of_place(tokens: list[Token], k: int, timed: dict[int, Time]) -> set[str]:
    """The first words of what tells where or in whom, behind "lower" and over the times there.

    "lower IN THE WAX", "lower in the first week WITH WAX": not "lower in the first week", where
    the score is set against its own start.
    """
    stop = min(k + 3, len(tokens))
    out: set[str] = set()
    while k < stop:
        if _leads_time(tokens, k, timed):
            k += 1
            while k < len(tokens) and (k in timed or k + 1 in timed):
                k += 1
            while k < len(tokens) and tokens[k].word not in _STOPS | _LEADS:
                k += 1
            stop = min(k + 1, len(tokens))
            if k < len(tokens) and tokens[k].word in _STOPS:
                break
            continue
        out.add(tokens[k].word)
        k += 1
    return out


def _leads_time(tokens: list[Token], k: int, timed: dict[int, Time]) -> bool:
    """Whether "in" at token k leads to a time: "IN the first week", "in weeks 1-2"."""
    if tokens[k].word not in _LEADS:
        return False
    return any(m in timed for m in range(k, min(k + 3, len(tokens))))
