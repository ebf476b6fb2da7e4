"""Scores that a word of change or difference leads, told by the scores of the sentence before.

"VAS fell from 7.2 to 3.1 at 6 weeks. The IMPROVEMENT WAS MAINTAINED at 1 year (2.8)": 2.8 is what
VAS then was, for it is near to 3.1 and not to the fall of 4.1.
"""

from __future__ import annotations

import itertools

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.kinds.compared_scores import MAYBE_KEPT
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, word_set
from evergrove.reading.vectors import Cell, Memory
from evergrove.reading.view import View

_STILL = word_set("still remained remains stayed continued lasting durable stable unchanged")
_KEPT = MAYBE_KEPT | _STILL | word_set("no not without little further")
_ENDED = word_set(
    "no not nor longer closed narrowed disappeared vanished lost gone equal similar comparable "
    "equalised equalized diminished decreased waned dwindled shrunk smaller"
)
MAYBE_AGAIN = _KEPT | _ENDED  # one of them stands in each such sentence
_NEAR = 0.5  # of the score before, where no amount of change is known


def scores_again(document: Document, view: View, runs: list[Run], memory: Memory) -> None:
    """Call levels what cannot be the change or difference that a word beside it tells.

    Only where the values told before of the measure, or those of the sentence itself that stand
    ahead, are all scores. Queued where the kept number may be the change as well.
    """
    tokens = document.tokens
    earlier = _told_before(document, view, memory)
    scores = [cell.value.value for cell in earlier]
    plain = all(cell.run.stat == "level" for cell in earlier)
    for index, run in enumerate(runs):
        if index and not runs[index - 1].inherits:
            plain = all(other.stat == "level" for other in runs[:index])
            scores = [value.value for other in runs[:index] for value in other.values]
        marked = any(v.sign or v.percent or v.unit == "point" for v in run.values)
        if index and not marked and _amount_kept(tokens, runs[index - 1], run, earlier):
            run.go_on_from(runs[index - 1])
        if marked or not plain or not scores:
            continue
        if run.stat == "change" and len(run.values) == 1:
            start = runs[index - 1].last if index else view.a
            if not _kept(tokens, start, run):
                continue
            if _nearer_to_score(run.values[0].value, scores):
                run.call_own_level()
            else:
                document.queue.add("change_or_level")
        elif (
            not index
            and run.stat in ("change", "between_diff")
            and _one_of_each(view, run, earlier)
            and _no_differences(run, earlier)
        ):
            run.call_own_level()


def _told_before(document: Document, view: View, memory: Memory) -> list[Cell]:
    """The last values of the one measure that the sentence names, or that it goes on about."""
    named = {mention.key for mention in view.mentions if mention.key}
    before = {cell.mention.key for cell in memory.cells if cell.mention is not None}
    if not named or named == before:
        return memory.cells if len(before) == 1 else []
    measures = document.profile.measures
    kinds = {measures[key].construct or key for key in named if key in measures}
    alike = [
        key for key in memory.told if key in measures and (measures[key].construct or key) in kinds
    ]
    if len(kinds) != 1 or len(alike) != 1:
        return []
    cells = memory.told[alike[0]]
    return [cell for cell in cells if cell.mention is not None and cell.mention.key == alike[0]]


def _kept(tokens: list[Token], a: int, run: Run) -> bool:
    """ "the improvement WAS MAINTAINED at 1 year (2.8)", "pain was STILL reduced (2.8)"."""
    k = run.first - (tokens[run.first].word not in ("(", "["))
    if tokens[k].word not in ("(", "["):
        return False
    start = next((m for m in range(k, a, -1) if tokens[m].word in (";", ":")), a)
    ahead = {tokens[m].word for m in range(start, k)}
    return not ahead.isdisjoint(_KEPT) and not ahead.isdisjoint(CHANGE)  # "WITH NO CHANGE (2.8)"


def _amount_kept(tokens: list[Token], before: Run, run: Run, earlier: list[Cell]) -> bool:
    """ "The reduction was 4.1 at 6 weeks AND WAS MAINTAINED at 1 year (3.9)": a reduction too.

    The number is nearer to the amount just told than to any score.
    """
    if before.stat != "change" or run.stat != "level" or len(run.values) > 1 or not earlier:
        return False
    k = run.first - (tokens[run.first].word not in ("(", "["))
    ahead = {tokens[m].word for m in range(before.last, k)}
    if tokens[k].word not in ("(", "[") or ahead.isdisjoint(MAYBE_KEPT):
        return False
    value, amount = run.values[0].value, before.values[-1].value
    return abs(value - amount) < min(abs(value - cell.value.value) for cell in earlier)


def _nearer_to_score(value: float, scores: list[float]) -> bool:
    """Whether what was kept is nearer to a score before than to a change between two of them."""
    gap = min(abs(value - score) for score in scores)
    amounts = [abs(one - two) for one, two in itertools.combinations(scores, 2)]
    if not amounts:
        return gap <= _NEAR * scores[0]
    return gap < min(abs(value - amount) for amount in amounts)


def _one_of_each(view: View, run: Run, before: list[Cell]) -> bool:
    """ "THE GAP HAD CLOSED (3.3 and 3.7)": a value for each group of before, and one time."""
    groups = {cell.arm.name for cell in before if cell.arm is not None}
    times = [time for time in view.times if time.kind != "duration"]
    ended = not view.words.isdisjoint(_ENDED) and not view.words.isdisjoint(_DIFFERS)
    return 1 < len(groups) == len(run.values) and len(times) == 1 and ended


_DIFFERS = DIFFERENCE | word_set(
    "differ differed different similar comparable equal effect effects"
)


def _no_differences(run: Run, before: list[Cell]) -> bool:
    """Whether all values are larger than the largest difference that there was at one time.

    A difference that is told to be gone, or to be smaller, is not larger than it was.
    """
    at_time: dict[str, list[float]] = {}
    for cell in before:
        at_time.setdefault(cell.time.label if cell.time else "", []).append(cell.value.value)
    largest = max(max(scores) - min(scores) for scores in at_time.values())
    return min(value.value for value in run.values) > largest
