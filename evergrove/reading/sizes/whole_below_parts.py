"""A number of people that cannot be that of everybody: "no complications IN 12 PATIENTS"."""

from __future__ import annotations

from evergrove.reading.arms.arms import DocArm
from evergrove.reading.numbers.quantities import Count


def not_below_parts(cohort: Count | None, arms: list[DocArm]) -> Count | None:
    """The number of all people, unless it is smaller than one of two groups that it would hold.

    Of groups whose sizes are printed as such, "(n = 41)": others may count joints or teeth.
    """
    sized = [arm.n for arm in arms if arm.n is not None]
    if cohort is None or len(sized) < 2:
        return cohort
    sizes = [count.value for count in sized if count.equals]
    return None if len(sizes) > 1 and cohort.value < max(sizes) else cohort
