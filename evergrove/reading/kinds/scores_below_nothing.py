"""Scores below nothing that are changes: "NRS scores for wax and clay at day 4 were -1.3 and -0.7".

Where the text has said that its outcome is the change of the score, or tells of one group only, so
that they are no differences between two.
"""

from __future__ import annotations

from collections.abc import Mapping

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.measures.lexicon import Measure
from evergrove.reading.text.small_words import LEADS_OTHER
from evergrove.reading.text.words import CONTROLS, word_set
from evergrove.reading.view import View

#: A text without these has no change for its outcome.
_CHANGE = word_set("change changes")
_FAR = 4


def scores_below_nothing(document: Document, view: View, runs: list[Run]) -> None:
    """ "Primary outcome: CHANGE IN NRS. ... NRS scores were -1.3, -0.7 and -0.8": changes, all.

    Two or more values, every one with a minus sign, of measures whose scales have no number below
    nothing, behind no word of difference. So too of one group: "VAS: -2.4 at 1 month, -1.9 at
    3 months", and a single one that is told "versus baseline".
    """
    told = [run for run in runs if run.stat == "level" and run.role in ("state", "of")]
    values = [value for run in told for value in run.values]
    if len(told) < len(runs) or any(value.sign != "-" for value in values):
        return
    if len(values) < 2 and not _against_start(document, view):
        return
    keys = {mention.key for mention in view.mentions if mention.key}
    measures = document.profile.measures
    scales = [_scales(measures, key) for key in keys if key in measures]
    if not scales or any(not known or min(known)[0] < 0 for known in scales):
        return
    changed = len(values) > 1 and not document.said.isdisjoint(_CHANGE)
    changed = changed and any(_outcome_is_change(other, keys) for other in document.views)
    if not changed and not _of_one_group(document, view):
        return
    for run in told:
        run.stat, run.cue, run.sign, run.role = "change", "change", "", "of"


def _outcome_is_change(view: View, keys: set[str | None]) -> bool:
    """Whether a sentence without results names the change of one of the measures."""
    if view.words.isdisjoint(_CHANGE) or view.q.values:
        return False
    return any(mention.key in keys for mention in view.mentions)


def _scales(measures: Mapping[str, Measure], key: str) -> list[tuple[float, float]]:
    """The scales of a measure; of a construct ("pain"), those of its instruments."""
    own = [*measures[key].scales]
    return own or [
        scale for one in measures.values() if one.construct == key for scale in one.scales
    ]


def _of_one_group(document: Document, view: View) -> bool:
    """Whether nothing in the text is set against anything but what was before."""
    declared, design = document.declared, document.design
    several = len(declared.arms) > 1 or declared.several_groups or bool(view.arms)
    told = _SEVERAL & document.said
    # "a SINGLE-ARM trial", where no other group is told of
    several = several or bool(told - _ONE if "single" in document.said else told)
    return not (several or design.pooled or design.crossover)


_ONE = word_set("arm group")
#: With one of these, a number below nothing may be what lay between two groups.
_SEVERAL = CONTROLS | word_set("group groups arm arms randomised randomized allocated assigned")


def _against_start(document: Document, view: View) -> bool:
    """ "-2.4 at 1 month VERSUS BASELINE": what the value is set against."""
    bases = [time.first for time in view.times if time.kind == "base"]
    tokens = document.tokens
    return any(
        tokens[k].word in LEADS_OTHER
        for first in bases
        for k in range(max(view.a, first - _FAR), first)
    )
