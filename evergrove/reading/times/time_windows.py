"""Windows that begin with their unit: "weeks 2 to 8", "days 2-6, 7-13 and 14-28"."""

from __future__ import annotations

from evergrove.reading.text.small_words import LIST_SIGNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, UNIT_NAME, word_set
from evergrove.reading.times.time_parts import Time, time_point, word_at

_DASHES = word_set("- –")


def _high(tokens: list[Token], b: int, j: int) -> int:
    """The last token of "2-5", set tight from the number at j; 0 if it is no window."""
    if j + 2 >= b or tokens[j + 1].word not in _DASHES or tokens[j + 2].kind != "n":
        return 0
    low, high = tokens[j], tokens[j + 2]
    tight = not tokens[j + 1].spaced and not high.spaced
    whole = all("." not in t.word and not t.flag and t.mark is None for t in (low, high))
    after = word_at(tokens, j + 3, j, b)
    return j + 2 if tight and whole and low.value < high.value and after not in ("±", "%") else 0


def each_of_window(tokens: list[Token], times: list[Time], sizes: set[int]) -> list[Time]:
    """ "4.4, 4.1 and 3.0 on days 1-3, RESPECTIVELY": as many days as the list has values.

    `sizes`: how many values the lists of the sentence have. Read for the one window of a sentence.
    """
    if sum(time.kind == "window" for time in times) > 1:
        return times
    out: list[Time] = []
    for time in times:
        number = time.number
        spread = time.kind == "window" and number is not None and number > time.first
        if not spread or time.last - number != 3 or tokens[time.last - 1].kind != "n":
            out.append(time)
            continue
        low, high = int(tokens[number].value), int(tokens[time.last - 1].value)
        if high - low + 1 not in sizes or high - low > 6:
            out.append(time)
            continue
        # The tokens "1", "-" and "3" stand for the days, so that these are a list.
        unit = time.label.split()[-1].rstrip("s")
        for step in range(high - low + 1):
            label, days = time_point(low + step, unit, True)
            at = number + min(step, 1) + (step == high - low)
            out.append(Time(at if step else time.first, at + 1, "point", label, days))
    return out


def unit_windows(tokens: list[Token], b: int, i: int, j: int, unit: str) -> list[Time]:
    """The windows of "day 3-6 (2.1 ± 0.4)", whose unit stands at i and first number at j."""
    out: list[Time] = []
    first = i
    while True:
        last = _high(tokens, b, j)
        if not last or (out and word_at(tokens, last + 1, j, b) in UNIT_DAYS):
            return out
        low, high = tokens[j].value, tokens[last].value
        label = f"{low:g}–{high:g} {UNIT_NAME[unit]}s"
        middle = round((low + high) / 2 * UNIT_DAYS[unit], 3)
        out.append(Time(first, last + 1, "window", label, middle, j))
        j = last + 1
        while j < b and tokens[j].word in LIST_SIGNS:
            j += 1
        if j == last + 1 or j >= b or tokens[j].kind != "n":
            return out
        first = j
