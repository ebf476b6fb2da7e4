"""The scores of another group behind its bare name: "3.1 with wax at 6 weeks; PLACEBO: 4.4"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CONTROL_DRUGS, GROUP, word_set

MAYBE_ROW_OF_OTHER = Clues((";", r"; (?:the )?[a-z][^;:,.()]{2,30}[:,] (?:from |by )?[-−–]?\d"))

_LONGEST = 3
# What stands before the name of a group elsewhere in the text, and before that of no measure.
_BEFORE_GROUP = word_set("or versus vs receive received receiving taking given")


def rows_of_others(tokens: list[Token]) -> None:
    """ "wax fell from 7 to 4 at 6 weeks; CLAY: 7.2 to 6.1" is "; WITH CLAY 7.2 to 6.1", in place.

    Only the last clause of a sentence that has told its scores with a verb, and a name that is a
    control or that the text calls a group elsewhere; not in rows that all begin so ("wax: 7.1;
    clay: 7.2").
    """
    groups: frozenset[str] | None = None
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != ";":
            continue
        first = k + 1 + (tokens[k + 1].word == "the")
        end = _end_of_name(tokens, first)
        if not end or not _tells_scores(tokens, k):
            continue
        groups = _named_as_groups(tokens) if groups is None else groups
        words = {token.word for token in tokens[first:end]}
        if not (words <= CONTROL_DRUGS or tokens[end - 1].word in groups | GROUP):
            continue
        if tokens[end].word == ":":
            del tokens[end]
        start = tokens[k + 1].start
        tokens.insert(k + 1, Token("w", start, start, "with", raw="with"))


def _end_of_name(tokens: list[Token], first: int) -> int:
    """Where a name of few words ends before ":" or "," and a number; 0 if none begins there."""
    for end in range(first + 1, min(first + _LONGEST + 1, len(tokens) - 2)):
        if tokens[end - 1].kind != "w":
            return 0
        if tokens[end].word in (":", ","):
            k = end + 1 + (tokens[end + 1].word in ("from", "by"))
            return end if tokens[k].kind == "n" else 0
    return 0


def _tells_scores(tokens: list[Token], k: int) -> bool:
    """Whether the sentence ahead of ";" at k tells a number with no ":", ";" or open bracket."""
    opened, number = 0, False
    for token in reversed(tokens[:k]):
        if token.word == ".":
            break
        if token.word in (":", ";"):
            return False
        opened += (token.word in "([") - (token.word in ")]")
        if opened > 0:
            return False
        number = number or token.kind == "n"
    return number


def _named_as_groups(tokens: list[Token]) -> frozenset[str]:
    """The words that the text sets before "group", or behind "received", "or", "versus"."""
    out = set()
    for k in range(1, len(tokens) - 1):
        if tokens[k].kind != "w":
            continue
        if tokens[k - 1].word in _BEFORE_GROUP or tokens[k + 1].word in GROUP:
            out.add(tokens[k].word)
    return frozenset(out)
