"""Who was treated and what they scored, in one sentence: "60 had wax or clay; the VAS was ..."."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.joints import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ALLOTTED,
    CENTRES,
    CHANGE,
    PEOPLE,
    STATE,
    names_people,
    word_set,
)

_ALLOTTED = ALLOTTED | word_set("divided split")
_GIVEN = _ALLOTTED | word_set(
    "given gave received had underwent treated offered compared entered took studied"
)
#: A text without these, each behind a sign that joins clauses, has no such sentence.
MAYBE_DECLARED = Clues("; ", ", and ", words=_GIVEN)
_SCORES = CENTRES | word_set(
    "vas nrs nprs vnrs bpi odi rdq rmdq womac score scores rating ratings intensity change changes"
)
_BETWEEN = word_set("or versus vs and others rest remaining remainder")
_SAYS = STATE | CHANGE | word_set("scored rated lowered raised gave reported had")
_OPENS_SCORES = _SCORES | word_set("the at after by pain their")
_OF_THEM = word_set("of whom which these them those they who he she")
_LEAST_CLAUSE = 5


def declared_and_scored(tokens: list[Token]) -> None:
    """ "Sixty nuns were given wax OR clay; the VAS was 3.3 and 4.5" is "... clay. The VAS ...".

    The groups are told in a clause of their own, without any score, ahead of a clause that has
    nothing else: read as one sentence, each group would be named twice in it.
    """
    start = 0
    k = 1
    while k < len(tokens) - 3:
        word = tokens[k].word
        if word == ".":
            start = k + 1
        elif word in (";", ",") and k - start >= _LEAST_CLAUSE and _open_at(tokens, start, k) == 0:
            first = k + 1 + (tokens[k + 1].word == "and")
            acts = tokens[first].kind == "w" and tokens[first + 1].word in _SAYS
            led = first == k + 2 and (acts or tokens[first].word in _OPENS_SCORES)
            joined = word == ";" or led
            if joined and _declares(tokens, start, k) and _scores(tokens, first):
                tokens[k].word = "."
                tokens[first].raw = tokens[first].raw[:1].upper() + tokens[first].raw[1:]
                del tokens[k + 1 : first]
                start = k + 1
        k += 1


def _open_at(tokens: list[Token], start: int, k: int) -> int:
    """How many brackets are open at token k."""
    inside = tokens[start:k]
    return sum((t.word in OPENS) - (t.word in CLOSES) for t in inside)


def _declares(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether a clause tells who was given one thing or another, and no score."""
    words = [token.word for token in tokens[start:stop]]
    if not _SCORES.isdisjoint(words) or "respectively" in words[:-1]:
        return False
    if any(token.kind == "n" and "." in token.word for token in tokens[start:stop]):
        return False
    sizes = sum(token.kind == "n" or token.word == "half" for token in tokens[start:stop])
    people = sizes or any(word in PEOPLE or names_people(word) for word in words)
    given = next((m for m, word in enumerate(words) if word in _GIVEN), None)
    if not people or given is None:
        return False
    both = _BETWEEN.intersection(words)
    # "31 nuns were given wax AND 29 clay": each with a number of its own
    return "or" in words[given:] or (bool(both) and (sizes > 1 or not _ALLOTTED.isdisjoint(words)))


def _scores(tokens: list[Token], first: int) -> bool:
    """Whether a clause tells a score, and is not about some of the people counted before it."""
    stop = next((m for m in range(first, len(tokens)) if tokens[m].word in (".", ";")), len(tokens))
    words = [token.word for token in tokens[first:stop]]
    if tokens[first].kind == "n" or not words or words[0] in _OF_THEM:
        return False
    told = any(token.kind == "n" and "." in token.word for token in tokens[first:stop])
    return told and not _SAYS.isdisjoint(words)
