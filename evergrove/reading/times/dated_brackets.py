"""A time that stands before the bracket of the next values, not behind those of the last one."""

from __future__ import annotations

from evergrove.reading.frames import Labels
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_JOINS = word_set("and as , but ;")
_HOSTS = ("time", "measure", "arm")
_LATER = word_set("later afterwards thereafter")
_OPEN, _CLOSE = word_set("( ["), word_set(") ]")


def lead_of_bracket(tokens: list[Token], start: int, stop: int, inside: list[Labels]) -> int:
    """ "(wax, 4.1; clay, 5.2) as well as AT 2 H (wax, 3.0; clay, 4.4)": 2 h is of 3.0 and 4.4.

    So too a measure or group, "in NRS (entry, 7.1; 2 h, 3.2) and IN ODI (entry, 51; 2 h, 20)".
    Returns the sign that closes the bracket of the value before, where a label behind it ends
    where the bracket of the next value, at `stop`, opens; else 0.
    """
    for labels in inside:
        if labels.kind not in _HOSTS or labels.last >= stop:
            continue
        end = labels.last + (tokens[labels.last].word in _LATER)
        if tokens[end].word not in _OPEN or any(tokens[k].word in _CLOSE for k in range(end, stop)):
            continue
        close = next((k for k in range(start, labels.first) if tokens[k].word in _CLOSE), 0)
        return close if close and tokens[close + 1].word in _JOINS else 0
    return 0
