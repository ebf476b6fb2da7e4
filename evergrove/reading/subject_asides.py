"""What stands between a subject and its verb, and is no part of its name: sizes and doses."""

from __future__ import annotations

from evergrove.reading.dose_groups import DOSE_UNITS
from evergrove.reading.tokens import Token


def before_sizes(tokens: list[Token], j: int, floor: int) -> int:
    """ "the climbers (N = 22 IN EACH) scored": before a bracket of sizes that ends at j."""
    if tokens[j].word != ")":
        return j
    opened = next((k for k in range(j - 1, max(floor, j - 9), -1) if tokens[k].word == "("), j)
    sized = opened < j and tokens[opened + 1].word == "n" and tokens[opened + 2].word == "="
    return opened - 1 if sized else j


def before_dose(tokens: list[Token], j: int, floor: int) -> int:
    """ "those receiving ketamine 0.3 MG/KG had less pain": the token before the dose at j."""
    k = j
    while k > floor and (tokens[k].word in DOSE_UNITS or tokens[k].word in ("/", "kg")):
        k -= 1
    told = floor < k < j and tokens[k].kind == "n" and tokens[k - 1].kind == "w"
    return k - 1 if told else j
