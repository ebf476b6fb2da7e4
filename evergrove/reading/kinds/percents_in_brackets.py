"""Percentages in brackets behind a verb: "zinc ROSE in the wax group (22 ± 4%)" tells how far."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, word_set
from evergrove.reading.view import View

# What says that no verb ahead tells how far: "rose to a level, which was (22 ± 3%)".
_STOPS = word_set("; : to was were is than")
_MOVED = CHANGE - CHANGE_NOUNS - COMPARATIVE - word_set("changed")
_MOVED |= word_set("increased decreased fell rose")


def percents_in_brackets(document: Document, view: View, runs: list[Run]) -> None:
    """ "It FELL in the wax group (-24 ± 2%) but ROSE in the clay group (22 ± 4%)": changes, both.

    Of measures that are no percentages themselves, in an open profile.
    """
    tokens = document.tokens
    floor, told = view.a, ""
    for run in runs:
        opens = tokens[run.first - 1].word in OPENS
        verb = _moved(tokens, floor, run.first - 1, told) if opens else ""
        told, floor = "", run.last
        level = run.stat == "level" and all(value.percent for value in run.values)
        if verb and level and not _of_percents(document, view, run):
            run.stat, run.cue, run.role, run.sign = "percent_change", verb, "by", sign_of(verb)
            told = verb


def _moved(tokens: list[Token], floor: int, stop: int, told: str) -> str:
    """The verb of change of the clause that ends at the bracket at `stop`; `told` without one."""
    for k in range(stop - 1, floor - 1, -1):
        if tokens[k].word in _STOPS:
            return ""
        if tokens[k].word in _MOVED and tokens[k].mark is None:
            return tokens[k].word
    return told  # "ROSE in wax (22 ± 3%) and in clay (12 ± 3%)"


def _of_percents(document: Document, view: View, run: Run) -> bool:
    """Whether one of the measures ahead of the run is told in per cent, or none is known."""
    keys = {m.key for m in view.mentions if m.first < run.first}
    measures = [document.profile.measures[key] for key in keys if key]
    return None in keys or not measures or any(measure.percent for measure in measures)
