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


def _tells_score(tokens: list[Token], k: int, stop: int) -> bool:
    """ "(before) WAS 6.4", "(before) the wax WAS 6.4", "(before) 6.4"."""
    for token in tokens[k : min(stop, k + 4)]:
        if token.kind == "n" or token.word in _TOLD:
            return True
        if token.kind != "w":
            return False
    return False
