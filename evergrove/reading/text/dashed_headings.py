"""Headings set off by a dash: "Results.—Forty nuns had wax" as "Results: Forty nuns had wax"."""

from __future__ import annotations

import re

from evergrove.reading.text.sections import SECTIONS
from evergrove.reading.text.tokens import Token

#: Asked of the text as printed, where a dash stands in it at all.
MAYBE_DASHED = re.compile(r"[A-Za-z] ?(?:[.:] ?[-–—]|—) ?\S")
_DASHES = frozenset("-–—")
_ENDS = frozenset(".:;?!)")


def spell_headings(tokens: list[Token]) -> list[Token]:
    """A stop with a dash behind a heading is a colon; so is a long dash alone.

    The heading, a known word with a capital, begins the text or follows the end of a sentence,
    alone or as the last of "Materials and Methods".
    """
    out: list[Token] = []
    k, count = 0, len(tokens)
    while k < count:
        token = tokens[k]
        out.append(token)
        k += 1
        if token.kind != "w" or k >= count or not _opens(tokens, k - 1):
            continue
        stop = tokens[k] if tokens[k].word in (".", ":") else None
        at = k + (stop is not None)
        if at + 1 >= count or tokens[at].word not in _DASHES:
            continue
        if stop is None and tokens[at].word != "—":
            continue
        colon = stop or tokens[at]
        colon.word, colon.raw = ":", ":"
        out.append(colon)
        tokens[at + 1].spaced = True
        k = at + 1
    return out


def _opens(tokens: list[Token], k: int) -> bool:
    """Whether the word at k is a heading, or the last of two that are joined."""
    if tokens[k].raw.lower() not in SECTIONS or not tokens[k].raw[:1].isupper():
        return False
    if k > 1 and tokens[k - 1].word in ("and", "&", "/"):
        k -= 2
    return k == 0 or tokens[k - 1].word in _ENDS
