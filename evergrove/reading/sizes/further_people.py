"""People beside those whom a paper is about: "SIX OTHER divers had a rash" counts no cohort."""

from __future__ import annotations

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.some_of_all import MAYBE_SOME, some_of_all
from evergrove.reading.sizes.treated_again import MAYBE_AGAIN_TREATED, treated_again
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set

_OTHERS = word_set("other others further additional another extra")
_AHEAD = word_set("additional another further extra")
_UNITS = frozenset(UNIT_DAYS)
_STAYED = STAYED | {"left"}


def without_further(
    tokens: list[Token], a: int, b: int, counts: list[Count], words: frozenset[str]
) -> list[Count]:
    """ "IN SIX OTHER nuns", "AN ADDITIONAL 9 nuns": nobody of those, where no other is counted.

    "We treated 15 nuns and ANOTHER 15 divers" tells who they are beside. Nor those who were
    treated again or given something at need, or "At 3 years ONLY 16 nuns answered". `words`: of
    the sentence from a to b.
    """
    if not words.isdisjoint(MAYBE_AGAIN_TREATED):
        counts = [count for count in counts if not treated_again(tokens, a, b, count)]
    if "only" in words and not words.isdisjoint(_UNITS):
        counts = [count for count in counts if not _only_those_left(tokens, b, count)]
    if not words.isdisjoint(MAYBE_SOME):
        counts = [count for count in counts if not some_of_all(tokens, a, b, count)]
    if len(counts) != 1 or words.isdisjoint(_OTHERS):
        return counts
    return [count for count in counts if not _further(tokens, count)]


def _only_those_left(tokens: list[Token], b: int, count: Count) -> bool:
    """ "At 3 years ONLY 16 nuns answered": those of that visit, and not all there were."""
    if tokens[count.at - 1].word != "only" or count.equals:
        return False
    return any(token.word in _STAYED for token in tokens[count.last : min(b, count.last + 6)])


def some_told(tokens: list[Token], count: Count) -> bool:
    """ "There were twelve BEDRIDDEN patients", "there were 23 WOMEN": some of all there are."""
    return tokens[count.at + 1].word != count.noun or is_sex(count.noun)


def _further(tokens: list[Token], count: Count) -> bool:
    if count.equals:
        return False
    behind = tokens[count.at + 1].word if count.at + 1 < len(tokens) else ""
    return behind in _OTHERS or tokens[count.at - 1].word in _AHEAD
