"""Units that no score has, as they are printed: "5.1 ± 0.6 ms", "24 U/l", "8 mm/h", "6 L"."""

from __future__ import annotations

from evergrove.reading.lexicon import Profile
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

# What the grammar knows them as: words of the profile's units that are no measure's.
_PRINTED = {
    "ms": "msec", "us": "usec", "µs": "usec", "μs": "usec", "L": "litre", "W": "watt",
    "N": "newtons", "J": "joule", "K": "kelvin", "Nm": "newtons",
}  # fmt: skip
_RATE = "rate-of"  # "mm/h", "cells/mm3": one word for all units with a slash
_PER = word_set(
    "l dl ml µl μl ul nl min h hr hour hours day s sec second week kg g mg m m2 cm2 cm² mm2 mm² "
    "mm3 mm³ m² m³ cm3 cm³ kcal"
)
_PARTED = word_set(
    "u iu miu mu pg fg µg μg nmol pmol fmol µmol μmol umol mol cells mm cm µm μm j w l meq mosm "
    "beats breaths kj mv ma cfu copies n"
)
_SINGLE = word_set(
    ", . ; : ) ] to and or vs versus in at with after before for on by per from than"
)
_CAPITALS = frozenset("LWNJK")


def spell_units(tokens: list[Token], profile: Profile) -> None:
    """Give units behind a number a word that the profile has, in place; "mm/h" becomes one token.

    "MS" is a disease and "A" a letter of a group: a unit in one capital is one behind a decimal or
    a spread only, and before the end of a phrase.
    """
    if _RATE not in profile.veto_units:
        return
    k = 1
    while k < len(tokens) - 1:
        if tokens[k].kind == "w" and tokens[k - 1].kind == "n":
            _spell(tokens, k)
        k += 1


def _spell(tokens: list[Token], k: int) -> None:
    unit = tokens[k]
    if _parted(tokens, k):
        last = k + 2
        while _joined(tokens, last + 1) and tokens[last + 2].word in _PER:
            last += 2  # "ml/kg/min"
        unit.end, unit.word = tokens[last].end, _RATE
        unit.raw = unit.raw + "".join(token.raw for token in tokens[k + 1 : last + 1])
        del tokens[k + 1 : last + 1]
        return
    word = _PRINTED.get(unit.raw)
    if word is None:
        return
    if unit.raw in _CAPITALS:
        measured = "." in tokens[k - 1].word or tokens[k - 2].word == "±"
        if not measured or tokens[k + 1].word not in _SINGLE:
            return
    unit.word = word


def _parted(tokens: list[Token], k: int) -> bool:
    """ "24 U/L", "310 cells/mm3": a unit, a slash, and what it is counted on."""
    return tokens[k].word in _PARTED and _joined(tokens, k + 1) and tokens[k + 2].word in _PER


def _joined(tokens: list[Token], k: int) -> bool:
    """Whether a slash stands at k between two words, without a space."""
    if k + 1 >= len(tokens) or tokens[k].word != "/":
        return False
    return not tokens[k].spaced and not tokens[k + 1].spaced and tokens[k + 1].kind == "w"
