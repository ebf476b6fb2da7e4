""" "on average" behind a score or a fall: "fell by 12 mm ON AVERAGE from baseline to week 8"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

MAYBE_AVERAGE = Clues("on average", words=word_set("average"))
_UNITS = word_set("mm cm points point units %")


def without_averages(tokens: list[Token]) -> list[Token]:
    """ "fell by 12 mm ON AVERAGE, against 4 mm": without it, a mean is what the number is anyway.

    Not of lengths of time ("for 8 months on average"), nor ahead of a number ("on average 3.1").
    """
    gone: set[int] = set()
    for k in range(1, len(tokens) - 2):
        if tokens[k].word != "on" or tokens[k + 1].word != "average":
            continue
        at = _before_bracket(tokens, k - 1)
        at -= tokens[at].word in _UNITS
        told = at >= 0 and tokens[at].kind == "n" and tokens[k + 2].kind != "n"
        if told and tokens[k + 2].word not in _NOUNS:
            gone.update((k, k + 1))
    return [token for k, token in enumerate(tokens) if k not in gone] if gone else tokens


def _before_bracket(tokens: list[Token], k: int) -> int:
    """ "12 mm (SD 8) ON AVERAGE": the token before a bracket that closes at k, or k."""
    if tokens[k].word not in (")", "]"):
        return k
    opens = (m for m in range(k - 1, max(0, k - 9), -1) if tokens[m].word in ("(", "["))
    return next(opens, k + 1) - 1


_NOUNS = word_set("pain vas nrs score scores daily weekly intensity")
