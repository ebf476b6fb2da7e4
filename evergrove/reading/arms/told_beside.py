"""Phrases in the place of a group that name none: when it hurt, and what befell some people."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.measures.mention import NO_TREATMENT
from evergrove.reading.text.tokens import Token


def only_told_beside(tokens: list[Token], slot: Arm) -> bool:
    """Whether a phrase that no declared group is called by tells of something else than a group."""
    return _circumstance(tokens, slot) or _befell(tokens, slot)


def _circumstance(tokens: list[Token], slot: Arm) -> bool:
    """ "for SITTING ... and for DAILY ACTIVITIES": when it hurt, and no groups."""
    words = [token.word for token in tokens[slot.np_first or slot.first : slot.last]]
    daily = "activities" in words and all(token.mark for token in tokens[slot.last - 2 : slot.last])
    return slot.slot == "for" and bool(words) and (daily or NO_TREATMENT.issuperset(words))


def _befell(tokens: list[Token], slot: Arm) -> bool:
    """ "2.4 with wax and 3.1 with clay, WITH BLISTERS in 5 and 9 nuns": what some of each had.

    Behind a comma, with two numbers of people or shares in a row behind "in".
    """
    if slot.slot != "with" or slot.first < 1 or slot.last + 3 >= len(tokens):
        return False
    lead = slot.first if tokens[slot.first].word == "with" else slot.first - 1
    if tokens[lead].word != "with" or tokens[lead - 1].word != "," or slot.count is not None:
        return False
    k = slot.last
    if tokens[k].word not in ("in", "for"):
        return False
    one = k + 1
    two = one + 2 + (tokens[one + 1].word == "%")
    if two >= len(tokens) or tokens[two - 1].word not in ("and", "vs", "versus", "or", ","):
        return False
    return all(tokens[m].kind == "n" and "." not in tokens[m].word for m in (one, two))
