"""Scores of two years: "NRS fell from 7.8 IN 1985 to 7.2 IN 2005" is no before and after."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token

_FAR = 9


def without_years(tokens: list[Token], runs: list[Run], rejected: dict[int, str]) -> list[Run]:
    """The runs without the frames that go from one year to another.

    Who was seen in each of the two years, and whether these were the same people, is not told.
    `rejected`: why numbers are no values, by their token.
    """
    gone: list[Run] = []
    for one, two in itertools.pairwise(runs):
        if one.role == "from" and two.role == "to":
            years = {_year_behind(tokens, run, rejected) for run in (one, two)}
            gone += [one, two] if len(years - {""}) == 2 else []
    return [run for run in runs if run not in gone]


def _year_behind(tokens: list[Token], run: Run, rejected: dict[int, str]) -> str:
    """ "7.8 (0.1) points IN 1985": the year behind a run, or ""."""
    for k in range(run.last, min(run.last + _FAR, len(tokens) - 1)):
        word = tokens[k].word
        if word in (",", ";", ".", "to", "and"):
            return ""
        if word == "in":
            return tokens[k + 1].word if rejected.get(k + 1) == "year" else ""
    return ""
