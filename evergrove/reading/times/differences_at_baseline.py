"""Differences of two groups before anything was done: "the difference was 0.2 AT BASELINE"."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS, word_set

_REACH = 14
_MEASURED = SCORE_UNITS | word_set("in on for the score scores")


def at_baseline(tokens: list[Token], run: Run) -> list[Any] | None:
    """ "-0.2 (95% CI -0.9 to 0.5) AT BASELINE, -1.4 at 4 weeks": the baseline of a lone difference.

    Else a baseline is where a change began: "differed by 0.2 FROM BASELINE" has another time.
    """
    if run.stat != "between_diff" or len(run.values) != 1:
        return None
    for labels in run.post.get("time", [])[:1]:
        inside = [t.word for t in tokens[run.last : labels.first - 1] if t.mark is None]
        while inside and inside[0] in _MEASURED:
            inside = inside[1:]
        # nothing but its interval in a bracket stands between
        bare = not inside or (inside[0] in ("(", "[") and inside[-1] in (")", "]"))
        if _at(tokens, labels) and bare and len(inside) <= _REACH:
            return [labels.items[0]]
    told = run.pre.get("time", []) if not run.post.get("time") else []
    if len(told) != 1 or not (_at(tokens, told[0]) or _heads_row(tokens, told[0], run)):
        return None
    return [told[0].items[0]]


def _heads_row(tokens: list[Token], labels: Labels, run: Run) -> bool:
    """ "Differences between groups: BASELINE, 0.2; week 3, -0.9": the label of the first row."""
    alone = len(labels.items) == 1 and labels.items[0].kind == "base"
    opens = tokens[labels.first - 1].word in (":", ";", "were", ",")
    between = [token.word for token in tokens[labels.last : run.first]]
    return alone and opens and (not between or between in ([","], [":"]))


def _at(tokens: list[Token], labels: Labels) -> bool:
    base = len(labels.items) == 1 and labels.items[0].kind == "base"
    return base and tokens[labels.first - 1].word == "at"
