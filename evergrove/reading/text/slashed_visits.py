"""Visits that slashes list behind their unit: "ON DAYS 1/3/7" is "on days 1, 3 and 7"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_MANY = word_set("days weeks months hours years minutes")
_ONE = word_set("day week month hour year minute")
MAYBE_SLASHED_VISITS = Clues(
    *((f"{unit} ", rf"{unit} \d+ ?/ ?\d") for unit in sorted(_ONE | _MANY)), words=_ONE | _MANY
)


def slashed_visits(tokens: list[Token]) -> None:
    """ "at WEEKS 2/6/12: 5.2/3.8/1.9": the numbers behind a unit are listed, and no fraction.

    Three or more, ever later; two, where the unit is a plural.
    """
    for k in range(len(tokens) - 3):
        if tokens[k].word not in _ONE and tokens[k].word not in _MANY:
            continue
        last = k + 1
        while _goes_on(tokens, last):
            last += 2
        if last < k + 3 + 2 * (tokens[k].word in _ONE):
            continue
        for sign in range(k + 2, last, 2):
            tokens[sign].word = ","
        tokens[last - 1].word, tokens[last - 1].kind = "and", "w"


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether "/" and a later visit stand behind the visit at k."""
    if k + 2 >= len(tokens) or tokens[k].kind != "n" or tokens[k + 1].word != "/":
        return False
    after = tokens[k + 2]
    return after.kind == "n" and "." not in after.word and after.value > tokens[k].value
