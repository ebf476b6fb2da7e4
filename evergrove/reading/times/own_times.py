"""A time that each measure of a list has: "VAS AT 24 H and ODI AT 6 WEEKS were 2.4 and 21"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.label_lists import own_time
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View


def give_own_times(
    tokens: list[Token], view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """Give the values of a list of measures the times that stand behind their own names."""
    if not runs:
        return
    own: dict[int, Time] = {}
    heads = [mention for mention in view.mentions if mention.last < runs[0].first]
    for one, two in itertools.pairwise(heads):
        if own_time(tokens, one.last, two.first):
            for mention in (one, two):
                for time in view.times:
                    if time.first == mention.last + 1 and tokens[mention.last].word in ("at", "on"):
                        own[mention.first] = time
                    elif time.first == mention.last:
                        own[mention.first] = time  # "at 24 h" may be a time with its preposition
    if not own:
        return
    times, measures = vectors["time"], vectors["measure"]
    for index, run in enumerate(runs):
        told = measures.of[index]
        if len(run.values) < 2 or len({id(mention) for mention in told}) != len(told):
            continue
        labels = [
            own.get(mention.first, time) if mention is not None else time
            for mention, time in zip(told, times.of[index], strict=True)
        ]
        if any(one is not two for one, two in zip(labels, times.of[index], strict=True)):
            times.set(index, labels, "pre")
            times.mismatch[index] = False
