"""Whole scores that belong to some counted people: "six people HAD A SCORE OF 0", no mean."""

from __future__ import annotations

from evergrove.reading.numbers.no_scores import score_of_few
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, MEANS, MEDIANS, PEOPLE, word_set
from evergrove.reading.view import View


def score_of_some(
    tokens: list[Token], view: View, value: Value, whole: int, sizes: set[int]
) -> Count | None:
    """ "(with six people HAVING A SCORE OF 0)": those people, where the score is theirs alone.

    `whole`, `sizes`: how many people the study and its groups have; 0 and none where not told.
    """
    if value.spreads or value.p is not None or "." in tokens[value.at].word:
        return None
    if value.value == 0 and (count := _had_none(tokens, view, value, whole)) is not None:
        return count
    k = value.first - 1
    if tokens[k].word not in _LEADS:
        return None
    verb = next((m for m in range(k, max(k - 7, view.a), -1) if tokens[m].word in _HAD), None)
    if verb is None or {tokens[m].word for m in range(verb, k)} & _OF_ALL:
        return None
    for count in view.q.counts:
        if (
            0 <= verb - count.last <= 1
            and count.noun in PEOPLE
            and tokens[count.at - 1].word != "the"
            and (
                value.value == 0
                or score_of_few(tokens, value, count, whole)
                or (count.value < whole and count.value not in sizes)
            )
        ):
            return count
    return None


def _had_none(tokens: list[Token], view: View, value: Value, whole: int) -> Count | None:
    """ "VAS was 0 IN 12 PATIENTS", "a VAS of 0 was reported BY 12 PATIENTS": no mean of theirs."""
    if not view.words.isdisjoint(_OF_ALL):
        return None
    for count in view.q.counts:
        gap = [tokens[k].word for k in range(value.last, count.at)]
        behind = 0 < len(gap) < 5 and gap[-1] in ("in", "by")
        some = count.noun in PEOPLE and not 0 < whole <= count.value
        if behind and some and all(word in _BY_WHOM for word in gap):
            return count
    return None


_BY_WHOM = word_set(
    "in by was were is found seen observed reported recorded noted scored given stated"
)
_LEADS = word_set("of at as scored rated")
_HAD = word_set("having had with reporting reported scoring scored rated giving gave")
_OF_ALL = CENTRES | MEANS | MEDIANS
