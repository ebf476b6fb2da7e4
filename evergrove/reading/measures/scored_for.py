"""Scores behind a verb of their own: "were 46 years old AND SCORED 6.4 for heel pain"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS, VERBS, word_set
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View

SCORES = word_set("scored rated")
_LEADS = word_set("a an the mean median average of at on about their")
_JOINS = word_set("for on in at")
_STOPS = word_set("; : , and but while whereas versus vs than ( [")


def scored_for(tokens: list[Token], view: View, runs: list[Run], measures: Vectors) -> None:
    """What was scored is named behind the score, and is no age or weight told ahead of the verb.

    "Nuns with a BMI of 26 SCORED 6.4 (SD 1.5) FOR FIRST-STEP PAIN": between the score and the
    name stand no other number, verb or clause.
    """
    for index, run in enumerate(runs):
        told = measures.of[index][0]
        if told is None or told.key or told.veto not in _OF_PEOPLE or len(run.values) > 1:
            continue
        k = run.first - 1
        while k > view.a and tokens[k].word in _LEADS:
            k -= 1
        if tokens[k].word in SCORES and told.last <= k:
            mention = _behind(tokens, view, run)
            if mention is not None:
                measures.set(index, [mention], "post")


_OF_PEOPLE = ("age", "body size")


def _behind(tokens: list[Token], view: View, run: Run) -> Mention | None:
    """The measure behind "for" or "on" that follows the value of a run, its spread and unit."""
    start = max([run.last, *(value.last for value in run.values)])
    while start < view.b and tokens[start].word in SCORE_UNITS:
        start += 1
    if start >= view.b or tokens[start].word not in _JOINS:
        return None
    named = next((m for m in view.mentions if m.first >= start), None)
    if named is None or not named.key:
        return None
    between = tokens[start + 1 : named.first]
    clear = all(t.kind != "n" and t.word not in _STOPS and t.word not in VERBS for t in between)
    return named if clear else None
