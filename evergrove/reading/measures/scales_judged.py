"""Scores of a scale itself: "the VAS was EASIER TO USE than the RMDQ (8.7 vs 7.7)"; no pain."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.small_words import TURNS_ON
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: One of these stands in every sentence that judges a scale.
MAYBE_JUDGED = word_set("easier simpler quicker harder clearer ease easy difficult")
_DONE = word_set(
    "use complete understand fill answer administer apply score read mark grasp interpret explain"
)
_EASE = word_set("use completion understanding answering administration scoring interpretation")


def scales_judged(tokens: list[Token], a: int, b: int, mentions: list[Mention]) -> list[Mention]:
    """The mentions with every scale as no outcome, where it is told how easy one was to use.

    "Patients found the NRS SIMPLER TO COMPLETE than the VAS", "EASE OF USE was 8 for the VAS".
    """
    scales = [mention for mention in mentions if mention.instrument]
    at = next((k for k in range(a, b - 2) if _judged(tokens, k, scales)), None) if scales else None
    if at is None:
        return mentions
    first, last = _clause(tokens, a, b, at)
    return [
        Mention(m.first, m.last, None, None, "another construct")
        if m.key and first <= m.first < last
        else m
        for m in mentions
    ]


def _clause(tokens: list[Token], a: int, b: int, at: int) -> tuple[int, int]:
    """ "NRS was 3.1 with wax, AND EASE OF USE was 8 for the NRS": of the second clause alone."""
    ends = [k for k in range(a + 1, b - 1) if tokens[k].word == ";" or _turns(tokens, k)]
    first = max((k for k in ends if k <= at), default=a)
    return first, min((k for k in ends if k > at), default=b)


def _turns(tokens: list[Token], k: int) -> bool:
    return tokens[k].word == "," and tokens[k + 1].word in TURNS_ON


def _judged(tokens: list[Token], k: int, scales: list[Mention]) -> bool:
    if tokens[k].word not in MAYBE_JUDGED:
        return False
    joint, done = tokens[k + 1].word, tokens[k + 2].word
    if tokens[k].word == "ease":
        return joint == "of" and done in _EASE
    # not "VAS fell, which made it EASIER TO USE the arm"
    near = any(
        scale.last <= k < scale.last + 4
        and all(tokens[m].kind == "w" for m in range(scale.last, k))
        for scale in scales
    )
    return near and joint == "to" and done in _DONE
