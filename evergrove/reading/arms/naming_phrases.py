"""Phrases that may name a group where something must: behind a preposition, in a coordination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CONJUNCTIONS,
    DETERMINERS,
    GROUP,
    PREPOSITIONS,
    word_set,
)

if TYPE_CHECKING:
    from evergrove.reading.document import Document

LEADS = word_set("in with for under on after among without by receiving using given during at")
_STOPS = word_set(", ; ) ( . vs versus than whereas while but which who respectively")
# What is scored is no group, whatever preposition it stands behind.
SCORED = word_set(
    "score scores scale scales test tests index questionnaire inventory survey rating ratings "
    "points point mm cm mean median average value values range baseline total "
    "subscale domain follow-up followup time times visit visits end addition contrast comparison "
    "average both each all means medians averages deviation deviations error errors interval "
    "intervals interquartile iqr quartiles ranges sd sds sem ci confidence percentages q1 q3"
)


def phrases_behind(tokens: list[Token], a: int, b: int, busy: set[int]) -> list[tuple[str, Arm]]:
    """Prepositions of a stretch with the noun phrases behind them."""
    out: list[tuple[str, Arm]] = []
    for k in range(a, b - 1):
        if tokens[k].word not in LEADS or k in busy:
            continue
        # "with FELT.": one word is a noun there, whatever else it may be
        alone = k + 2 == b or tokens[k + 2].word in _STOPS
        none = tokens[k + 1].word == "no"  # "with gel ... with NO gel"
        span = noun_phrase(tokens, k + 1 + none, b)
        if span is None and not alone:
            continue
        first, last = span or (k + 1, k + 2)
        first = k + 1 if none else first
        cut = next((m for m in range(first, last) if m in busy), last)
        arm = named(tokens, first, cut)
        if arm is not None and cut > first:
            out.append((tokens[k].word, arm))
    return out


_NO_NAME = PREPOSITIONS | DETERMINERS | CONJUNCTIONS


def named(tokens: list[Token], first: int, last: int) -> Arm | None:
    """A phrase as the name of a group, unless it names what is scored."""
    while last > first and tokens[last - 1].word in _ENDS_OF_NAME:
        last -= 1
    words = {tokens[k].word for k in range(first, last)}
    if words <= _NO_NAME or words & SCORED:
        return None
    return Arm(first, last, text_of(tokens, first, last), 1, slot="apart", np_first=first)


PEOPLE_NOUNS = word_set("patients people subjects participants")
_ENDS_OF_NAME = GROUP | PEOPLE_NOUNS


_COPULAS = word_set("was were is are had has have")


def items_of(tokens: list[Token], k: int, b: int, busy: set[int]) -> list[Arm]:
    """The items of a coordination that begins at k; nothing where a number or time is inside."""
    spans: list[tuple[int, int]] = []
    first = k
    joined = False
    while k <= b:
        word = tokens[k].word if k < b else ";"
        end = word in _STOPS - {","} or word in GROUP or word in _COPULAS
        if end or word in (",", "and", "or", "&", "/", "vs", "versus"):
            if k > first:
                spans.append((first, k))
            if end and word not in ("vs", "versus"):
                break
            if joined and word == ",":
                break  # "A, B and C, ..."
            joined = joined or word in ("and", "or", "&", "vs", "versus")
            first = k + 1
        elif k in busy or tokens[k].kind == "n":
            return []
        elif word in DETERMINERS and k == first:
            first = k + 1
        elif k - first > 5:
            return []
        k += 1
    arms = [named(tokens, one, last) for one, last in spans]
    return [arm for arm in arms if arm is not None] if joined and None not in arms else []


def as_declared(document: Document, arm: Arm) -> Arm:
    """The phrase with the declared group that it names, if there is one, and that group's n."""
    if arm.arm is None:
        arm.arm = declared_arm(arm.name, document.declared)
        if arm.arm is not None and arm.name.startswith("no ") != arm.arm.name.startswith("no "):
            arm.arm = None  # "gel" and "no gel" share their word and nothing else
        if arm.arm is not None and arm.count is None:
            arm.count = arm.arm.n
    return arm
