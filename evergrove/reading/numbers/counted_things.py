"""Numbers of things and their parts: "Of the 60 toes, 26 were taped", "items on mood (n = 4)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.cohort import NO_COHORT
from evergrove.reading.sizes.counted_people import out_of_all
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, VERBS, word_set

MAYBE_ITEMS = word_set("questions items questionnaire statements subscales domains keywords")
_ITEMS = word_set("questions items statements")
_THINGS = NO_COHORT | word_set(
    "implants screws plates bones tendons ligaments discs disks roots ganglia tumours tumors "
    "lesions cysts stones warts corns ulcers wounds scars implants grafts flaps crowns fillings "
    "toes fingers elbows wrists ankles thumbs breasts ears kidneys ureters ovaries segments"
)


def without_things(
    tokens: list[Token], a: int, counts: list[Count], words: frozenset[str]
) -> list[Count]:
    """The counts of a sentence without those that a noun of things claims."""
    if counts and out_of_all(tokens, a):
        counts = _parts_of_things(counts, a)
    if counts and words & MAYBE_ITEMS:
        counts = _no_items(tokens, a, counts)
    if len(counts) > 1:
        counts = _no_attributes(tokens, counts)
    return counts


def _no_attributes(tokens: list[Token], counts: list[Count]) -> list[Count]:
    """ "Ninety nuns with relief AFTER TWO BLOCKS were assigned to wax": no two in the wax group.

    A number of things behind a preposition that says more of the people, who are counted beside
    it and are more.
    """

    def says_more(count: Count) -> bool:
        thing = count.noun.endswith("s") and count.noun not in PEOPLE and not count.equals
        return thing and tokens[count.at - 1].word in _SAYS_MORE

    people = max((one.value for one in counts if one.noun and not says_more(one)), default=0)
    return [count for count in counts if count.value >= people or not says_more(count)]


_SAYS_MORE = word_set("after following despite before over during or with least")


def _parts_of_things(counts: list[Count], a: int) -> list[Count]:
    """ "Of the 60 TOES, 26 were taped and 34 splinted": 26 and 34 count toes, and no people."""
    whole = counts[0]
    if whole.noun not in _THINGS or whole.at > a + 5 or whole.equals:
        return counts
    if sum(count.value for count in counts[1:]) > whole.value:
        return counts
    return [count for count in counts if count is whole or count.noun in PEOPLE]


def _no_items(tokens: list[Token], a: int, counts: list[Count]) -> list[Count]:
    """ "A survey of 9 QUESTIONS on mood (n = 4) and sleep (n = 5)": sizes of its parts.

    Those in brackets behind a number of items, in the same clause, of which each is smaller.
    """
    items = next((count for count in counts if count.noun in _ITEMS and not count.equals), None)
    if items is None:
        return counts
    between = range(items.last, max(count.at for count in counts))
    if any(tokens[k].word in (";", ".") or tokens[k].word in VERBS for k in between):
        return counts
    return [
        count
        for count in counts
        if not (count.equals and count.at > items.at and count.value < items.value)
    ]
