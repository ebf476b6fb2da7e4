"""Comparisons that a clause opens with: "AT 1 YEAR, COMPARED WITH CLAY, wax lowered VAS by 1.4"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

UNLIKE = word_set("against versus unlike beside")
_COMPARED = UNLIKE | word_set("compared relative")
_BEFORE_TIME = word_set("at after by in on over the and of to from")
_LONGEST = 8


def behind_time(tokens: list[Token], a: int, run: Run, timed: dict[int, Time]) -> int:
    """Where "compared with clay" opens a clause behind "Results:", or behind "AT 1 YEAR,"; or a.

    Not behind baseline, which may itself be what is compared.
    """
    k = a + 2 if tokens[a + 1].word == ":" else a
    comma = next((m for m in range(k, min(k + _LONGEST, run.first)) if tokens[m].word == ","), k)
    ahead = range(k, comma)
    fronted = any(m in timed and timed[m].kind != "base" for m in ahead) and all(
        m in timed or tokens[m].word in _BEFORE_TIME for m in ahead
    )
    k = comma + 1 if fronted else k
    k += tokens[k].word == "as"  # "AS opposed to clay"
    return k if tokens[k].word in _COMPARED else a
