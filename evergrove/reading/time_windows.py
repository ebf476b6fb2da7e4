"""Windows that begin with their unit: "weeks 2 to 8", "days 2-6, 7-13 and 14-28"."""

from __future__ import annotations

from evergrove.reading.time_parts import Time, word_at
from evergrove.reading.tokens import Token
from evergrove.reading.words import UNIT_DAYS, UNIT_NAME, word_set

_DASHES = word_set("- –")
_SEPARATORS = word_set(", and or &")


def _high(tokens: list[Token], b: int, j: int) -> int:
    """The last token of "2-5", set tight from the number at j; 0 if it is no window."""
    if j + 2 >= b or tokens[j + 1].word not in _DASHES or tokens[j + 2].kind != "n":
        return 0
    low, high = tokens[j], tokens[j + 2]
    tight = not tokens[j + 1].spaced and not high.spaced
    whole = all("." not in t.word and not t.flag and t.mark is None for t in (low, high))
    after = word_at(tokens, j + 3, j, b)
    return j + 2 if tight and whole and low.value < high.value and after not in ("±", "%") else 0


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
        while j < b and tokens[j].word in _SEPARATORS:
            j += 1
        if j == last + 1 or j >= b or tokens[j].kind != "n":
            return out
        first = j
