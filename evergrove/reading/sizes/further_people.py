"""People beside those whom a paper is about: "SIX OTHER divers had a rash" counts no cohort."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_OTHERS = word_set("other others further additional another extra")
_AHEAD = word_set("additional another further extra")


def without_further(tokens: list[Token], counts: list[Count], words: frozenset[str]) -> list[Count]:
    """ "IN SIX OTHER nuns", "AN ADDITIONAL 9 nuns": nobody of those, where no other is counted.

    "We treated 15 nuns and ANOTHER 15 divers" tells who they are beside. `words`: of the sentence.
    """
    if len(counts) != 1 or words.isdisjoint(_OTHERS):
        return counts
    return [count for count in counts if not _further(tokens, count)]


def _further(tokens: list[Token], count: Count) -> bool:
    if count.equals:
        return False
    behind = tokens[count.at + 1].word if count.at + 1 < len(tokens) else ""
    return behind in _OTHERS or tokens[count.at - 1].word in _AHEAD
