""" "Patients WHO HAD BEEN treated by wax": as "patients treated by wax".

Also "patients ABOUT TO RECEIVE wax": as "patients receiving wax".
"""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

#: A text without any of these has no such clause.
MAYBE_WHO = Clues("who had been ", "who were ", "who have been ", words=word_set("who"))
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


def without_about_to(tokens: list[Token]) -> list[Token]:
    """The tokens with "receiving" for "about to receive", "due to receive", so too of "undergo"."""
    gone: set[int] = set()
    for k in range(1, len(tokens) - 3):
        to_come = tokens[k].word in _ABOUT and tokens[k + 1].word == "to"
        if to_come and tokens[k + 2].word in _RECEIVING:
            tokens[k + 2].word = _RECEIVING[tokens[k + 2].word]
            gone.update((k, k + 1))
    return [token for k, token in enumerate(tokens) if k not in gone] if gone else tokens


#: A text without any of these has no such phrase.
MAYBE_ABOUT = Clues(
    "about to ", "due to receive ", "due to undergo ", words=word_set("about due")
)  # fmt: skip
_ABOUT = word_set("about due")
_RECEIVING = {"receive": "receiving", "undergo": "undergoing"}
