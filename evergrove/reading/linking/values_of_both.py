"""Values that the sentence tells of both groups at once: each group has them."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.linking.pairs import arm_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set
from evergrove.reading.vectors import Cell, Memory, same_label
from evergrove.reading.view import View

BOTH = word_set("both each either")
_POOLED = word_set("together combined pooled overall total between among across difference")
_TWO = word_set("two study treatment the of")


def values_of_both(document: Document, view: View, cells: list[Cell], memory: Memory) -> list[Cell]:
    """ "IN BOTH GROUPS the NRS fell from 9 to 4", "the VAS of EITHER GROUP was 3 at week 2".

    Each value is then that of each group. Only where the sentence names no group itself, two are
    known, and no two values are those of one time (else they may be one of each group). Else [].
    """
    if not cells or any(cell.arm is not None for cell in cells) or view.arms:
        return []
    if not view.words.isdisjoint(_POOLED) or not _told(document.tokens, view, cells):
        return []
    if any(cell.run.stat == "between_diff" for cell in cells) or _one_of_each(cells):
        return []
    arms = _two_groups(document, memory)
    if len(arms) != 2:
        return []
    return [replace(cell, arm=arm, reasons=list(cell.reasons)) for arm in arms for cell in cells]


def to_the_same(tokens: list[Token], cells: list[Cell]) -> list[Cell]:
    """ "pain at rest, on walking and on sitting fell FROM 4, 7 AND 8, RESPECTIVELY, TO 0": each.

    The one number that several scores went to, given to each of them (`arity_ambiguous`).
    """
    out: list[Cell] = []
    for cell in cells:
        alone = cell.mention is None and cell.run.role == "to" and len(cell.run.values) == 1
        began = [one for one in out if alone and one.run.role == "from" and one.mention]
        began = [one for one in began if one.run is began[-1].run]
        between = range(began[-1].run.last, cell.run.first) if began else range(0)
        turned = any(tokens[k].word == "respectively" for k in between)
        parts = {(one.mention.key, one.mention.qualifier) for one in began if one.mention}
        alike = len({key for key, _ in parts}) == 1 < len(parts) == len(began)
        if not turned or not alike:
            out.append(cell)
            continue
        out += [
            replace(
                cell,
                mention=one.mention,
                arm=cell.arm or one.arm,
                reasons=[*cell.reasons, "arity_ambiguous"],
            )
            for one in began
        ]
    return out


def _told(tokens: list[Token], view: View, cells: list[Cell]) -> bool:
    """Whether the values stand in the clause of "both groups"."""
    places = [k for k in range(view.a, view.b - 1) if _both_groups(tokens, k, view.b)]
    if len(places) != 1:
        return False
    [place] = places
    for cell in cells:
        first, last = sorted((place, cell.value.at))
        if any(tokens[k].word in (";", ".") for k in range(first, last)):
            return False
    return True


def _both_groups(tokens: list[Token], k: int, b: int) -> bool:
    if tokens[k].word not in BOTH:
        return False
    k += 1
    while k < b - 1 and tokens[k].word in _TWO:
        k += 1
    return tokens[k].word in GROUP


def _one_of_each(cells: list[Cell]) -> bool:
    """ "In both groups the NRS was 3.1 and 3.5": two values that nothing else tells apart."""
    for index, one in enumerate(cells):
        for two in cells[index + 1 :]:
            same_role = (one.run.stat, one.run.role) == (two.run.stat, two.run.role)
            if not same_role or not _same(one.mention, two.mention):
                continue
            if one.time is None or two.time is None or same_label(one.time, two.time):
                return True
    return False


def _same(one: object, two: object) -> bool:
    keys = [(getattr(m, "key", None), getattr(m, "qualifier", None)) for m in (one, two)]
    return keys[0] == keys[1]


def _two_groups(document: Document, memory: Memory) -> list[Arm]:
    """The two groups of the text, as it declares them, or as the sentence before names them."""
    arms: list[Arm] = []
    for arm in [arm_of(declared) for declared in document.declared.arms] or memory.arms:
        if not any(same_label(arm, other) for other in arms):
            arms.append(arm)
    return arms
