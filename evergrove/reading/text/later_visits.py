"""Visits told with all before them: "at 2 h and AT ALL LATER TIMES, INCLUDING 48 H (1 vs 2)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set

_LATER = word_set("later subsequent following further remaining other succeeding thereafter")
MAYBE_ALL_LATER = Clues(*((word, f"{word} ") for word in ("all", "every", "each")), words=_LATER)
_ALL = word_set("all every each")
_VISITS = word_set(
    "time times timepoint timepoints point points visit visits assessment assessments interval "
    "intervals measurement measurements evaluation evaluations examination examinations afterwards "
    ", -"
)
_UP_TO = word_set("including until till through to e.g. inclusive")
_JOINS = word_set("up")
_FURTHER = word_set("and at the")
_REACH = 9


def at_the_last(tokens: list[Token]) -> list[Token]:
    """ "AT ALL LATER TIMES, INCLUDING 48 h (1.1 vs 2.2)" is "at 48 h (1.1 vs 2.2)".

    The scores behind are those of the visit that is named, whichever others there were.
    """
    gone: set[int] = set()
    for k in range(len(tokens) - 4):
        if tokens[k].word in ("at", "on") and tokens[k + 1].word in _ALL:
            gone.update(range(k + 1, _behind_visits(tokens, k + 2)))
    return [token for k, token in enumerate(tokens) if k not in gone] if gone else tokens


def _behind_visits(tokens: list[Token], k: int) -> int:
    """The token of the time behind "later times, including", or 0."""
    later, stop = False, min(k + _REACH, len(tokens) - 2)
    while k < stop and tokens[k].word in _LATER | _VISITS | _JOINS:
        later = later or tokens[k].word in _LATER
        k += 1
    if not later or k >= stop or tokens[k].word not in _UP_TO:
        return 0
    while tokens[k].word in _UP_TO | _FURTHER:
        k += 1  # "up to AND INCLUDING THE week 6"
    dated = tokens[k].kind == "n" or tokens[k + 1].kind == "n"
    near = {token.word for token in tokens[k : k + 4]}
    return k if dated and not near.isdisjoint(UNIT_DAYS) else 0
