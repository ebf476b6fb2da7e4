"""The second group of a comparison without a preposition: "in smokers COMPARED WITH ABSTAINERS"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ANYONE, NOT_ARM, word_set
from evergrove.reading.view import View

MAYBE_SET = word_set("compared relative")
_OPENS = word_set("( [ : ,")
_OF_DAY = word_set("morning evening night afternoon day daytime")
_IN = word_set("in for among")


def compared_noun(
    tokens: list[Token], view: View, values: list[Value], chosen: list[Arm], busy: set[int]
) -> list[Arm]:
    """ "NRS was higher in smokers COMPARED WITH ABSTAINERS (6 vs 3)": the abstainers.

    Only where one group alone is named, right before the comparison and behind a preposition, and
    two values follow it.
    """
    if len(values) != 2 or len(chosen) != 1 or chosen[0].arm is not None:
        return []
    one = chosen[0]
    k = one.last
    if k + 3 >= view.b or tokens[k].word not in MAYBE_SET or tokens[one.first].word not in _IN:
        return []
    if tokens[k + 1].word not in ("with", "to"):
        return []
    first = k + 2 + (tokens[k + 2].word in ("those", "that")) * 2
    span = noun_phrase(tokens, first, view.b)
    if span is None or span[1] >= values[0].first or tokens[span[1]].word not in _OPENS:
        return []
    name = text_of(tokens, *span)
    told = {tokens[m].word for m in range(*span)}
    if any(m in busy for m in range(*span)) or not words_of(name) or name == one.name:
        return []
    if told & (NOT_ARM | _OF_DAY) or tokens[span[1] - 1].word in ANYONE:
        return []
    return [Arm(span[0], span[1], name, one.strength, slot="vs", np_first=span[0])]
