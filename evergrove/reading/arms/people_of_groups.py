"""Numbers of people in two groups of which the second alone is called one."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import GROUP_NOUNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ANYONE, is_content, word_set

#: The slot of a group whose number of people is its own, wherever that stands.
COUNTED = "counted"
_LEADS = word_set("in on from")
_JOINS = word_set("and vs versus")


def people_of_groups(tokens: list[Token], a: int, b: int, counts: list[Count]) -> list[Arm]:
    """ "16 WOMEN IN THE WAX and 15 WOMEN IN THE CORK GROUP": two groups with their sizes; or [].

    The people are no group of their own, whatever they are called.
    """
    by_place = {c.at: c for c in counts if not c.equals and not c.bracket}
    for g in range(a + 8, b) if len(by_place) > 1 else ():
        if tokens[g].word not in GROUP_NOUNS:
            continue
        two = _counted_name(tokens, a, g, by_place)
        if two is None or two.count is None or tokens[two.count.at - 1].word not in _JOINS:
            continue
        end = two.count.at - 1
        one = _counted_name(tokens, a, end - (tokens[end - 1].word in GROUP_NOUNS), by_place)
        if one is not None and words_of(one.name) != words_of(two.name):
            two.last = g + 1
            return [one, two]
    return []


def _counted_name(tokens: list[Token], a: int, end: int, counts: dict[int, Count]) -> Arm | None:
    """ "15 women in the CORK": the name that ends there, with the number of people before it."""
    k = end
    while k > a and end - k < 6 and _in_name(tokens[k - 1]):
        k -= 1
    first = k
    k -= k > a and tokens[k - 1].word == "the"
    if first == end or k - 1 <= a or tokens[k - 1].word not in _LEADS:
        return None
    at = next((m for m in (k - 2, k - 3, k - 4) if m >= a and m in counts), None)
    name = text_of(tokens, first, end)
    if at is None or not words_of(name):
        return None
    return Arm(first, end, name, 3, count=counts[at], slot=COUNTED, np_first=first)


def _in_name(token: Token) -> bool:
    """Whether a token can be a part of a name: a noun that rates nothing, or a hyphen."""
    plain = token.kind == "w" and token.mark is None and is_content(token.word)
    return plain or (token.word == "-" and not token.spaced)


def without_members(tokens: list[Token], slots: list[Arm], sure: list[Arm]) -> list[Arm]:
    """ "the 26 NURSES IN THE WAX GROUP": the people of a known group, and no other."""
    begin = {arm.first for arm in sure if arm.strength == 3}

    def belongs(slot: Arm) -> bool:
        if slot.strength != 2 or slot.count is None or slot.last + 1 >= len(tokens):
            return False
        if tokens[slot.last].word not in _LEADS:
            return False
        return slot.last + 1 + (tokens[slot.last + 1].word == "the") in begin

    return [slot for slot in slots if not belongs(slot)]


def whole_study(tokens: list[Token], count: Count) -> bool:
    """ "In this TRIAL OF 90 rowers", "90 rowers were observed: THOSE on wax ...": no one group."""
    if tokens[count.at - 1].word == "of" and tokens[count.at - 2].word in _STUDIES:
        return True
    near = range(count.last, min(count.last + 12, len(tokens) - 1))
    colon = next((k for k in near if tokens[k].word == ":"), 0)
    verb = any(tokens[k].word in ("were", "had") for k in range(count.last, colon))
    return verb and tokens[colon + 1].word == "those"


def without_everybody(tokens: list[Token], counts: list[Count], arms: list[Arm]) -> list[Count]:
    """The numbers of people in a sentence about several groups, without that of everybody.

    "THE 34 PATIENTS RATED their pain at 4.0 with wax and 5.2 with clay": of neither group.
    """
    left = [count for count in counts if not whole_study(tokens, count)]
    if len(left) != 1 or left[0].noun not in ANYONE or left[0].equals or left[0].each:
        return left
    near = range(left[0].at, min(left[0].at + 4, len(tokens) - 1))
    last = next((k for k in near if tokens[k].word in ANYONE), 0)
    ahead = all(arm.first > last for arm in arms) and tokens[last + 1].word in _RATED
    return [] if last and ahead else left


_RATED = word_set("rated reported scored graded gave recorded marked indicated described")
_STUDIES = word_set("trial study series cohort sample rct investigation")
