"""A part of the people told by what it has: "12 OF THEM HAD GOUT. Those with gout scored 6"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import THEM
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import PEOPLE, is_content, word_set

_HAVE = word_set("had with have has suffered having")
_BEFORE_PART = word_set("whom which ( ; , and")
_LINKS = word_set("a an the with")
_NAME = 4  # words of a condition


def of_counted_part(tokens: list[Token], slot: Arm) -> bool:
    """Whether those with a condition were counted before as a part of all; gives them that number.

    "Of 40 patients, 12 (30%) HAD GOUT", "40 patients (12 WITH GOUT)"; not "40 patients had gout".
    """
    told = _words(tokens, slot.np_first or slot.first, slot.last)
    for k in range(1, slot.first):
        if not told or tokens[k].word != told[-1]:
            continue
        j = k - 1
        while j > 0 and k - j < _NAME and tokens[j].word not in _HAVE and _named(tokens[j]):
            j -= 1
        same = tokens[j].word in _HAVE and _words(tokens, j + 1, k + 1) == told
        count = _part(tokens, j - 1) if same else None
        if count is not None:
            slot.count = count
            return True
    return False


def _words(tokens: list[Token], first: int, last: int) -> list[str]:
    words = [token.word for token in tokens[first:last] if token.kind == "w"]
    return [word for word in words if word not in _LINKS]


def _named(token: Token) -> bool:
    return token.kind == "w" and (is_content(token.word) or token.word in _LINKS)


def _part(tokens: list[Token], last: int) -> Count | None:
    """The number of people that ends at token `last`, if it is one of a part."""
    them = False
    j = last
    if j > 0 and tokens[j].word == ")":
        opened = open_bracket(tokens, max(0, j - 6), j)
        j = opened - 1 if opened is not None else j
    while j > 1 and tokens[j].word in THEM | PEOPLE | {"of", "the"}:
        them = them or tokens[j].word in THEM
        j -= 1
    token = tokens[j]
    if j < 1 or token.kind != "n" or token.value != int(token.value) or "." in token.word:
        return None
    if not them and tokens[j - 1].word not in _BEFORE_PART:
        return None
    return Count(int(token.value), j, j + 1, "patients", None)
