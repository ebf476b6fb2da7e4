"""Amounts told in turn behind one verb: "the falls AMOUNTED TO 2.1 for VAS AND TO 12 for ODI"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_AMOUNTED = word_set("amounted amounts amounting came")
_ENDS = word_set(". ; from")
MAYBE_AMOUNTED = Clues("mounted to", "mounts to", "mounting to", "came to", words=_AMOUNTED)


def amounts_in_turn(tokens: list[Token]) -> None:
    """ "came to 2.1 for VAS AND TO 12 for ODI" is "and 12 for ODI": as much, and no end of a fall.

    Not "came to 2.1 FROM 7.3 and to 1.2 later".
    """
    for verb in range(len(tokens) - 5, 0, -1):
        told = tokens[verb].word in _AMOUNTED and tokens[verb + 1].word == "to"
        if not told or tokens[verb + 2].kind != "n":
            continue
        again = []
        for k in range(verb + 3, len(tokens) - 1):
            word = tokens[k].word
            if word in _ENDS:
                break
            if word == "to" and tokens[k + 1].kind == "n" and tokens[k - 1].word in ("and", ","):
                again.append(k)
        for k in reversed(again):
            del tokens[k]
