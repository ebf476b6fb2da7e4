"""Everybody, named beside a part of them: "3.8 OVERALL, 3.2 in smokers and 4.6 in the others"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import IN_PEOPLE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, SCORE_UNITS, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.declarations import Declared
    from evergrove.reading.numbers.quantities import Count

#: A sentence without these names no whole.
MAYBE_WHOLE = word_set("overall whole entire total all")
_WHOLE = word_set("whole entire total overall")
_GROUPS = word_set("group cohort series population sample")
_SLOT = "whole"
_CLOSES = word_set(", ; . ( and with but")


def whole_named(
    tokens: list[Token], a: int, b: int, values: list[Value], chosen: list[Arm]
) -> list[Arm]:
    """The groups of the sentence, with the phrase for everybody as one more of them.

    Where a group is named too, and each has a value of its own:
    "OVERALL" right behind a value, "IN THE WHOLE COHORT", "IN ALL PATIENTS"; not where the phrase
    holds for what follows ("in all patients, it was 3.2 with wax and 4.6 with clay").
    """
    for arm in chosen:
        words = arm.name.lower().split()
        if arm.arm is None and words[0] in _WHOLE and set(words[1:]) <= _GROUPS:
            arm.name, arm.slot = "all", _SLOT  # "in the ENTIRE COHORT"
    if len(values) < 2 or not chosen or any(arm.slot == _SLOT for arm in chosen):
        return chosen
    found: list[Arm] = []
    for k in range(a, b):
        span = _behind_value(tokens, k, b, values) or _phrase(tokens, k, b)
        if span is not None and not any(x.first < span[1] and span[0] < x.last for x in chosen):
            found.append(Arm(*span, "all", 2, slot=_SLOT, np_first=span[0]))
    if len(found) != 1:
        return chosen
    one = found[0]
    own = [v for v in values if v.last <= one.first] or [
        v for v in values if one.last <= v.first < min((x.first for x in chosen), default=b)
    ]
    return chosen + found if own and (one.first > a + 1 or len(own) > 1) else chosen


def _behind_value(
    tokens: list[Token], k: int, b: int, values: list[Value]
) -> tuple[int, int] | None:
    """ "was 3.8 OVERALL, 3.2 in"; "3.8 ± 1.5 mm OVERALL"."""
    if tokens[k].word != "overall" or k + 1 >= b or tokens[k + 1].word not in _CLOSES:
        return None
    end = k - (tokens[k - 1].word in SCORE_UNITS)
    while tokens[end - 1].word in (")", "]"):
        end = next((m for m in range(end - 2, k - 14, -1) if tokens[m].word in ("(", "[")), end)
        if tokens[end].word not in ("(", "["):
            return None
    end -= tokens[end - 1].word in SCORE_UNITS
    ends = {spread_end for value in values for spread_end in (value.last, value.at + 1)}
    return (k, k + 1) if end in ends or k in ends else None


def _phrase(tokens: list[Token], k: int, b: int) -> tuple[int, int] | None:
    """ "in the WHOLE COHORT", "for the ENTIRE GROUP", "in ALL PATIENTS"."""
    if tokens[k].word not in IN_PEOPLE or k + 2 >= b:
        return None
    m = k + 1 + (tokens[k + 1].word in ("the", "our"))
    if m + 1 >= b:
        return None
    whole = tokens[m].word in _WHOLE and tokens[m + 1].word in _GROUPS
    everyone = tokens[m].word == "all" and tokens[m + 1].word in PEOPLE
    return (k, m + 2) if whole or everyone else None


def noun_of_all(declared: Declared, count: Count) -> bool:
    """ "52 POTTERS were treated. In the 31 POTTERS seen at 1 year": what everybody is called.

    No name of a group, where the text declares none.
    """
    whole = declared.cohort
    if whole is None or declared.arms or not count.noun or count.of is not None:
        return False
    return whole.noun == count.noun and count.value < whole.value


def without_everybody(declared: Declared, slots: list[Arm], counts: list[Count]) -> list[Arm]:
    """The phrases without "31 POTTERS", where everybody is a potter (see `noun_of_all`)."""
    told = [count for count in counts if noun_of_all(declared, count)]
    return [
        arm
        for arm in slots
        if not any(arm.first <= c.last < arm.last and arm.name.lower() == c.noun for c in told)
    ]


def of_everybody(cells: list[Cell]) -> list[Cell]:
    """The cells, those of everybody without a group."""
    for cell in cells:
        if cell.arm is not None and cell.arm.slot == _SLOT:
            cell.arm = None
    return cells
