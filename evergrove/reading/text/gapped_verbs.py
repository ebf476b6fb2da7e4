"""Two groups behind one verb of use: "12 nuns WORE a clog and another 13 a sandal"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CONTROLS, names_people, word_set

MAYBE_WORN = word_set(
    "wore drank chewed ate swallowed practised practiced carried sucked tried used took kept"
)
# What people also use beside the treatment that is studied: only before an article.
_USED = word_set("used took kept tried")
_ARTICLES = word_set("a an the")
_JOINS = word_set("and while whereas , ;")
_OTHERS = word_set("another other the a")
_STOPS = word_set(". ; : ( ) [ ]")
_LENGTH = 14


def receive(tokens: list[Token]) -> None:
    """Write "received" for the verb in place, where a second number has its own thing behind it.

    "another" before the second number is taken out: the two numbers are told alike.
    """
    k = 1
    while k < len(tokens) - 4:
        if tokens[k].word in MAYBE_WORN and tokens[k].kind == "w":
            _receive_at(tokens, k)
        k += 1


def _receive_at(tokens: list[Token], verb: int) -> None:
    if _choice_behind(tokens, verb):
        tokens[verb].word = "received"
        return
    first = _counted(tokens, verb)
    article = tokens[verb + 1].word in _ARTICLES
    if not first or (tokens[verb].word in _USED and not article):
        return
    for k in range(verb + 2, min(len(tokens) - 2, verb + _LENGTH)):
        if tokens[k].word in _STOPS - {";"}:
            return
        if tokens[k].word not in _JOINS:
            continue
        number = k + 1
        while number < len(tokens) - 2 and tokens[number].word in _OTHERS:
            number += 1
        if tokens[number].kind != "n" or "." in tokens[number].word:
            continue
        again = next(
            (
                m
                for m in range(number + 1, min(number + 4, len(tokens)))
                if tokens[m].word == tokens[verb].word
            ),
            0,
        )
        if not again and (tokens[number + 1].word in _ARTICLES) != article:
            return
        if tokens[number + 1].kind != "w":
            return
        if again:
            tokens[again].word = "received"
        tokens[verb].word = "received"
        del tokens[k + 1 : number]
        return


def _choice_behind(tokens: list[Token], verb: int) -> bool:
    """ "240 people TOOK wax, clay OR PLACEBO": nobody takes them all; some had the one each."""
    if not (names_people(tokens[verb - 1].word) or _counted(tokens, verb)):
        return False
    for k in range(verb + 2, min(len(tokens) - 1, verb + _LENGTH)):
        if tokens[k].word in _STOPS:
            return False
        if tokens[k].word == "or":
            return tokens[k + 1 + (tokens[k + 1].word in _ARTICLES)].word in CONTROLS
    return False


def _counted(tokens: list[Token], verb: int) -> bool:
    """Whether a number of people stands before the verb: "12 NUNS (WITH GOUT) wore"."""
    for k in range(verb - 1, max(-1, verb - 8), -1):
        if tokens[k].kind == "n":
            return "." not in tokens[k].word and k < verb - 1
        if tokens[k].kind != "w" and tokens[k].word != "'":
            return False
    return False
