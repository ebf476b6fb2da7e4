"""A pain scale told by its length or its ends, which stand inside its name.

"Marked on A LINE OF 100 MM" is "on a 100 mm line", a "NUMERIC 0-10 SCALE" a "0-10 numeric scale".
"""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LINES = word_set("line scale")
_UNITS = word_set("mm cm")
_LENGTHS = (10.0, 100.0)
_KINDS = word_set("numeric numerical verbal")
_ENDS = word_set("- – to")
_NOUNS = word_set("scale scales score scores")
_RATING = word_set("rating pain analog analogue")
_NUMBER_NEXT = r"(?: [a-z]+)? [(\[]?(?:[01]\b|zero |one )"
MAYBE_LINE = Clues(
    "line of 10",
    "scale of 10",
    ("numeric", rf"numeric(?:al)?{_NUMBER_NEXT}"),
    ("verbal", f"verbal{_NUMBER_NEXT}"),
    words=_UNITS | _KINDS,
)


def turn_lines(tokens: list[Token]) -> None:
    """What stands inside the name of a scale is set ahead of it or behind it."""
    _turn_lengths(tokens)
    _turn_ends(tokens)


def _turn_lengths(tokens: list[Token]) -> None:
    """ "a LINE OF 100 MM" is "a 100 MM LINE"."""
    for k in range(len(tokens) - 4, 0, -1):
        line, of, number, unit = tokens[k : k + 4]
        told = line.word in _LINES and of.word == "of" and unit.word in _UNITS
        if told and number.kind == "n" and number.value in _LENGTHS:
            tokens[k : k + 4] = [number, unit, line]


def _turn_ends(tokens: list[Token]) -> None:
    """ "a NUMERIC 0-10 SCALE" is "a 0-10 numeric scale", "a NUMERIC (0-10) SCALE" has them behind.

    Also "a verbal rating 0 to 10 scale" and "a numeric 0-10 rating scale".
    """
    for k in range(len(tokens) - 5, -1, -1):
        if tokens[k].word not in _KINDS:
            continue
        first = k + 1
        while tokens[first].word in _RATING and first < k + 3:
            first += 1
        closed = tokens[first].word in ("(", "[")
        last = first + 3 + 2 * closed
        noun = last
        while noun < len(tokens) and tokens[noun].word in _RATING and noun < last + 2:
            noun += 1
        if noun >= len(tokens) or tokens[noun].word not in _NOUNS:
            continue
        low, to, high = tokens[first + closed : first + closed + 3]
        told = low.kind == high.kind == "n" and to.word in _ENDS and low.value in (0, 1)
        if not told or high.value not in _LENGTHS:
            continue
        ends, name = tokens[first:last], tokens[k:first]
        if closed:
            tokens[k : noun + 1] = [*name, *tokens[last : noun + 1], *ends]
        else:
            tokens[k:last] = [*ends, *name]
