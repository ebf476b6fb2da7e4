"""The end of the scale that is told behind a value: "30 (of 50)", "7 out of a possible 20"."""

from __future__ import annotations

from collections.abc import Container

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, PEOPLE, word_set

BEFORE_TOP = word_set("( [ of out")
_MOST = word_set("maximum maximal max possible total achievable attainable")
_LEADS_TOP = _MOST | word_set("out of a the score points")


def told_top(
    tokens: list[Token], b: int, j: int, low: float, busy: Container[int], units: Container[str]
) -> tuple[int, int] | None:
    """The token of the top and the end of "(of 40)", "of maximum 70" that begins at token j.

    None where no end of a scale is told: "4 of 20" without such a word counts people. `low` is
    the value before, which cannot be above the top.
    """
    bracket = tokens[j].word in ("(", "[")
    k = j + bracket
    words = set()
    while k < b and k - j < 7 and tokens[k].word in _LEADS_TOP:
        words.add(tokens[k].word)
        k += 1
    if "of" not in words or k + 1 >= b or tokens[k].kind != "n" or k in busy:
        return None
    top = tokens[k]
    if top.flag or "." in top.word or top.value < max(5.0, low):
        return None
    end = k + 1 + (tokens[k + 1].word in units)
    if not bracket:
        return (k, end) if words & _MOST else None
    closed = end < b and tokens[end].word in (")", "]")
    people = end + 1 < b and tokens[end + 1].word in PEOPLE
    return (k, end + 1) if closed and not people else None


def whole_scale(tokens: list[Token], i: int, b: int) -> bool:
    """ "on a SCALE OF 10", "by a pain SCALE OF 10 POINTS": its end, where no other end follows.

    Not "a fall in the pain scale of 10 points", nor "a scale of 0 to 10".
    """
    if i < 3 or tokens[i - 2].word != "scale":
        return False
    if i + 1 < b and tokens[i + 1].word in ("points", "steps") and tokens[i].value in _POINTS:
        return CHANGE_NOUNS.isdisjoint([token.word for token in tokens[max(0, i - 8) : i - 2]])
    led = tokens[i - 3].word in ("a", "the") and tokens[i].value in (5, 10, 100)
    return led and not (i + 2 < b and tokens[i + 2].kind == "n")


_POINTS = frozenset({10, 11, 100, 101})
