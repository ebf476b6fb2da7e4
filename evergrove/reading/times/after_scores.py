"""A bare "after" right ahead of its score: "the mean before was 6.4 and AFTER 1.9"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PRE_WORDS, SCORE_UNITS, UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import word_at

_BEFORE = PRE_WORDS | word_set("before beforehand")
_TOLD = word_set("was were averaged = :")
_ENDS = SCORE_UNITS | word_set("( [ ) ] ± ; .", "")
_SPLITS = word_set(", and or to - – %")


def after_its_score(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """Whether "after" at i dates the number behind it, as "before" did with one ahead.

    Not "before was 6.4 and after 4 weeks 1.9", "after 2, 4 and 6 weeks".
    """
    k = i + 1 + (word_at(tokens, i + 1, a, b) == "of")
    if k >= b or tokens[k].kind != "n" or tokens[k].flag:
        return False
    behind = word_at(tokens, k + 1, a, b)
    if behind in UNIT_DAYS or (behind not in _ENDS and "." not in tokens[k].word):
        return False
    if behind in _SPLITS and any(token.word in UNIT_DAYS for token in tokens[k + 1 : k + 6]):
        return False
    return any(
        tokens[m].word in _BEFORE and _tells_score(tokens, m + 1, i) for m in range(a, i - 1)
    )


def after_behind_score(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "6.2 before and 3.1 AFTER IN the wax group": dates the number ahead, as "before" did.

    Without a noun behind it; what "before" at a number ahead is of holds for both.
    """
    if word_at(tokens, i + 1, a, b) not in _WHOSE or not _scored(tokens, a, i):
        return False
    return any(
        tokens[m].word in _BEFORE and tokens[m + 1].word in _NEXT and _scored(tokens, a, m)
        for m in range(max(a, i - _NEAR), i - 1)
    )


_WHOSE = word_set("in with for among under")
_NEXT = word_set("and versus vs , /")
_NEAR = 14


def _scored(tokens: list[Token], a: int, k: int) -> bool:
    """Whether a score ends right ahead of token k: "6.2", "6.2 (1.1)", "6.2 ± 1.1 mm"."""
    k -= 1
    while k > a and (tokens[k].word in (")", "]") or tokens[k].word in SCORE_UNITS):
        k -= 1
    return k > a and tokens[k].kind == "n"


def _tells_score(tokens: list[Token], k: int, stop: int) -> bool:
    """ "(before) WAS 6.4", "(before) the wax WAS 6.4", "(before) 6.4"."""
    for token in tokens[k : min(stop, k + 4)]:
        if token.kind == "n" or token.word in _TOLD:
            return True
        if token.kind != "w":
            return False
    return False
