"""Ordinals whose unit the one before had: "5.2 on the first day and 3.1 ON THE SECOND"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import ORDINALS, Time, time_point, word_at


def of_unit_before(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """ "On the first day VAS was 5.2; ON THE SECOND, 3.2": the unit that the ordinal before had.

    Also "4.9 on the third day and ON THE SEVENTH it was 3.1", "1.9 BY THE TENTH."; of so many no
    groups are told in their order.
    """
    if tokens[i - 1].word != "the" or word_at(tokens, i - 2, a, b) not in ("on", "at", "in", "by"):
        return None
    if i + 2 < b and tokens[i + 1].kind == "n" and tokens[i + 2].word in UNIT_DAYS:
        return None  # "in the first two weeks and IN THE SECOND TWO WEEKS": a unit of its own
    stops = tokens[i - 2].word in ("on", "by")  # "4.8 by the second week and 1.7 BY THE SIXTH;"
    if i + 1 >= b or tokens[i + 1].word in (".", ";"):
        told = stops
    else:
        far = ORDINALS[tokens[i].word] > _GROUPS_AT_MOST and tokens[i + 1].word in _BEHIND_ORDINAL
        told = far or tokens[i + 1].word == "," or tokens[i + 1].kind == "n"
    if not told:
        return None
    for k in range(i - 3, a, -1):
        unit = tokens[k].word
        if unit in UNIT_DAYS and any(tokens[m].word in ORDINALS for m in range(max(a, k - 2), k)):
            label, days = time_point(ORDINALS[tokens[i].word], unit, True)
            return Time(i, i + 1, "point", label, days)
    return None


_GROUPS_AT_MOST = 3
_BEHIND_ORDINAL = word_set("it they . ; and ( when") | {")"}
