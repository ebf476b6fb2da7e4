"""Whole scores alone in brackets behind their visits or groups.

"VAS fell at 6 weeks (19) and 1 year (25)", "VAS differed between wax (24) and clay (39)".
"""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.compared_in_brackets import is_size
from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, POST_WORDS, PRE_WORDS, UNIT_DAYS, word_set

_COUNTED = word_set(
    "number numbers proportion rate rates n incidence frequency risk available completed reference "
    "references figure table survived survival lost seen examined missing asked assessed "
    "measured recorded taken collected evaluated obtained scored rated administered"
)
_NAMED = ("measure", "compound")
_VISITS = PRE_WORDS | POST_WORDS | frozenset(UNIT_DAYS) | word_set("follow-up discharge before")
_LEADS = word_set("at after by the in on")
_OTHERS = ("veto", "other")


def dated_in_brackets(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """Whether the whole number at i, alone in a bracket behind a visit, is a score.

    Two visits have such a bracket, or the sentence has told a course "from 64 to 29" ahead. A
    measure stands before, and nothing that is counted. Numbers that the text tells as sizes
    elsewhere, "n = 34", are none.
    """
    if not _dated(tokens, a, b, i):
        return False
    dated = [k for k in range(a + 2, b - 1) if _dated(tokens, a, b, k)]
    ahead = tokens[a : dated[0]]
    marks = [getattr(token.mark, "kind", "") for token in ahead]
    if not set(marks) & set(_NAMED) or set(marks) & set(_OTHERS):
        return False
    words = [token.word for token in tokens[a : dated[-1]]]
    if not _COUNTED.isdisjoint(words) or any(word in PEOPLE for word in words):
        return False
    if len(dated) < 2 and not _from_to(ahead):
        return False
    return not any(is_size(tokens, tokens[k].word) for k in dated)


def _dated(tokens: list[Token], a: int, b: int, k: int) -> bool:
    """ "6 weeks (19)", "baseline (74)" with the whole number at k."""
    if not a + 1 < k < b - 1 or tokens[k - 2].word not in _VISITS or not _alone(tokens, k):
        return False
    m = k - 3 - (tokens[k - 3].kind == "n")
    while m > a and tokens[m].word in _LEADS:
        m -= 1
    return tokens[m].kind != "n" and tokens[m].word not in CLOSES  # not "3.1 AT 6 WEEKS (31)"


def _from_to(tokens: list[Token]) -> bool:
    """Whether "from 64 ... to 29" stands in the tokens."""
    led = [token.word for token, behind in itertools.pairwise(tokens) if behind.kind == "n"]
    return "from" in led and "to" in led[led.index("from") :]


def grouped_in_brackets(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """Whether the whole number at i, alone in a bracket, is the score of one of several groups.

    "VAS DIFFERED between wax (24) and clay (39)", "compared with clay (44), wax had a LOWER VAS
    (23)". Only where the text tells the sizes of its groups elsewhere, "n = 34", and none of the
    brackets is one of these, and where the sentence has no other scores.
    """
    if i + 1 >= b or not _alone(tokens, i):
        return False
    words = {token.word for token in tokens[a:b]}
    if words.isdisjoint(_COMPARES) or not words.isdisjoint(_COUNTED_OFTEN):
        return False
    brackets = [k for k in range(a + 2, b - 1) if _alone(tokens, k)]
    if i not in brackets or len(brackets) < 2:
        return False
    marks = {getattr(token.mark, "kind", "") for token in tokens[a:b]}
    if not marks & set(_NAMED) or marks & set(_OTHERS):
        return False
    inside = {*brackets}
    if any(t.kind == "n" and "." in t.word and t.value > 1 for t in tokens[a:b]):
        return False
    if any(tokens[k - 2].kind == "n" or tokens[k - 2].word in ("%", "[", "(") for k in inside):
        return False  # "31 (52)"
    sizes = sum(
        tokens[k].kind == "n" and tokens[k - 1].word in ("=", ":") and tokens[k - 2].word == "n"
        for k in range(2, len(tokens))
    )
    return sizes > 1 and not any(is_size(tokens, tokens[k].word) for k in brackets)


def _alone(tokens: list[Token], k: int) -> bool:
    """ "(34)" with the whole number at k."""
    alone = tokens[k].kind == "n" and tokens[k - 1].word in OPENS
    alone = alone and tokens[k + 1].word in CLOSES and "." not in tokens[k].word
    return alone and 0 <= tokens[k].value <= 100


_OFTEN = word_set("often frequent frequently common commonly likely % percent")
_COUNTED_OFTEN = _COUNTED | _OFTEN
_COMPARES = word_set(
    "lower higher better worse less greater smaller milder larger differ differed difference "
    "differences similar comparable alike highest lowest best worst ahead compared than versus vs"
)
