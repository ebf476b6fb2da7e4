"""Groups with a clause between name and size: "the wax group, WHICH HAD A DAILY BATH (n = 29)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import group_phrases
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import word_set

Named = tuple[str, Count | None, str]
#: A sentence without these has no such clause.
MAYBE_CLAUSE = word_set("which who that")


def sized_behind_clauses(
    tokens: list[Token], a: int, b: int, counts: list[Count], named: list[Named]
) -> list[Named]:
    """The names with those of "the wax GROUP, WHICH received a bath (N = 29)" put right.

    Only where each of two groups or more has such a clause with one size at its end.
    """
    heads = [
        phrase
        for phrase in group_phrases(tokens, a, b)
        if phrase.last + 1 < b
        and tokens[phrase.last].word == ","
        and tokens[phrase.last + 1].word in MAYBE_CLAUSE
    ]
    if len(heads) < 2:
        return named
    ends = [phrase.first for phrase in heads[1:]] + [b]
    found: list[Named] = []
    for phrase, end in zip(heads, ends, strict=True):
        sizes = [c for c in counts if phrase.last < c.at < end and c.equals and not c.each]
        inside = len(sizes) == 1 and open_bracket(tokens, phrase.last, sizes[0].at) is not None
        if not inside:
            return named
        found.append((phrase.name, sizes[0], ""))
    return found
