"""Outcomes behind the amounts that they moved by: "a rise OF 1.7 kg IN BODY WEIGHT and ..."."""

from __future__ import annotations

from collections.abc import Iterator

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.outcome_nouns import AMOUNT_HEADS, HEADS
from evergrove.reading.measures.outcome_phrases import Span, behind_leads, forward
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, CHANGE_NOUNS, STATE, word_set

_IN = word_set("in for")
_STOPS = word_set(". ; while whereas but")
_LONGEST = 60  # tokens
_FAR = 10


def named_behind_amounts(tokens: list[Token]) -> Iterator[Span]:
    """ "an INCREASE OF 1.7 mg/l IN ZINC and 2.0 g/ml IN serum IRON": each name behind its amount.

    What stands behind "in" may be a group as well ("1.7 mg/l in wax and 2.0 mg/l in clay"): only
    nouns of what is measured, or names whose amounts have not the unit of the one before.
    """
    for i in range(len(tokens) - 3):
        if tokens[i].word in CHANGE_NOUNS and (k := _behind_of(tokens, i)):
            told = list(_names(tokens, k))
            units = {unit for _, unit in told}
            other = len(units) == len(told) > 1 and "" not in units
            for (first, last), _ in told:
                noun = stem(tokens[last - 1].word)
                if other or noun in HEADS or noun in AMOUNT_HEADS:
                    yield first, last


def _behind_of(tokens: list[Token], i: int) -> int:
    """The place of the number of "a fall OF 2.1", "a fall of a mean of 2.1" at i; 0 without it."""
    if tokens[i + 1].word != "of":
        return 0
    k = behind_leads(tokens, i + 2)
    k += tokens[k].word in CENTRES
    return k if k < len(tokens) and tokens[k].kind == "n" else 0


def _names(tokens: list[Token], start: int) -> Iterator[tuple[Span, str]]:
    """Each name behind "in" that follows a number, with the unit of that number."""
    number, unit = start, 0
    k = start
    while k < min(start + _LONGEST, len(tokens) - 1) and tokens[k].word not in _STOPS:
        if tokens[k].word in STATE:
            return
        if tokens[k].kind == "n" and tokens[k - 1].word not in ("±", "(", "-", "–", "to"):
            number, unit = k, 0
        elif not unit and tokens[k].kind == "w" and tokens[k].word not in _IN:
            unit = k
        if tokens[k].word in _IN and number and k - number < _FAR:
            span = forward(tokens, behind_leads(tokens, k + 1))
            if span is not None:  # a name that the profile knows is none
                yield span, tokens[unit].raw if unit else ""
            k, number = span[1] if span else k + 1, 0
        else:
            k += 1
