"""Instruments named for pain and more: "the Harbour hand PAIN AND DISABILITY INDEX" is no pain."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_MORE = word_set(
    "disability function functional functioning stiffness impairment activity activities "
    "participation mobility symptom symptoms interference handicap weakness instability"
)
_WHOLE = word_set("index questionnaire inventory scale")
_PRINTED = _WHOLE | {"score"}  # with capitals alone: "Pain and Function Score"
#: A text without any of these, in small letters, names no such instrument.
MAYBE_AND_MORE = Clues(*(f"{one}{noun}" for one in (" ", "-") for noun in sorted(_PRINTED)))
_JOINS = word_set("and & ,")


def without_pain_and_more(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "The hand PAIN AND DISABILITY INDEX fell to 31": one score of both, and none of pain.

    Not "pain and disability scores", "VAS pain and disability index", which are two.
    """
    gone: set[Mark] = set()
    for mark in marks:
        if mark.kind != "measure" or mark.last != mark.first + 1:
            continue
        if tokens[mark.first].word != "pain":
            continue
        end = _end_of_name(tokens, mark)
        if not end:
            continue
        before = tokens[mark.first - 1].mark if mark.first else None
        if before is not None and before.kind == "measure":
            continue
        gone.update(one for one in marks if mark.last <= one.first < end)
        mark.last, mark.kind, mark.key, mark.part = end, "veto", "other measure", ""
        for token in tokens[mark.first : end]:
            token.mark = mark
    return [mark for mark in marks if mark not in gone] if gone else marks


def _end_of_name(tokens: list[Token], mark: Mark) -> int:
    """Behind the name that "pain" begins at this mark; 0 where it is a word by itself."""
    k, more, joined = mark.last, 0, False
    while k < len(tokens) - 1 and k - mark.last < 7:
        word = tokens[k].word
        if word in _JOINS:
            joined = joined or word != ","
        elif word in _MORE:
            more += 1
        else:
            break
        k += 1
    if not more or not joined or tokens[k - 1].word in _JOINS or k == len(tokens):
        return 0
    printed = tokens[mark.first].raw[:1].isupper() and tokens[k - 1].raw[:1].isupper()
    named = tokens[k].word in _WHOLE or (printed and tokens[k].word in _PRINTED)
    return k + 1 if named else 0
