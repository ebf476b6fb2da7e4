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
    if (count := _of_few(tokens, view, value, whole)) is not None:
        return count
    if (count := _of_class(tokens, view, value)) is not None:
        return count
    k = value.first - 1
    if tokens[k].word not in _LEADS:
        return None
    verb = next((m for m in range(k, max(k - 7, view.a), -1) if tokens[m].word in _HAD), None)
    if verb is None or {tokens[m].word for m in range(verb, k)} & _OF_ALL:
        return None
    for count in view.q.counts:
        if (
            0 <= verb - count.last <= 1 + (tokens[verb - 1].word in _STILL)
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


def _of_few(tokens: list[Token], view: View, value: Value, whole: int) -> Count | None:
    """ "IN TWO NUNS the VAS rose from 2 to 8", "VAS was 8 IN ONE NUN": of many, these few.

    Not "2 (wax) and 8 (clay) in two nuns", nor where a mean of theirs is told.
    """
    if whole <= _MANY or not view.words.isdisjoint(_OF_ALL):
        return None
    for count in view.q.counts:
        noun = count.noun in PEOPLE or count.noun == "events"
        if count.value > _FEW or not noun or tokens[count.at - 1].word != "in":
            continue
        ahead = count.at - 1 == view.a
        behind = 0 <= count.at - 1 - value.last <= 1
        if ahead or behind:
            return count
    return None


def _of_class(tokens: list[Token], view: View, value: Value) -> Count | None:
    """ "VAS was 0 IN 12 nuns, 1 IN 14 AND 2 IN 9": how many had each score, where several are."""
    if tokens[value.last].word != "in" or not view.words.isdisjoint(_OF_ALL):
        return None
    held = [
        other
        for other in (value, *view.q.values)
        if tokens[other.last].word == "in" and "." not in tokens[other.at].word
    ]
    held = [other for other in held if _bare_count(tokens, other.last + 1, view.b)]
    people = [count for count in view.q.counts if count.noun in PEOPLE or count.noun == "events"]
    return people[0] if value in held[1:] and people and len(people) + len(held) > 3 else None


def _bare_count(tokens: list[Token], k: int, b: int) -> bool:
    """ "14", "12 NUNS": people and no more; not "in 3 weeks", nor "in 14 nuns WITH wax"."""
    if k >= b or tokens[k].kind != "n" or "." in tokens[k].word:
        return False
    k += 1 + (k + 1 < b and tokens[k + 1].word in PEOPLE)
    return k >= b or tokens[k].word in (",", ".", ";", "and", "(")


_FEW, _MANY = 3, 10


def score_of_person(tokens: list[Token], view: View, value: Value, whole: int) -> bool:
    """ "A 54-YEAR-OLD NUN with a VAS of 8 was cured": one of many, told apart by her age."""
    if whole <= _MANY or value.spreads or "." in tokens[value.at].word:
        return False
    for k in range(value.first - 2, max(view.a, value.first - 9), -1):
        if tokens[k].word in PEOPLE:
            aged = [tokens[m].word for m in range(max(view.a, k - 6), k)]
            had = {tokens[m].word for m in range(k + 1, value.first)}
            told = (aged[-1:] == ["old"] and "a" in aged) or aged[-1:] == ["one"]
            return told and not had.isdisjoint(_HAD | {"of"})
        if tokens[k].kind == "n":
            return False
    return False


_STILL = word_set("still also each even only")
_BY_WHOM = word_set(
    "in by was were is found seen observed reported recorded noted scored given stated"
)
_LEADS = word_set("of at as scored rated")
_HAD = word_set("having had with reporting reported scoring scored rated giving gave showed")
_OF_ALL = CENTRES | MEANS | MEDIANS
