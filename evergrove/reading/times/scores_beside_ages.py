"""Scores told beside the age of the people: "had a mean AGE of 47 years and a mean VAS of 68.4"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Cell
from evergrove.reading.view import View

_IN_LIST = (
    CENTRES
    | UNIT_DAYS.keys()
    | word_set(
        "age a an the and of , ( ) [ ] ± - – : = sd iqr range interquartile standard deviation to "
        "bmi body mass index weight height kg m 2 / cm mm % years old level score"
    )
)
_SINCE = word_set("follow follow-up followup followed last final")


def at_entry(tokens: list[Token], view: View, cells: list[Cell]) -> None:
    """ "115 nuns with a mean AGE of 47 years AND A MEAN VAS OF 68.4": who they were, at baseline.

    Not where the sentence names a time, or how long they were followed.
    """
    if any(time.kind != "duration" for time in view.times) or not _SINCE.isdisjoint(view.words):
        return
    for cell in cells:
        if (
            cell.time is not None
            or cell.run.stat != "level"
            or cell.run.role not in ("of", "state")
        ):
            continue
        if _behind_age(tokens, view.a, cell.run.first):
            cell.time = Time(0, 0, "base", "baseline", 0)
            cell.reasons.append("time_assumed")


def _behind_age(tokens: list[Token], a: int, k: int) -> bool:
    """Whether a list that begins with an age goes on without a break up to the score at token k."""
    while k > a:
        k -= 1
        token = tokens[k]
        if token.word == "age":
            return tokens[k - 1].word in CENTRES and tokens[k + 1].word == "of"
        if not (token.kind == "n" or token.word in _IN_LIST or token.mark is not None):
            return False
    return False
