"""A difference below nothing of each group: "a DIFFERENCE of -2.2 (wax) VS -0.4 (clay)"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import DIFFERENCES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

MAYBE_SET_APART = word_set("vs versus v")


def each_below_nothing(tokens: list[Token], runs: list[Run]) -> None:
    """ "a mean DIFFERENCE in VAS OF -2.2 (no wax) VS 0.0 (wax)": how far each of them changed.

    A difference of two groups has no number for each; one of the numbers lies below nothing, so
    that they are no scores. Each has its group, and nothing but that stands before the "vs".
    """
    for one, two in itertools.pairwise(runs):
        if one.stat != "between_diff" or one.cue not in DIFFERENCES or one.role != "of":
            continue
        values = [*one.values, *two.values]
        if len(values) != 2 or not any(value.sign == "-" for value in values):
            continue
        if not all(run.post.get("arm") for run in (one, two)):
            continue
        if (
            two.stat not in ("level", "between_diff")
            or tokens[two.first - 1].word not in MAYBE_SET_APART
        ):
            continue
        for run in (one, two):
            run.stat, run.cue, run.sign, run.role = "change", "difference", "", "of"
