"""A list of subjects with a value for each: "WAXING, TAPING AND ICING had 6, 5 and 3"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANAPHORS,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)

if TYPE_CHECKING:
    from evergrove.reading.view import View

_VERBS = STATE | word_set("had showed caused scored received yielded gave")
_NO_GROUP = (
    PEOPLE
    | UNIT_DAYS.keys()
    | PRE_WORDS
    | POST_WORDS
    | ANAPHORS  # "Postoperatively, it was 5 and 6, respectively"
    | word_set("mean median average score scores intensity severity age sex baseline follow-up")
)


def listed_subjects(tokens: list[Token], view: View, values: list[Value]) -> list[Arm]:
    """ "Waxing, toe taping and icing were the most painful, with medians of 6, 5 and 3": three.

    Only a list that opens the sentence and is followed by a verb, with as many items as there are
    values, all of them in one list behind the verb.
    """
    a, b = view.a, view.b
    if len(values) < 2 or not _one_list(tokens, values):
        return []
    if len(view.times) == len(values) or sum(bool(m.key) for m in view.mentions) > 1:
        return []  # "Wax and clay were liked, and NRS at 3 and 6 weeks was 3.1 and 2.2"
    k = a + 2 * (tokens[min(a + 1, b - 1)].word == ":")
    spans: list[tuple[int, int]] = []
    while k < values[0].first:
        end = k
        while end < b and end - k < 5 and _plain(tokens[end]):
            end += 1
        if end == k:
            return []
        spans.append((k, end))
        k = end
        while k < b and tokens[k].word in (",", "and"):
            k += 1
        if k == end:
            break
    k = _over_aside(tokens, k, values[0].first)
    if len(spans) != len(values) or k >= values[0].first or tokens[k].word not in _VERBS:
        return []
    names = [text_of(tokens, *span) for span in spans]
    if len(set(names)) != len(names) or not all(words_of(name) for name in names):
        return []
    return [
        Arm(first, last, name, 2, slot="pair", np_first=first)
        for (first, last), name in zip(spans, names, strict=True)
    ]


def _over_aside(tokens: list[Token], k: int, stop: int) -> int:
    """ "Wax and clay blocks FOR BROKEN RIBS (22 NUNS EACH) gave 3.6 and 3.3": to the verb."""
    if tokens[k].word == "for":
        end = k + 1
        while end < stop and end - k < 5 and _plain(tokens[end]):
            end += 1
        k = end
    if tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(k + 9, stop)) if tokens[m].word == ")"), k)
    return k


def _one_list(tokens: list[Token], values: list[Value]) -> bool:
    """Whether nothing but list signs stands between the values."""
    return all(
        all(tokens[k].word in (",", "and") for k in range(one.last, two.first))
        for one, two in itertools.pairwise(values)
    )


def _plain(token: Token) -> bool:
    if token.kind != "w" or token.word in _VERBS or token.word in _NO_GROUP:
        return False
    kind = getattr(token.mark, "kind", "")
    return kind in ("", "qualifier") and is_content(token.word)
