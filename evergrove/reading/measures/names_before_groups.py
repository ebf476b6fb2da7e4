"""Outcomes before brackets that open with a group: "ZINC (wax: 17.0 mg/l; clay: 17.9 mg/l)"."""

from __future__ import annotations

from collections.abc import Container, Iterator

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.outcome_phrases import Span, backward, may_be
from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CONTROLS, GROUP, STATE, word_set

_CONTROLS = CONTROLS | {"vehicle"}
_BEFORE_NUMBER = word_set(": = , mean median")
_LONGEST_LABEL = 4  # tokens
_LONGEST = 60


def named_before_groups(tokens: list[Token], given: Container[str]) -> Iterator[Span]:
    """ "ZINC (WAX 17.0 vs 17.1; CLAY 17.9 vs 18.0)": the noun before the bracket of two groups.

    `given`: last words (stems) of what people were given. Each of the labels must be one of them,
    a control, or a group by its word.
    """
    for i, token in enumerate(tokens):
        if token.word not in OPENS or not _group_told(tokens, i + 1, given):
            continue
        span = backward(tokens, i)
        if span is None or stem(tokens[span[1] - 1].word) in given:
            continue
        if tokens[span[0] - 1].word in STATE:
            continue  # "the shares of bakers WERE ALIKE (wax 58%, clay 60%)"
        if _second_group(tokens, i + 1, given) and may_be(tokens, *span):
            yield span


def _group_told(tokens: list[Token], k: int, given: Container[str]) -> bool:
    """ "WAX: 17.0", "THE WAX GROUP, 17.0", "CONTROLS 17.0": a group and its number at k."""
    stop = min(k + _LONGEST_LABEL, len(tokens) - 2)
    end = next((m for m in range(k, stop) if tokens[m].kind != "w"), stop)
    if end == k:
        return False
    last = tokens[end - 1].word
    group = last in GROUP or last in _CONTROLS or stem(last) in given
    while end < len(tokens) - 1 and tokens[end].word in _BEFORE_NUMBER:
        end += 1
    return group and tokens[end].kind == "n"


def _second_group(tokens: list[Token], k: int, given: Container[str]) -> bool:
    """Whether another group follows in the bracket, behind ";", "," or "vs"."""
    for m in range(k, min(k + _LONGEST, len(tokens) - 3)):
        if tokens[m].word in CLOSES and tokens[m + 1].word not in _GOES_ON:
            return False
        if tokens[m].word in _NEXT and _group_told(tokens, m + 1, given):
            return True
    return False


_NEXT = word_set("; , vs versus and")
_GOES_ON = word_set("; , vs versus and mg g ng ml [")
