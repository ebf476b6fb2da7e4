"""A spread behind a number of something else: "grip differed by 3.4 kg (95% CI 1.1 TO 5.7)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.text.small_words import STARTS_CLAUSE
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS


def of_number_between(
    tokens: list[Token], last: Value, foreign: list[Value], spread: Spread, i: int
) -> bool:
    """Whether a spread at token i is that of a number put aside behind `last`, not of `last`.

    "NRS differed by 1.2 points (p = 0.001); walking differed by 5.3 M (95% CI -12 to 23)": of the
    distance, as a clause begins between the two, or as only one of the two lies in the interval.
    "1.2 points less with WAX 60 MG (95% CI 0.5 to 1.9)": of the score.
    """
    between = [value for value in foreign if last.last <= value.first < i]
    between = between or _lengths(tokens, last, i)
    if not between:
        return False
    own = between[-1]
    if any(tokens[k].word in STARTS_CLAUSE for k in range(last.last, own.first)):
        return True
    ends = sorted(spread.values)
    return len(ends) == 2 and _inside(own, ends) and not _inside(last, ends)


def _inside(value: Value, ends: list[float]) -> bool:
    """Whether a number lies between two ends, whichever way it went."""
    return ends[0] <= value.value <= ends[1] or ends[0] <= -value.value <= ends[1]


def _lengths(tokens: list[Token], last: Value, i: int) -> list[Value]:
    """ "no difference in sleep (mean DIFFERENCE 0.3 HOURS, 95% CI ...)": a length."""
    behind = (k for k in range(last.last + 1, i) if tokens[k].kind == "n")
    return [
        Value(k, k, k + 1, tokens[k].value)
        for k in behind
        if tokens[k + 1].word in UNIT_DAYS and _differed(tokens, k)
    ]


def _differed(tokens: list[Token], k: int) -> bool:
    k -= tokens[k - 1].word in ("of", "was", "=", ":", ",", "-")
    return tokens[k - 1].word in DIFFERENCE
