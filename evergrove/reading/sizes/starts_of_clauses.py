"""Where the clause of a number begins: "Forty nuns had wax, and | 29 were pleased"."""

from __future__ import annotations

from evergrove.reading.text.small_words import TURNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set

_TOLD = STATE | word_set(
    "had underwent received completed entered took got participated agreed "
    "occurred needed required developed reported experienced suffered withdrew reached achieved"
)


def start_of_clause(tokens: list[Token], a: int, at: int) -> int:
    """The first token of the clause with the number at `at`, in a sentence from token `a` on.

    A clause begins behind a semicolon, and behind ", and" where something has been told before:
    not in "31, 29, AND 30 nuns".
    """
    for k in range(at - 1, a, -1):
        if tokens[k].word == ";":
            return k + 1
        turns = tokens[k].word in TURNS and tokens[k - 1].word == ","
        if turns and any(tokens[m].word in _TOLD for m in range(a, k)):
            return k + 1
    return a
