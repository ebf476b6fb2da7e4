"""Values in a row that are told without their times, because the methods told the visits.

"Pain was rated at 4, 8 and 24 h. ... NRS was 5.2, 4.1 and 2.3, respectively."
"""

from __future__ import annotations

from typing import Any

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.linking.templates import all_visits
from evergrove.reading.text.words import CHANGE_NOUNS, SCORE_UNITS, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View

_SEXES = word_set("men women boys girls males females male female")
_VAGUE = ("same", "followup", "post")


def visits_told(document: Document, view: View, memory: Memory) -> list[Time]:
    """The visits of the methods, for a sentence that dates no value after baseline itself."""
    dated = [time for time in view.times if time.kind != "base" and _dated(time)]
    if any(not _of_fall_behind(document, view, time) for time in dated):
        return []
    if "visits" in view.words and (again := _follow_ups(document, view, memory)):
        return again
    if len(view.words & _SEXES) > 1:
        return []  # "men and women scored 5 and 4, respectively"
    in_turn = "respectively" in view.words
    if not in_turn and not all_visits(document.tokens, view.a, view.b):
        return []
    return memory.visits or document.declared.schedule


def _of_fall_behind(document: Document, view: View, time: Time) -> bool:
    """ "7.1 before it and 5.2, 4.1 and 2.3, respectively, A FALL OF 68% AT 3 WEEKS": of the fall.

    It ends the sentence, behind the scores, and tells of one of the visits again.
    """
    tokens = document.tokens
    behind = [token.word for token in tokens[time.last : view.b]]
    if len(view.q.values) < 3 or any(word not in _ENDS for word in behind):
        return False
    k = time.first - 1
    while k > view.a and tokens[k].word in _LEADS_TIME:
        k -= 1
    if tokens[k].kind != "n" or k != view.q.values[-1].at or tokens[k - 1].word != "of":
        return False
    noun = k - 2
    first = noun
    while first > view.a and tokens[first].kind == "w" and tokens[first].word not in ("a", "an"):
        first -= 1
    led = tokens[first].word in ("a", "an") and tokens[first - 1].word in (",", "(", ";")
    return led and noun - first < 4 and tokens[noun].word in CHANGE_NOUNS


_ENDS = word_set(". ) ;")
_LEADS_TIME = SCORE_UNITS | word_set("% at by after within")


def _follow_ups(document: Document, view: View, memory: Memory) -> list[Time]:
    """ "VAS before it and at 1, 2 and 3 weeks was 4, 3, 2 and 1. NRS AT THREE FOLLOW-UPS was ...".

    The times after baseline of the sentence before, where they are as many as is said here.
    """
    tokens = document.tokens
    later = [time for time in memory.times if time.kind != "base"]
    told = [tokens[k - 1] for k in range(view.a + 1, view.b) if tokens[k].word == "visits"]
    return later if any(t.kind == "n" and t.value == len(later) for t in told) else []


def pairs_at_visits(
    runs: list[Run], vectors: dict[str, Vectors], pending: dict[str, list[Any]], visits: list[Time]
) -> list[int]:
    """ "NRS was lower with wax than with clay (5 VS 7, 4 VS 6 AND 3 VS 5, respectively)".

    As many pairs as visits (or as visits after baseline), two groups named; returns the runs.
    """
    out: list[int] = []
    for item in list(pending["arm"]):
        index, labels, side = item
        run = runs[index]
        if not run.pairs or len(labels.items) != 2 or run.stat != "level":
            continue
        times = _fitting(visits, len(run.values) // 2)
        if times is None:
            continue
        vectors["arm"].set(index, list(labels.items) * len(times), side)
        vectors["time"].set(index, [time for time in times for _ in (0, 1)], "plan")
        pending["arm"].remove(item)
        out.append(index)
    return out


def lists_at_visits(
    document: Document, runs: list[Run], vectors: dict[str, Vectors], memory: Memory,
    visits: list[Time],
) -> list[int]:  # fmt: skip
    """ "NRS was 7.1 before it and 5.2, 4.1 AND 2.3 AT THE VISITS", "5, 4 and 2, respectively".

    Levels that have no time of their own, and that neither groups nor measures tell apart.
    """
    times = vectors["time"]
    base = any(time is not None and time.kind == "base" for labels in times.of for time in labels)
    later = [time for time in visits if time.kind != "base"]
    out: list[int] = []
    for index, run in enumerate(runs):
        size = len(run.values)
        if size < 2 or run.stat != "level" or run.role == "from" or run.versus or run.pairs:
            continue
        if times.mismatch[index] or any(_dated(time) for time in times.of[index] if time):
            continue
        fewer = len(visits) < len(memory.times)  # "at three follow-ups", of four times told before
        again = fewer and all([time in memory.times for time in visits])
        listed = not again and size in _lists_before(memory)
        if listed or _told_apart(document, index, vectors, size):
            continue
        named = later if base or run.role == "to" else _fitting(visits, size)
        if named is None or len(named) != size:
            continue
        times.set(index, named, "plan")
        out.append(index)
    return out


def _dated(time: Time) -> bool:
    return time.kind not in _UNDATED or (time.kind == "post" and time.days is not None)


_UNDATED = frozenset((*_VAGUE, "duration"))


def _fitting(visits: list[Time], size: int) -> list[Time] | None:
    """All visits, or those after baseline, whichever are `size`."""
    later = [time for time in visits if time.kind != "base"]
    return next((times for times in (visits, later) if len(times) == size > 1), None)


def _told_apart(document: Document, index: int, vectors: dict[str, Vectors], size: int) -> bool:
    """Whether the values may be those of as many groups or measures, or a list did not fit."""
    declared = document.declared
    for kind in ("arm", "measure"):
        labels = vectors[kind].of[index]
        if vectors[kind].mismatch[index] or len({id(label) for label in labels}) > 1:
            return True
    unnamed = declared.each is not None and not declared.arms  # "20 each" of unknown groups
    return vectors["arm"].of[index][0] is None and (unnamed or len(declared.arms) == size)


def _lists_before(memory: Memory) -> set[int]:
    """The sizes of the lists of times or measures that the sentence before leaves for this."""
    later = sum(time.kind != "base" for time in memory.times)
    return {len(memory.times), later, len(memory.listed), len(memory.measures)} - {0, 1}
