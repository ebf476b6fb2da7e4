"""Events that have no name of their own in the lists: what "before" and "after" stand before."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    DETERMINERS,
    GROUP,
    POST_WORDS,
    PRE_WORDS,
    UNIT_DAYS,
    is_content,
    word_set,
)
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
    return end if _only_one(tokens, a, b, i, end) else None


def _only_one(tokens: list[Token], a: int, b: int, i: int, end: int) -> bool:
    """ "VAS was 7.1 BEFORE TREATMENT and 2.1 AFTER WAX": what was done, and no group of that name.

    Where the sentence tells a score of before ahead, and sets nothing beside what is told here.
    """
    if not (_ends_clause(tokens, b, end) and _scored(tokens, a, b, i, end)):
        return False
    told = next(
        (k for k in range(i - 1, max(a, i - _FAR) - 1, -1) if tokens[k].word in _BASE), None
    )
    stop = next((k for k in range(i, b - 1) if _opens_other(tokens, k)), b)
    return told is not None and not any(
        k != i and (token.word in _BESIDE or (k > told and token.word in GROUP))
        for k, token in enumerate(tokens[a:stop], a)
    )


def _opens_other(tokens: list[Token], k: int) -> bool:
    """ "; in the clay group", ", IN THE clay group 8.8 and 4.1": where the next group is told."""
    return tokens[k].word == ";" or (tokens[k].word == "," and tokens[k + 1].word == "in")


def _ends_clause(tokens: list[Token], b: int, end: int) -> bool:
    return end >= b or tokens[end].kind == "n" or tokens[end].word in _ENDS


def _scored(tokens: list[Token], a: int, b: int, i: int, end: int) -> bool:
    """Whether a score stands right ahead of "after" at i, or right behind what it leads to."""
    k = i - 1
    while k > a and tokens[k].word in _CLOSES:
        k = max(open_bracket(tokens, a, k) or a, a) - 1 if tokens[k].word in ")]" else k - 1
    if tokens[k].kind == "n" and k > a:
        return tokens[k - 1].word != "/"  # "pre/post/later was 6.8/3.1/2.4 after wax": of each
    behind = end + (word_at(tokens, end, a, b) in ("it", ","))
    behind += word_at(tokens, behind, a, b) in ("was", "it", "to", ":", "=")
    return behind < b and tokens[behind].kind == "n" and tokens[k].word in ("and", ",", ";")


_FAR = 18
_BASE = PRE_WORDS | word_set("before prior baseline initial initially originally")
_ENDS = word_set(". , ; ) ( [ and was it on to")
#: What sets another group or another time beside.
_BESIDE = word_set(
    "after following with without versus vs than whereas while for under between compared both "
    "controls control placebo sham respectively"
)


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
