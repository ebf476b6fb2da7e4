"""Nouns of people that no list has, told by what is done to them: "61 NUNS WERE RANDOMISED"."""

from __future__ import annotations

from collections.abc import Iterator

from evergrove.reading.text.small_words import WERE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, is_content, names_people, word_set

_TAKEN_IN = word_set(
    "randomised randomized enrolled recruited included studied allocated assigned treated analysed "
    "analyzed followed examined evaluated interviewed investigated reviewed invited screened"
)
_WHO = word_set("who whom aged completed underwent received took participated volunteered entered")
_LEADS = word_set("randomised randomized enrolled recruited included studied allocated assigned we")
#: In front of a number these may lead to the people of one score: "2.1 IN 29 nuns".
_OF_SCORES = word_set("in among amongst for with by")
# Plurals of people that may be a group by themselves.
_KINDS = word_set(
    "controls responders nonresponders non-responders completers cases others those users"
)
# Plurals that are counted in the methods, and are nobody.
_THINGS = word_set(
    "sessions injections treatments visits groups arms weeks points fractures levels lesions "
    "vertebrae joints studies trials centres centers hospitals clinics sites cycles courses times "
    "procedures questionnaires items scores scales doses tablets units others ms cases-of"
)


def spell_people(tokens: list[Token], numbers: list[int], *, who: bool = True) -> None:
    """Read "61 NUNS were randomised ... 29 NUNS had wax" as people.

    Only where one such noun is told so, and no listed noun is counted beside it: two nouns may be
    two groups ("29 nuns and 30 monks"). Behind "in", "among" the noun keeps its own name.
    `numbers`: the places of all numbers; `who`: whether the text may hold that word.
    """
    found = list(_unknown(tokens, numbers))
    if who:
        _spell_those_who(tokens, {tokens[k + 1].word for k in found})
    if not found:
        return
    told = {tokens[k + 1].word for k in found if _taken_in(tokens, k)}
    if len(told) != 1 or {tokens[k + 1].word for k in found} != told:
        return
    for k in found:
        if not k or tokens[k - 1].word not in _OF_SCORES:
            tokens[k + 1].word = "people"


def _spell_those_who(tokens: list[Token], counted: set[str]) -> None:
    """ "lower than NUNS WHO received sham": nobody else than people is a "who".

    Only where the text has one such noun: two may be two groups ("nuns who", "monks who").
    """
    who = [k for k in range(len(tokens) - 1) if tokens[k + 1].word in ("who", "whom")]
    found = [k for k in who if may_be_people(tokens, k) and not _listed(tokens[k].word)]
    if len({tokens[k].word for k in found} | counted) != 1:
        return
    for k in found:
        tokens[k].word = "people"


def _listed(word: str) -> bool:
    return word in PEOPLE or word in _KINDS or names_people(word)


def _unknown(tokens: list[Token], numbers: list[int]) -> Iterator[int]:
    """The numbers that stand before a plural that may name people, and is on no list."""
    last = len(tokens) - 2
    for k in numbers:
        token = tokens[k]
        if k >= last or token.flag not in ("", "word") or "." in token.word:
            continue
        if token.value < 4 or not may_be_people(tokens, k + 1):
            continue
        noun = tokens[k + 1]
        if noun.word not in PEOPLE and not names_people(noun.word):
            yield k


def _taken_in(tokens: list[Token], k: int) -> bool:
    """ "61 nuns WERE RANDOMISED", "61 nuns WHO", "we ENROLLED 61 nuns"."""
    behind, then = tokens[k + 2].word, tokens[min(k + 3, len(tokens) - 1)].word
    if behind in WERE:
        return then in _TAKEN_IN
    return behind in _WHO or (k > 0 and tokens[k - 1].word in _LEADS)


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
