"""People whose scores there were, told before: "14 had VAS data available. IN THESE, ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import PEOPLE, names_people, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

MAYBE_THESE = word_set("these those whom this their")
_LEADS = word_set("for in among of with")
_THESE = word_set("these those this whom")
_AVAILABLE = word_set("available recorded obtained documented complete known")
_DATA = word_set("score scores data ratings values records questionnaires information")


def those_with_scores(document: Document, view: View, cells: list[Cell]) -> None:
    """ "13 of 17 had VAS SCORES AVAILABLE. For these patients, VAS fell from 6 to 1": n is 13.

    Also "Scores WERE AVAILABLE FOR 13 of 17 patients. Their mean VAS was 3.1". Only where the
    sentence opens with "these" or "their", and no cell has a number of people or a known group.
    """
    if not cells or any(cell.count or (cell.arm and cell.arm.arm) for cell in cells):
        return
    at = document.views.index(view)
    if not at or not _of_these(document.tokens, view):
        return
    count = _with_scores(document.tokens, document.views[at - 1])
    if count is None:
        return
    for cell in cells:
        cell.count = count


def _of_these(tokens: list[Token], view: View) -> bool:
    """Whether a sentence opens "For these patients,", "In these" or "Their"."""
    words = [tokens[k].word for k in range(view.a, min(view.a + 4, view.b))]
    if words[:1] == ["their"]:
        return True
    if len(words) < 4 or words[0] not in _LEADS or words[1] not in _THESE:
        return False
    return words[2] in PEOPLE or names_people(words[2]) or words[2] == ","


def _with_scores(tokens: list[Token], view: View) -> Count | None:
    """The number of those whose scores a sentence calls available, where it tells no score."""
    if view.words.isdisjoint(_AVAILABLE):
        return None
    for k in range(view.a, view.b):
        if tokens[k].word not in _AVAILABLE:
            continue
        near = (*range(max(view.a, k - 5), k), *range(k + 1, min(view.b, k + 4)))
        data = any(_of_data(tokens[m]) for m in near)
        if not data:
            continue
        behind = tokens[k + 1].word if k + 1 < view.b else ""
        if behind in ("for", "in", "from", "of") and k + 2 < view.b and _whole(tokens[k + 2]):
            return Count(int(tokens[k + 2].value), k + 2, k + 3)
        had = next((m for m in range(k - 1, view.a, -1) if tokens[m].word in ("had", "have")), 0)
        had = had or next((m for m in range(k - 1, view.a, -1) if tokens[m].word == "with"), 0)
        first = _counted_before(tokens, view.a, had) if had else None
        if first is not None:
            return Count(int(tokens[first].value), first, first + 1)
    return None


def _of_data(token: Token) -> bool:
    return token.word in _DATA or is_measure(token)


def _whole(token: Token) -> bool:
    whole = token.kind == "n" and token.mark is None and token.value == int(token.value) > 1
    return whole and "." not in token.word


def _counted_before(tokens: list[Token], a: int, verb: int) -> int | None:
    """ "13 OF 17 PATIENTS (76%) had": the token of the 13, right before the verb."""
    k = verb - 1
    while k > a and verb - k < 12:
        if tokens[k].word in (")", "]"):
            k = next((m for m in range(k, max(a, k - 8), -1) if tokens[m].word in "(["), a)
        elif tokens[k].kind != "w" or tokens[k].word in ("of", ","):
            break
        k -= 1
    if k >= a + 2 and _whole(tokens[k]) and tokens[k - 1].word in ("of", "/"):
        k -= 2 + (tokens[k - 2].word == "out")
    return k if k >= a and _whole(tokens[k]) else None
