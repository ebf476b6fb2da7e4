"""The group that was given both treatments: "3.1 with wax, 3.3 with clay and 2.4 WITH BOTH"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLOSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_GIVEN = word_set("given receiving received")
MAYBE_BOTH = Clues(
    "given both", "receiving both", "received both", "with both", words=frozenset({"both"})
)
_BEHIND = word_set("at after on by , . ; and in during before was were had") | CLOSES


def given_both(tokens: list[Token]) -> None:
    """ "2.4 in those GIVEN BOTH at 8 weeks" names a group, where two others are named ahead.

    Not "with both treatments", nor "the same with both (3.1 and 3.2)": two treatments with a score
    each stand in the same sentence, before it.
    """
    for k in range(2, len(tokens) - 1):
        if tokens[k].word != "both" or tokens[k - 1].word not in _GIVEN | {"with"}:
            continue
        behind = tokens[k + 1]
        number = behind.kind == "n" and tokens[k - 1].word in _GIVEN
        if (behind.word in _BEHIND or number) and _two_ahead(tokens, k - 1):
            tokens[k].word = "combination"


def _two_ahead(tokens: list[Token], k: int) -> bool:
    """Whether two scores of groups stand ahead of k in its sentence."""
    told = 0
    while k > 1 and tokens[k].word != ".":
        k -= 1
        led = tokens[k].word in ("with", "in", "for", "under", "on") and k > 1
        told += led and (tokens[k - 1].kind == "n" or tokens[k - 1].word in CLOSES)
        told += tokens[k].word == "group" and any(
            token.kind == "n" for token in tokens[k + 1 : k + 4]
        )
    return told > 1
