"""Verbs whose subject is a person or a group: "runners SCORED 3.1"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import AGENT, word_set

_SET_OUT = word_set("started began ended finished")
_A_SCORE = word_set("a an mean median average pain vas nrs scores higher lower")


def agent_verbs(tokens: list[Token], a: int, b: int) -> list[int]:
    """Verbs that people do: "runners SCORED", "runners STARTED WITH a VAS of 7"."""
    return [
        i
        for i in range(a, b)
        if tokens[i].kind == "w" and (tokens[i].word in AGENT or _set_out(tokens, i, b))
    ]


def _set_out(tokens: list[Token], i: int, b: int) -> bool:
    """ "STARTED with a VAS of 7", "BEGAN with mean scores of 7"."""
    if tokens[i].word not in _SET_OUT or i + 2 >= b:
        return False
    return tokens[i + 1].word == "with" and tokens[i + 2].word in _A_SCORE
