"""The records of differences that were set apart: measure, time and groups of the pair beside."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.frames import Run
from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.numbers.subject_asides import dose_of_name
from evergrove.reading.text.stat_words import DIFFERENCE, sign_of
from evergrove.reading.text.words import CENTRES, CHANGE_NOUNS
from evergrove.reading.vectors import Cell, Vectors, alike

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.drafts import Draft
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View


def scores_beside(aside: View, drafts: list[Draft]) -> list[Draft]:
    """The scores that an aside is about, the nearest first: of one measure and time.

    The nearest is the last one before the aside, or the first one behind it where the aside stands
    ahead of its pair: "(mean difference -1.2; 3.1 vs 4.3)".
    """
    if aside.ahead:
        near = next((d for d in drafts if d.at >= aside.place), None)
        gap = range(aside.place, near.at) if near is not None else range(0)
    else:
        near = next((d for d in reversed(drafts) if d.at < aside.place), None)
        gap = range(_end_with_start(near, drafts), aside.place) if near is not None else range(0)
    if near is not None and _other_number(aside, near, gap):
        near = None
    if near is None:
        return []
    time = near.cell.time
    return [
        near,
        *(
            draft
            for draft in drafts
            if draft is not near
            and draft.cell.run.stat == near.cell.run.stat
            and alike(draft.cell.mention, near.cell.mention)
            and (draft.cell.time is time or alike(draft.cell.time, time))
        ),
    ]


def _end(draft: Draft) -> int:
    """The token behind a score and its spreads."""
    value = draft.cell.value
    return max([value.last, *(at + 1 for spread in value.spreads for at in spread.at)])


def _end_with_start(near: Draft, drafts: list[Draft]) -> int:
    """The token behind a score, and behind where it began: "-2.6 with clay (BASELINE, 7.7)"."""
    return max([_end(near), *(_end(d) for d in drafts if d.cell.run.began is near.cell.run)])


def _other_number(aside: View, near: Draft, gap: range) -> bool:
    """ "NRS was 3.1 vs 4.4, STAY 8 VS 7 DAYS (MD 0.9)": whether the gap has other numbers."""
    host = aside.host
    if host is None:
        return False
    told = {k for time in host.times for k in range(time.first, time.last)}
    told |= {count.at for count in host.q.counts}
    told |= {k for p in host.q.ps for k in range(p.first, p.last)}
    own = near.cell.value.p
    told |= set(range(own.first, own.last)) if own is not None else set()
    tokens = near.tokens
    return any(tokens[k].kind == "n" and k not in told and not dose_of_name(tokens, k) for k in gap)


def reject_as_beside(tokens: list[Token], aside: View) -> None:
    """ "SATISFACTION was 8.1 vs 7.2 (mean difference 0.9)": of no outcome, as the scores beside."""
    host = aside.host
    if host is None:
        return
    told = host.q.rejected
    k, step = (aside.place, 1) if aside.ahead else (aside.place - 1, -1)
    while host.a <= k < host.b and (
        tokens[k].kind != "n" or "spread" in told.get(k, "") or dose_of_name(tokens, k)
    ):
        k += step
    reason = told.get(k)
    if reason is None:
        return
    for value in aside.q.values:
        for at in (value.at, *(at for spread in value.spreads for at in spread.at)):
            aside.q.rejected[at] = reason
        for spread in value.spreads:
            if spread.level_at is not None:
                aside.q.rejected[spread.level_at] = "level of a confidence interval"


def mark_contrasted(view: View, runs: list[Run]) -> None:
    """Mark runs with a difference behind each two values: "3.1 and 4.3 (MD) and 2.2 and 3.9".

    Behind each two that "vs" joins, a p or the size of an effect does as well.
    """
    told = [a.place for a in view.asides if not a.ahead and a.kind == "difference"]
    tested = [p.start for p in [*view.q.ps, *(v.p for v in view.q.values)] if p is not None]
    tested += [a.place for a in view.asides if not a.ahead]
    for run in runs:
        ends = [value.first for value in run.values[1:]]
        if len(ends) < 3 or len(ends) % 2 == 0:
            continue
        for places in (told, tested) if run.pairs else (told,):
            behind = {sum(end <= at for end in ends) + 1 for at in places if at > run.first}
            inside = {number for number in behind if number <= len(ends)}
            run.contrasted |= inside == set(range(2, len(run.values), 2))


def contrasted_again(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "...; ODI WAS 24 and 33 (MD -9) and 20 and 31 (MD -11)": groups and times of the run before.

    Only where a difference stood behind each two, so that these are of the two groups.
    """
    for index, run in enumerate(runs):
        if not run.contrasted or not index:
            continue
        arms, times = vectors["arm"].unique(index), vectors["time"].unique(index)
        undated = all(time is None for time in vectors["time"].of[index])
        later = all(time.kind != "base" for time in times)
        if len(arms) == 2 and all(arm is None for arm in vectors["arm"].of[index]):
            vectors["arm"].set(index, arms * (len(run.values) // 2), "again")
        if undated and later and len(times) == len(run.values) // 2:
            vectors["time"].set(index, [time for time in times for _ in range(2)], "again")


def cells_of_asides(
    document: Document, view: View, scores: list[Draft]
) -> list[tuple[Cell, View, list[Draft]]]:
    """The differences and changes that were set apart from a sentence, each with its scores."""
    pairs = [scores_beside(aside, scores) for aside in view.asides]
    own = changes_of_each(view.asides, pairs, scores) if len(pairs) > 1 else set()
    found = []
    for number, (aside, pair) in enumerate(zip(view.asides, pairs, strict=True)):
        if number in own:
            aside.kind = "change"
            document.queue.add("change_or_difference")
        if not pair:
            reject_as_beside(document.tokens, aside)
        cell = cell_of_aside(document.tokens, aside, pair, scores)
        if cell is not None:
            found.append((cell, aside, pair))
        elif scores and any(value.at not in aside.q.rejected for value in aside.q.values):
            document.queue.add("unclaimed_result")
    return found


def cell_of_aside(
    tokens: list[Token], aside: View, pair: list[Draft], drafts: list[Draft]
) -> Cell | None:
    """The cell of the difference or change in an aside, with the measure and time of its scores.

    None where the aside holds neither (but the size of an effect, say), where the scores beside it
    were not read, or where nothing tells what a number alone is.
    """
    value = _difference(tokens, aside)
    if value is None or not pair or not aside.kind:
        return None
    run = Run([value], [], value.first, value.last, role="of", stat="between_diff")
    words = [tokens[k].word for k in range(aside.a, aside.b)]
    if aside.kind == "change":
        run.stat, run.cue = "change", next((w for w in words if w in CHANGE_NOUNS), "change")
        run.sign = sign_of(run.cue)
    elif aside.kind == "number":
        run.stat = _told_by_scores(value, pair, drafts)
        run.cue = "change" if run.stat == "change" else "difference"
    else:
        run.cue = next((word for word in words if word in DIFFERENCE), "difference")
    one = pair[0].cell
    arm = one.arm if run.stat == "change" else None
    return (
        Cell(value, run, one.mention, arm, one.time, one.count if arm else None)
        if run.stat
        else None
    )


def _told_by_scores(value: Value, pair: list[Draft], drafts: list[Draft]) -> str:
    """ "3.1 vs 4.3 (-1.2, 95% CI ...)", "from 7.1 to 3.2 (-3.9, ...)": what it is."""
    near, size = pair[0], abs(value.value)
    if fits(size, [centre_of(draft) for draft in pair]):
        return "between_diff"
    base = [
        draft
        for draft in drafts
        if draft.cell.time is not None
        and draft.cell.time.kind == "base"
        and draft is not near
        and alike(draft.cell.mention, near.cell.mention)
        and (draft.cell.arm is near.cell.arm or alike(draft.cell.arm, near.cell.arm))
    ]
    return "change" if base and fits(size, [centre_of(near), centre_of(base[-1])]) else ""


def _told(aside: View, near: Draft, drafts: list[Draft]) -> bool:
    """Whether an aside tells how far the score beside it lies from another of its measure."""
    sizes = [abs(value.value) for value in aside.q.values[:1]]
    others = [d for d in drafts if d is not near and alike(d.cell.mention, near.cell.mention)]
    return any(fits(size, [centre_of(near), centre_of(d)]) for size in sizes for d in others)


def fits(size: float, scores: list[float]) -> bool:
    """Whether two of some scores are as far apart as a difference says, but for rounding."""
    gaps = [abs(one - two) for one, two in itertools.combinations(scores, 2)]
    return any(abs(gap - size) <= 0.1 * max(1.0, gap) for gap in gaps)


def centre_of(draft: Draft) -> float:
    """The mean or the median of a draft."""
    record = draft.record
    return float(record["mean"] if record["mean"] is not None else record["median"])


def changes_of_each(asides: list[View], pairs: list[list[Draft]], drafts: list[Draft]) -> set[int]:
    """ "3.1 (MEAN DIFFERENCE -4.0) vs 4.3 (MEAN DIFFERENCE -2.6)": each group has one of its own.

    The numbers of the asides that are so changes of a group, and no difference of two. Not where
    two scores of the sentence are as far apart.
    """
    found: set[int] = set()
    for (i, one), (j, two) in itertools.combinations(enumerate(pairs), 2):
        if not one or not two or one[0] is two[0] or asides[i].kind != asides[j].kind:
            continue
        names = {d.cell.arm.name for d in (one[0], two[0]) if d.cell.arm is not None}
        beside = len(names) == 2 and any(draft is two[0] for draft in one)
        if beside and asides[i].kind in ("difference", "number"):
            found |= (
                {i, j} if not any(_told(asides[k], pairs[k][0], drafts) for k in (i, j)) else set()
            )
    return found


def _difference(tokens: list[Token], aside: View) -> Value | None:
    """The one value of an aside, with "-2.0 TO -0.4" right behind it for its interval."""
    values = [v for v in aside.q.values if v.at not in aside.q.rejected]
    if len(values) == 3 and not values[0].spreads and tokens[values[1].last].word == "to":
        low, high = values[1], values[2]
        if low.value <= values[0].value <= high.value:
            values[0].spreads.append(Spread("pair", (low.value, high.value), (low.at, high.at)))
            values = values[:1]
    return values[0] if len(values) == 1 else None


def centre_as_beside(tokens: list[Token], draft: Draft) -> None:
    """ "Medians were 3 vs 5 (DIFFERENCE -2)": the centre that its scores have, if none is told."""
    told = any(tokens[k].word in CENTRES for k in range(draft.view.a, draft.cell.value.first))
    if told or draft.pair[0].record["median"] is None or draft.record["mean"] is None:
        return
    record, places = draft.record, draft.places
    record["median"], record["mean"] = record["mean"], None
    places["median"] = places.pop("mean")


def with_scores(drafts: list[Draft]) -> list[Draft]:
    """The drafts without the differences whose own scores were no records after all."""
    kept = {id(draft) for draft in drafts}
    return [draft for draft in drafts if not draft.pair or id(draft.pair[0]) in kept]
