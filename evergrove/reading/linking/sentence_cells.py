"""Cells of a sentence completed by each other: each group, both times, what was left out."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.linking.bare_rows import bare_row
from evergrove.reading.linking.pairs import (
    arm_of,
)
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    word_set,
)
from evergrove.reading.vectors import Cell, Memory, same_label
from evergrove.reading.view import View

_CORRESPONDING = word_set(
    "corresponding matching respective equivalent equivalents counterpart counterparts same "
    "analogous comparable parallel"
)


_FIGURES = word_set("values figures numbers")


_SINGLE_SPREADS = word_set("sd se paren pm")


def sentence_arm(cells: list[Cell], memory: Memory) -> None:
    """A sentence that goes on about the measure before goes on about its group too."""
    if any(cell.arm is not None for cell in cells):
        return
    if not memory.arms or len({arm.name for arm in memory.arms}) != 1:
        return
    for cell in cells:
        if "carried_over" in cell.reasons:
            cell.arm = memory.arms[0]


_LEADS_BOTH = frozenset(("in", "for", "per"))


def in_each(document: Document, view: View, cells: list[Cell], memory: Memory) -> list[Cell]:
    """ "6.4 in each", "6.4 in both groups": one number that holds for two groups."""
    tokens = document.tokens
    out: list[Cell] = []
    for cell in cells:
        if cell.run.both:
            out += [replace(cell, arm=arm, reasons=list(cell.reasons)) for arm in cell.run.both]
            continue
        last = cell.value.last
        if cell.time is not None and last <= cell.time.first <= last + 1:
            last = cell.time.last  # "7.2 AT BASELINE in both groups"
        leads = last < view.b and tokens[last].word in _LEADS_BOTH
        if not leads or _one_spread(cell):
            out.append(cell)
            continue
        after = [tokens[k].word for k in range(last, min(last + 5, view.b))]
        one_each = "respectively" in after  # "6.4 and 6.1 in both groups, respectively"
        shared = not one_each and after[:2] in (
            ["in", "each"],
            ["in", "both"],
            ["for", "both"],
            ["for", "each"],
            ["per", "group"],
        )
        if not (shared or after[:1] in (["in"], ["for"], ["per"])):
            out.append(cell)
            continue
        arms: list[Arm] = []
        known = [arm_of(arm) for arm in document.declared.arms]
        if not view.arms and len(memory.arms) == 2:
            known = memory.arms
        if len({arm.name for arm in view.arms}) == 2:
            known = []  # "6.4 in both; then 3.1 in the clay and 4.0 in the wax group"
        for arm in [*view.arms, *known]:
            if not any(same_label(arm, other) for other in arms):
                arms.append(arm)
        if shared and len(arms) == 2 and cell.run.stat != "between_diff":
            for arm in arms:
                twin = Cell(
                    cell.value,
                    cell.run,
                    cell.mention,
                    arm,
                    cell.time,
                    cell.count,
                    list(cell.reasons),
                )
                out.append(twin)
        else:
            if shared:
                cell.arm = None
            out.append(cell)
    return out


def _one_spread(cell: Cell) -> bool:
    """ "means 1.1 and 1.5, SD 0.8 IN BOTH": the spread is that of each, and no value is."""
    mine = {at for spread in cell.value.spreads for at in spread.at}
    others = [value for value in cell.run.values if value is not cell.value]
    return any(mine & {at for s in other.spreads for at in s.at} for other in others)


def at_both(cells: list[Cell]) -> list[Cell]:
    """ "2.3 at both week 2 and week 5": the same number once more, at the second time."""
    out: list[Cell] = []
    for cell in cells:
        out.append(cell)
        if cell.run.at_both is not None and cell.time is not None:
            out.append(replace(cell, time=cell.run.at_both, reasons=list(cell.reasons)))
    return out


def carried_time(tokens: list[Token], a: int, cells: list[Cell], memory: Memory) -> None:
    """A sentence without any time goes on at the one time that the sentence before names."""
    if any(cell.time is not None for cell in cells):
        return
    if memory.last_time is None:
        opening = [tokens[k].word for k in range(a, min(a + 5, len(tokens)))]
        if opening[:1] in (["the"], ["this"]) and "difference" in opening:
            _time_of_difference(cells, memory)
        return
    if memory.last_time.kind == "base" and any(cell.run.stat != "level" for cell in cells):
        return
    for cell in cells:
        cell.time = memory.last_time
        cell.reasons.append("time_carried")


def _time_of_difference(cells: list[Cell], memory: Memory) -> None:
    """ "The change FROM BASELINE was -2.9 and -1.7 AT WEEK 16. The difference, -1.2, was ...".

    Beside the baseline, the values that are set apart have one time.
    """
    later = {time.label: time for time in memory.times if time.kind != "base"}
    if len(later) != 1 or any(cell.run.stat != "between_diff" for cell in cells):
        return
    [time] = later.values()
    for cell in cells if time.kind in ("point", "window", "final") else ():
        cell.time = time
        cell.reasons.append("time_carried")


def _figures_read(tokens: list[Token], first: int) -> bool:
    """ "in the rest group THE NUMBERS READ 4.1 and 1.6": figures, and nothing else."""
    if tokens[first - 1].word not in _READ:
        return False
    return tokens[first - 2].word in _FIGURES and tokens[first - 3].word in ("the", "its", "their")


_READ = word_set("read were was")


def told_as_before(tokens: list[Token], cells: list[Cell]) -> None:
    """ "5.1 (SD 1.4) with clay, against 3.2 AND 1.3, RESPECTIVELY": an SD that no word names.

    `means_with_spreads` put the word in, which has no place of its own in the text.
    """
    for cell in cells:
        for spread in cell.value.spreads:
            name = tokens[spread.at[0] - 1]
            if name.word == "sd" and name.start == name.end:
                cell.reasons.append("elliptical_roles")


def elliptical(document: Document, view: View, cells: list[Cell], memory: Memory) -> list[Cell]:
    """ "the corresponding figures were 3.2 and 1.8": a mean and its SD, as in the value before."""
    tokens = document.tokens
    out: list[Cell] = []
    skip: set[int] = set()
    for index, cell in enumerate(cells):
        if index in skip:
            continue
        run = cell.run
        if (
            len(run.values) == 2
            and run.values[0] is cell.value
            and not run.values[0].spreads
            and not run.values[1].spreads
        ):
            words = {tokens[k].word for k in range(view.a, run.first)}
            before = out[-1] if out else (memory.cells[-1] if memory.cells else None)
            behind = [tokens[k].word for k in range(run.last, min(run.last + 5, view.b))]
            if behind[:1] in (["were"], ["was"]) and set(behind) & _FIGURES:
                words |= set(behind)  # "5.6 and 2.1 were the equivalent figures"
            cue = words & _CORRESPONDING or any(
                tokens[k].word in ("these", "those", "like") and tokens[k + 1].word in _FIGURES
                for k in range(view.a, run.first)
            )
            two = index + 1 < len(cells) and cells[index + 1].run is run
            cue = cue or bare_row(tokens, run, before)
            plain = not cue and _figures_read(tokens, run.first)
            if (
                (cue or plain)
                and before is not None
                and before.value.spreads
                and two
                and before.value.spreads[0].kind in _SINGLE_SPREADS
                and before.value.percent == cell.value.percent  # not "reductions of 50% and 18%"
            ):
                single = cells[index + 1].arm is cell.arm and cells[index + 1].time is cell.time
                one = before.run is not run and len(before.run.values) == 1
                if (one and single) if plain else (one or single):
                    second = run.values[1]
                    spread = before.value.spreads[0]
                    cell.value.spreads.append(
                        type(spread)(
                            spread.kind, (second.value,), (second.at,), None, spread.stated
                        )
                    )
                    cell.reasons.append("elliptical_roles")
                    skip.add(index + 1)
        out.append(cell)
    return out


def before_groups(tokens: list[Token], cells: list[Cell]) -> None:
    """ "7.0 with wax, 6.1 with clay; THE RUN-IN VALUE was 8.2": told of everybody, of no group."""
    for cell in cells:
        led = cell.time is not None and tokens[cell.time.first].word == "run"
        if led and cell.arm is not None and cell.arm.last <= cell.time.first:
            cell.arm = None
