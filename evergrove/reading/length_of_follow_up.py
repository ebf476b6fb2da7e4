"""Lengths of follow-up: "at 12 weeks of follow-up", "after a mean follow-up of 14 months"."""

from __future__ import annotations

from evergrove.reading.time_parts import Time
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


def dates_what_follows(tokens: list[Token], i: int) -> bool:
    """ "AFTER A (MEAN) FOLLOW-UP (PERIOD) OF 14 months it was 2.1": a time, and no length told.

    `i`: the token where the name of the follow-up begins, with or without the word for its mean.
    """
    k = i
    while k and tokens[k - 1].word in _OWN:
        k -= 1
    if not k or tokens[k - 1].word not in _SEEN_AT:
        return False
    while i < len(tokens) and tokens[i].word in _FOLLOW_UP:
        i += 1
    number = i < len(tokens) - 1 and tokens[i - 1].word == "of" and tokens[i].kind == "n"
    if number and tokens[i + 1].word == "±":
        i += 2
    return number and i + 1 < len(tokens) and tokens[i + 1].word in _UNITS


def mean_length(tokens: list[Token], i: int) -> bool:
    """Whether the number at i is that of "AFTER A MEAN FOLLOW-UP OF 14.1 ± 3.2 months"."""
    k = i - 1
    while k > 0 and tokens[k].word in _FOLLOW_UP:
        k -= 1
    return k < i - 2 and dates_what_follows(tokens, k + 1)


def name_of_length(tokens: list[Token], a: int, i: int) -> int:
    """Where "FOLLOW-UP OF 14 months" begins, if its number stands at i; else i."""
    k = i - 1
    while k > a and tokens[k].word in _FOLLOW_UP:
        k -= 1
    named = any(tokens[m].word in ("follow", "followup") for m in range(k + 1, i))
    return k + 1 if named and dates_what_follows(tokens, k + 1) else i


def middle_of_length(tokens: list[Token], times: list[Time], k: int) -> bool:
    """ "at a MEDIAN follow-up of 1 year", "at last review (MEDIAN, 14 months)": of no score.

    Not "the median follow-up VAS was 2", where a score is named.
    """
    j = k + 1
    if j < len(tokens) and tokens[j].word in ("follow", "followup", "observation"):
        while j < len(tokens) and tokens[j].word in _FOLLOW_UP:
            j += 1
        told = j < len(tokens) and tokens[j].word in _TELLS_LENGTH
        return told or tokens[j - 1].word in _LENGTHS
    if tokens[k - 1].word not in ("(", "[") or j >= len(tokens):
        return False
    j += tokens[j].word in (",", ":", "=", "of")
    length = next((time for time in times if time.first == j), None)
    if length is None or length.last >= len(tokens):
        return False
    return tokens[length.last].word in (")", "]", ";", ",")


_LENGTHS = word_set("of period time duration")
_TELLS_LENGTH = word_set("was : = , (")
_SEEN_AT = word_set("at after by")
_OWN = word_set("a an the mean median average")
_FOLLOW_UP = word_set("mean median average follow - up followup follow-up period time duration of")
