"""Scores in a bracket behind the noun of a change: "a fall in NRS (NRS at entry = 7; ...)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set
from evergrove.reading.times.time_parts import Time

NAMES_SCORE = word_set(": = was mean median score scores pain average")
_IN_NAME = NAMES_SCORE | word_set("the on intensity")
_OPEN, _CLOSE = ("(", "["), (")", "]")


def base_in_bracket(tokens: list[Token], k: int, run: Run, timed: dict[int, Time]) -> bool:
    """ "a reduction in NRS (mean NRS at entry = 7.1; at 1 week = 3.0)": 7.1 is a score.

    Whether a bracket between the noun at k and the run names baseline, and no other time.
    """
    opened = next((m for m in range(run.first - 1, k, -1) if tokens[m].word in _OPEN), 0)
    if not opened or any(tokens[m].word in _CLOSE for m in range(opened, run.first)):
        return False
    told = {id(timed[m]): timed[m].kind for m in range(opened, run.first) if m in timed}
    if run.versus and len(run.values) == 2 and len(told) == 2:
        return next(iter(told.values())) == "base"  # "falls (BEFORE VS WEEK 4, mean: 5.7 vs 2.7)"
    if any(tokens[m].word in ("from", "to", "versus", "vs") for m in range(opened, run.first)):
        return False
    return {timed[m].kind for m in range(opened, run.first) if m in timed} == {"base"}


def score_in_bracket(tokens: list[Token], run: Run) -> bool:
    """ "a decrease in pain at 1 week (VAS 3.8)": the bracket opens with the name of a scale."""
    k = run.first - 1
    while k > 0 and tokens[k].word in NAMES_SCORE:
        k -= 1
    mark = tokens[k].mark
    if getattr(mark, "kind", "") != "measure" or run.values[0].sign or run.values[0].percent:
        return False
    return tokens[mark.first - 1].word in ("(", "[")


def reduced_score_of(tokens: list[Token], run: Run) -> bool:
    """ "A REDUCED PAIN SCORE OF 2.6 compared with before": a score, or how far it went?"""
    k = run.first - 1
    if len(run.values) != 1 or tokens[k].word != "of":
        return False
    k -= 1
    while k > 0 and (tokens[k].mark is not None or tokens[k].word in NAMES_SCORE):
        k -= 1
    behind = [tokens[m].word for m in range(run.last, min(run.last + 14, len(tokens)))]
    return tokens[k].word in REDUCED and not _SET_AGAINST.isdisjoint(behind)


REDUCED = word_set("reduced decreased lowered diminished improved increased")
_SET_AGAINST = word_set("compared than versus relative")


def behind_change_in(tokens: list[Token], a: int, run: Run) -> bool:
    """ "The CHANGE IN VAS (3.2 ± 1.1) was significant": a score, or how far it went?

    One number with its spread in a bracket right behind what changed.
    """
    k = run.first - (tokens[run.first].word not in _OPEN)
    if len(run.values) != 1 or tokens[k].word not in _OPEN or not run.values[0].spreads:
        return False
    k -= 1
    while k > a and (tokens[k].mark is not None or tokens[k].word in _IN_NAME):
        k -= 1
    return tokens[k].word in ("in", "of") and tokens[k - 1].word in CHANGE_NOUNS
