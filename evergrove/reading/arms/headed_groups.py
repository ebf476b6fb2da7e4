"""Two groups behind the heading of a structured abstract: "Interventions: A (n = 20) or B ..."."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import phrase_before, text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import CHOICES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

HEADS = word_set("intervention interventions treatment treatments")
_ENDS_NAME = word_set("by at with for within in during on over from using (")
INERT = word_set("conventional standard usual routine placebo sham control")


def headed_groups(
    tokens: list[Token], a: int, b: int, counts: list[Count]
) -> list[tuple[str, Count | None, str]]:
    """ "INTERVENTIONS: A MUD PACK by nurses within a day (n = 79), OR USUAL CARE (n = 82)".

    Name and size of both groups; empty unless just two sizes stand so, with "or" between them.
    """
    if a + 6 >= b or tokens[a].word not in HEADS or tokens[a + 1].word != ":":
        return []
    sized = [c for c in counts if c.equals and c.bracket and not c.each]
    if len(sized) != 2 or len(counts) != 2:
        return []
    joins = [
        k
        for k in range(sized[0].last, sized[1].at)
        if tokens[k].word in CHOICES and tokens[k - 1].word in (")", "]", ",")
    ]
    stop = next((k for k in range(a + 3, sized[0].at) if tokens[k].word in _ENDS_NAME), 0)
    if len(joins) != 1 or not stop:
        return []
    left = phrase_before(tokens, stop, a + 1)
    right = noun_phrase(tokens, joins[0] + 1, b, 6)
    out: list[tuple[str, Count | None, str]] = []
    for span, count in zip((left, right), sized, strict=True):
        if span is None or tokens[span[1] - 1].word in PEOPLE:
            return []
        name = text_of(tokens, *span)
        if not words_of(name):
            return []
        out.append((name, count, ""))
    return out


def name_roles(arms: list[DocArm]) -> None:
    """ "... or USUAL CARE (n = 82)": that group is "the control group", the other the treated."""
    inert = [not INERT.isdisjoint(arm.name.lower().split()) for arm in arms]
    if inert == [False, True]:
        for arm, role in zip(arms, ("intervention", "control"), strict=True):
            arm.words.add(role)
            arm.called = arm.called or role
