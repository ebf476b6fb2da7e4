"""A baseline told between a score and its time: "3.9, AGAINST 6.9 AT ENTRY, after 24 weeks"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLOSES, OPENS, STOPS
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import DETERMINERS, PRE_WORDS, SCORE_UNITS, UNIT_DAYS, word_set

_SET = word_set("against compared versus vs opposed down")
_BASE = r"(?:baseline|entry|outset|admission|start|before|pre|enrol)"
MAYBE_BETWEEN = Clues(
    *(
        (word, rf"{word} (?:with |to |from )?\d[^.;]*.{{0,60}}{_BASE}.{{0,40}}(?:at|after|by|in) ")
        for word in sorted(_SET)
    ),
    words=_SET,
)
_JOINS = word_set("with to from")
_AT_START = word_set("entry outset admission start beginning enrolment enrollment inclusion intake")
_LEADS = word_set("at after by in")
_TAIL = 9  # tokens of "after 24 weeks of daily wax"


def before_told_between(tokens: list[Token]) -> None:
    """ "3.9, against 6.9 AT ENTRY, AFTER 24 weeks" is "3.9 after 24 weeks, against 6.9 at entry".

    Only at the end of a clause that names no other time, and where as many scores stand ahead.
    """
    for k in range(len(tokens) - 6, 1, -1):
        if tokens[k].word not in _SET:
            continue
        number = k + 1 + (tokens[k + 1].word in _JOINS)
        if tokens[number].kind != "n":
            continue
        behind, several = _behind_score(tokens, number), 1
        while tokens[behind].word in ("and", ",", "vs") and tokens[behind + 1].kind == "n":
            behind, several = _behind_score(tokens, behind + 1), several + 1
        end = _behind_base(tokens, behind)
        time = end + (tokens[end].word == "," if end < len(tokens) else 0)
        last = _time_at(tokens, time) if end else 0
        start = k - (tokens[k - 1].word == "as")
        start -= tokens[start - 1].word == ","
        if last and _scores(tokens, start) == several:
            moved = tokens[time:last]
            tokens[start:last] = [*moved, *tokens[start:end]]


def _behind_score(tokens: list[Token], k: int) -> int:
    """Behind the number at k with its unit and its spread."""
    k += 1
    k += tokens[k].word in SCORE_UNITS
    if tokens[k].word == "±":
        return k + 2 + (tokens[k + 2].word in SCORE_UNITS)
    if tokens[k].word in ("(", "["):
        close = close_bracket(tokens, k, min(len(tokens), k + 12))
        return k if close is None else close + 1 + (tokens[close + 1].word in SCORE_UNITS)
    return k


def _behind_base(tokens: list[Token], k: int) -> int:
    """Behind "at baseline", "on admission", "before surgery", "preoperatively" at k; else 0."""
    if k + 2 >= len(tokens):
        return 0
    if tokens[k].word in PRE_WORDS:
        return k + 1
    if tokens[k].word == "before" and tokens[k + 1].kind == "w":
        return k + 2 + (tokens[k + 1].word in DETERMINERS)
    if tokens[k].word in ("at", "on"):
        k += 1 + (tokens[k + 1].word in DETERMINERS)
        return k + 1 if tokens[k].word in _AT_START | PRE_WORDS else 0
    return 0


def _time_at(tokens: list[Token], k: int) -> int:
    """Where the clause ends whose rest from k on is "after 24 weeks (of wax)"; else 0."""
    if k + 2 >= len(tokens) or tokens[k].word not in _LEADS:
        return 0
    dated = tokens[k + 1].kind == "n" and tokens[k + 2].word in UNIT_DAYS
    for m in range(k + 3, min(len(tokens), k + _TAIL)):
        if tokens[m].word in STOPS:
            return m if dated else 0
        if tokens[m].kind != "w":
            return 0
    return 0


def _scores(tokens: list[Token], k: int) -> int:
    """How many scores the clause ahead of k has; 0 where it names a time."""
    told, inside = 0, 0
    for m in range(k - 1, -1, -1):
        token = tokens[m]
        inside += (token.word in CLOSES) - (token.word in OPENS)
        if token.word in STOPS:
            break
        if token.word in UNIT_DAYS or token.word in PRE_WORDS or token.word in _AT_START:
            return 0
        number = token.kind == "n" and not inside and tokens[m - 1].word != "±"
        people = tokens[m + 1].kind == "w" and _people(tokens, m)
        told += number and not (token.flag or people)
    return told


def _people(tokens: list[Token], m: int) -> bool:
    """Whether the number at m counts what follows it: "by 44 NUNS", "by 44 deaf nuns"."""
    return "." not in tokens[m].word and tokens[m + 1].word not in SCORE_UNITS
