"""The records of differences that were set apart: measure, time and groups of the pair beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.frames import Run
from evergrove.reading.quantities import Spread, Value
from evergrove.reading.stat_words import DIFFERENCE
from evergrove.reading.vectors import Cell, alike
from evergrove.reading.words import CENTRES

if TYPE_CHECKING:
    from evergrove.reading.document import View
    from evergrove.reading.drafts import Draft
    from evergrove.reading.tokens import Token


def scores_beside(aside: View, drafts: list[Draft]) -> list[Draft]:
    """The scores that an aside is about, the nearest first: of one measure and time.

    The nearest is the last one before the aside, or the first one behind it where the aside stands
    ahead of its pair: "(mean difference -1.2; 3.1 vs 4.3)".
    """
    if aside.ahead:
        near = next((d for d in drafts if d.at >= aside.place), None)
    else:
        near = next((d for d in reversed(drafts) if d.at < aside.place), None)
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


def mark_contrasted(view: View, runs: list[Run]) -> None:
    """Mark runs with a difference behind each two values: "3.1 and 4.3 (MD) and 2.2 and 3.9".

    Behind each two that "vs" joins, a p or the size of an effect does as well.
    """
    told = [a.place for a in view.asides if not a.ahead and not a.words.isdisjoint(DIFFERENCE)]
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


def cell_of_aside(tokens: list[Token], aside: View, pair: list[Draft]) -> Cell | None:
    """The cell of the difference in an aside, with the measure and the time of its pair.

    None where the aside holds no difference (but the size of an effect, say), or the scores beside
    it were not read.
    """
    value = _difference(tokens, aside)
    if value is None or not pair:
        return None
    words = [tokens[k].word for k in range(aside.a, value.first)]
    cue = next((word for word in words if word in DIFFERENCE), "difference")
    run = Run([value], [], value.first, value.last, role="of", stat="between_diff", cue=cue)
    return Cell(value, run, pair[0].cell.mention, None, pair[0].cell.time)


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
