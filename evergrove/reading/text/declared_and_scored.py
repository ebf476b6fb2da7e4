"""Who was treated and what they scored, in one sentence: "60 had wax or clay; the VAS was ..."."""

from __future__ import annotations

import itertools

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import AND_SIGNS, CLOSES, OPENS
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ALLOTTED,
    CENTRES,
    CHANGE,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    names_people,
    word_set,
)

_ALLOTTED = ALLOTTED | word_set("divided split")
_TREATED = word_set(
    "had given received underwent treated injected operated enrolled included recruited randomised "
    "randomized reviewed entered there comprised consisted"
)
_GIVEN = _ALLOTTED | _TREATED | word_set("gave offered compared took studied")
#: A text without these, each behind a sign that joins clauses, has no such sentence.
MAYBE_DECLARED = Clues(
    "; ",
    ", and ",
    (" and ", r" and (?:the |their |mean |median |a |baseline |initial |pain|vas|nrs|\d)"),
    words=_GIVEN,
)
_LEFT = STAYED | word_set("data records questionnaires forms scores")
_YEARS = word_set("year years")
_AGE = word_set("age aged ages old")
_RATED = word_set(
    "vas nrs nprs vnrs bpi odi rdq rmdq womac score scores rating ratings intensity change changes"
)
_SCORES = CENTRES | _RATED
_BEFORE_SCORE = CENTRES | word_set("the their a baseline initial")
_BETWEEN = word_set("or versus vs and others rest remaining remainder")
_SAYS = STATE | CHANGE | word_set("scored rated lowered raised gave reported had")
_OPENS_SCORES = _SCORES | word_set("the at after by pain their")
_OF_THEM = word_set("of whom which these them those they who he she")
_LEAST_CLAUSE = 4


def declared_and_scored(tokens: list[Token]) -> None:
    """ "Sixty nuns were given wax OR clay; the VAS was 3.3 and 4.5" is "... clay. The VAS ...".

    The groups are told in a clause of their own, without any score, ahead of a clause that has
    nothing else: read as one sentence, each group would be named twice in it.
    """
    for given in [k for k, token in enumerate(tokens) if token.word in _GIVEN][::-1]:
        start = given
        while start > 0 and tokens[start - 1].word != ".":
            start -= 1
        _tell_apart(tokens, start, given)


def _tell_apart(tokens: list[Token], start: int, given: int) -> None:
    """Part the sentence that begins at `start` at the first joint behind `given` that is one."""
    depth = 0
    for k in range(start, len(tokens) - 3):
        word = tokens[k].word
        if word == ".":
            return
        depth += (word in OPENS) - (word in CLOSES)
        if word not in AND_SIGNS or depth or k < given or k - start < _LEAST_CLAUSE:
            continue
        first = k + 1 + (word != "and" and tokens[k + 1].word == "and")
        apart = _joined(tokens, k, first) and _declares(tokens, start, k)
        if apart and _scores(tokens, first) and _by_name(tokens, start, k, first):
            tokens[k].word = "."
            tokens[first].raw = tokens[first].raw[:1].upper() + tokens[first].raw[1:]
            del tokens[k + 1 : first]
            return


def _joined(tokens: list[Token], k: int, first: int) -> bool:
    """Whether ";", ", and" or "and" at k may begin a clause that tells a score."""
    if tokens[k].word == ";":
        return True
    if tokens[k].word == ",":
        acts = tokens[first].kind == "w" and tokens[first + 1].word in _SAYS
        opens = acts or _time_at(tokens, first) or tokens[first].word in _OPENS_SCORES
        return first == k + 2 and opens
    if _time_at(tokens, first):
        return True
    # "AND the mean VAS was 3.3"
    while tokens[first].word in _BEFORE_SCORE and first < k + 5:
        first += 1
    return tokens[first].word in _RATED or tokens[first].word == "pain"


def _time_at(tokens: list[Token], k: int) -> bool:
    """ "3 MONTHS (later)"."""
    return tokens[k].kind == "n" and tokens[k + 1].word in UNIT_DAYS


def _clause_end(tokens: list[Token], first: int) -> int:
    """The stop or semicolon that ends the clause from token `first` on."""
    return next((m for m in range(first, len(tokens)) if tokens[m].word in (".", ";")), len(tokens))


def _declares(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether a clause tells who was given one thing or another, and no score.

    Not where all were given both: its groups are those of the scores behind it.
    """
    words = [token.word for token in tokens[start:stop]]
    # "40 nuns, MEAN AGE 54 years"
    scored = _SCORES if _AGE.isdisjoint(words) else _RATED
    if not scored.isdisjoint(words) or "both" in words or "respectively" in words[:-1]:
        return False
    if any(token.kind == "n" and "." in token.word for token in tokens[start:stop]):
        return False
    sizes = sum(token.kind == "n" or token.word == "half" for token in tokens[start:stop])
    people = sizes or any(word in PEOPLE or names_people(word) for word in words)
    given = next((m for m, word in enumerate(words) if word in _GIVEN), None)
    if not people or given is None or _dated(words):
        return False
    if (sizes and _told_of_all(words)) or "or" in words[given:]:
        return True
    # "31 nuns were given wax AND 29 clay": each with a number of its own
    counted = sizes > 1 or not _ALLOTTED.isdisjoint(words)
    return counted and not _BETWEEN.isdisjoint(words)


def _by_name(tokens: list[Token], start: int, stop: int, first: int) -> bool:
    """Whether the scores of several groups are told by their names, or "respectively".

    "..., and their VAS scores were 3.7, 4.9 and 6.0" has the order of the clause before.
    """
    left = [token.word for token in tokens[start:stop] if token.kind == "w"]
    if "or" not in left and _ALLOTTED.isdisjoint(left):
        return True
    right = [token.word for token in tokens[first : _clause_end(tokens, first)]]
    named = {word for word in left if is_content(word)} - _SCORES - PEOPLE
    return "respectively" in right or not named.isdisjoint(right)


def _told_of_all(words: list[str]) -> bool:
    """ "40 nuns (22 women, mean age 54 years) HAD WAX": who was treated.

    Not "40 had complete data", whose scores are told next.
    """
    return _LEFT.isdisjoint(words) and not _TREATED.isdisjoint(words)


def _dated(words: list[str]) -> bool:
    """ "EIGHT WEEKS later there were 9 leaks": a visit, of what follows too; an age is none."""
    aged = not _AGE.isdisjoint(words)
    return any(word in UNIT_DAYS and not (aged and word in _YEARS) for word in words)


def _scores(tokens: list[Token], first: int) -> bool:
    """Whether a clause tells a score, and is not about some of the people counted before it."""
    stop = _clause_end(tokens, first)
    words = [token.word for token in tokens[first:stop]]
    counts = tokens[first].kind == "n" and not _time_at(tokens, first)
    if counts or not words or words[0] in _OF_THEM:
        return False
    rated = not _RATED.isdisjoint(words)
    told = any(
        token.kind == "n" and ("." in token.word or (rated and behind.word not in UNIT_DAYS))
        for token, behind in itertools.pairwise(tokens[first : stop + 1])
    )
    return told and not _SAYS.isdisjoint(words)
