"""Labels that a clause leaves out because the clause or sentence before has just given them.

"2.8 at 1 month and 3.6 at 6 months with tape, compared with 1.5 and 1.4 with rest": the second
group has as many values as the first, and takes its times in their order.
"""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Run, scores_and_changes
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Memory, Vectors, alike, same_label

# How a time was come by when the clause itself does not tell it.
_WEAK = ("", "copy", "assumed", "frame", "memory", "template", "carried")


def copy_times(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """A group with as many values of the same measures as the group before has the same times."""
    times, arms, measures = vectors["time"], vectors["arm"], vectors["measure"]
    segments = _segments(runs, arms)
    if len(segments) < 2:
        return
    for number in range(1, len(segments)):
        before, mine = segments[number - 1], segments[number]
        if any(times.how[index] not in _WEAK for index, _ in mine):
            continue
        if len(before) != len(mine) or runs[before[0][0]].stat != runs[mine[0][0]].stat:
            continue
        told = [times.of[index][place] for index, place in before]
        if any(label is None for label in told) or "assumed" in {times.how[i] for i, _ in before}:
            continue
        if len({label.label for label in told}) < 2:
            continue
        ones = [measures.of[index][place] for index, place in before]
        twos = [measures.of[index][place] for index, place in mine]
        if not all(alike(one, two) for one, two in zip(ones, twos, strict=True)):
            continue
        for (index, place), label in zip(mine, told, strict=True):
            times.of[index][place] = label
            times.how[index] = "template"


def _segments(runs: list[Run], arms: Vectors) -> list[list[tuple[int, int]]]:
    """Places (run, value) of consecutive values of one group; empty if a run mixes groups."""
    out: list[list[tuple[int, int]]] = []
    last = None
    for index in range(len(runs)):
        labels = arms.of[index]
        if labels[0] is None or any(not same_label(label, labels[0]) for label in labels):
            return []
        places = [(index, place) for place in range(len(labels))]
        if last is not None and same_label(last, labels[0]):
            out[-1].extend(places)
        else:
            out.append(places)
        last = labels[0]
    return out


def frames_in_order(
    runs: list[Run], vectors: dict[str, Vectors], memory: Memory, declared: list[Arm]
) -> bool:
    """ "from 6.9 to 2.2 and from 7.0 to 3.8": two frames without a group, two groups before.

    Returns whether the groups were laid out over the frames in their order.
    """
    arms, measures = vectors["arm"], vectors["measure"]
    levels = [index for index, run in enumerate(runs) if run.stat == "level"]
    starts = [index for index in levels if runs[index].role == "from"]
    told = memory.arms if len(memory.arms) == len(starts) else declared
    if len(starts) < 2 or len(told) != len(starts) or starts[0] != 0:
        return False
    if any(arms.how[index] or len(runs[index].values) > 1 for index in levels):
        return False
    if any(runs[index].role not in ("from", "to") for index in levels):
        return False
    own = [one for index in levels if (one := measures.of[index][0]) is not None]
    if any(one.qualifier and not one.same(own[0]) for one in own[1:]):
        return False  # "9 to 4 for sitting and 7.5 to 2.5 for standing"
    own = [one for index in starts if (one := measures.of[index][0]) is not None]
    if any(not one.same(own[0]) for one in own):
        return False
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(runs)
        for index in [k for k in levels if start <= k < stop]:
            arms.set(index, [told[number]], "order")
    return True


def remembered_measures(runs: list[Run], vectors: dict[str, Vectors], memory: Memory) -> None:
    """ "They improved from 5.6 and 7.4 to 2.3 and 1.5": the two measures of the sentence before."""
    told: list[Mention] = []
    for cell in memory.cells:
        if cell.mention is not None and not any(cell.mention.same(other) for other in told):
            told.append(cell.mention)
    measures, times, arms = vectors["measure"], vectors["time"], vectors["arm"]
    if len(told) < 2:
        return
    for index, run in enumerate(runs):
        if measures.how[index] or len(run.values) != len(told):
            continue
        if len({id(x) for x in times.of[index]}) > 1 or len({id(x) for x in arms.of[index]}) > 1:
            continue
        if index and measures.how[index - 1] not in ("", "memory"):
            continue
        measures.set(index, told, "memory")


def common_baseline(runs: list[Run], vectors: dict[str, Vectors]) -> list[int] | None:
    """ "6.1 at baseline, 4.8 with clay, 4.4 with wax and 3.2 with both": one score before, for all.

    Returns the runs whose time may not be that of the first where the clause dates no other
    (empty where it does); None if the list is none of this kind.
    """
    times, arms = vectors["time"], vectors["arm"]
    if len(runs) < 3 or any(len(run.values) > 1 or run.stat != "level" for run in runs):
        return None
    first = times.of[0][0]
    base = first is not None and first.kind == "base" and times.how[0] == "post"
    if not base or arms.how[0] or any(run.role in ("from", "to") for run in runs):
        return None
    names = {labels[0].name for labels in arms.of[1:] if labels[0] is not None}
    if any(how != "post" for how in arms.how[1:]) or len(names) < len(runs) - 1:
        return None
    told = [labels[0] for labels in times.of[1:] if labels[0] is not None]
    if any(time.kind == "base" for time in told):
        return None
    return [] if told else list(range(1, len(runs)))


def told_apart(vectors: dict[str, Vectors]) -> bool:
    """ "3.0 at rest and 4.4 on stairs": measures or groups tell the values apart, not times."""
    return any(
        len(labels) > 1 and len({id(x) for x in labels}) == len(labels)
        for kind in ("measure", "arm")
        for labels in vectors[kind].of
    )


def groups_again(runs: list[Run], arms: Vectors) -> None:
    """Scores and changes of two groups, and then the same of another time without their names."""
    for end in range(8, len(runs) + 1):
        if not scores_and_changes(runs[:end]):
            continue
        start = next((k for k in range(end - 8, -1, -1) if scores_and_changes(runs[: k + 4])), None)
        if start is None or any(arms.how[k] in ("pre", "post") for k in range(end - 4, end)):
            continue
        for at in range(4):
            if arms.of[start + at][0] is not None:
                arms.set(end - 4 + at, arms.of[start + at], "template")


def all_visits(tokens: list[Token], a: int, b: int) -> bool:
    """ "2.4, 5.1 and 3.9 AT THE THREE TIME POINTS": all the visits that were told before."""
    return any(
        tokens[k].word in _VISITS
        and tokens[k - 1 - (tokens[k - 1].word == "time")].word in _ALL
        and (tokens[k].word not in ("points", "times") or tokens[k - 1].word in _ALL | {"time"})
        for k in range(a + 2, b)
    )


_VISITS = word_set("points timepoints times visits assessments intervals")
_ALL = word_set(
    "the these those three four five six seven respective corresponding all same each up follow-up "
    "followup"
)


def listed_before(
    tokens: list[Token], stop: int, runs: list[Run], times: Vectors, listed: list[Time]
) -> None:
    """ "Pain was worse at 1, 2 and 3 h. The scores were 3.1, 2.8 and 2.2, respectively."

    Runs of as many undated levels as the sentence before lists times; `stop`: where it ends. One
    vague time for all of them ("the scores of postoperative pain") dates none of them.
    """
    if len(listed) < 2 or not runs:
        return
    ends = {tokens[k].word for k in range(runs[-1].last, min(runs[-1].last + 3, stop))}
    # "VAS was 7.1 and 2.3, and ODI was 48 and 21, RESPECTIVELY": it holds for both
    all_told = "respectively" in ends and all(len(run.values) == len(listed) for run in runs)
    all_told = all_told or _rows(tokens, runs, len(listed))
    whole = listed
    for index, run in enumerate(runs):
        # "fell FROM 48 TO 31, 24 AND 20", where baseline is listed ahead of three visits
        listed = whole[run.role == "to" and whole[0].kind == "base" :]
        if (
            len(run.values) != len(listed)
            or run.stat != "level"
            or any(
                time is not None and (time.kind != "post" or time.days is not None)
                for time in times.of[index]
            )
        ):
            continue
        behind = {tokens[k].word for k in range(run.last, min(run.last + 3, stop))}
        if "respectively" in behind or len(listed) > 2 or all_told:
            times.set(index, listed, "last")


def _rows(tokens: list[Token], runs: list[Run], size: int) -> bool:
    """ "Pain at entry and week 4 was as follows. WAX: 6.7 and 3.9; CLAY: 6.5 and 6.0": rows."""
    several = len(runs) > 1 and all(len(run.values) == size for run in runs)
    return several and all(tokens[run.first - 1].word == ":" for run in runs)
