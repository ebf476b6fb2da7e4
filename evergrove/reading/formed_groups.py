"""Lettered groups and who made them up: "30 nuns FORMED group 1", "group A HAD 30 nuns who ..."."""

from __future__ import annotations

from evergrove.reading.arms import Arm
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import GROUP, PEOPLE, word_set

_FORMED = word_set("formed constituted comprised composed represented made were was")
_FORMED_LAST = word_set("up the as")
_LEADS = word_set("and the other remaining while whereas : ; ,")
_RELATIVE = word_set("whose who whom in that undergoing receiving treated given operated")
_HAPPENED = word_set(
    "complication complications adverse event events nausea vomiting failure recurrence infection "
    "relapse died lost withdrew dropped excluded missing improved satisfied needed required"
)


def formed_size(tokens: list[Token], phrase: Arm, a: int, b: int) -> Count | None:
    """The n of a lettered group from the sentence a..b that tells who formed it, else None."""
    return (
        _formed_by(tokens, phrase, a)
        or _colon(tokens, phrase, b)
        or _had_people(tokens, phrase, a, b)
    )


def _colon(tokens: list[Token], phrase: Arm, b: int) -> Count | None:
    """ "the wax (GROUP W: 40 nuns)": a number of people, and nothing else, up to the bracket."""
    k = phrase.last
    if k + 3 >= b or tokens[k].word not in (":", "=") or tokens[k + 2].word not in PEOPLE:
        return None
    return _number(tokens, k + 1) if tokens[k + 3].word in (")", "]", ",", ";") else None


def _formed_by(tokens: list[Token], phrase: Arm, a: int) -> Count | None:
    """ "40 nuns who wore wax for three weeks FORMED group 1": the people that the clause is of."""
    k = phrase.first - 1
    while k > a and tokens[k].word in _FORMED_LAST:
        k -= 1
    if k <= a or tokens[k].word not in _FORMED - {"were", "was"}:
        return None
    for m in range(k - 1, max(a, k - 16) - 1, -1):
        if tokens[m].word in (";", "."):
            return None
        if tokens[m].kind == "n" and tokens[m + 1].word in PEOPLE:
            leads = m == a or tokens[m - 1].word in _LEADS
            return _number(tokens, m) if leads else None
    return None


def _had_people(tokens: list[Token], phrase: Arm, a: int, b: int) -> Count | None:
    """ "Group A HAD 36 nuns whose heel was taped while group B HAD 28 nuns who ...".

    Read only where two groups or more are told so, each of eight people or more.
    """
    if _HAPPENED & {tokens[k].word for k in range(a, b)}:
        return None
    places = [k for k in range(a + 2, b - 3) if _had(tokens, k)]
    if len(places) < 2 or phrase.last not in places:
        return None
    return _number(tokens, phrase.last + 1)


def _had(tokens: list[Token], k: int) -> bool:
    """Whether "had 36 nuns whose", "had 36 nuns, " stands at k, right behind a group's letter."""
    if tokens[k].word not in ("had", "held") or tokens[k - 2].word not in GROUP:
        return False
    number = tokens[k + 1]
    if number.kind != "n" or number.value < 8 or tokens[k + 2].word not in PEOPLE:
        return False
    after = tokens[k + 3]
    return after.word in _RELATIVE or after.word in (",", ";", ".", "and", "while", "(")


def _number(tokens: list[Token], k: int) -> Count | None:
    token = tokens[k]
    whole = token.kind == "n" and token.flag in ("", "word") and "." not in token.word
    if not whole or token.mark is not None or token.value < 2:
        return None
    return Count(int(token.value), k, k + 1, "", None, False, False)
