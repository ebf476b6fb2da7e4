"""How something was given, ahead of what: "were given INTRAVENOUSLY EITHER wax or clay"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

MAYBE_EITHER = Clues(" either ", words=word_set("either"))
_GIVEN = word_set("given received got had administered receive receiving applied injected took")
_SHORT = word_set("iv im sc po")
_NO_ADVERB = word_set("only family supply daily weekly monthly hourly early")


def given_either(tokens: list[Token]) -> None:
    """ "received TOPICALLY EITHER wax (31) or clay (29)" is "received either wax or clay"."""
    for k in range(len(tokens) - 2, 1, -1):
        if tokens[k].word != "either":
            continue
        m = k
        while m > 1 and k - m < 3 and _manner(tokens[m - 1].word):
            m -= 1
        if m < k and tokens[m - 1].word in _GIVEN:
            del tokens[m:k]


def _manner(word: str) -> bool:
    """ "orally", "blindly", "IV": how it was given."""
    return word in _SHORT or (word.endswith("ly") and len(word) > 5 and word not in _NO_ADVERB)
