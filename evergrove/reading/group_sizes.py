"""Sizes that hold for every group: "two groups of 27", "each arm comprised 60", "allocated 42:42"."""

from __future__ import annotations

from evergrove.reading.quantities import Count
from evergrove.reading.text import Token
from evergrove.reading.words import GROUP, word_set

_EVERY = word_set("each every either both per")
_EVERY_ONE = word_set("each every either per")
_HOLDS = word_set(
    "comprised comprising consisted consisting included including contained containing had "
    "having numbered numbering of with was were made up totalled totaled counted in receiving "
    "received the a total"
)
_EQUAL = word_set("equal equally identical")
_ALLOCATION = word_set(
    "allocation allocated allocating randomisation randomization randomised randomized assigned "
    "assignment split divided distribution"
)


def mark_each(tokens: list[Token], a: int, counts: list[Count]) -> None:
    """Set `each` on numbers of people that the words before them give to every group."""
    for count in counts:
        if count.each or count.noun == "events" or count.of is not None or count.value < 2:
            continue
        at = count.at - 2 if count.equals else count.at
        k = at - 1
        if tokens[k].word in ("(", "["):
            k -= 1
        if k > a and tokens[k].word == "of" and _several_groups(tokens, a, k - 1):
            count.each = True
        elif count.equals and _several_groups(tokens, a, k):
            count.each = True
        elif not count.equals:
            while k > a and tokens[k].word in _HOLDS and at - k < 6:
                k -= 1
            if k < at - 1 and tokens[k].word in GROUP and k > a:
                lead = tokens[k - 1].word
                count.each = lead in _EVERY or (lead == "the" and tokens[k - 2].word in _EVERY)
            elif tokens[k].word in _EVERY_ONE and k < at - 1 and tokens[k + 1].word in _HOLDS:
                # "each of 30 women" counts them all; "each comprised 30" counts a group.
                count.each = tokens[k + 1].word not in ("of", "the")


def _several_groups(tokens: list[Token], a: int, k: int) -> bool:
    """Whether "two groups", "three equal arms" ends at token k."""
    if k <= a or tokens[k].word not in GROUP or not tokens[k].word.endswith("s"):
        return False
    lead = tokens[k - 1]
    equal = lead.word in _EQUAL
    if equal and k - 2 >= a:
        lead = tokens[k - 2]
    number = lead.kind == "n" and lead.value in (2, 3, 4, 5, 6)
    return number or equal or lead.word == "both"


def ratio_sizes(tokens: list[Token], a: int, b: int) -> list[Count]:
    """ "the allocation was 42:42": the sizes of the groups in their order; 1:1 is only a ratio."""
    if not {tokens[k].word for k in range(a, b)} & _ALLOCATION:
        return []
    for k in range(a + 1, b - 1):
        if tokens[k].word not in (":", "/") or tokens[k].spaced or tokens[k + 1].spaced:
            continue
        pair = (tokens[k - 1], tokens[k + 1])
        if all(
            t.kind == "n" and not t.flag and t.value == int(t.value) and t.value >= 8 for t in pair
        ):
            return [
                Count(int(t.value), at, at + 1, "", None, False, True, True)
                for t, at in zip(pair, (k - 1, k + 1), strict=True)
            ]
    return []
