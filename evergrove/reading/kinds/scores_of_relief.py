"""Scores that a change is told with: "better relief at 6 months WITH A MEAN VAS OF 1.2"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, word_set

_FILL = CENTRES | word_set("a an the final overall resulting postoperative daily")
_BEHIND = word_set("score scores of = : was were at")


def scores_of_relief(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "a fall of pain was seen (MEAN VAS = 0.9) ...", "had better relief, WITH A MEAN NRS OF 2".

    A centre of the scale itself, in a bracket or behind "with", is where the pain was; how far it
    went would be told by a noun there. What goes on from such a value is a score too.
    """
    cue = ""
    for run in runs:
        if run.stat != "change" or run.role not in ("of", "by"):
            cue = cue if run.stat == "level" else ""  # "3.8 (day 0: 7.5), with clay 4.2"
            continue
        plain = not any(value.sign or value.percent for value in run.values)
        if plain and _told_as_score(tokens, a, run):
            cue = run.cue
        elif not (cue == run.cue and run.inherits):
            cue = ""
        if cue:
            run.call_level()


def _told_as_score(tokens: list[Token], a: int, run: Run) -> bool:
    """Whether "(mean VAS =", "with a mean VAS of" stands right before the run."""
    k = run.first - 1
    while k > a and tokens[k].word in _BEHIND and tokens[k].mark is None:
        k -= 1
    mark = tokens[k].mark
    if getattr(mark, "kind", "") != "measure" or mark.first - 2 < a:
        return False
    k = mark.first - 1
    # "brought relief, WITH NRS AT 3.8 as early as day 3": where the pain stood
    centred = tokens[run.first - 1].word == "at"
    while k > a and tokens[k].word in _FILL:
        centred = centred or tokens[k].word in CENTRES
        k -= 1
    return centred and tokens[k].word in ("(", "[", "with")
