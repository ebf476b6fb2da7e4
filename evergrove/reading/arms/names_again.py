"""Names of groups that a sentence prints twice: "72 in LASER PATIENTS; lower in LASER PATIENTS"."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

_PEOPLE = GROUP | PEOPLE
_LEADS = word_set("in with for among of than , ( ;")


def names_again(tokens: list[Token], a: int, b: int, arms: list[Arm]) -> list[Arm]:
    """The places where names of two groups or more that no sentence declares stand once more.

    Only names that say who the people are ("laser patients"), behind a word that leads to a group.
    """
    names = {}
    for arm in arms:
        words = tuple(arm.name.lower().split())
        if arm.arm is None and len(words) > 1 and words[-1] in _PEOPLE:
            names.setdefault(words, arm)
    if len(names) < 2:
        return []
    taken = {k for arm in arms for k in range(arm.first, arm.last)}
    out = []
    for words, arm in names.items():
        for k in range(a + 1, b - len(words)):
            span = range(k, k + len(words))
            if tokens[k - 1].word not in _LEADS or not taken.isdisjoint(span):
                continue
            if all(tokens[at].word == word for at, word in zip(span, words, strict=True)):
                out.append(replace(arm, first=k, last=span.stop, count=None, np_first=k))
    return out
