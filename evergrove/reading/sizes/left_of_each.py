"""How many of each group were left, told in their order: "31 OF 35 AND 29 OF 33 WERE SEEN"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import is_whole
from evergrove.reading.sizes.group_sizes import percent_bracket
from evergrove.reading.text.people_nouns import may_be_people
from evergrove.reading.text.still_there import ANALYSED, FOUND_AGAIN, GONE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import LOOKED_AT, PEOPLE, word_set

_OUT_OF = word_set("of /")
#: One of these stands behind the numbers.
LEFT_THEN = (
    ANALYSED
    | LOOKED_AT
    | FOUND_AGAIN
    | word_set("completed attended returned available followed remained finished came present")
)
_BEHIND_NUMBER = PEOPLE | word_set("the respectively , were was could be")
_JOINS = word_set("and , vs versus")
_VERB = word_set("were could had was") | LEFT_THEN
_LEADS_NAME = word_set("in with on from given")


def in_text_order(arms: list[DocArm]) -> list[DocArm]:
    """The groups as their sizes stand in the text, where all have one; else as they are."""
    if any(arm.n is None for arm in arms):
        return arms
    return sorted(arms, key=lambda arm: arm.n.at if arm.n is not None else 0)


def left_of_each(
    tokens: list[Token], a: int, b: int, arms: list[DocArm]
) -> list[tuple[DocArm, Count]]:
    """Each declared group and how many of it were left; [] unless the sentence tells so plainly.

    The numbers behind "of" are the sizes of the groups as they were declared, in the same order,
    and a word for those who were still there follows: "31/35 and 29/33 COMPLETED it".
    """
    arms = in_text_order(arms)
    sizes = [arm.n.value for arm in arms if arm.n is not None]
    if not len(sizes) == len(arms) > 1:
        return []
    parts: list[Count] = []
    wholes: list[float] = []
    k = end = a
    while k < b - 2:
        whole = whole_of(tokens, k, b)
        if whole is None:
            k += 1
            continue
        if parts and not _joined(tokens, end, k, arms[len(parts) - 1 : len(parts)]):
            return []
        parts.append(Count(int(tokens[k].value), k, k + 1))
        wholes.append(tokens[whole].value)
        k = end = behind_people(tokens, whole + 1, b)
    if wholes != sizes or any(p.value > n for p, n in zip(parts, sizes, strict=True)):
        return []
    m = next((m for m in range(end, min(b, end + 8)) if tokens[m].word in _VERB), end)
    if not _joined(tokens, end, m, arms[-1:]):
        return []
    behind = [tokens[k].word for k in range(m, min(b, m + 12))]
    while behind and behind[0] in _BEHIND_NUMBER:
        behind.pop(0)
    told = bool(behind) and behind[0] in LEFT_THEN and GONE.isdisjoint(behind)
    return list(zip(arms, parts, strict=True)) if told else []


def _joined(tokens: list[Token], first: int, last: int, arms: list[DocArm]) -> bool:
    """Whether nothing but ", and" or the group of the number before it stands there.

    "31 (89%) of 35 patients IN THE WAX GROUP AND 29 (88%) of 33".
    """
    words = [token.word for token in tokens[first:last] if token.word not in _JOINS]
    if not words:
        return True
    if words[0] not in _LEADS_NAME or len(arms) != 1:
        return False
    printed = {token.raw for token in tokens[first:last]}
    named = words_of(text_of(tokens, first, last))
    own = {*arms[0].name.lower().split(), *arms[0].words}
    return bool(own & named.union(words) or {arms[0].letter, *arms[0].aliases} & printed)


def whole_of(tokens: list[Token], k: int, b: int) -> int | None:
    """The token of the 35 in "31 OF (THE) 35", "31/35"; None where no such number stands at k."""
    if not is_whole(tokens, k):
        return None
    m = k + 1
    m += 4 * percent_bracket(tokens, m, b)
    m += may_be_people(tokens, m)
    if tokens[m].word not in _OUT_OF or m + 1 >= b:
        return None
    m += 1 + (tokens[m + 1].word == "the")
    return m if m < b and is_whole(tokens, m) else None


def behind_people(tokens: list[Token], k: int, b: int) -> int:
    """The token behind "patients (89%)" at k, or behind as much of it as stands there."""
    k += k < b and may_be_people(tokens, k)
    return k + 4 if percent_bracket(tokens, k, b) else k
