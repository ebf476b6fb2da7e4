"""Scores that a counted part of the people gave: a class of answers, and no centre of all."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, PEOPLE, SCORE_UNITS, word_set

_NOUNS = word_set(
    "score scores grade grades rating ratings level levels vas nrs nprs vrs value values"
)
_GAVE = word_set(
    "given reported reached achieved recorded obtained noted seen found attained chosen marked "
    "scored observed"
)


def given_by_some(
    tokens: list[Token], a: int, b: int, i: int, number: Callable[[int], bool]
) -> int:
    """ "A pain score OF 1 OR 2 points WAS GIVEN BY 15 OF 25 patients": its last number.

    0 if the number at i is of no such class. A single score is one only where a share of the
    people is told ("a grade of 1 was given by 12 OF 25", "in 48%"), never a mean or median.
    """
    if tokens[i - 1].word != "of" or i - 2 <= a or "." in tokens[i].word:
        return 0
    if tokens[i - 2].word not in _NOUNS and getattr(tokens[i - 2].mark, "kind", "") not in (
        "measure",
        "compound",
    ):
        return 0
    if not CENTRES.isdisjoint(tokens[k].word for k in range(max(a, i - 7), i)):
        return 0
    last, j = i, i + 1
    if j + 1 < b and tokens[j].word in ("or", "to", "-", "–") and number(j + 1):
        last, j = j + 1, j + 2
    j += j < b and tokens[j].word in SCORE_UNITS
    if j + 4 >= b or tokens[j].word not in ("was", "were") or tokens[j + 1].word not in _GAVE:
        return 0
    if tokens[j + 2].word not in ("by", "in", "for") or tokens[j + 3].kind != "n":
        return 0
    near = [tokens[k].word for k in range(j + 4, min(b, j + 9))]
    share = near[:1] == ["%"] or (near[:1] == ["of"] and tokens[j + 5].kind == "n") or "%" in near
    counted = last > i and not PEOPLE.isdisjoint(near)
    return last if share or counted else 0
