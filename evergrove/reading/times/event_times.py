"""Events that have no name of their own in the lists: what "before" and "after" stand before."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, GROUP, POST_WORDS, UNIT_DAYS, is_content
from evergrove.reading.times.time_parts import word_at


def told_before(tokens: list[Token], a: int, b: int, i: int) -> int | None:
    """ "7.1 before the swim and 3.2 AFTER THE SWIM", "before and AFTER THE SWIM": an event.

    The end of what stands behind "after" at i, where the sentence has it behind "before" too.
    """
    start = i + 1 + (word_at(tokens, i + 1, a, b) in DETERMINERS)
    end = noun_end(tokens, b, start)
    if end == start:
        return None
    if word_at(tokens, i - 1, a, b) in ("and", "or") and word_at(tokens, i - 2, a, b) == "before":
        return end
    words = [tokens[k].word for k in range(start, end)]
    for k in range(a, i - 1):
        if tokens[k].word == "before" or (tokens[k].word == "to" and tokens[k - 1].word == "prior"):
            other = k + 1 + (tokens[k + 1].word in DETERMINERS)
            if words == [token.word for token in tokens[other : other + len(words)]]:
                return end
            if i - k < 12 and _bare(tokens, a, k) and tokens[i - 1].kind != "w":
                return end  # "7.1 BEFORE and 2.1 AFTER WAX"
    return None


def _bare(tokens: list[Token], a: int, k: int) -> bool:
    """Whether "before" at k stands right behind a number or its bracket, with nothing behind it."""
    behind = tokens[k + 1].word in ("and", "to", "versus", "vs", ",") or tokens[k + 1].kind == "n"
    ahead = tokens[k - 1] if k > a else None
    return behind and ahead is not None and (ahead.kind == "n" or ahead.word in _CLOSES)


_CLOSES = (")", "]", "mm", "cm", "points", "%")


def noun_end(tokens: list[Token], b: int, end: int) -> int:
    """The end of up to three words that may be the name of an event, from token `end` on."""
    stop = min(b, end + 3)
    while (
        end < stop
        and tokens[end].kind == "w"
        and tokens[end].mark is None
        and is_content(tokens[end].word)
        and tokens[end].word not in UNIT_DAYS
        and tokens[end].word not in GROUP
        and tokens[end].word not in POST_WORDS
        and tokens[end].word not in ("versus", "vs")
    ):
        end += 1
    return end
