"""An average that is the item scored: "median (IQR) AVERAGE pain", "median worst and average"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_AVERAGE = word_set("average averaged")
_CENTRES = word_set("median medians mean means")
_ITEMS = word_set(
    "worst least best current usual present maximum minimum daily weekly 24-hour pain overall "
    "self-reported reported score scores intensity of the for in and , /"
)
_OPENS = {")": "(", "]": "["}


def head_of_average(tokens: list[Token], a: int, k: int) -> int:
    """The token that may tell the centre of "average" or "mean" at k: the one before it.

    An average is an item of a pain inventory too, so that for this word a bracket with the name
    of the spread, and other items ("worst, least and"), are gone over.
    """
    k -= 1
    if tokens[k + 1].word not in _AVERAGE:
        return k
    at = k
    while at > a:
        word = tokens[at].word
        if word in _OPENS:
            opened = at - 1
            while opened > a and tokens[opened].word != _OPENS[word]:
                if tokens[opened].kind == "n" and tokens[opened].value not in (25, 75, 95):
                    return k  # a value stands between
                opened -= 1
            at = opened - 1
        elif word in _CENTRES:
            return at if tokens[at + 1].word not in ("and", "or", ",", "/") else k
        elif word in _ITEMS or getattr(tokens[at].mark, "kind", "") in ("measure", "qualifier"):
            at -= 1
        else:
            return k
    return at if tokens[at].word in _CENTRES else k
