""" "Patients WHO HAD BEEN treated by wax": as "patients treated by wax"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

#: A text without any of these has no such clause.
MAYBE_WHO = Clues("who had been ", "who were ", "who have been ")
_BEEN = (("who", "had", "been"), ("who", "have", "been"), ("who", "were"))
_TREATED = word_set("treated given managed injected operated")
_WITH = word_set("with by using")


def without_relatives(tokens: list[Token]) -> list[Token]:
    """The tokens without "who had been" between people and what they were treated with."""
    gone: set[int] = set()
    for k in range(1, len(tokens) - 4):
        if tokens[k].word != "who" or tokens[k - 1].word not in PEOPLE:
            continue
        for lead in _BEEN:
            verb = k + len(lead)
            if verb + 1 >= len(tokens) or tuple(t.word for t in tokens[k:verb]) != lead:
                continue
            treated = tokens[verb].word in _TREATED
            if treated and (tokens[verb].word == "given" or tokens[verb + 1].word in _WITH):
                gone.update(range(k, verb))
    return [token for k, token in enumerate(tokens) if k not in gone] if gone else tokens
