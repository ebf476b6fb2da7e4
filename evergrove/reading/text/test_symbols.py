"""Symbols of tests with their degrees of freedom: "(T10 = 5.45, p < 0.001)" is "t = 5.45"."""

from __future__ import annotations

import re

from evergrove.reading.text.small_words import AND_SIGNS
from evergrove.reading.text.tokens import Token

#: A text without this has no such symbol.
MAYBE_TEST_SYMBOL = re.compile(r"\b[tFUHWZ]\d{1,3} ?= ?[-\u2212]?\d")
_SYMBOL = re.compile(r"[tFUHWZ]\d{1,3}")


def spell_test_symbols(tokens: list[Token]) -> None:
    """ "T10 = 5.45, P < 0.001" as "t = 5.45": with its p behind or ahead, in one bracket or clause.

    Not "(t0 = 5.4, t1 = 3.2)": a letter that stands with several numbers may be that of visits.
    """
    told = [k for k in range(1, len(tokens) - 2) if _SYMBOL.fullmatch(tokens[k].raw)]
    for k in told:
        if tokens[k + 1].word != "=" or not _beside_p(tokens, k):
            continue
        letter = tokens[k].raw[0]
        others = {tokens[m].raw for m in told if tokens[m].raw[0] == letter and m != k}
        bare = [m for m in told if tokens[m].raw in others and not _beside_p(tokens, m)]
        if not bare:
            tokens[k].word = letter.lower()


def _beside_p(tokens: list[Token], k: int) -> bool:
    """Whether a p stands right behind the number of the symbol at k, or right before the symbol."""
    end = k + 2 + (tokens[k + 2].kind != "n")
    if end + 2 >= len(tokens) or tokens[end].kind != "n":
        return False
    if tokens[end + 1].word in AND_SIGNS and tokens[end + 2].word in ("p", "ns"):
        return True
    ahead = [token.word for token in tokens[max(0, k - 4) : k]]
    return len(ahead) == 4 and ahead[0] == "p" and ahead[3] in AND_SIGNS
