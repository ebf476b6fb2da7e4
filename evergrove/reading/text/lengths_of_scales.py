"""A pain scale told by its length: "marked on A LINE OF 100 MM" is "on a 100 mm line"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LINES = word_set("line scale")
_UNITS = word_set("mm cm")
_LENGTHS = (10.0, 100.0)
MAYBE_LINE = Clues("line of 10", "scale of 10", words=_UNITS)


def turn_lines(tokens: list[Token]) -> None:
    """ "a LINE OF 100 MM" is "a 100 MM LINE"."""
    for k in range(len(tokens) - 4, 0, -1):
        line, of, number, unit = tokens[k : k + 4]
        told = line.word in _LINES and of.word == "of" and unit.word in _UNITS
        if told and number.kind == "n" and number.value in _LENGTHS:
            tokens[k : k + 4] = [number, unit, line]
