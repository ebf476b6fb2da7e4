"""Which of two measures a score is of: "leg and back pain eased, THE FORMER to 3, ..."."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View

MAYBE_FORMER = word_set("former latter")


def former_measures(
    tokens: list[Token], view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "LEG pain and BACK pain eased: THE FORMER fell from 8 to 3, THE LATTER from 8 to 4 (VAS)".

    Two measures or places of pain, and no more, stand ahead of these words, which name no groups
    here. Every score has such a word before it; the scale of pains may stand anywhere.
    """
    ranks = [k for k in range(view.a, view.b) if tokens[k].word in MAYBE_FORMER]
    if {tokens[k].word for k in ranks} != MAYBE_FORMER or runs[0].first < ranks[0]:
        return
    named = _different([m for m in view.mentions if m.key and m.first < ranks[0]])
    groups = [arm for arm in view.arms if arm.first in ranks or arm.last - 1 in ranks]
    if len(named) != 2 or any(arm.name not in MAYBE_FORMER for arm in groups):
        return
    scales = _different([m for m in view.mentions if m.key and m.instrument and not m.qualifier])
    for index, run in enumerate(runs):
        rank = max(k for k in ranks if k < run.first)
        one = named[0] if tokens[rank].word == "former" else named[1]
        if not one.instrument and len(scales) == 1:
            key, place = scales[0].key, one.qualifier
            one = Mention(one.first, one.last, key, place, None, True)
        vectors["measure"].set(index, [one], "pre")
        vectors["measure"].mismatch[index] = False
        arms = vectors["arm"].of[index]
        if any(arm in groups for arm in arms):
            vectors["arm"].set(index, [None], "")


def _different(mentions: list[Mention]) -> list[Mention]:
    """The mentions in their order, each measure of each place once."""
    found: dict[tuple[str | None, str | None], Mention] = {}
    for mention in mentions:
        found.setdefault((mention.key, mention.qualifier), mention)
    return list(found.values())
