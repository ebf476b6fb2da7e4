"""Numbers of groups behind one word for them: "in group 1 and 2", "arm 2 vs 3"."""

from __future__ import annotations

from evergrove.reading.numbers.named_scores import scores_of_next
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    JOINS_GROUPS,
    PEOPLE,
    STATE,
    word_set,
)

_ONE_GROUP = word_set("group arm cohort")
_BEHIND = STATE | PEOPLE | word_set("respectively , . ) : ;")


def numbers_of_group(tokens: list[Token], i: int, a: int, b: int) -> bool:
    """ "in GROUP 1 AND 2, respectively", "group 1 vs 2 was": whether i is such a number.

    The numbers go on one by one. Not "5 in group 1 and 2 IN GROUP 2": that is a score.
    """
    k = i
    while k - 2 > a and tokens[k - 1].word in JOINS_GROUPS and _next(tokens[k - 2], tokens[k]):
        k -= 2
    if k == i or tokens[k - 1].word not in _ONE_GROUP:
        return False
    j = i + 1
    while j + 1 < b and tokens[j].word in JOINS_GROUPS and _next(tokens[j - 1], tokens[j + 1]):
        j += 2
    return j < b and tokens[j].word in _BEHIND and not scores_of_next(tokens, i, b)


def numbered_people(tokens: list[Token], i: int, j: int) -> bool:
    """ "3.2 in GROUP 1 PATIENTS and 4.4 in GROUP 2 PATIENTS": the people of a numbered group.

    The word for a group stands at i, its number at j. Not "in the wax group 3 patients": the
    group has no name of its own, and the text has others with other numbers. So too before what was
    measured: "IN GROUP 1 VAS was 3.2", "IN GROUP 1 REST PAIN was 3.2".
    """
    behind, lead = tokens[j + 1].word, tokens[i - 1].word if i else ""
    measured = getattr(tokens[j + 1].mark, "kind", "") in _MEASURED or behind in _SCORES
    if (
        (behind not in PEOPLE and not measured)
        or "." in tokens[j].word
        or tokens[j].value > _MOST_GROUPS
    ):
        return False
    if lead not in _BEFORE_GROUP:
        return False
    return any(
        tokens[k].word in _ONE_GROUP
        and tokens[k + 1].kind == "n"
        and "." not in tokens[k + 1].word
        and 0 < tokens[k + 1].value <= _MOST_GROUPS
        and tokens[k + 1].value != tokens[j].value
        for k in range(len(tokens) - 1)
    )


_MOST_GROUPS = 6
_MEASURED = ("measure", "qualifier")
_SCORES = word_set("scores values ratings")
_BEFORE_GROUP = word_set(
    "in the of and than for with to vs versus between among , ( ; but while . :", ""
)


def _next(one: Token, two: Token) -> bool:
    """Whether two whole numbers come one after the other."""
    if one.kind != "n" or two.kind != "n" or "." in one.word or "." in two.word:
        return False
    return one.value == two.value - 1
