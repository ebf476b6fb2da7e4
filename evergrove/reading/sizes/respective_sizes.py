"""Sizes listed before their groups: "58 and 56 were allotted to wax and clay, respectively"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import DocArm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.number_headings import behind_heading
from evergrove.reading.text.small_words import COMMA_AND
from evergrove.reading.text.still_there import GONE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, word_set

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import Arm
    from evergrove.reading.view import View

_ASSIGNED = word_set(
    "randomised randomized allocated allotted assigned received receiving underwent treated given "
    "had were"
)
_STAYED = word_set(
    "analysed analyzed completed available evaluated assessed attended returned included remained "
    "followed evaluable"
)
_EVENTS = word_set(
    "responders responded relief improved satisfied pain-free needed required nausea complications "
    "rescue reported developed experienced seen noted observed"
)


def respective_sizes(
    tokens: list[Token], view: View, arms: list[DocArm], found: list[Arm]
) -> list[tuple[DocArm, Count]]:
    """Each declared group with its number; [] unless a list of as many numbers stands there.

    `found`: where the sentence names groups. A list with no group behind it in its clause ("...;
    46 and 44, respectively, were analysed") has the order in which they were declared.
    """
    if "respectively" not in view.words or len(arms) < 2:
        return []
    bounds = [view.a, *(k + 1 for k in range(view.a, view.b) if tokens[k].word == ";"), view.b]
    for first, last in itertools.pairwise(bounds):
        words = {tokens[k].word for k in range(first, last)}
        if "respectively" not in words or words & (GONE | _EVENTS):
            continue
        listed = _list(tokens, view, first, last, len(arms))
        whole = bool(listed) and _of_all_groups(tokens, first, listed, last)
        if not listed or not (whole or words & (_ASSIGNED | _STAYED)):
            continue
        behind = [x.arm for x in found if listed[-1] < x.first < last]
        named = list({id(arm): arm for arm in behind if arm is not None}.values())
        inside = any(first <= x.first < listed[0] for x in found)
        if not named and (whole or words & _STAYED) and not inside:
            named = arms
        if len(named) == len(listed):
            return [
                (arm, Count(int(tokens[k].value), k, k + 1))
                for arm, k in zip(named, listed, strict=True)
            ]
    return []


def _list(tokens: list[Token], view: View, a: int, b: int, size: int) -> list[int]:
    """The tokens of the only list of `size` plain numbers of people from a to b."""
    times = {k for time in view.times for k in range(time.first, time.last)}
    runs: list[list[int]] = []
    last = -9
    for k in range(a, b - 1):
        token = tokens[k]
        plain = token.kind == "n" and token.mark is None and k not in times
        if not plain or token.value % 1 or "." in token.word or token.value < 5:
            continue
        after = tokens[k + 1].word
        if after in UNIT_DAYS or after in ("%", "±", "-", "/"):
            return []
        gap = [tokens[m].word for m in range(last + 1, k)]
        if runs and gap and set(gap) <= COMMA_AND:
            runs[-1].append(k)
        else:
            runs.append([k])
        last = k
    fits = [run for run in runs if len(run) == size]
    others = [run for run in runs if len(run) > 1 and len(run) != size]
    if len(fits) != 1 or others:
        return []
    behind = tokens[fits[0][-1] + 1].word
    if behind in ("in", "for") and fits[0][0] == behind_heading(tokens, a, b):
        return fits[0]  # "THE NUMBERS OF PATIENTS WERE 31 and 29 FOR the wax and clay groups"
    return fits[0] if behind in PEOPLE | _ASSIGNED | _STAYED | {",", "respectively"} else []


def _of_all_groups(tokens: list[Token], a: int, listed: list[int], b: int) -> bool:
    """ "THE GROUPS NUMBERED 31 and 35", "RANDOMISED: 31 and 35": of the groups in their order.

    So too "NUMBERS ANALYSED were ..." and "there were 31 and 35 patients IN THE GROUPS"; nothing
    else may be said in the clause.
    """
    ahead = {tokens[k].word for k in range(a, listed[0])}
    behind = {tokens[k].word for k in range(listed[-1] + 1, b)}
    if not ahead | behind <= _SAYS_SIZES | PEOPLE | COMMA_AND:
        return False
    counted = "numbers" in ahead and bool(ahead & (_STAYED | PEOPLE | _ALLOTTED))
    there = "there" in ahead and {"in", "the"} <= behind
    told = {"groups", "arms"} & (behind if there else ahead)
    return bool(counted or told or ahead <= _ALLOTTED | {":"})


_ALLOTTED = word_set("randomised randomized allocated assigned enrolled")
_SAYS_SIZES = (
    _ALLOTTED
    | {"analysed", "analyzed", "completed", "evaluated"}
    | word_set(
        "the these two three both study groups arms numbered numbers number of were was had there "
        "comprised consisted included contained in each respectively : ."
    )
)
