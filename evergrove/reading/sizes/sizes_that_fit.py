"""Sizes of groups that are far from all the people: those who had something, and no sizes.

"One hundred were randomised to wax or clay. Satisfaction was high IN 35 WITH WAX AND IN 15 WITH
CLAY": 50 of 100 people are not the two groups.
"""

from __future__ import annotations

from evergrove.reading.arms.arms import ASSIGNED
from evergrove.reading.declarations import Declared
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

#: Of all people, so many at least are in the groups that were compared.
_LEAST = 0.75
_GROUPED = ASSIGNED | word_set(
    "received underwent completed analysed analyzed evaluated evaluable included enrolled "
    "recruited followed follow-up available remained treated divided groups finished returned "
    "attended assessed examined had got given comprised consisted"
)
_PARTS_ONLY = word_set("smokers women men females males subgroup dropouts withdrawals mri")


def without_unfit_sizes(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """Take off the sizes of all groups where they are those of some people in a later sentence.

    Of "(n = 35/50; 70%)" and "(n = 15/50; 30%)" the wholes are the sizes, where they are everybody.
    """
    arms, cohort = declared.arms, declared.cohort
    sizes = [arm.n for arm in arms if arm.n is not None]
    if cohort is None or len(sizes) < 2:
        return
    if len(sizes) != len(arms):
        _without_fractions(tokens, declared, cohort.value)
        return
    if sum(size.value for size in sizes) >= _LEAST * cohort.value:
        return
    wholes = [size.of for size in sizes if size.of is not None]
    if wholes:
        everybody = sum(int(tokens[k].value) for k in wholes) == cohort.value
        for arm, k in zip(arms, wholes, strict=False):
            arm.n = Count(int(tokens[k].value), k, k + 1) if everybody else None
        return
    told = [view for view in views if any(view.a <= size.at < view.b for size in sizes)]
    parts = all(view.words & _PARTS_ONLY for view in told)
    if any(view.words & ASSIGNED for view in told):
        return
    sized = any(size.equals or view.words & _GROUPED for size in sizes for view in told)
    if parts or not (sized or any(view.section in ("methods", "aim") for view in told)):
        for arm in arms:
            arm.n = None


def _without_fractions(tokens: list[Token], declared: Declared, whole: int) -> None:
    """ "MORE with wax (n = 35/50) than with clay (n = 15/50), a visit (n = 5/50)": 50 and 50.

    The groups that are told by a fraction are the first two; what a third counts is none.
    """
    parts = [arm for arm in declared.arms if arm.n is not None and arm.n.of is not None]
    if len(parts) < 2 or sum(arm.n.value for arm in parts[:2] if arm.n) >= _LEAST * whole:
        return
    sizes = [arm.n.of for arm in parts[:2] if arm.n is not None and arm.n.of is not None]
    everybody = sum(int(tokens[k].value) for k in sizes) == whole
    for arm in parts:
        arm.n = None
    for arm, k in zip(parts, sizes if everybody else (), strict=False):
        arm.n = Count(int(tokens[k].value), k, k + 1)
