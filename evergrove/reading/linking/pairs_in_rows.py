"""Pairs of two groups in a row, each in its bracket, with their times told once for all.

"[(2.5 ± 1.3) vs (3.3 ± 2.0), p < 0.05] and [(2.0 ± 0.9) vs (3.8 ± 1.9), p < 0.05] at 1 week and 4
weeks, respectively".
"""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, word_set
from evergrove.reading.vectors import Memory
from evergrove.reading.view import View

VERSUS = ("vs", "versus")
_IN_ROW = word_set("( ) [ ] , ; and p t f z = < > ≤ ≥ - – −")
_MOVED = CHANGE | {"from"}


def pairs_in_rows(tokens: list[Token], runs: list[Run]) -> None:
    """Give each pair its time, and pairs without a group the two groups of the pair before."""
    for stop in range(len(runs), 1, -1):
        if _time_of_each(tokens, runs[:stop]):
            break
    for index, run in enumerate(runs):
        if index and run.pairs and run.stat == "level" and _dated_alone(run):
            groups = _groups_before(runs[:index])
            if groups is not None:
                run.pre["arm"] = [groups]


def pairs_without_groups(document: Document, view: View, runs: list[Run], memory: Memory) -> None:
    """ "Mean RMDQ at entry, 3 days and 1 year was 17 vs 16, 12 vs 11 and 8 vs 7": whose they are.

    The groups of the sentence before, or the two that the text declares, in their order (queued).
    """
    rows = [run for run in runs if run.pairs and run.stat == "level"]
    if view.arms or not view.words.isdisjoint(_MOVED):
        return  # "NRS FELL FROM entry to week 5 (7.5 vs 3.3; 7.0 vs 3.8)": before and after
    if not rows or len(rows) < len(runs) or not all(map(_one_each, rows)):
        return
    declared = [Arm(0, 0, arm.name, 3, arm) for arm in document.declared.arms]
    arms = memory.arms if len(memory.arms) == 2 else declared
    if len(arms) != 2 or len(declared) > 2:
        return
    for run in rows:
        run.pre["arm"] = [Labels("arm", list(arms), run.first, run.first, True)]
    document.queue.add("arm_order_assumed")


def _one_each(run: Run) -> bool:
    """Whether the pairs of a run are of one measure, with a time for each."""
    times, measures = _labels(run, "time"), _labels(run, "measure")
    dated = len(times) == 1 and len(times[0].items) == len(run.values) // 2 > 1
    if dated and len(run.values) == 4 and any(time.kind == "base" for time in times[0].items):
        return False  # "at entry and week 5 was 7.1 vs 3.2 and 7.0 vs 4.1": a pair for each group?
    return dated and sum(len(labels.items) for labels in measures) < 2


def _dated_alone(run: Run) -> bool:
    """Whether a list of pairs has a time for each pair, and no group or measure of its own."""
    times = _labels(run, "time")
    listed = len(times) == 1 and len(times[0].items) == len(run.values) // 2
    return listed and not _labels(run, "arm", "measure")


def _time_of_each(tokens: list[Token], runs: list[Run]) -> bool:
    """Lay out a list of times behind the last pair, or before the first, over the pairs."""
    start = len(runs) - 1
    while start and _goes_on(tokens, runs[start - 1], runs[start]):
        start -= 1
    row = runs[start:]
    if sum(len(labels.items) for labels in _labels(row[0], "measure")) > 1:
        return False  # "heel VAS and toe VAS were ...": perhaps a pair for each
    behind = row[-1].post.get("time", [])
    ahead = row[0].pre.get("time", [])
    for times in (behind, ahead):
        size = len(times[0].items) if len(times) == 1 else 0
        if not 1 < size <= len(row) or (times is ahead and size != len(row)):
            continue
        pairs = row[len(row) - size :]
        others = [labels for run in pairs for labels in _labels(run, "time") if labels not in times]
        base = _base_before(pairs[0]) if times is behind else None
        if any(labels is not base for labels in others):
            continue
        if base is not None:
            before = runs[len(runs) - size - 1] if len(runs) > size else None
            if before is None or _labels(before, "time"):
                continue
            before.post["time"] = [base]
        for run, item in zip(pairs, times[0].items, strict=True):
            run.pre.pop("time", None)
            run.post["time"] = [Labels("time", [item], item.first, item.last)]
        return True
    return False


def _goes_on(tokens: list[Token], left: Run, right: Run) -> bool:
    """Whether two pairs of levels are parted by brackets, signs and p values alone."""
    if not all(
        run.versus and len(run.values) == 2 and run.stat == "level" for run in (left, right)
    ):
        return False
    if any(labels.kind in ("arm", "measure") for labels in _labels(right, "arm", "measure")):
        return False
    base = _base_before(right)
    timed = range(base.first, base.last) if base is not None else range(0)
    gap = range(left.last, right.first)
    return all(tokens[k].kind == "n" or tokens[k].word in _IN_ROW or k in timed for k in gap)


def _base_before(run: Run) -> Labels | None:
    """ "... (p > 0.05) BEFORE TREATMENT, and [...": the one time before a pair, if a baseline."""
    times = run.pre.get("time", [])
    single = len(times) == 1 and len(times[0].items) == 1
    return times[0] if single and times[0].items[0].kind == "base" else None


def _groups_before(runs: list[Run]) -> Labels | None:
    """The two groups that the nearest run before with groups sets against each other."""
    told = next((run for run in reversed(runs) if _labels(run, "arm")), None)
    if told is None or not (told.versus or told.pairs):
        return None
    arms = _labels(told, "arm")
    return arms[0] if len(arms) == 1 and len(arms[0].items) == 2 else None


def _labels(run: Run, *kinds: str) -> list[Labels]:
    return [one for kind in kinds for side in (run.pre, run.post) for one in side.get(kind, [])]
