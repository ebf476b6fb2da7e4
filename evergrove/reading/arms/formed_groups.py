"""Lettered groups and who made them up: "30 nuns FORMED group 1", "group A HAD 30 nuns who ..."."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.lettered_sizes import plain_count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

_FORMED = word_set("formed constituted comprised composed represented made were was")
_TOOK_FORM = _FORMED - {"were", "was"}
_FORMED_LAST = word_set("up the as")
_LEADS = word_set("and the other remaining while whereas : ; ,")
_RELATIVE = word_set("whose who whom in that undergoing receiving treated given operated")


def formed_size(tokens: list[Token], phrase: Arm, a: int, b: int, wholes: set[int]) -> Count | None:
    """The n of a lettered group from the sentence a..b that tells who formed it, else None.

    `wholes`: numbers of people told; groups that merely "had 9 nuns who ..." must add up to one.
    """
    count = _formed_by(tokens, phrase, a) or _formed_too(tokens, phrase, a)
    return count or _had_people(tokens, phrase, a, b, wholes)


def _formed_by(tokens: list[Token], phrase: Arm, a: int) -> Count | None:
    """ "40 nuns who wore wax for three weeks FORMED group 1": the people that the clause is of."""
    k = phrase.first - 1
    while k > a and tokens[k].word in _FORMED_LAST:
        k -= 1
    if k <= a or tokens[k].word not in _TOOK_FORM:
        return None
    for m in range(k - 1, max(a, k - 16) - 1, -1):
        if tokens[m].word in (";", "."):
            return None
        if tokens[m].kind == "n" and tokens[m + 1].word in _MADE_UP_OF:
            leads = m == a or tokens[m - 1].word in _LEADS
            return plain_count(tokens, m) if leads else None
    return None


def _formed_too(tokens: list[Token], phrase: Arm, a: int) -> Count | None:
    """ "40 nuns who slept formed group 1 AND 20 WHO DID NOT GROUP 2": the verb told once."""
    k = phrase.first - 1
    k -= k > a and tokens[k].word in ("the", "a", "an")
    verbs = [m for m in range(a, k) if tokens[m].word in _TOOK_FORM]
    if not verbs:
        return None
    for m in range(k, max(verbs[-1] + 1, k - 9), -1):
        if tokens[m].word in GROUP or tokens[m].word in (";", "."):
            return None
        if tokens[m].kind == "n" and tokens[m + 1].word in _MADE_UP_OF:
            return plain_count(tokens, m) if tokens[m - 1].word in _LEADS else None
    return None


_MADE_UP_OF = PEOPLE | word_set("whose who with without had")


def _had_people(tokens: list[Token], phrase: Arm, a: int, b: int, wholes: set[int]) -> Count | None:
    """ "Group A HAD 36 nuns whose heel was taped, group B HAD 28 nuns who ..."; "(A: 36 nuns)".

    Read only where two groups or more are told so, and the numbers add up to all of them.
    """
    for signs, told in ((("had", "held"), _had), ((":", "="), _colon)):
        if tokens[min(phrase.last, b - 1)].word not in signs:
            continue
        places = [k for k in range(a + 2, b - 3) if tokens[k].word in signs and told(tokens, k)]
        if len(places) > 1 and phrase.last in places:
            total = sum(tokens[k + 1].value for k in places)
            return plain_count(tokens, phrase.last + 1) if total in wholes else None
    return None


def _had(tokens: list[Token], k: int) -> bool:
    """Whether "had 36 nuns whose", "had 36 nuns, " stands at k, right behind a group's letter."""
    if tokens[k].word not in ("had", "held") or tokens[k - 2].word not in GROUP:
        return False
    number = tokens[k + 1]
    if number.kind != "n" or tokens[k + 2].word not in PEOPLE:
        return False
    after = tokens[k + 3]
    return after.word in _RELATIVE or after.word in (",", ";", ".", "and", "while", "(")


def _colon(tokens: list[Token], k: int) -> bool:
    """Whether ": 40 nuns)" stands at k, right behind a group's letter."""
    if tokens[k].word not in (":", "=") or tokens[k - 2].word not in GROUP:
        return False
    people = tokens[k + 1].kind == "n" and tokens[k + 2].word in PEOPLE
    return people and tokens[k + 3].word in (")", "]", ",", ";")
