"""Nouns of people that no list has: "29 nuns were randomised", "41 weavers with wax"."""

from __future__ import annotations

from evergrove.reading.tokens import Token
from evergrove.reading.words import PEOPLE, UNIT_DAYS, is_content, names_people, word_set

# Plurals that are counted in the methods, and are nobody.
_THINGS = word_set(
    "sessions injections treatments visits groups arms weeks points fractures levels lesions "
    "vertebrae joints studies trials centres centers hospitals clinics sites cycles courses times "
    "procedures questionnaires items scores scales doses tablets units others ms cases-of"
)


def may_be_people(tokens: list[Token], k: int) -> bool:
    """Whether the noun at k, right behind a number, may name people: listed, or an unknown plural.

    For places where nothing but people is counted ("randomised 41 nuns to ...").
    """
    if k >= len(tokens):
        return False
    token = tokens[k]
    if token.word in PEOPLE or names_people(token.word):
        return True
    plain = token.kind == "w" and token.mark is None and is_content(token.word)
    plural = token.word.endswith("s") and len(token.word) > 3 and token.word not in _THINGS
    return plain and plural and token.word not in UNIT_DAYS
