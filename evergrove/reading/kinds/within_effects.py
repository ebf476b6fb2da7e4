"""Effects told within groups: "within-group effects for NRS (-2.2 [-2.8, -1.5])" are changes."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

_WHOM = word_set("group groups subject subjects arm arms patient patients person")
_EFFECTS = CHANGE_NOUNS | word_set("effect effects difference differences")


def effects_within(tokens: list[Token], a: int, b: int, runs: list[Run]) -> None:
    """ "There were WITHIN-GROUP EFFECTS for ODI (9 [6, 12]) and NRS (2.2 [1.5, 2.8])": changes.

    Values with limits, each in a bracket behind such a noun; not behind "between" once more.
    """
    told = next((k for k in range(a, b - 3) if tokens[k].word == "within"), -1)
    if told < 0:
        return
    k = told + 1 + (tokens[told + 1].word == "-")
    if tokens[k].word not in _WHOM:
        return
    noun = next((m for m in range(k + 1, min(b, k + 3)) if tokens[m].word in _EFFECTS), -1)
    if noun < 0:
        return
    stop = next((m for m in range(noun, b) if tokens[m].word in ("between", ";")), b)
    for run in runs:
        plain = run.stat == "level" and len(run.values) == 1 and noun < run.first < stop
        if not plain or tokens[run.first - 1].word not in ("(", "["):
            continue
        if any(len(spread.values) == 2 for spread in run.values[0].spreads):
            run.stat, run.cue, run.role = "change", tokens[noun].word, "of"
            run.sign = sign_of(run.cue)
