"""A change that people are said to have had, and a score in a clause of its own behind it."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.measures.other_clauses import had_by_people
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, STATE


def score_behind(tokens: list[Token], k: int, stop: int, named: dict[int, Mention]) -> bool:
    """ "61% had a REDUCTION in pain, and the mean NRS was 2.2": a change of theirs, and a score.

    Whether the change at token k is what people had, and the value at `stop` has a measure and a
    verb of its own behind a joint. Not so "had a reduction in VAS and ODI of 2 and 14", "had a
    reduction, and its mean was 2".
    """
    if not had_by_people(tokens, k):
        return False
    joint = next((m for m in range(stop - 1, k, -1) if tokens[m].word in JOINS_CLAUSES), 0)
    own = [named[m].first for m in range(joint + 1, stop) if m in named and named[m].key]
    if not joint or not own:
        return False
    words = {tokens[m].word for m in range(joint + 1, stop)}
    if not words.isdisjoint(CHANGE_NOUNS) or not words.isdisjoint(DIFFERENCE):
        return False
    return any(tokens[m].word in STATE for m in range(own[0] + 1, stop))
