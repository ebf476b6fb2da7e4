"""Whether the one treatment that the results name is what everybody in the study had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import words_of
from evergrove.reading.text.words import GROUP, PEOPLE, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

# Words of which one stands in every text that sets a group against another.
_SEVERAL = word_set(
    "group groups arm arms versus vs control controls placebo sham comparator randomised "
    "randomized randomly allocated assigned subgroup subgroups crossover cross-over alone without "
    "whereas while unlike none either both"
)
_TOLD_BY = word_set("subject bare after following with by using treated")


def only_treatment(document: Document, cell: Cell) -> bool:
    """ "48 patients had kyphoplasty. KYPHOPLASTY reduced VAS from 8 to 3": everybody.

    Where a sentence before tells that people had it, and no word of the text tells of groups.
    """
    arm = cell.arm
    if arm is None or arm.slot not in _TOLD_BY:
        return False
    if any(_sets_apart(document, view) for view in document.views):
        return False
    own = words_of(arm.name)
    for view in document.views:
        results = bool(view.q.values) and any(m.key for m in view.mentions)
        if results or view.b > arm.first:
            continue
        told = words_of(" ".join(document.tokens[k].word for k in range(view.a, view.b)))
        if own and own <= told:
            return True
    return False


def circumstance(document: Document, cell: Cell) -> bool:
    """ "UNDER CT GUIDANCE, VAS fell from 8 to 3": of everybody.

    How it was done, told before the whole sentence, where no word of the text tells of groups. (But
    "WITH A CATHETER, VAS was 3" is what they were given.)
    """
    arm = cell.arm
    if arm is None or arm.slot != "under" or arm.count is not None:
        return False
    tokens = document.tokens
    view = next((view for view in document.views if view.a <= arm.first < view.b), None)
    if view is None or any(_sets_apart(document, view) for view in document.views):
        return False
    if any(not one.words.isdisjoint(_BESIDE) for one in document.views):
        return False
    words = {tokens[k].word for k in range(arm.first, arm.last)}
    if not words.isdisjoint(PEOPLE | GROUP):
        return False
    return "under" in (tokens[view.a].word, tokens[arm.first].word) and tokens[arm.last].word == ","


_BESIDE = word_set("than compared relative against")


def _sets_apart(document: Document, view: View) -> bool:
    """Whether a word for several groups stands in a sentence: not "study group", "single-arm"."""
    if view.words.isdisjoint(_SEVERAL):
        return False
    words = [document.tokens[k].word for k in range(view.a, view.b)]
    return any(
        word in _SEVERAL
        and not (word in ("group", "arm") and _ALL_OF_THEM & set(words[max(0, k - 2) : k]))
        and not (word in ("control", "controls") and "own" in words[max(0, k - 1) : k])
        and not {"non", "not"} & set(words[max(0, k - 2) : k])
        for k, word in enumerate(words)
    )


_ALL_OF_THEM = word_set("study single one whole entire age this")
