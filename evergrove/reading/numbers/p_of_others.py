"""A p of the clause before: "Morphine fell by 35% (P = 0.02), and NRS fell by 1.2 points"."""

from __future__ import annotations

from evergrove.reading.text.small_words import CLOSES, JOINS_CLAUSES
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.view import View

_PEOPLE = ("number of people", "total", "percent sign")


def of_clause_before(tokens: list[Token], view: View, start: int, first: int, again: bool) -> bool:
    """Whether the p at token `start`, ahead of every score, tests what another clause tells.

    "Grip rose by 3.4 kg (P = 0.02), AND NRS was 1.2 points lower": a number that is no score stands
    ahead of the p, or the scores have a p of their own (`again`), and behind its bracket a clause
    begins that names its own measure before the value at token `first`. "There was a fall (P =
    0.02) in NRS, from 7.1": of the scores.
    """
    close = next((k for k in range(start, first) if tokens[k].word in CLOSES | {",", ";"}), first)
    joint = close + (tokens[close].word in CLOSES)
    if joint >= first or tokens[joint].word not in JOINS_CLAUSES:
        return False
    if any(is_measure(tokens[k]) for k in range(view.a, start)):
        return False
    told = any(is_measure(tokens[k]) for k in range(joint + 1, view.b))
    others = view.q.rejected
    number = any(view.a <= at < start and others[at] not in _PEOPLE for at in others)
    return told and (again or number)
