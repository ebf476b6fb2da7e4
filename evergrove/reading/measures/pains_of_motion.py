"""Movements at which a pain was rated: "VAS during 45° of knee flexion", and no angle."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import STATES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BODY, word_set

#: A text without any of these has no such movement.
MAYBE_MOTION = ("flexion", "abduction")
_MOTIONS = frozenset(MAYBE_MOTION)
_BETWEEN = word_set(
    "active passive full maximal maximum resisted forward joint of the a degree degrees ° º - – "
    "dorsal plantar lateral straight forced gentle"
)
_MOVING = word_set("during upon")
_MEANWHILE = word_set("when while")
_LEADS = _MOVING | _MEANWHILE | word_set("on at in with")
_STATED = word_set(") ] mm cm points")
_PAINS = ("measure", "compound", "qualifier")
_SCORES = word_set("score scores intensity values ratings pain")


def with_during(tokens: list[Token], marks: list[Mark]) -> None:
    """Take "during" into the name of what was done while a pain was felt, in place.

    "Pain at rest and DURING MOBILISATION", "WHILE LIFTING": as "during walking", which is listed.
    """
    for mark in marks:
        k = mark.first - 1
        if mark.kind != "qualifier" or mark.key not in STATES or k < 1:
            continue
        k -= tokens[k].word in _HOW
        if tokens[k].word not in _WHILE or any(t.mark for t in tokens[k : mark.first]):
            continue
        named = mark.last < len(tokens) and tokens[mark.last].mark is not None
        if named and tokens[k].word in _MEANWHILE:
            continue  # "VAS fell to 2, WHILE REST PAIN remained 1": a clause of its own
        if mark.last == len(tokens) or tokens[mark.last].word not in _SPANS:
            for m in range(k, mark.first):
                tokens[m].mark = mark
            mark.first = k


# "during rest TIME": when, and not what was done
_SPANS = word_set("time times period periods phase phases")
_WHILE = word_set("during while when")
_HOW = word_set("active passive the early joint first")


def mark_motions(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "pain ON KNEE FLEXION", "rated DURING 45 DEGREES OF HIP FLEXION": at what pain was felt.

    Behind "during" always; behind "on", "with" and "in" where a pain or its value stands before;
    behind "at" with an angle; in a bracket of its own behind a pain, "pain on movement (45° HIP
    FLEXION)"; behind "while" where the pain itself does, for "VAS fell to 2, WHILE FLEXION rose to
    132°" opens a clause.
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
        stop = mark.last
        if lead == "(" and "".join(t.word for t in tokens[stop : stop + 1]) == ")":
            k += 1
            if k < 2 or getattr(tokens[k - 2].mark, "kind", "") not in _PAINS:
                continue
        elif lead not in _LEADS or not k or not (lead in _MOVING or _felt(tokens, k, lead, angle)):
            continue
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
    if lead in _MEANWHILE:
        return named
    return named or (lead != "in" and (before.kind == "n" or before.word in _STATED))
