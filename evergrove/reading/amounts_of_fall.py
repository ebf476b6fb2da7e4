"""How far a score fell, behind where it fell to: "from 8.0 to 3.3, AN AVERAGE OF 4.7 points"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.stat_words import sign_of
from evergrove.reading.tokens import Token
from evergrove.reading.words import CHANGE, MOVE, word_set

_CENTRES = word_set("average mean median")
_OPENS = word_set(", ( [ ;")


def amount_of_fall(tokens: list[Token], runs: list[Run]) -> None:
    """Make "an average of 4.7" a change where it is the gap between the two scores before it.

    Read only where the number stands in apposition, and is that gap to the last printed place.
    """
    for start, end, run in zip(runs, runs[1:], runs[2:], strict=False):
        if (start.role, end.role, run.stat) != ("from", "to", "level"):
            continue
        one, two, gap = start.values[-1], end.values[-1], run.values[0]
        words = [tokens[k].word for k in range(run.first - 4, run.first)]
        if words[3] != "of" or words[2] not in _CENTRES or words[1] not in ("a", "an"):
            continue
        unit = 0.11 if "." in tokens[gap.at].word else 1.1
        if words[0] not in _OPENS or abs(abs(one.value - two.value) - gap.value) > unit:
            continue
        verbs = (tokens[k].word for k in range(start.first - 1, max(start.first - 12, -1), -1))
        verb = next((word for word in verbs if word in CHANGE - MOVE), "")
        if verb:
            run.stat, run.cue, run.role, run.sign = "change", verb, "by", sign_of(verb)
