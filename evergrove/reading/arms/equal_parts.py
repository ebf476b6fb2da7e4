"""Groups of the same size that make up everybody: "30 nuns wore wax while 30 wore nothing"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.still_there import GONE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

MAYBE_EQUAL = word_set("received underwent got wore had given assigned allocated randomised")
_TREATED = MAYBE_EQUAL | word_set("randomized treated took used")


def equal_parts(tokens: list[Token], b: int, counts: list[Count], wholes: set[int]) -> Count | None:
    """The size of each group, where a sentence counts every group and all counts are the same.

    `wholes`: the numbers of people told before, one of which the counts must add up to.
    """
    parts = [c for c in counts if not c.each and not c.equals and not c.bracket and c.of is None]
    size = min((c.value for c in parts), default=0)
    total = size * sum(c.value == size for c in parts)
    if size < 5 or total == size or total not in wholes:
        return None
    if any(c.value not in (size, total) for c in parts):
        return None
    parts = [c for c in parts if c.value == size]
    if all(_of_group(tokens, b, count) for count in parts):
        return parts[0]
    return None


def _of_group(tokens: list[Token], b: int, count: Count) -> bool:
    """Whether a verb of treatment follows the count, with no more than its people between."""
    if count.noun and count.noun not in PEOPLE:
        return False
    for k in range(count.at + 1, min(b, count.at + 9)):
        word = tokens[k].word
        if word in GONE or tokens[k].kind == "n" or word in (",", ";", ":"):
            return False
        if word in _TREATED:
            return not (word == "had" and tokens[k + 1].word not in _NOTHING)
        plain = word in PEOPLE or word in GROUP or word in ("were", "was", "who", "from", "of")
        if not plain and tokens[k].kind != "w":
            return False
    return False


_NOTHING = word_set("no a an the nothing sham placebo")
