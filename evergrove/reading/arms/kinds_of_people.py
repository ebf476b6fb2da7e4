"""Sentences that each tell of one kind of people: "in the older subjects ... In the younger"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.words import PEOPLE, VERBS, is_content, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_LEADS = word_set("in for among amongst of")
NO_KIND = word_set(
    "all both other remaining same eligible included enrolled treated total whole entire first "
    "second third last final remaining few many several most these those such study"
)


def kinds_of_people(document: Document, views: list[View]) -> list[Arm]:
    """ "NRS fell to 4 IN THE OLDER SUBJECTS. ... IN THE YOUNGER SUBJECTS it fell to 3".

    One kind for each sentence, all of the same noun and each different; else [].
    """
    found = [_kinds(document, view) for view in views]
    if any(len(kinds) != 1 for kinds in found):
        return []
    kinds = [arm for arm, _ in (one[0] for one in found)]
    nouns = {noun for _, noun in (one[0] for one in found)}
    different = len({arm.name.lower() for arm in kinds}) == len(kinds)
    return kinds if len(nouns) == 1 and different else []


def _kinds(document: Document, view: View) -> list[tuple[Arm, str]]:
    """The phrases "in the KIND people" of a sentence, with the noun of the people."""
    tokens = document.tokens
    out: list[tuple[Arm, str]] = []
    for k in range(view.a, view.b - 3):
        if tokens[k].word not in _LEADS or tokens[k + 1].word != "the":
            continue
        last = k + 2
        while last < view.b - 1 and last - k < 5 and _describes(document, last):
            last += 1
        if last > k + 2 and tokens[last].word in PEOPLE:
            name = text_of(tokens, k + 2, last)
            arm = Arm(k + 2, last + 1, name, 1, slot="apart", np_first=k + 2)
            out.append((arm, tokens[last].word))
    return out


def _describes(document: Document, k: int) -> bool:
    token = document.tokens[k]
    if token.word == "-":
        return True
    plain = token.kind == "w" and token.mark is None and token.word not in PEOPLE
    named = is_content(token.word) and token.word not in VERBS
    return plain and named and token.word not in NO_KIND
