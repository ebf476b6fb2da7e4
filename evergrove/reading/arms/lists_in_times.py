"""Treatments listed inside one time: "8 WEEKS AFTER INJECTION OF WAX, HONEY AND CLAY, VAS was"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.other_sex import HALF
from evergrove.reading.arms.pairs_in_times import measures_named
from evergrove.reading.text.small_words import CHOICES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import EVENT, NOT_ARM, STATE, word_set
from evergrove.reading.view import View


def list_in_time(tokens: list[Token], view: View, lead: int) -> list[Arm]:
    """The groups of "AFTER (injection of) WAX, HONEY AND CLAY were 2.7, 3.6 and 4.5, respectively".

    `lead`: the word "after" in the one time of the sentence. One measure, a value for each group,
    and right behind the list the verb or a comma.
    """
    if "respectively" not in view.words or "from" in view.words:
        return []
    if sum(time.kind not in _NO_TIMES for time in view.times) != 1:
        return []
    if measures_named(view) > 1:
        return []
    spans = _listed(tokens, lead + 1, view.b)
    if len(spans) < 2 or len(spans) != len(view.q.values):
        return []
    last = spans[-1][1]
    if last >= view.b or tokens[last].word not in _BEHIND:
        return []
    names = [text_of(tokens, *span) for span in spans]
    own = [words_of(name) for name in names]
    if not all(own) or len({frozenset(one) for one in own}) < len(own):
        return []
    plain = EVENT | NOT_ARM
    if any({tokens[k].word for k in range(*span)} <= plain for span in spans):
        return []  # "after SURGERY and discharge": two times
    return [
        Arm(*span, name, 3, slot=HALF, np_first=span[0])
        for span, name in zip(spans, names, strict=True)
    ]


def _listed(tokens: list[Token], start: int, b: int) -> list[tuple[int, int]]:
    """The phrases of "(injection of) wax, honey and clay"; none where no "and" ends the list."""
    spans: list[tuple[int, int]] = []
    joined = False
    while start < b and len(spans) < _MOST:
        span = noun_phrase(tokens, start, b)
        if span is None:
            return []
        first, last = span
        if not spans:
            of = [k for k in range(first, last) if tokens[k].word in _OF]
            if not of and last + 1 < b and tokens[last].word in _OF:
                span = noun_phrase(tokens, last + 1, b)
                if span is None:
                    return []
            elif of:
                span = noun_phrase(tokens, of[-1] + 1, b) or span
        spans.append(span)
        start = span[1]
        if len(spans) > 1 and joined:
            return spans
        if start + 1 >= b or tokens[start].word not in _JOINS:
            return []
        joined = tokens[start].word != ","
        start += 1
        if not joined and tokens[start].word in CHOICES:
            joined, start = True, start + 1  # "wax, honey, AND clay"
    return []


_MOST = 5
_OF = word_set("of with")
_JOINS = CHOICES | {","}
_BEHIND = STATE | word_set(", ( was were averaged scored had")
_NO_TIMES = ("duration", "same")
