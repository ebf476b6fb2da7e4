"""Those who are left out of a score: "EXCLUDING THE 4 PATIENTS WITH BURNS, NRS was 2.2"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.counts import EXCLUDING
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import VERBS

_LONGEST = 12


def without_excluded(tokens: list[Token], a: int, b: int, arms: list[Arm]) -> list[Arm]:
    """The groups but those named behind "excluding", up to the comma or the verb."""
    left: set[int] = set()
    for k in (k for k in range(a, b) if tokens[k].word in EXCLUDING):
        for m in range(k + 1, min(b, k + _LONGEST)):
            if tokens[m].word in (",", ";", ":") or tokens[m].word in VERBS:
                break
            left.add(m)
    return [arm for arm in arms if arm.first not in left]
