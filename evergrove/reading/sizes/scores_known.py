"""How many had scores at all: "VAS SCORES WERE ON RECORD IN 44.", of 70 treated."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.those_with_scores import FOUND
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CENTRES, GROUP, UNIT_DAYS, names_people, word_set

#: One of these stands in every sentence that tells so.
MAYBE_KNOWN = word_set(
    "available known record file recorded hand obtained documented complete existed exist "
    "retrieved retrievable"
)
_DATA = word_set("score scores data ratings values records information")
_LEADS = word_set("in for from of only just n = all : the")
_BEHIND = word_set("patients participants people of them these those subjects cases the all")
_NOT = FOUND | word_set("not no unavailable incomplete missing")
_LEAST = 4


def scores_known(tokens: list[Token], a: int, b: int, words: frozenset[str]) -> list[Count]:
    """ "SCORES WERE AVAILABLE IN 44.", "Data available: n = 44", "VAS was known for 44 of them".

    Only where the sentence tells nothing more: no visit, no part of the score, no other number.
    """
    if not words.isdisjoint(_NOT) or not words.isdisjoint(CENTRES | GROUP | UNIT_DAYS.keys()):
        return []
    known = [k for k in range(a + 1, b - 1) if tokens[k].word in MAYBE_KNOWN]
    if len(known) == 2 and tokens[known[0] + 1].word in _DATA:
        known = known[1:]  # "COMPLETE records existed for 44"
    if len(known) != 1:
        return []
    ahead = tokens[a : known[0]]
    if not any(is_measure(token) or token.word in _DATA for token in ahead):
        return []
    if any(getattr(token.mark, "kind", "") in ("qualifier", "compound") for token in ahead):
        return []
    if any(token.kind == "n" for token in ahead):
        return []
    at = known[0] + 1
    while at < b - 1 and tokens[at].word in _LEADS:
        at += 1
    number = tokens[at]
    if at == known[0] + 1 or number.kind != "n" or number.value != int(number.value):
        return []
    end = at + 1
    while end < b and _goes_on(tokens, end):
        end += 1
    whole = end >= b or tokens[end].word == "."
    return [Count(int(number.value), at, at + 1)] if whole and number.value >= _LEAST else []


def _goes_on(tokens: list[Token], k: int) -> bool:
    """ "patients", "OF THE 62", "(49%)": what may stand behind the number."""
    token = tokens[k]
    if token.word in _BEHIND or token.word in ("(", ")", "%") or names_people(token.word):
        return True
    return token.kind == "n" and tokens[k - 1].word in ("of", "the", "(", "these")
