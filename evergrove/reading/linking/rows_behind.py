"""A bracket with times of its own, behind the group that is set against the values before it."""

from __future__ import annotations

from evergrove.reading.frames import Labels
from evergrove.reading.text.small_words import HEADS_NUMBER
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SET_BESIDE


def row_behind(tokens: list[Token], start: int, inside: list[Labels]) -> int:
    """ "5 h (1.9) THAN IN THE WAX GROUP (2 h: 2.4; 5 h: 2.8)": the bracket is of wax.

    So too "compared to the wax users' own score (entry, 2.4; week 5, 2.8)". Returns where that
    group is set against the values before, or 0.
    """
    rows = {t.first for t in inside if t.kind == "time" and _heads_number(tokens, t)}
    for one in inside if rows else ():
        if one.kind != "arm" or not _opens_row(tokens, one.last, rows):
            continue
        if len(one.items) == 2 and one.items[0].slot in ("after", "following"):
            del one.items[0]  # "(1.9) AFTER THE BATH compared to the wax group (": no group
            one.first, one.contrast = one.items[0].first, False
        for k in range(max(start, one.first - 4), one.first + 1):
            if tokens[k].word in SET_BESIDE:
                return k
    return 0


def _heads_number(tokens: list[Token], time: Labels) -> bool:
    k = time.last
    return k + 1 < len(tokens) and tokens[k].word in HEADS_NUMBER and tokens[k + 1].kind in "nw"


def _opens_row(tokens: list[Token], k: int, rows: set[int]) -> bool:
    """Whether a bracket that a time opens stands behind the group that ends at k, or its noun."""
    for m in range(k, min(k + 11, len(tokens) - 1)):
        if tokens[m].word in ("(", "["):
            return m + 1 in rows
        if tokens[m].kind != "w" and tokens[m].word not in ("-", "'"):
            return False
    return False
