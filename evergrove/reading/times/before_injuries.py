"""Scores before an injury beside those before treatment: "2 BEFORE THE INJURY, 7 at baseline"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time, named_time

#: A sentence without these tells of no such time.
INJURIES = word_set("injury accident trauma fracture episode onset attack illness fall rupture")


def before_injuries(tokens: list[Token], times: list[Time]) -> list[Time]:
    """ "NRS was 2 BEFORE THE INDEX EPISODE, 7 before surgery and 3 later": the first no baseline.

    Only where the sentence names another baseline; alone, it is what the others are compared with.
    """
    bases = [time for time in times if time.kind == "base"]
    ends = {id(time): _end_of_injury(tokens, time) for time in bases} if len(bases) > 1 else {}
    if not any(ends.values()) or all(ends.values()):
        return times
    return [
        named_time(tokens, time.first, last) if (last := ends.get(id(time), 0)) else time
        for time in times
    ]


def _end_of_injury(tokens: list[Token], time: Time) -> int:
    """The token behind "before the (index) injury"; 0 for any other time."""
    if tokens[time.first].word != "before":
        return 0
    near = range(time.first + 1, min(time.first + 4, len(tokens)))
    at = next((k for k in near if tokens[k].word in INJURIES), 0)
    return max(at + 1, time.last) if at else 0
