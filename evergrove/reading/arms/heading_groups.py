"""The group of a sentence that names none, where the sentence before is headed by one."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import group_phrases, text_of
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.document import Document
from evergrove.reading.text.sections import SECTIONS
from evergrove.reading.text.words import NOT_ARM, PEOPLE, word_set
from evergrove.reading.vectors import Cell
from evergrove.reading.view import View

_OF_EVERYBODY = word_set("all both overall entire whole total groups cohort each among every study")
_IN_GROUP = frozenset({"in", "group"})


def under_heading(document: Document, view: View, cells: list[Cell]) -> None:
    """ "IN THE CLAY GROUP six walked again. NRS fell from 7 to 2. In the sand group ...".

    Only where a sentence near by is headed by another group, so that the text goes through its
    groups one by one; also "NRS in this group was 6.8".
    """
    if not cells or view.arms or any(cell.arm is not None for cell in cells):
        return
    if not view.words.isdisjoint(_OF_EVERYBODY):
        return
    if ":" in view.words and (own := _own_head(document, view)) is not None:
        for cell in cells:
            cell.arm = own
        return
    at = document.views.index(view)
    before = document.views[at - 1] if at else None
    told = _heading(document, before) if before is not None else None
    if told is None:
        return
    near = [*document.views[max(0, at - 4) : at - 1], *document.views[at + 1 : at + 4]]
    others = [other for one in near if (other := _heading(document, one)) is not None]
    if not any(other.name != told.name for other in others):
        return
    told.arm = declared_arm(told.name, document.declared)
    said = "this" in view.words and "group" in view.words
    for cell in cells:
        cell.arm = told
        if not said:
            cell.reasons.append("arm_order_assumed")  # by the order of the sentences alone


def _own_head(document: Document, view: View) -> Arm | None:
    """ "WOMEN: NRS was 6.3 at entry. MEN: NRS was 5.7 at entry": the head of a sentence.

    Only where the sentence before or behind has another such head, and scores of its own.
    """
    mine = _before_colon(document, view)
    at = document.views.index(view)
    for other in document.views[max(0, at - 1) : at] + document.views[at + 1 : at + 2]:
        head = _before_colon(document, other) if mine is not None else None
        if head is None or mine is None or head.name.lower() == mine.name.lower():
            continue
        if other.section == view.section and other.q.values:
            mine.arm = declared_arm(mine.name, document.declared)
            return mine
    return None


def _before_colon(document: Document, view: View) -> Arm | None:
    """The one to three words before a colon that opens a sentence; None for those of a section."""
    tokens = document.tokens
    stop = next((k for k in range(view.a, min(view.b, view.a + 4)) if tokens[k].word == ":"), 0)
    words = [tokens[k] for k in range(view.a, stop)]
    if not words or any(t.kind != "w" or t.mark is not None for t in words):
        return None
    if (
        any(t.word in SECTIONS or t.word in _NOT_HEADS for t in words)
        or not words[0].raw[0].isupper()
    ):
        return None
    if words[-1].word not in PEOPLE and not words_of(text_of(tokens, view.a, stop)):
        return None
    return Arm(view.a, stop, text_of(tokens, view.a, stop), 3, np_first=view.a)


_NOT_HEADS = NOT_ARM | word_set(
    "main primary secondary efficacy safety pain function conclusion findings measurements setting "
    "design"
)


def _heading(document: Document, view: View) -> Arm | None:
    """The one group that "In the clay group, ..." names at the head of a sentence."""
    if not view.words >= _IN_GROUP:
        return None
    first = view.a + 2 * (document.tokens[min(view.a + 1, view.b - 1)].word == ":")
    if document.tokens[min(first, view.b - 1)].word != "in":
        return None
    found = group_phrases(document.tokens, first, min(view.b, first + 8))
    if len(found) != 1 or found[0].first > first + 3:
        return None
    arm = found[0]
    if arm.first == first + 3 and document.tokens[first + 1].word == "the":
        # "in the DECLINE board group": a word that elsewhere is a verb
        arm.first = arm.np_first = first + 2
        arm.name = text_of(document.tokens, first + 2, arm.last - 1)
    return arm
