"""An arm beside a pain: the part of the body, or a group of a trial."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CENTRES,
    FINAL,
    POST_WORDS,
    PRE_WORDS,
    is_content,
    word_set,
)

_ARMS = word_set("arm arms")
_OF_LIMB = "brachial"  # a word of its own, so that nothing takes the limb for a group
_SCALES = {"vas": "pain_vas", "nrs": "pain_nrs"}
_INSIDE = word_set("in for of within from with at")
# "the LEFT arm", "the MEAN arm pain": what says more of an arm of the body, or of its pain
_OF_BODY = (
    CENTRES
    | FINAL
    | POST_WORDS
    | PRE_WORDS
    | word_set(
        "left right upper lower affected unaffected dominant operated injured treated painful "
        "other same opposite contralateral ipsilateral whole entire worst maximum maximal peak "
        "current daily nightly residual persistent chronic acute neck axial radicular leg back "
        "overall total reported severe patients patient's"
    )
)


def split_arm_scales(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "Mean ARM VAS fell to 3": a scale and its place; "in the wax ARM VAS fell": a scale alone.

    The profile has the two words as one name of the place; as such nothing would be a score.
    """
    out: list[Mark] = []
    for mark in marks:
        k = mark.first
        scale = _SCALES.get(tokens[k + 1].word) if mark.last == k + 2 else None
        if mark.key != "arm" or mark.kind != "qualifier" or scale is None:
            out.append(mark)
            continue
        tokens[k].mark = None
        if _of_trial(tokens, k):
            tokens[k].word = "group"
        else:
            tokens[k].mark = Mark(k, k + 1, "qualifier", "arm")
            tokens[k].word = _OF_LIMB
            out.append(tokens[k].mark)
        tokens[k + 1].mark = Mark(k + 1, k + 2, "measure", scale)
        out.append(tokens[k + 1].mark)
    return out


def without_trial_arms(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks but that of "in the saline ARM and leg pain was": a group, no part of the body.

    "In the saline ARM PAIN was 3": of the two words of a name only the second is one.
    """
    kept = []
    for mark in marks:
        k = mark.first
        if mark.kind == "qualifier" and mark.key == "arm" and tokens[k].word == "arm":
            if _named(tokens, k):
                tokens[k].mark = None
                continue
        elif mark.key == "pain:arm" and tokens[k].word == "arm" and _of_trial(tokens, k):
            tokens[k].mark, tokens[k].word = None, "group"
            mark = Mark(k + 1, mark.last, "measure", "pain")
            for m in range(mark.first, mark.last):
                tokens[m].mark = mark
        kept.append(mark)
    return kept


def _named(tokens: list[Token], k: int) -> bool:
    """Whether token k stands behind a name: "the SALINE arm"; not so "the LEFT arm"."""
    if k < 2 or tokens[k - 2].word != "the":
        return False
    lead = tokens[k - 1]
    return (
        lead.kind == "w"
        and lead.mark is None
        and is_content(lead.word)
        and lead.word not in _OF_BODY
    )


def _of_trial(tokens: list[Token], k: int) -> bool:
    """ "in the wax ARM" where the text tells of another arm, too: "and in the clay ARM"."""
    if k < 3 or not _named(tokens, k) or tokens[k - 3].word not in _INSIDE:
        return False
    own = tokens[k - 1].word
    for m, token in enumerate(tokens[1:], 1):
        if token.word not in _ARMS or m == k:
            continue
        lead = tokens[m - 1]
        another = lead.kind == "w" and lead.word not in _OF_BODY and lead.word != own
        if another and (lead.word == "per" or is_content(lead.word)):
            return True
    return False
