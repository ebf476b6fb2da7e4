"""Measures that one sentence lists and the next gives scores of, in the same order.

"Pain AT REST AND ON COUGHING was recorded with the NRS. On day 1 THESE RATINGS averaged 2.3 and
5.2."
"""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Vectors

_THEY = word_set("these ratings scores they means medians values both respectively averages")


def measures_told(mentions: list[Mention], profile: Profile) -> list[Mention]:
    """What a sentence without any value lists: several pains of one scale, or several scales."""
    known = [m for m in mentions if m.key]
    if len(known) < 2:
        return []
    scales = {m.key for m in known if m.instrument}
    places = [m for m in known if m.qualifier]
    if len({m.qualifier for m in places}) == len(places) > 1:
        if len(scales) > 1:
            return []
        key = scales.pop() if scales else places[0].key
        construct = profile.measures[key].construct if key else None
        if any(m.key not in (key, construct) for m in places):
            return []
        told = bool(key) and profile.measures[key].instrument
        return [Mention(m.first, m.last, key, m.qualifier, None, told) for m in places]
    if len(scales) == len(known) and all(m.instrument for m in known):
        return known
    return []


def in_listed_order(
    runs: list[Run], vectors: dict[str, Vectors], listed: list[Mention], words: frozenset[str]
) -> None:
    """Lay the measures over runs of as many values, which no groups or times tell apart."""
    size = len(listed)
    if words.isdisjoint(_THEY) or any(len(run.values) != size or run.versus for run in runs):
        return
    for index in range(len(runs)):
        for kind in ("arm", "time"):
            if len({id(label) for label in vectors[kind].of[index]}) > 1:
                return
    for index in range(len(runs)):
        vectors["measure"].set(index, listed, "memory")
