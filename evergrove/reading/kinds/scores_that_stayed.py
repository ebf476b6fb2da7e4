"""Scores in brackets behind "it remained stable", where a change was told before them.

"VAS fell from 6.9 to 2.9 at 1 month, WITH A MEAN FALL OF 4.0, AND REMAINED STABLE at 3 months (3.6)
and 6 months (3.9)": what VAS then was, however near to 4.0 it may be.
"""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, STATE, word_set
from evergrove.reading.view import View

_STAYED = word_set("remained stayed remaining staying stood stable unchanged constant steady")
_KEPT = word_set("held maintained kept sustained persisted preserved lasted")
#: A sentence without such a word is asked nothing.
MAYBE_STAYED = _STAYED | _KEPT
_MOVED = (CHANGE | CHANGE_NOUNS) - word_set("stable unchanged constant steady")


def scores_that_stayed(tokens: list[Token], view: View, runs: list[Run]) -> bool:
    """Call levels what stayed so; whether one is open, as no score stands ahead of it.

    What was "maintained" may be the fall, and is left as it is.
    """
    doubt = False
    for index, run in enumerate(runs):
        if not index or not _bracketed(tokens, run):
            continue
        before = runs[index - 1]
        gap = range(before.last, _start(tokens, run))
        words = {tokens[k].word for k in gap}
        if _bracketed(tokens, before) and not words & _VERBS and before.stat != run.stat:
            if before.stat == "level" and run.stat == "change":
                run.call_own_level()  # "at 3 months (3.6) AND AT 6 MONTHS (3.9)": of one kind
            continue
        if run.stat != "change" or words & _MOVED or words.isdisjoint(MAYBE_STAYED):
            continue
        scores = any(other.stat == "level" for other in runs[:index])
        if words & _STAYED and scores:
            run.call_own_level()
        elif words & _STAYED:
            doubt = True
    return doubt


_VERBS = STATE | _KEPT | _MOVED | word_set("; : but while whereas then had")


def _start(tokens: list[Token], run: Run) -> int:
    """The bracket in which a run stands, or its first token."""
    return run.first - (tokens[run.first].word not in ("(", "["))


def _bracketed(tokens: list[Token], run: Run) -> bool:
    """Whether one plain number opens a bracket of its own."""
    value = run.values[0]
    plain = len(run.values) == 1 and not (value.sign or value.percent)
    return plain and tokens[_start(tokens, run)].word in ("(", "[")
