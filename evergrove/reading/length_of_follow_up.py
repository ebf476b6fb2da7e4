"""A time told as a length of follow-up: "at 12 weeks of follow-up (3.1 ± 1.1)"."""

from __future__ import annotations

from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_AT = word_set("at after by until within")
_UNITS = word_set("day days week weeks month months year years wk wks mo mos yr yrs hours h d hour")


def behind_follow_up(tokens: list[Token], b: int, j: int) -> int:
    """Behind "of follow-up" or "of the follow-up period" at j; `j` itself if it is not there."""
    if j + 1 >= b or tokens[j].word != "of":
        return j
    k = j + 1 + (tokens[j + 1].word == "the")
    if k < b and tokens[k].word == "followup":
        return k + 1
    if k + 1 >= b or tokens[k].word != "follow":
        return j
    k += 1 + (tokens[k + 1].word == "-")
    return k + 1 if k < b and tokens[k].word == "up" else j


def dated_follow_up(tokens: list[Token], i: int) -> bool:
    """Whether the follow-up at i is the end of a time: "AT 12 WEEKS OF follow-up was 3.1"."""
    return (
        i >= 4
        and tokens[i - 1].word == "of"
        and tokens[i - 2].word in _UNITS
        and tokens[i - 3].kind == "n"
        and tokens[i - 4].word in _AT
    )
