"""Rarer turns of when and of whom, told in the common way: "STRAIGHT AFTER" is "right after"."""

from __future__ import annotations

from evergrove.reading.text.small_words import WHEN
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import names_people, word_set

_AFTER = word_set("after following afterwards afterward")


def straight_after(tokens: list[Token]) -> None:
    """ "3.1 STRAIGHT AFTER the session", "3.1 JUST AFTER it" are "immediately after"."""
    for k in range(len(tokens) - 1):
        if tokens[k].word in ("straight", "just") and tokens[k + 1].word in _AFTER:
            tokens[k].word = "immediately"


def still_alive(tokens: list[Token]) -> None:
    """ "in the 24 women ALIVE at 1 year" is "available": those who were left, and no group.

    So too "of the gout patients, 17 were STILL LIVING at 1 year" is "17 were seen".
    """
    for k in range(len(tokens) - 3, 1, -1):
        if tokens[k].word in ("alive", "living") and tokens[k + 1].word in WHEN:
            who = k - 1 - (tokens[k - 1].word in ("still", "then"))
            if tokens[who].word == "were" and tokens[who - 1].kind == "n":
                tokens[k].word = "seen"
                del tokens[who + 1 : k]
                continue
            alive = tokens[k].word == "alive" and names_people(tokens[who].word)
            if alive and tokens[who - 1].kind == "n":
                tokens[k].word = "available"
