"""Times whose unit the time before has told: "3.2 at 2 YEARS and 1.8 at 10"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import Time, time_point

#: What leads such a number.
LEADS_BARE = word_set("at after")
_ENDS = word_set(". , ; and ) (")


def units_left_out(
    tokens: list[Token], b: int, times: list[Time], numbers: list[int]
) -> list[Time]:
    """The times of a sentence with those that are a bare number right behind a score.

    Only a later one than the time before, which must be led by the same word.
    """
    out = list(times)
    units = {t.first: tokens[t.first + 1].word for t in times if _number_and_unit(tokens, t)}
    for k in numbers:
        if k + 1 >= b or tokens[k - 1].word not in LEADS_BARE or tokens[k + 1].word not in _ENDS:
            continue
        if any(time.first <= k < time.last or time.number == k for time in times):
            continue  # "2.6 and 2.9 at 7 and 13 weeks"
        scored = tokens[k - 2].kind == "n" or tokens[k - 2].word in (")", "]")
        plain = (
            "." not in tokens[k].word and tokens[k].flag in ("", "word") and tokens[k].mark is None
        )
        before = next((time for time in reversed(out) if time.last < k), None)
        if before is None or before.first not in units or not (scored and plain):
            continue
        same = tokens[before.first - 1].word == tokens[k - 1].word
        if not same or tokens[k].value <= tokens[before.first].value:
            continue
        units[k] = units[before.first]
        label, days = time_point(tokens[k].value, units[k], False)
        out.append(Time(k, k + 1, "point", label, days, k))
        out.sort(key=lambda time: time.first)
    return out


def _number_and_unit(tokens: list[Token], time: Time) -> bool:
    plain = time.kind == "point" and time.last == time.first + 2
    return plain and tokens[time.first].kind == "n" and tokens[time.first + 1].word in UNIT_DAYS
