"""Scores of all groups in their order, none of them named: "VAS was 7.9 AND 7.6 before surgery"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View

#: Beside them two numbers may be of something else than two groups.
_OF_OTHERS = word_set(
    "both two either each left right men women male female morning evening "
    "respective one other another same combined pooled all whole overall total"
)
_JOINS = word_set("and or / & plus")


def in_plain_order(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], index: int,
    memory: Memory,
) -> bool:  # fmt: skip
    """Whether a run is such a list: as many numbers as the text has groups, of one dated measure.

    Not where anything else in the sentence is told by two ("at rest AND on walking"), nor where
    one of its lists has another length. In the order of the sentence before, if it named them all.
    """
    run, declared = runs[index], [*document.declared.doses.values(), *document.declared.arms]
    size = len(run.values)
    if size < 2 or size != len(declared) or view.arms or run.stat not in ("level", "change"):
        return False
    if any(len(other.values) != size for other in runs) or run.separators[-1:] != ["and"]:
        return False
    if "respectively" in view.words or any(value.percent for value in run.values):
        return False  # "responders were 75% and 47%" tells no scores
    if any(separator not in (",", "and") for separator in run.separators):
        return False
    for kind in ("time", "arm", "measure"):
        if len({id(item) for item in vectors[kind].of[index]}) > 1:
            return False
    if vectors["arm"].of[index][0] is not None or vectors["time"].of[index][0] is None:
        return False
    if vectors["measure"].of[index][0] is None or _of_something_else(document.tokens, view, runs):
        return False
    before = [arm for arm in memory.arms if arm.arm is not None]
    if len(before) == size and {id(arm.arm) for arm in before} == {id(arm) for arm in declared}:
        vectors["arm"].set(index, before, "memory")
    elif memory.arms and len(memory.arms) == size:
        return False
    else:
        vectors["arm"].set(index, [Arm(0, 0, arm.name, 3, arm) for arm in declared], "pre")
    document.queue.add("arm_order_assumed")
    return True


def _of_something_else(tokens: list[Token], view: View, runs: list[Run]) -> bool:
    """Whether the clause of the lists tells of two or more things besides their numbers."""
    inside = {k for run in runs for k in range(run.first, run.last)}
    stop = next((k for k in range(runs[-1].last, view.b) if tokens[k].word == ";"), view.b)
    words = {tokens[k].word for k in range(view.a, stop) if k not in inside}
    told = words & _OF_OTHERS or words & _JOINS
    return bool(told) or {"mean", "median"} <= words
