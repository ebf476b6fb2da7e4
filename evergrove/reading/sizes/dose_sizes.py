"""Sizes of groups that are doses: "152 RECEIVED 40 mg, 154 RECEIVED 80 mg and 149 placebo"."""

from __future__ import annotations

import re

from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.declarations import Declared
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

_DOSE = re.compile(r"([\d.]+)\s*([^\d\s.]+)")
_GIVEN = PEOPLE | word_set(
    "received receiving had got were given took to on assigned randomised the"
)


def give_sizes_of_doses(
    tokens: list[Token], spans: list[tuple[int, int]], declared: Declared
) -> None:
    """Set the n of groups of which some are doses, where one sentence tells it for all of them."""
    arms = [*declared.doses.values(), *declared.arms]
    if len(arms) < 2 or all(arm.n for arm in arms) or not any(_dose(arm.name) for arm in arms):
        return
    for first, last in spans:
        counts = [_size_of(tokens, first, last, arm.name) for arm in arms]
        found = [count for count in counts if count is not None]
        if len(found) == len(arms) == len({count.at for count in found}):
            for arm, count in zip(arms, found, strict=True):
                arm.n = arm.n or count
            if declared.cohort is not None and declared.cohort.at in {c.at for c in found}:
                declared.cohort = None  # what was taken for everybody is one of the groups
            return


def _size_of(tokens: list[Token], a: int, b: int, name: str) -> Count | None:
    """ "152 patients received 40 MG", "40 MG (n = 152)": the number of people beside a name."""
    dose = _dose(name)
    for k in range(a, b):
        if dose is None:
            last = k + 1
            here = tokens[k].word == name.lower()
        else:
            last = k + 2
            here = tokens[k].kind == "n" and tokens[k].word == dose[1]
            here = here and last <= b and tokens[k + 1].word == dose[2].lower()
        if not here:
            continue
        if tokens[last : last + 1] and last + 3 < b and tokens[last].word in ("(", "["):
            at = last + 3 if tokens[last + 1].word == "n" else last + 1
            if _counts_people(tokens, at) and tokens[at + 1].word in (")", "]", ";", ","):
                return Count(int(tokens[at].value), at, at + 1, "", None, False, True)
        at = k - 1
        while at > a and k - at < 5 and tokens[at].word in _GIVEN:
            at -= 1
        if at < k - 1 and _counts_people(tokens, at):
            return Count(int(tokens[at].value), at, at + 1)
    return None


def _dose(name: str) -> re.Match[str] | None:
    found = _DOSE.fullmatch(name)
    return found if found is not None and found[2].lower() in DOSE_UNITS else None


def _counts_people(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    whole = token.kind == "n" and token.mark is None and "." not in token.word
    return whole and token.value >= 5 and tokens[at + 1].word != "%"
