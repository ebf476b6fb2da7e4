"""People who are no longer there: "two patients of the wax group DROPPED OUT"."""

from __future__ import annotations

import itertools

from evergrove.reading.declarations import Declared
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.still_there import COMPLETED, GONE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

_FROM = word_set("from in of")
_TO_BE = word_set("had have were was been who of them later subsequently also")


def left_the_study(tokens: list[Token], count: Count, b: int) -> bool:
    """ "two patients died before", "4 (2 per group) were lost": who are no longer there."""
    first = last = count.last
    opened = first + (first < b and tokens[first].word in PEOPLE)
    if opened < b and tokens[opened].word == "(":
        ahead = range(opened, min(b, opened + 12))
        last = next((k + 1 for k in ahead if tokens[k].word == ")"), first)
    if last + 2 < b and {tokens[last + 1].word, tokens[last].word} & _FROM:
        # "two patients FROM EACH GROUP dropped out"
        each = {tokens[k].word for k in range(last, min(b, last + 4))} & {"each", "either", "both"}
        group = next((k for k in range(last, min(b, last + 5)) if tokens[k].word in GROUP), None)
        last = group + 1 if each and group is not None else _behind_group(tokens, last, b)
    for k in range(last, min(b, last + 5)):
        word = tokens[k].word
        if word in GONE:
            return True
        if tokens[k].kind != "w" or (word not in PEOPLE and word not in _TO_BE):
            return False
    return False


def losses_told(tokens: list[Token], a: int, b: int, words: set[str] | frozenset[str]) -> int:
    """ "LOSS TO FOLLOW-UP was 5 with wax and 4 with clay", "DROPOUTS: 5 and 4": how many, or 0."""
    if words.isdisjoint(_LOSSES):
        return 0
    k = next((k for k in range(a, b) if tokens[k].word in _LOSSES), b)
    behind = [token.word for token in tokens[k + 1 : k + 5]]
    to_follow_up = behind[:2] in (["to", "follow"], ["to", "follow-up"], ["to", "followup"])
    alone = tokens[k].word in _DROPOUTS and behind[:1] in (["was"], ["were"], [":"], ["numbered"])
    if not to_follow_up and not alone:
        return 0
    told = [
        int(token.value)
        for token, after in itertools.pairwise(tokens[k:b])
        if token.kind == "n" and token.flag in ("", "word") and "." not in token.word
        and after.word != "%" and token.mark is None
    ]  # fmt: skip
    return sum(told)


_DROPOUTS = word_set("dropouts dropout withdrawals attrition")
_LOSSES = _DROPOUTS | word_set("loss losses")


def _behind_group(tokens: list[Token], k: int, b: int) -> int:
    """ "Two patients OF THE WAX GROUP dropped out": the token behind the group; k where none is."""
    start = k + (k + 1 < b and tokens[k].word in PEOPLE)
    if tokens[start].word not in _FROM:
        return k
    for j in range(start + 1, min(b - 1, start + 7)):
        if tokens[j].kind != "w" or tokens[j].word in GONE:
            return k
        if tokens[j].word in GROUP:
            lettered = len(tokens[j + 1].word) == 1 and tokens[j + 1].word.isalnum()
            return j + 1 + lettered
    return k


def some_left(tokens: list[Token], a: int, b: int, counts: list[Count], declared: Declared) -> bool:
    """Whether a sentence tells that not all people of the groups were there later.

    "Three did not return, LEAVING 87 FOR ANALYSIS", of two groups of 45: nobody says from which
    of the groups the three were, so that the size of neither is sure any more.
    """
    sizes = [arm.n.value if arm.n is not None else 0 for arm in declared.arms]
    if len(sizes) < 2 or 0 in sizes:
        return False
    for count in counts:
        if count.each or count.equals or count.noun == "events":
            continue
        if not 0.6 * sum(sizes) < count.value < sum(sizes) or count.value in sizes:
            continue
        if tokens[count.at - 1].word == "leaving":
            return True
        last = min(b, (count.of or count.at) + 6)
        ahead = [tokens[k].word for k in range(count.last, last)]
        stop = next((k for k, word in enumerate(ahead) if word in _CLAUSE), len(ahead))
        if not _WERE_THERE.isdisjoint(ahead[:stop]) and "not" not in ahead[:stop]:
            return True
    return False


_CLAUSE = word_set(", ; . but")
_WERE_THERE = COMPLETED | word_set("seen examined")
MAYBE_LEFT = _WERE_THERE | word_set("leaving")
