"""Values laid out as those told just before: the same groups, times or measures in their order."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import VERSUS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import (
    OWN_SIDES,
    Memory,
    Vectors,
    alike,
    same_label,
)


def laid_out_again(runs: list[Run], vectors: dict[str, Vectors], memory: Memory) -> None:
    """All the layouts below, for sentences of two runs or more."""
    _groups_of_next_pair(runs, vectors["arm"])
    _rows_of_groups(runs, vectors)
    _pairs_of_measures(runs, vectors)
    _last_of_compared(runs, vectors)
    _frames_of_group(runs, vectors, memory)


def _groups_of_next_pair(runs: list[Run], arms: Vectors) -> None:
    """ "back pain was 3.4 vs 4.3 and leg pain 2.8 vs 3.7 in WAX AND CLAY users": both pairs."""
    for index in range(len(runs) - 1):
        run, following = runs[index], runs[index + 1]
        if not (run.versus and following.versus and len(run.values) == len(following.values) == 2):
            continue
        own = any(len(labels.items) == 2 for labels in following.post.get("arm", []))
        if not own or arms.how[index + 1] != "post" or following.pre.get("arm"):
            continue
        if not run.pre.get("arm") and not run.post.get("arm") and run.stat == following.stat:
            arms.set(index, arms.of[index + 1], "copy")
            arms.mismatch[index] = False


def brackets_of_two(tokens: list[Token], runs: list[Run], arms: Vectors) -> None:
    """ "with wax at 1 h (NRS 5.4; CLAY GROUP 7.9) and at 2 h (2.1; CLAY GROUP 5.2)": 2.1 of wax.

    Each bracket holds a score and that of the other group, which alone is named again.
    """
    for index in range(2, len(runs) - 1):
        rows = runs[index - 2 : index + 2]
        if any(len(run.values) != 1 or run.stat != "level" for run in rows):
            continue
        if arms.how[index - 1] != "pre" or arms.how[index + 1] != "pre":
            continue
        if rows[2].pre.get("arm") or rows[2].post.get("arm"):
            continue
        if any(tokens[rows[k].last].word not in _ENDS[k] for k in range(4)):
            continue
        one, other, again = arms.of[index - 2][0], arms.of[index - 1][0], arms.of[index + 1][0]
        if one is None or same_label(one, other) or not same_label(other, again):
            continue
        arms.set(index, [one], "template")


_ENDS = (";,", ")];,", ";,", ")];,")  # what stands behind each of the four


def _rows_of_groups(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "7 and 6 with wax and 7.2 and 6.1 with clay; at 1 year 2 and 1, AND 3 AND 2, respectively".

    Twice as many values as each of the two groups before has: the first half is of the first
    group. What the clause tells itself (time or measure) stays; the rest is as it was before.
    """
    for index in range(2, len(runs)):
        run, rows = runs[index], runs[index - 2 : index]
        size = len(rows[0].values)
        if size < 2 or len(rows[1].values) != size or run.groups() != [size, size]:
            continue
        if run.pairs or run.slashed or any(row.stat != run.stat for row in rows):
            continue
        groups = [vectors["arm"].of[index - 2], vectors["arm"].of[index - 1]]
        if not _two_groups(groups) or run.pre.get("arm") or run.post.get("arm"):
            continue
        told = [kind for kind in ("time", "measure") if vectors[kind].how[index] in OWN_SIDES]
        if len(told) != 1 or len(_distinct(vectors[told[0]].of[index])) != 1:
            continue
        vectors["arm"].set(index, [*groups[0], *groups[1]], "template")
        other = "measure" if told == ["time"] else "time"
        labels = [*vectors[other].of[index - 2], *vectors[other].of[index - 1]]
        vectors[other].set(index, labels, "template")
        for kind in ("time", "arm", "measure"):
            vectors[kind].mismatch[index] = False


def _two_groups(rows: list[list[Any]]) -> bool:
    ones = [row[0] for row in rows]
    if any(label is None for row in rows for label in row) or same_label(*ones):
        return False
    return all(same_label(label, row[0]) for row in rows for label in row)


def _distinct(labels: list[Any]) -> list[Any]:
    out: list[Any] = []
    for label in labels:
        if not any(label is other or alike(label, other) for other in out):
            out.append(label)
    return out


def _pairs_of_measures(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "back pain 3.4 vs 4.3 and leg pain 2.8 vs 3.7; at 1 year they were 2 VS 3 AND 1 VS 2"."""
    measures, arms = vectors["measure"], vectors["arm"]
    for index, run in enumerate(runs):
        need = len(run.values) // 2
        if not run.pairs or index < need or vectors["time"].how[index] not in OWN_SIDES:
            continue
        if any(run.pre.get(kind) or run.post.get(kind) for kind in ("arm", "measure")):
            continue
        rows = range(index - need, index)
        if any(not runs[k].versus or runs[k].stat != run.stat for k in rows):
            continue
        told = [measures.of[k][0] for k in rows]
        if None in told or len(_distinct(told)) != need:
            continue
        groups = [arms.of[k] for k in rows]
        first = groups[0]
        if None in first or len(_distinct(first)) != 2 or any(len(g) != 2 for g in groups):
            continue
        if any(not alike(one, two) for g in groups for one, two in zip(first, g, strict=True)):
            continue
        measures.set(index, [mention for mention in told for _ in (0, 1)], "template")
        arms.set(index, first * need, "template")
        for kind in ("arm", "measure"):
            vectors[kind].mismatch[index] = False


def _last_of_compared(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "back pain was 2.2 and leg pain 1.9, COMPARED WITH 7.1 AND 6.5 at baseline": in turn.

    The values behind the comparison are of the measures told one by one before it; the time or
    the group behind them is theirs alone.
    """
    measures = vectors["measure"]
    for index in range(1, len(runs)):
        run = runs[index]
        need = len(run.values) - 1
        if need < 2 or index < need - 1 or run.separators[0] not in VERSUS:
            continue
        if run.separators[-1] not in ("and", ",and") or not {*run.separators[1:]} <= _LISTED:
            continue
        rows = range(index - need + 1, index)
        if any(len(runs[k].values) != 1 or runs[k].stat != run.stat for k in rows):
            continue
        told = [*(measures.of[k][0] for k in rows), measures.of[index][0]]
        if None in told or len(_distinct(told)) != need or measures.how[index] != "pre":
            continue
        kinds = [kind for kind in ("time", "arm") if run.post.get(kind)]
        if not kinds or any(vectors[kind].how[index] != "post" for kind in kinds):
            continue
        measures.set(index, [told[-1], *told], "template")
        for kind in kinds:
            labels = vectors[kind].of[index]
            if len(_distinct(labels)) == 1:
                vectors[kind].set(index, [vectors[kind].of[index - 1][0], *labels[1:]], "template")


_LISTED = word_set("and ,and ,")


def _frames_of_group(runs: list[Run], vectors: dict[str, Vectors], memory: Memory) -> None:
    """ "With wax, back pain fell ... and leg pain ...; with clay they fell FROM 6.9 TO 3.2 AND FROM
    6.3 TO 2.9": as many frames of the second group as the first has measures, in their order.
    """
    arms, measures = vectors["arm"], vectors["measure"]
    start = next((k for k in range(len(runs)) if runs[k].pre.get("arm") and k), 0)
    start = start if runs and measures.how[0] != "memory" else 0
    frames = runs[start:]
    if len(frames) < 4 or len(frames) % 2 or not runs[start].pre.get("arm"):
        return
    for number, run in enumerate(frames):
        glued = number % 2 == 0 and frames[number + 1].first == run.last + 1  # "and 33 to 54"
        due = run.role == ("to" if number % 2 else "from") or (glued and run.role == "to")
        if len(run.values) != 1 or not due:
            return
        if run.stat != "level" or run.pre.get("measure") or run.post.get("measure"):
            return
        if number and (run.pre.get("arm") or run.post.get("arm")):
            return
    group = arms.of[start][0]
    if start:
        cells = [
            (arms.of[k][0], measures.of[k][0]) for k in range(start) if len(runs[k].values) == 1
        ]
    else:
        cells = [(cell.arm, cell.mention) for cell in memory.cells]
    told = _distinct([mention for arm, mention in cells if mention is not None and mention.key])
    if len(told) != len(frames) // 2 or len(cells) != len(frames) or group is None:
        return
    if any(arm is None or same_label(arm, group) for arm, _ in cells):
        return
    for number in range(len(frames)):
        measures.set(start + number, [told[number // 2]], "template")
        if number % 2 == 0 and frames[number].role == "to":
            vectors["time"].set(start + number, vectors["time"].of[start], "copy")
            frames[number].role = "from"
