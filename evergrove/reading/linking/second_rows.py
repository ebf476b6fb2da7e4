"""The second row of a table told in words: its values are laid out as those of the first."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import SCORE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import (
    OWN_SIDES,
    Memory,
    Vectors,
    alike,
    same_label,
)

_LIST_SIGNS = word_set("and ,and ,")


def second_rows(
    tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> None:
    """All the layouts below, in their order."""
    if len(runs) > 1:
        _began_in_brackets(tokens, runs, vectors)
        if len(runs) > 2:
            _pairs_of_times(runs, vectors)
            _one_of_each_measure(tokens, runs, vectors)
        if len(runs) > 3:
            _with_second_measure(tokens, runs, vectors)
        _behind_brackets(tokens, runs, vectors)
    if len(runs) > 7:
        _frames_of_other_group(tokens, runs, vectors)
    if memory.cells:
        _corresponding(tokens, runs, vectors, memory)


def _told_here(run: Run, *kinds: str) -> bool:
    """Whether a run has a label of one of these kinds on its own side of the punctuation."""
    return any(run.pre.get(kind) or run.post.get(kind) for kind in kinds)


def rows_of_groups(runs: list[Run], arms: Vectors, stop: int) -> bool:
    """ "before vs after: gel, 7.2 VS 2.4; ice, 7.4 VS 3.9; TAPE, 7 VS 5": a group for each pair.

    Whether all pairs up to the one at `stop` are of one group each, and no two of the same.
    """
    rows = range(stop + 1)
    if any(len(runs[k].values) != 2 or not runs[k].versus for k in rows):
        return False
    if any(not alike(*arms.of[k]) for k in rows):
        return False
    return stop > 1 and _distinct([arms.of[k][0] for k in rows])


def _distinct(labels: list[Any]) -> bool:
    """Whether all labels are there, and no two of them the same."""
    if any(label is None for label in labels):
        return False
    return not any(same_label(x, y) for k, x in enumerate(labels) for y in labels[:k])


def _began_in_brackets(tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "VAS and ODI fell by 4.1 (FROM 6.6) and 28 (FROM 44), respectively": 6.6 is a VAS."""
    for index in range(1, len(runs)):
        run, before = runs[index], runs[index - 1]
        opened = open_bracket(tokens, before.last, run.first)
        if opened is None or tokens[opened + 1].word != "from" or before.stat == "level":
            continue
        if len(run.values) > 1 or len(before.values) > 1 or _told_here(run, "measure", "arm"):
            continue
        for kind in ("measure", "arm"):
            vectors[kind].set(index, vectors[kind].of[index - 1], "copy")


def _pairs_of_times(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "VAS was 4 vs 6 at week 1 and 2 vs 4 at week 9; ODI was 29 VS 37 AND 17 VS 26": in turn.

    As many pairs of one measure as there are rows before it, each of the same two groups at a time
    of its own.
    """
    times, arms = vectors["time"], vectors["arm"]
    for index, run in enumerate(runs):
        need = len(run.values) // 2
        if not run.pairs or index < need or vectors["measure"].how[index] not in OWN_SIDES:
            continue
        rows = range(index - need, index)
        if _told_here(run, "arm", "time") or any(len(runs[k].values) != 2 for k in rows):
            continue
        if any(not runs[k].versus or runs[k].stat != run.stat for k in rows):
            continue
        groups = [arms.of[k] for k in rows]
        told = [times.of[k][0] for k in rows]
        if not _distinct(told) or any(not alike(*times.of[k]) for k in rows):
            continue
        if not _distinct(groups[0]):
            continue
        if any(not alike(one, two) for g in groups for one, two in zip(groups[0], g, strict=True)):
            continue
        times.set(index, [time for time in told for _ in (0, 1)], "template")
        arms.set(index, groups[0] * need, "template")
        for kind in ("arm", "time"):
            vectors[kind].mismatch[index] = False


def _one_of_each_measure(tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "VAS fell from 7 to 4 and ODI from 48 to 30; at 1 year THEY HAD REACHED 2 AND 16".

    A list with a time of its own in another clause, as long as there are measures before it, and
    all of one group.
    """
    measures = vectors["measure"]
    for index, run in enumerate(runs):
        size = len(run.values)
        if index < 2 or size < 2 or not run.hard or run.stat != "level":
            continue
        if _told_here(run, "measure", "arm") or vectors["time"].how[index] not in OWN_SIDES:
            continue
        if not {*run.separators} <= _LIST_SIGNS or measures.how[index] in OWN_SIDES:
            continue
        gap = {tokens[k].word for k in range(runs[index - 1].last, run.first)}
        if gap.isdisjoint(_OF_EACH):
            continue
        told = measures.unique(index)
        if len(told) != size or not _distinct(told) or len(vectors["arm"].unique(index)) > 1:
            continue
        if any(len({id(label) for label in measures.of[k]}) > 1 for k in range(index)):
            continue
        measures.set(index, told, "template")
        measures.mismatch[index] = False


_OF_EACH = word_set("they these both values scores figures means medians")


def _frames_of_other_group(
    tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "VAS fell from 7 to 2 and ODI from 47 to 17, COMPARED WITH 7 TO 4 AND 50 TO 26 WITH ICE".

    As many frames of the group that stands behind the last as the first group has measures.
    """
    arms, measures, times = vectors["arm"], vectors["measure"], vectors["time"]
    half = len(runs) // 2
    framed = all(
        len(run.values) == 1 and run.stat == "level" and run.role == ("to" if at % 2 else "from")
        for at, run in enumerate(runs)
    )
    if not framed or len(runs) % 4:
        return
    first, second = range(half), range(half, len(runs))
    last = runs[-1].post.get("arm", [])
    if any(_told_here(runs[k], "measure") for k in second) or len(last) != 1:
        return
    if any(_told_here(run, "arm") for run in runs[half:-1]) or len(last[0].items) != 1:
        return
    gap = {tokens[k].word for k in range(runs[half - 1].last, runs[half].first)}
    told = [measures.of[k][0] for k in first]
    if gap.isdisjoint(_AGAINST) or not _distinct(told[::2]):
        return
    one, other = arms.of[0][0], last[0].items[0]
    if any(not alike(one, arms.of[k][0]) for k in first) or same_label(one, other):
        return
    for k in second:
        arms.set(k, [other], "post")
        measures.set(k, [told[k - half]], "template")
        if times.how[k] not in OWN_SIDES:
            times.set(k, times.of[k - half], "copy")


_AGAINST = word_set("compared versus vs against while whereas ;")


def _with_second_measure(tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "VAS was 2.4 WITH AN ODI OF 17 in the gel group and 3.9 WITH AN ODI OF 26 in the other".

    The value that goes on behind the score of the second measure is of the first again, where the
    second stands behind it in the same words.
    """
    measures = vectors["measure"]
    for index in range(2, len(runs) - 1):
        first, second, run, again = runs[index - 2 : index + 2]
        if _told_here(run, "measure") or measures.how[index] in OWN_SIDES:
            continue
        if any(len(x.values) != 1 for x in (first, second, run, again)):
            continue
        led = _led_by_with(tokens, first, second) and _led_by_with(tokens, run, again)
        same = alike(measures.of[index - 1][0], measures.of[index + 1][0])
        if led and same and measures.of[index - 2][0] is not None:
            measures.set(index, [measures.of[index - 2][0]], "copy")


def _led_by_with(tokens: list[Token], left: Run, right: Run) -> bool:
    """Whether "with" leads to a score that has a measure of its own: "2.4 WITH AN ODI OF 17"."""
    gap = {tokens[k].word for k in range(left.last, right.first)}
    return "with" in gap and bool(right.pre.get("measure"))


def _behind_brackets(tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "VAS was 4.3 at 1 month (ODI, 29) and 2.4 AT 1 YEAR (ODI, 17)": 2.4 is no ODI, 17 is dated.

    What goes on behind a bracket that names its own measure is of the measure before the bracket;
    the score in it is of the time that it opens right behind.
    """
    measures, times = vectors["measure"], vectors["time"]
    for index in range(1, len(runs)):
        run, before = runs[index], runs[index - 1]
        named = _named_inside(tokens, run)
        if named and (time := _dated_host(tokens, before, run)) is not None:
            ends = runs[index : index + 2] if run.role == "from" else [run]
            at = index + len(ends) - 1
            framed = len(ends) == 1 or (len(ends) == 2 and ends[1].role == "to")
            if framed and at < len(runs) and times.how[at] not in OWN_SIDES:
                times.set(at, [time], "post")
        elif not _told_here(run, "measure") and measures.how[index] not in OWN_SIDES:
            host = _before_bracket(tokens, runs, index)
            if host is None or len(runs[host].values) != len(run.values):
                continue
            if _named_inside(tokens, runs[host + 1]) and measures.of[host][-1] is not None:
                measures.set(index, measures.of[host], "copy")


def _before_bracket(tokens: list[Token], runs: list[Run], index: int) -> int | None:
    """The run ahead of the bracket that holds the runs right before `index`; None without one."""
    before = runs[index - 1]
    opened = open_bracket(tokens, runs[0].first, before.first)
    if opened is None or open_bracket(tokens, opened, runs[index].first) == opened:
        return None
    return next((k for k in range(index - 2, -1, -1) if runs[k].last <= opened), None)


def _named_inside(tokens: list[Token], run: Run) -> bool:
    """Whether the bracket in which a run begins opens with the measure of the run: "(ODI, 29)"."""
    told = run.pre.get("measure", [])
    opened = open_bracket(tokens, max(0, told[-1].first - 12), run.first) if told else None
    return opened is not None and opened < told[-1].first


def _dated_host(tokens: list[Token], before: Run, run: Run) -> Any | None:
    """The time of the run before, if the bracket in which `run` begins opens right behind it."""
    told = before.post.get("time", [])
    if not told or len(told[-1].items) != 1 or len(run.values) != 1:
        return None
    opened = told[-1].last
    if opened >= run.first or tokens[opened].word not in ("(", "["):
        return None
    inside = range(opened + 1, run.first)
    closed = any(tokens[k].word in (")", "]") for k in inside)
    return None if closed or run.pre.get("time") or run.post.get("time") else told[-1].items[0]


def _corresponding(
    tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> None:
    """ "THE CORRESPONDING VALUES with clay were 7.4 and 5.6, and 50 and 37": as told before.

    A sentence of one group and as many scores as the one before it, which was of another group and
    of two measures or more: each has the measure and the time of its counterpart. So too behind
    changes ("a mean VAS REDUCTION of 3.7 and a mean ODI REDUCTION of 13"), which these are then.
    """
    cells = sorted(memory.cells, key=lambda cell: cell.value.at)
    if not runs or sum(len(run.values) for run in runs) != len(cells):
        return
    kinds = {(cell.run.stat, cell.run.sign) for cell in cells}
    moved = cells[0].run if cells[0].run.stat in ("change", "percent_change") else None
    if moved is None and (len(kinds) > 1 or cells[0].run.stat != "level" or len(cells) < 3):
        return
    if any(cell.mention is None for cell in cells):
        return
    if any(run.stat != "level" or _told_here(run, "measure", "time") for run in runs):
        return
    ahead = {tokens[k].word for k in range(max(0, runs[0].first - 12), runs[0].first)}
    if ahead.isdisjoint(_COUNTERPARTS):
        return
    if moved is None and all(alike(cells[0].mention, c.mention) for c in cells):
        return
    if moved is not None and not ahead.isdisjoint(SCORE):
        return  # "fell by 3.7; the corresponding SCORE with clay was 2.5": the score, or its fall?
    theirs = [cell.arm for cell in cells]
    ours = [arm for labels in vectors["arm"].of for arm in labels]
    if ours[0] is None or any(arm is None or not same_label(arm, ours[0]) for arm in ours):
        return
    if any(arm is None or not same_label(arm, theirs[0]) for arm in theirs):
        return
    if same_label(ours[0], theirs[0]):
        return
    for index, run in enumerate(runs):
        if len(kinds) > 1:
            vectors["measure"].mismatch[index] = True  # a fall of one and a rise of the other
            continue
        mine, cells = cells[: len(run.values)], cells[len(run.values) :]
        vectors["measure"].set(index, [cell.mention for cell in mine], "memory")
        vectors["time"].set(index, [cell.time for cell in mine], "memory")
        for kind in ("measure", "time"):
            vectors[kind].mismatch[index] = False
        if moved is not None:
            run.stat, run.cue, run.role, run.sign = moved.stat, moved.cue, "of", moved.sign


_COUNTERPARTS = word_set("corresponding respective matching equivalent analogous counterparts")
