"""Differences that a sentence gives for each of two groups apart: changes, and no contrast."""

from __future__ import annotations

from evergrove.reading.document import Document, View
from evergrove.reading.frames import Run
from evergrove.reading.stat_words import sign_of
from evergrove.reading.words import CHANGE, STATE, word_set

_NOUNS = word_set("difference differences")
_CONTRAST = word_set(
    "between placebo sham versus vs than over compared relative from favour favor control controls"
)


def changes_of_groups(document: Document, view: View, runs: list[Run]) -> None:
    """ "VAS fell, the mean difference being 21 ± 6 with gel and 12 ± 5 with ice": two changes.

    Only where each of the two declared groups has a difference of its own, and nothing says what
    else it was compared with.
    """
    if len(document.declared.arms) != 2 or len(runs) < 2:
        return
    tokens = document.tokens
    lead = range(view.a, runs[0].first)
    noun = next((k for k in lead if tokens[k].word in _NOUNS), None)
    if noun is None or {tokens[k].word for k in range(noun - 3, view.b)} & _CONTRAST:
        return
    ahead = [tokens[k].word for k in range(view.a, noun) if tokens[k].word in CHANGE]
    stated = all(run.stat == "between_diff" for run in runs)
    led = bool(ahead) and tokens[noun + 1].word in STATE
    if not (stated or (led and all(run.stat == "level" for run in runs))):
        return
    arms = [_own_arm(run) for run in runs]
    if any(arm is None for arm in arms) or len({id(arm) for arm in arms}) != 2:
        return
    for run in runs:
        run.stat, run.cue, run.sign, run.role = (
            "change",
            "difference",
            sign_of(ahead[-1] if ahead else ""),
            "of",
        )


def _own_arm(run: Run) -> object:
    """The declared group of a run, if it names just one."""
    labels = [*run.pre.get("arm", []), *run.post.get("arm", [])]
    told = {id(item.arm): item.arm for one in labels for item in one.items}
    return next(iter(told.values())) if len(told) == 1 else None
