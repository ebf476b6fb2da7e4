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
_ON = word_set("record file")
#: Of scores, data or records alone: a pain may EXIST in some, too.
_OF_DATA_ALONE = word_set("existed exist retrieved retrievable hand")
#: So too of complete ones: "high scores were FOUND in 13" tells a result.
_OF_FULL_DATA = word_set("found present")
_FULL = word_set("complete full paired usable valid")
AVAILABLE = _ON | word_set("available recorded obtained documented complete known")
AVAILABLE |= _OF_DATA_ALONE | _OF_FULL_DATA
#: "Good pain RELIEF was obtained in 13", "SEVERE pain was recorded in 13": what was found in them.
FOUND = word_set(
    "relief analgesia mild moderate severe slight persistent residual recurrent chronic "
    "improvement reduction decrease increase disappearance worsening absence"
)
_DENIED = FOUND | word_set("not no incomplete unavailable missing only up")
_DATA = word_set("score scores data ratings values records questionnaires information")


def those_with_scores(document: Document, view: View, cells: list[Cell]) -> None:
    """ "13 of 17 had VAS SCORES AVAILABLE. For these patients, VAS fell from 6 to 1": n is 13.

    Also "Scores WERE AVAILABLE FOR 13 of 17 patients. Their mean VAS was 3.1". Only where no cell
    has a number of people or a known group, and where the sentence opens with "these" or "their",
    or the text has no groups and the one before tells no visit: "In 13, both scores WERE ON FILE".
    """
    if not cells or any(cell.count or (cell.arm and cell.arm.arm) for cell in cells):
        return
    several = len({cell.arm.name for cell in cells if cell.arm is not None}) > 1
    if several and not document.design.crossover:
        return  # "scores were available for 13. VAS was 3 WITH WAX AND 4 WITH CLAY"
    at = document.views.index(view)
    before = document.views[at - 1] if at else None
    if before is None or before.words.isdisjoint(AVAILABLE):
        return
    count = _with_scores(document.tokens, before)
    if count is None:
        return
    if not _of_these(document.tokens, view) and not _of_the_whole(document, before):
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


def _of_the_whole(document: Document, before: View) -> bool:
    """Whether what a sentence says of scores holds for all that follow: of no visit or group."""
    if document.declared.arms or before.q.values or not before.words.isdisjoint(_DENIED):
        return False
    kinds = {time.kind for time in before.times}
    return kinds <= {"base"} or kinds == {"base", "post"}  # "scores BEFORE AND AFTER waxing"


def _with_scores(tokens: list[Token], view: View) -> Count | None:
    """The number of those whose scores a sentence calls available, where it tells no score."""
    if view.words.isdisjoint(AVAILABLE):
        return None
    for k in range(view.a, view.b):
        if tokens[k].word not in AVAILABLE:
            continue
        if tokens[k].word in _ON and tokens[k - 1].word != "on":
            continue
        near = (*range(max(view.a, k - 9), k), *range(k + 1, min(view.b, k + 4)))
        own = tokens[k].word in _OF_DATA_ALONE | _OF_FULL_DATA
        if tokens[k].word in _OF_FULL_DATA and not _FULL.intersection(
            token.word for token in tokens[max(view.a, k - 6) : k]
        ):
            continue
        data = any(tokens[m].word in _DATA if own else _of_data(tokens[m]) for m in near)
        if not data:
            continue
        behind = tokens[k + 1].word if k + 1 < view.b else ""
        if behind in ("for", "in", "from", "of") and k + 2 < view.b and _whole(tokens[k + 2]):
            return Count(int(tokens[k + 2].value), k + 2, k + 3)
        had = next((m for m in range(k - 1, view.a, -1) if tokens[m].word in ("had", "have")), 0)
        had = had or next((m for m in range(k - 1, view.a, -1) if tokens[m].word == "with"), 0)
        first = _counted_before(tokens, view.a, had) if had else _fronted(tokens, view.a, k)
        if first is not None:
            return Count(int(tokens[first].value), first, first + 1)
    return None


def _fronted(tokens: list[Token], a: int, k: int) -> int | None:
    """ "IN 13 PATIENTS, records of the scales were complete": the token of the 13."""
    a += 2 * (tokens[a + 1].word == ":")
    if tokens[a].word not in _LEADS or not _whole(tokens[a + 1]):
        return None
    ends = range(a + 2, min(k, a + 8))
    noun = next((m for m in ends if names_people(tokens[m].word)), 0)
    return a + 1 if noun and all(tokens[m].word != "." for m in ends) else None


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
