""" "36 pts (90%) were content" and "fell by 36 pts": patients, or points?"""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, word_set

_ARE_PEOPLE = word_set(
    "were who whose had underwent received completed treated undergoing receiving aged "
    "participated enrolled included presenting suffering affected withdrew dropped "
    "experienced responded"
)
_LEADS_PEOPLE = word_set(
    "in among amongst all consecutive included enrolled recruited studied treated evaluated . :"
)
_OF_SCALE = word_set("by of to from was mean median average")
_WHOLE = word_set("total data series cohort group sample number population")


def spell_patients(tokens: list[Token]) -> None:
    """Write "patients" for "pts" in place, where it counts people and no points of a scale."""
    for k in range(len(tokens) - 1):
        if tokens[k].word == "pts" and _counts_people(tokens, k):
            tokens[k].word = "patients"


def _counts_people(tokens: list[Token], k: int) -> bool:
    number = tokens[k - 1] if k else None
    if number is None or number.kind != "n":
        return k > 0 and tokens[k - 1].word != "-"  # "consecutive PTS with gout"
    if "." in number.word:
        return False
    lead = tokens[k - 2].word if k > 1 else "."
    if lead == "of" and k > 2 and tokens[k - 3].word in _WHOLE:
        return True
    share = tokens[k + 1].word == "(" and any(t.word == "%" for t in tokens[k + 2 : k + 5])
    of_scale = lead in CHANGE or lead in _OF_SCALE  # "VAS IMPROVED 20 pts (50%)"
    of_people = tokens[k + 1].word in _ARE_PEOPLE or lead in _LEADS_PEOPLE
    return of_people or (share and not of_scale)
