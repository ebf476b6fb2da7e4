"""Names in quotes: "in the 'no wax' group", "24 ('claysters')" are read without the marks."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set

_MARKS = ('"', "'")
_GROUPS = "|".join(sorted(word for word in GROUP if word.isalpha()))
#: A text without one of these puts no name of a group in quotes.
MAYBE_QUOTED = Clues(*((f"{mark} ", rf"{mark} (?:{_GROUPS})\b") for mark in _MARKS), words=GROUP)
_WHEN = word_set("before after following at during prior")
_LONGEST = 5  # words of a name


def without_quotes(tokens: list[Token]) -> None:
    """ "in the 'NO WAX' GROUP" is "in the no wax group": what the marks enclose is one name.

    Not the mark of "the nurses' group", which nothing opens, nor those of a time ("the 'before
    wax' group").
    """
    for k in range(len(tokens) - 2, 1, -1):
        if tokens[k].word in _MARKS and not tokens[k].spaced and tokens[k + 1].word in GROUP:
            opened = _opened(tokens, k)
            if opened is not None:
                tokens[opened + 1].spaced = True
                del tokens[k], tokens[opened]


def _opened(tokens: list[Token], k: int) -> int | None:
    """The mark that opens the name that ends before token k; None if there is none."""
    for m in range(k - 1, max(-1, k - 2 - _LONGEST), -1):
        if tokens[m].word in _MARKS:
            return m if m < k - 1 and tokens[m].spaced else None
        sign = tokens[m].kind == "s" and tokens[m].word not in ("-", "/", "+")
        if sign or tokens[m].word in _WHEN:
            return None
    return None
