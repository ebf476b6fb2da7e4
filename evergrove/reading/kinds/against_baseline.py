"""One baseline told again beside every later score: "2.6 vs. 7.3 at 2 months, 3.2 vs. 7.3 at 6"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from evergrove.reading.records.conflict_units import VISITS
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.drafts import Draft

Relabel = Callable[["Draft", str, Any], None]


def baseline_again(drafts: list[Draft], relabel: Relabel) -> bool:
    """Give pairs of one sentence their times, where the second of all is one and the same score.

    Read only where the sentence names the baseline and no group, and a time of its own before each
    of two or more pairs. Returns whether that was so.
    """
    pairs: dict[int, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: d.cell.value.at):
        pairs.setdefault(id(draft.cell.run), []).append(draft)
    several = list(pairs.values())
    if len(several) < 2 or any(len(p) != 2 or not p[0].cell.run.versus for p in several):
        return False
    view = several[0][0].view
    base = next((time for time in view.times if time.kind == "base"), None)
    seconds = {printed(two) for _, two in several}
    if base is None or view.arms or len(seconds) > 1 or seconds & {printed(p[0]) for p in several}:
        return False
    later = [time for time in view.times if time.kind in VISITS - {"base"}]
    times: list[Time] = []
    start = view.a
    for one, two in several:
        own = [time for time in later if start <= time.first and time.last <= one.cell.value.first]
        times += own[-1:]
        start = two.cell.value.last
    if len({time.label for time in times}) < len(several):
        return False
    for (one, two), time in zip(several, times, strict=True):
        relabel(one, "time", time)
        relabel(two, "time", base)
        for draft in (one, two):
            draft.record["reasons"].append("conflict_resolved")
    return True


def printed(draft: Draft) -> tuple[float, tuple[tuple[float, ...], ...]]:
    """The centre of a value and its spreads, as printed."""
    value = draft.cell.value
    return value.value, tuple(spread.values for spread in value.spreads)
