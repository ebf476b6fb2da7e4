"""Brackets that tell how a treatment was given, before the one with its size."""

from __future__ import annotations

import itertools

from evergrove.reading.dose_groups import DOSE_UNITS
from evergrove.reading.tokens import Token
from evergrove.reading.words import UNIT_DAYS


def before_dose_bracket(tokens: list[Token], a: int, j: int) -> int:
    """ "ginger (20 mg daily) [n = 30]": the token of the first bracket, where it holds a dose.

    `j` is the token of the bracket with the size; it is returned where no dose stands before it.
    """
    if j - 4 < a or tokens[j - 1].word not in (")", "]"):
        return j
    for k in range(j - 2, max(a, j - 16), -1):
        if tokens[k].word in (")", "]"):
            return j
        if tokens[k].word in ("(", "["):
            inside = tokens[k + 1 : j - 1]
            dosed = any(
                one.kind == "n" and (two.word in DOSE_UNITS or two.word in UNIT_DAYS)
                for one, two in itertools.pairwise(inside)
            )
            return k if dosed and k > a and tokens[k - 1].kind == "w" else j
    return j
