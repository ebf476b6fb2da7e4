"""Effects of the treatments of a crossover trial: "pain was lower WHEN TREATED WITH wax: 6.6"."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

#: A sentence without these tells of no such effect.
MAYBE_WHILE = word_set("when while whilst")
_TREATED = word_set("treated taking using receiving given on")
#: A change from one of these times is none against another treatment.
_BEFORE = word_set("baseline before initial pretreatment pre-treatment")


def effects_while_treated(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "Pain was lower WHEN TREATED WITH wax: an IMPROVEMENT of 6.6": than without.

    Where everybody had both treatments, nouns of change behind one of them say what it did against
    the other. Not "the improvement FROM BASELINE was 6.6 when treated with wax and 1.3 with clay".
    """
    arms = {item.name for run in runs for x in (run.pre, run.post) for item in _arms(x)}
    if len(arms) != 1 or any(run.stat != "change" or run.cue not in CHANGE_NOUNS for run in runs):
        return
    ahead = range(a, runs[0].first - 1)
    told = any(tokens[k].word in MAYBE_WHILE and tokens[k + 1].word in _TREATED for k in ahead)
    if told and not any(
        tokens[k].word in _BEFORE for k in range(a, min(len(tokens), runs[-1].last + 4))
    ):
        for run in runs:
            run.stat = "between_diff"


def _arms(labels: dict[str, list[Labels]]) -> list[Any]:
    return [item for one in labels.get("arm", []) for item in one.items]
