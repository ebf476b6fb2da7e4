"""Sentences about some of the people, beside one about all of them: "In these 12 NRS fell to 2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.naming_phrases import as_declared, named
from evergrove.reading.text.small_words import ENDS_PHRASE
from evergrove.reading.text.words import DETERMINERS, PEOPLE, STATE, VERBS, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_LEADS = word_set("in among of for amongst within")
_THESE = word_set("these those such")
_SET_APART = word_set("with without having who whose")
_SEEN = word_set("seen noted found observed reported achieved obtained experienced")
_BEFORE = word_set("results result : however , and also moreover finally")


def some_of_them(document: Document, views: list[View]) -> list[Arm | None]:
    """A label for each of the sentences: None for the one about all, a name for each about some.

    [] where two sentences are about all, or two about people of one name.
    """
    labels = [_some(document, view) for view in views]
    names = [arm.name for arm in labels if arm is not None]
    if not names or len(set(names)) < len(names) or len(labels) - len(names) > 1:
        return []
    return labels


def _some(document: Document, view: View) -> Arm | None:
    """ "AMONG THE 12 PATIENTS WITH A FRACTURE NRS ...": fracture; "IN THESE PATIENTS": of whom."""
    tokens = document.tokens
    for k in (view.a, *(m + 1 for m in range(view.a, view.b) if tokens[m].word == ";")):
        while k < view.b - 2 and tokens[k].word in _BEFORE:
            k += 1
        if k >= view.b - 2 or tokens[k].word not in _LEADS:
            continue
        if tokens[k + 1].word in _THESE:
            return _told_before(document, view, k)
        m = k + 1
        while m < view.b and (tokens[m].word in DETERMINERS or tokens[m].kind == "n"):
            m += 1
        counted = any(tokens[n].kind == "n" for n in range(k + 1, m))
        if counted and m + 1 < view.b and tokens[m].word in PEOPLE:
            return _described(document, m + 1, view.b)
    return None


def _described(document: Document, k: int, b: int) -> Arm | None:
    """ "... patients WITH A FRACTURE": the phrase that sets people apart, from token k on."""
    tokens = document.tokens
    if tokens[k].word not in _SET_APART:
        return None
    first = k + 1
    while first < b and (tokens[first].word in DETERMINERS or tokens[first].word in ("had", "has")):
        first += 1
    last = first
    while last < b and last - first < 6 and tokens[last].kind == "w" and tokens[last].mark is None:
        if tokens[last].word in ENDS_PHRASE | STATE or (
            tokens[last].word in VERBS and last > first
        ):
            break
        last += 1
    arm = named(tokens, first, last) if last > first else None
    return as_declared(document, arm) if arm is not None else None


def _told_before(document: Document, view: View, k: int) -> Arm | None:
    """ "In 12 patients A GOOD RESPONSE was seen. In these patients ...": what they had."""
    tokens = document.tokens
    number = document.views.index(view)
    start = view.a if any(tokens[m].kind == "n" for m in range(view.a, k)) else None
    if start is None:
        if not number:
            return None
        start, k = document.views[number - 1].a, document.views[number - 1].b
    people = next(
        (
            m
            for m in range(start, k - 2)
            if tokens[m].kind == "n" and tokens[m + 1].word in PEOPLE and tokens[m].mark is None
        ),
        None,
    )
    if people is None:
        return None
    told = _described(document, people + 2, k)
    if told is not None:
        return told
    first = people + 2
    if tokens[first].word in ("(", "["):
        first = next((m + 1 for m in range(first, k) if tokens[m].word in (")", "]")), k)
    if first < k and tokens[first].word in ("had", "showed", "reported", "achieved"):
        first += 1
        last = next((m for m in range(first, k) if tokens[m].word in ENDS_PHRASE), k)
    else:
        last = next((m for m in range(first, k - 1) if tokens[m].word in STATE), k)
        if last + 1 >= k or tokens[last + 1].word not in _SEEN:
            return None
    while first < last and tokens[first].word in DETERMINERS:
        first += 1
    arm = named(tokens, first, min(last, first + 5)) if first < last else None
    return as_declared(document, arm) if arm is not None else None
