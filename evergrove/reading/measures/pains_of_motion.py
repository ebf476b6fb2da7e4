"""Movements at which a pain was rated: "VAS during 45° of knee flexion", and no angle."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BODY, word_set

#: A text without any of these has no such movement.
MAYBE_MOTION = ("flexion", "abduction")
_MOTIONS = frozenset(MAYBE_MOTION)
_BETWEEN = word_set(
    "active passive full maximal maximum resisted forward joint of the a degree degrees ° º - – "
    "dorsal plantar lateral straight forced gentle"
)
_MOVING = word_set("during upon when while")
_LEADS = _MOVING | word_set("on at in with")
_STATED = word_set(") ] mm cm points")
_PAINS = ("measure", "compound", "qualifier")
_SCORES = word_set("score scores intensity values ratings pain")


def mark_motions(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "pain ON KNEE FLEXION", "rated DURING 45 DEGREES OF HIP FLEXION": at what pain was felt.

    Behind "during" always; behind "on", "with" and "in" where a pain or its value stands before;
    behind "at" with an angle.
    """
    out = list(marks)
    for mark in marks:
        if mark.kind != "veto" or tokens[mark.first].word not in _MOTIONS:
            continue
        k, angle = mark.first - 1, False
        while k > 0 and (tokens[k].word in _BETWEEN | BODY or tokens[k].kind == "n"):
            angle = angle or tokens[k].kind == "n"
            k -= 1
        lead = tokens[k].word
        if lead not in _LEADS or not k or not (lead in _MOVING or _felt(tokens, k, lead, angle)):
            continue
        stop = mark.last
        if stop + 1 < len(tokens) and tokens[stop].word == "of":
            place = stop + 1 + (tokens[stop + 1].word == "the")
            stop = place + 1 if place < len(tokens) and tokens[place].word in BODY else stop
        new = Mark(k, stop, "qualifier", "movement")
        out = [m for m in out if m.last <= k or m.first >= stop]
        out.append(new)
        for m in range(k, stop):
            tokens[m].mark = new
    return out


def _felt(tokens: list[Token], k: int, lead: str, angle: bool) -> bool:
    """Whether a pain, or the value of one, stands before the preposition at k."""
    if lead == "at":
        return angle
    before = tokens[k - 1]
    named = getattr(before.mark, "kind", "") in _PAINS or before.word in _SCORES
    return named or (lead != "in" and (before.kind == "n" or before.word in _STATED))
