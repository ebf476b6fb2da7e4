"""Scores below nothing that are changes: "NRS scores for wax and clay at day 4 were -1.3 and -0.7".

Where the text has said that its outcome is the change of the score.
"""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

#: A text without these has no change for its outcome.
MAYBE_OUTCOME = word_set("change changes")


def scores_below_nothing(document: Document, view: View, runs: list[Run]) -> None:
    """ "Primary outcome: CHANGE IN NRS. ... NRS scores were -1.3, -0.7 and -0.8": changes, all.

    Two or more values, every one with a minus sign, of measures whose scales have no number below
    nothing, behind no word of difference.
    """
    told = [run for run in runs if run.stat == "level" and run.role in ("state", "of")]
    values = [value for run in told for value in run.values]
    if len(values) < 2 or len(told) < len(runs) or any(value.sign != "-" for value in values):
        return
    keys = {mention.key for mention in view.mentions if mention.key}
    measures = document.profile.measures
    scales = [measures[key].scales for key in keys if key in measures]
    if not scales or any(not known or min(known)[0] < 0 for known in scales):
        return
    if not any(_outcome_is_change(other, keys) for other in document.views):
        return
    for run in told:
        run.stat, run.cue, run.sign, run.role = "change", "change", "", "of"


def _outcome_is_change(view: View, keys: set[str | None]) -> bool:
    """Whether a sentence without results names the change of one of the measures."""
    if view.words.isdisjoint(MAYBE_OUTCOME) or view.q.values:
        return False
    return any(mention.key in keys for mention in view.mentions)
