"""Doubts about what a scale was used for: "DIZZINESS (VAS) was 3.1" may be no pain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.measures.other_constructs import is_painful
from evergrove.reading.records.doubts_of_kinds import Placed
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    ANAPHORS,
    CHANGE_NOUNS,
    GROUP,
    MEASURE_FILL,
    PEOPLE,
    VERBS,
    is_content,
    word_set,
)

if TYPE_CHECKING:
    from evergrove.reading.document import Document

_FILL = word_set("a an the 0 to 10 100 - – 10-cm 100-mm cm mm point points of range scale from")
_OF_SCORES = (
    PEOPLE
    | GROUP
    | VERBS
    | ANAPHORS
    | CHANGE_NOUNS
    | MEASURE_FILL
    | word_set(
        "instrument instruments tool tools test tests endpoint endpoints parameter parameters "
        "variable variables efficacy effectiveness effect effects analgesia relief improvement "
        "criterion criteria questionnaires symptom symptoms complaint complaints ache aches "
        "soreness discomfort status results data"
    )
)


def doubts_of_scales(document: Document, placed: list[Placed]) -> set[str]:
    """measure_unclear: the scale stands in a bracket behind a thing that no list of words knows."""
    tokens = document.tokens
    for record, view in placed:
        if record["stat"] == "between_diff" or "(" not in view.words:
            continue
        for mention in view.mentions:
            if (
                mention.key
                and mention.instrument
                and _behind_a_thing(tokens, view.a, mention.first)
            ):
                return {"measure_unclear"}
    return set()


def _behind_a_thing(tokens: list[Token], a: int, first: int) -> bool:
    """Whether a bracket holds the scale at `first` alone, and an unknown noun stands before it."""
    opened = first - 1
    while opened > a and opened > first - 7 and tokens[opened].word in _FILL:
        opened -= 1
    if tokens[opened].word not in ("(", "[") or opened <= a:
        return False
    closed = next((k for k in range(first, min(first + 10, len(tokens))) if _closes(tokens, k)), 0)
    if not closed or any(_tells(tokens, k) for k in range(first, closed)):
        return False
    if any(token.kind == "n" for token in tokens[max(a, opened - 12) : opened]):
        return False  # "fell to 3.1 at 6 MONTHS (VAS)"
    noun = tokens[opened - 1]
    if noun.kind != "w" or noun.mark is not None or not is_content(noun.word):
        return False
    if noun.word in _OF_SCORES or is_painful(noun.word):
        return False
    return not any(is_measure(token) for token in tokens[max(a, opened - 6) : opened])


def _closes(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in (")", "]")


def _tells(tokens: list[Token], k: int) -> bool:
    """Whether a score stands in the bracket: "wax (VAS 3.1)" names a group."""
    return tokens[k].kind == "n" and ("." in tokens[k].word or tokens[k].value not in (0, 10, 100))
