"""Visits that are numbered in a list: "at the first, second and third follow-up visits"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import ORDINALS, Time

_VISITS = word_set(
    "visits consultations examinations assessments appointments evaluations reviews checks "
    "follow-ups followups"
)
_FOLLOW_UP = word_set("follow - up followup follow-up")
_LIST = word_set(", and or")


def numbered_visit(tokens: list[Token], i: int, b: int) -> Time | None:
    """The visit of the ordinal at i: "the FIRST, SECOND, and THIRD follow-up VISITS".

    Visits of unknown days, each by its number. The noun belongs to the last of them. One ordinal
    alone is one only of a follow-up ("the first visit" is that of the baseline).
    """
    last = i
    while last + 2 < b and tokens[last + 1].word in _LIST:
        k = last + 2 + (tokens[last + 2].word in _LIST)
        if k >= b or tokens[k].word not in ORDINALS:
            break
        last = k
    k = last + 1
    while k < b and tokens[k].word in _FOLLOW_UP:
        k += 1
    if k >= b or (tokens[k].word not in _VISITS and f"{tokens[k].word}s" not in _VISITS):
        return None
    alone = last == i and not (tokens[i - 1].word in _LIST and tokens[i - 2].word in ORDINALS)
    doubled = tokens[i - 1].word == "and" and tokens[max(0, i - 3)].word in ORDINALS
    if alone and not doubled and k == last + 1:
        return None
    noun = tokens[k].word.removesuffix("s")
    between = "".join(tokens[m].word for m in range(last + 1, k))
    label = " ".join(part for part in (tokens[i].word, between, noun) if part)
    return Time(i, k + 1 if last == i else i + 1, "other", label, None)
