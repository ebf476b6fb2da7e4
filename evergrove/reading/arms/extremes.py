"""The other end of a ranking: "the highest NRS was seen with wax (4) AND THE LOWEST with clay"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_ENDS = word_set("lowest highest worst best smallest greatest largest least poorest")
_LEADS = word_set("in with for among at after on by was")


def extreme_again(tokens: list[Token], start: int, stop: int) -> bool:
    """ "... (4.0) AND THE LOWEST WITH clay (1.0)": still of the measure told before."""
    for k in range(start + 2, stop - 1):
        if tokens[k].word in _ENDS and tokens[k - 1].word == "the":
            joined = tokens[k - 2].word in ("and", ",", "while", "whereas")
            return joined and tokens[k + 1].word in _LEADS
    return False
