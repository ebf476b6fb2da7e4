"""Words beside a pain scale that say of what it is, and elsewhere mean something else."""

from __future__ import annotations

from evergrove.reading.lexicon import Profile
from evergrove.reading.marks import Mark
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_ARM = word_set("arm arms")
_GROUPED = word_set("group groups of vs versus")
_OPENS = word_set("( - – for in")


def mark_arm_scores(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """ "VAS (neck) ... VAS ARM", "neck and ARM scores": a part of the body, and no group.

    Only in a text that rates the neck too, and where no group's word stands beside it.
    """
    if not any(mark.kind == "qualifier" and mark.key == "neck" for mark in marks):
        return marks
    added: list[Mark] = []
    for k, token in enumerate(tokens[:-1]):
        if token.word not in _ARM or token.mark is not None or not k:
            continue
        if tokens[k + 1].word in _GROUPED or not _beside(tokens, k, profile):
            continue
        token.mark = Mark(k, k + 1, "qualifier", "arm")
        token.word = "brachial"  # so that nothing behind takes "neck/arm" for a group of people
        added.append(token.mark)
    return [*marks, *added]


def _beside(tokens: list[Token], k: int, profile: Profile) -> bool:
    """Whether the word at k stands right at a pain scale, or in a list with the neck."""
    if _pain_scale(tokens[k + 1], profile):
        return True
    m = k - 1
    if m > 0 and tokens[m].word in _OPENS:
        m -= 1
    if _pain_scale(tokens[m], profile):
        return True
    joined = tokens[k - 1].word in ("and", "/", "&", "or") and k > 1
    return joined and _of_neck(tokens[k - 2])


def _of_neck(token: Token) -> bool:
    mark = token.mark
    return getattr(mark, "kind", "") == "qualifier" and mark.key == "neck"


def _pain_scale(token: Token, profile: Profile) -> bool:
    mark = token.mark
    if getattr(mark, "kind", "") != "measure":
        return False
    measure = profile.measures[mark.key]
    return measure.instrument and measure.construct == "pain"


def mark_activity_scores(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """ "VAS rest and ACTIVITY score": the pain at activity, and no score of how active one is.

    Right behind a pain scale, or behind a state that stands right behind one.
    """
    out = list(marks)
    for mark in marks:
        k = mark.first
        if mark.kind == "qualifier" or tokens[k].word != "activity" or k < 2:
            continue
        m = k - 1
        if tokens[m].word in ("and", "/", "&", ",") and m > 1:
            m -= 1
            state = tokens[m].mark
            if getattr(state, "kind", "") != "qualifier":
                continue
            m = state.first - 1
        if m < 0 or not _pain_scale(tokens[m], profile):
            continue
        new = Mark(k, k + 1, "qualifier", "activity")
        for j in range(k, mark.last):
            tokens[j].mark = new if j == k else None
        out[out.index(mark)] = new
    return out


_BODILY = frozenset(("swelling", "stiffness", "spasm", "cramp", "dryness", "tightness", "burning"))
_HURTS = word_set("pain ache aches soreness")


def mark_bodily_pains(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "SWELLING PAIN (VAS) was 2.4", "stiffness pain": a pain, and no score of the swelling.

    "stiffness, pain and function" has a sign between, and "stiffness pain and function" lost it.
    """
    out = []
    for mark in marks:
        k = mark.last
        hurts = mark.kind == "other" and k + 1 < len(tokens) and tokens[k].word in _HURTS
        if hurts and mark.key in _BODILY and tokens[k + 1].word != "and":
            for j in range(mark.first, mark.last):
                tokens[j].mark = None
            continue
        out.append(mark)
    return out
