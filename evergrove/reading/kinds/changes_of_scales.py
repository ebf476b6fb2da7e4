"""Changes of several scales in one list: "all scales showed a FALL (NRS, 2.1 points; ODI, 9)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.compared_changes import DIRECTED
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.tokens import Token, is_measure, open_bracket
from evergrove.reading.text.words import BETTER, CHANGE, CHANGE_NOUNS, DOWN, UP, WORSE, word_set

#: "BOTH scales", "the THREE instruments": what the list then names one by one.
_SEVERAL = word_set("both all two three four five each")
SCALES = word_set(
    "scales scores instruments measures outcomes questionnaires indices indexes ratings scale "
    "instrument measure outcome questionnaire"
)
_BESIDE = word_set(", : = ; and of by in on for the mean points point ( [ with")
_SET_ASIDE = word_set("no not neither without difference differences from to than but except")


def changes_of_scales(tokens: list[Token], a: int, runs: list[Run]) -> bool:
    """ "Both scales showed an improvement at week 6 (NRS, 2.1 points; ODI, 9.4)": two changes.

    Whether some became changes. The list is one bracket, or what stands behind a colon; each number
    has the name of its scale, nothing else. Without "points" at any of them, and where the first
    was told as no change, they stay what they are: "(NRS, 2.1; ODI, 9.4)" may be scores.
    """
    values = [value for run in runs for value in run.values]
    if any(value.percent or value.sign == "-" for value in values):
        return False
    if any(len(run.values) > 1 or run.stat not in ("level", "change") for run in runs):
        return False
    opened = _opened(tokens, a, runs)
    cue = _moved(tokens, a, opened) if opened else ""
    if not cue or not all(_of_a_scale(tokens, opened, runs, k) for k in range(len(runs))):
        return False
    if runs[0].stat != "change" and all(value.unit != "point" for value in values):
        return False
    told = next((run for run in runs if run.stat == "change"), None)
    for run in runs:
        if run.stat == "level":
            run.stat, run.role = "change", "of"
            run.cue = told.cue if told else cue
            run.sign = told.sign if told else sign_of(cue)
    return True


def _opened(tokens: list[Token], a: int, runs: list[Run]) -> int:
    """The bracket or colon that all runs stand behind, and none before; 0 if there is none."""
    first, last = runs[0].first, runs[-1].first
    opened = open_bracket(tokens, a, first)
    if opened is not None:
        return opened if open_bracket(tokens, a, last) == opened else 0
    # "on both scales: 2.1 points on the NRS", not the colon of "NRS: 2.1"
    return next((k for k in range(a + 3, first) if tokens[k].word == ":"), 0)


def _moved(tokens: list[Token], a: int, opened: int) -> str:
    """The word for the change of several scales that is all the clause before tells, or ""."""
    words = [tokens[k].word for k in range(a, opened)]
    several = any(
        one in _SEVERAL and not SCALES.isdisjoint(words[k + 1 : k + 4])
        for k, one in enumerate(words)
    )
    if not several or not _SET_ASIDE.isdisjoint(words):
        return ""
    told = [word for word in words if word in _MOVES and word not in COMPARATIVE]
    return told[0] if len(set(told)) == 1 else ""


_MOVES = (CHANGE_NOUNS & (DIRECTED | BETTER)) | ((DOWN | UP | BETTER | WORSE) & CHANGE)


def _of_a_scale(tokens: list[Token], opened: int, runs: list[Run], index: int) -> bool:
    """Whether a scale is named right before the number, or right behind it, and nothing else."""
    run = runs[index]
    start = _last(runs[index - 1]) if index else opened + 1
    ahead = [k for k in range(start, run.first) if tokens[k].word not in _BESIDE]
    if ahead:
        return all(is_measure(tokens[k]) or tokens[k].word in SCALES for k in ahead)
    k = _last(run)
    while tokens[k].word in _BESIDE and tokens[k].word not in (";", ","):
        k += 1
    return is_measure(tokens[k])


def _last(run: Run) -> int:
    return max([run.last, *(at + 1 for value in run.values for s in value.spreads for at in s.at)])
