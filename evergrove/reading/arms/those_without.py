"""A second group that went without: "4.1 in the 29 men WITH A BLOCK and 5.7 in the 31 WITHOUT"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, UNIT_DAYS, names_people, word_set

_ENDS = word_set(") . ; , at on by after")
_ONE = word_set("one it them any this")


def those_without(
    tokens: list[Token], a: int, b: int, values: list[Value], counts: list[Count]
) -> list[Arm]:
    """Both groups, where a bare "without" ends the phrase behind the second value; else [].

    What the first had stands behind "with", between the two values or before the first of them.
    """
    for k in range(a + 4, b):
        if tokens[k].word != "without" or not _bare(tokens, k, b):
            continue
        before = [value for value in values if value.last <= k]
        if len(before) < 2 or k - before[-1].last > 5:
            continue
        at = {count.at: count for count in counts if not count.equals}
        counted = k - 1 - names_people(tokens[k - 1].word)  # "in the 31 MEN without"
        size = at.get(counted)
        if size is None:
            continue
        start = before[-2].last
        lead = next((m for m in range(before[-1].first - 1, start - 1, -1) if _with(tokens, m)), 0)
        span = noun_phrase(tokens, lead + 1, before[-1].first) if lead else None
        if span is None or not _tells(text_of(tokens, *span)):
            continue
        first = lead - names_people(tokens[lead - 1].word)
        mine = at.get(first - 1) or at.get(lead - 1)
        name = text_of(tokens, *span)
        other = counted
        return [
            Arm(first, span[1], name, 3, count=mine, np_first=first),
            Arm(other, k + 1, f"without {name}", 3, count=size, np_first=other),
        ]
    return []


def _bare(tokens: list[Token], k: int, b: int) -> bool:
    k += 1 + (k + 1 < b and tokens[k + 1].word in _ONE)
    return k >= b or tokens[k].word in _ENDS


def _with(tokens: list[Token], m: int) -> bool:
    return tokens[m].word in ("with", "given", "having", "wearing")


def _tells(name: str) -> bool:
    words = words_of(name)
    return bool(words - PEOPLE - GROUP) and not words & UNIT_DAYS.keys()
