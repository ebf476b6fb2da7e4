"""Scores that people came with: "The wax nuns, WHO CAME WITH a mean NRS of 7.8, had ..."."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, VERBS, word_set

_CAME = word_set("came arrived presented entered started began commenced")
#: One of them stands in every text that says so.
MAYBE_CAME = Clues(" with a ", " with an ", " with their ", words=_CAME)
_PARTICLES = word_set("in off out up")
_ARTICLES = word_set("a an their")
# "arrived with a mean AGE of 41": no score
_NO_SCORE = word_set(
    "age ages duration delay history interval time bmi weight height follow follow-up dose number"
)
_FAR = 30


def came_with(tokens: list[Token]) -> None:
    """ "WHO CAME WITH a mean NRS of 7.8, had 3.1" is "had at baseline a mean NRS of 7.8 and had".

    So too without "who", and where the name of the score is left out.
    """
    for k in range(len(tokens) - 6, 0, -1):
        if tokens[k].word not in _CAME:
            continue
        led = k + 1 + (tokens[k + 1].word in _PARTICLES)
        if tokens[led].word != "with" or not _centre(tokens, led + 1):
            continue
        if tokens[k - 1].word == "who":
            comma = tokens[k - 2].word == ","
            if comma and not _join_main_clause(tokens, led):
                continue
            _at_baseline(tokens, k, led)
            del tokens[k - 1 - comma : k]
        else:
            _at_baseline(tokens, k, led)


def _centre(tokens: list[Token], k: int) -> bool:
    """ "A MEAN NRS of", "A MEAN of", "their MEDIAN score was": behind "with"; no mean age."""
    if tokens[k].word not in _ARTICLES or tokens[k + 1].word not in CENTRES:
        return False
    return not any(token.word in _NO_SCORE for token in tokens[k + 2 : k + 6])


def _join_main_clause(tokens: list[Token], k: int) -> bool:
    """Read the comma behind the score as "and", where a verb stands behind it."""
    depth = 0
    for m in range(k, min(k + _FAR, len(tokens) - 1)):
        word = tokens[m].word
        depth += (word in ("(", "[")) - (word in (")", "]"))
        if word in (".", ";"):
            return False
        if word == "," and not depth:
            if tokens[m + 1].word not in VERBS and tokens[m + 1].word not in ("had", "were", "was"):
                return False
            tokens[m].word, tokens[m].kind = "and", "w"
            return True
    return False


def _at_baseline(tokens: list[Token], k: int, led: int) -> None:
    """Read the verb at k and what goes with it, up to "with" at `led`, as "had at baseline"."""
    tokens[k].word, tokens[k].raw = "had", "had"
    tokens[led].word, tokens[led].raw = "baseline", "baseline"
    del tokens[k + 1 : led]
    here = tokens[k + 1].start
    tokens.insert(k + 1, Token("w", here, here, "at", raw="at"))
