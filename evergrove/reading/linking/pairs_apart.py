"""A list of pairs with a time for each, taken apart: "at 2 and 9 weeks (3 vs 5 and 2 vs 4)"."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.frames import Labels, Run


def pairs_apart(runs: list[Run]) -> list[Run]:
    """The runs, each list of pairs that has a time for every pair as one run a pair.

    "Lower with wax at 2 and 9 weeks (3 vs 5 AND 2 vs 4, respectively)": each pair is then read as a
    pair that stands alone at its time, whoever it sets against each other.
    """
    out: list[Run] = []
    for run in runs:
        times = _time_of_each(run)
        out.extend([run] if times is None else _apart(run, times))
    return out


def _time_of_each(run: Run) -> Labels | None:
    """The one list of times with a time for each pair of scores of one measure; or None.

    Not with a baseline among them: the two pairs may then be of two groups, before and after.
    """
    if not run.pairs:
        return None
    times, arms, measures, counts = (
        [*run.pre.get(kind, []), *run.post.get(kind, [])]
        for kind in ("time", "arm", "measure", "count")
    )
    times = [labels for labels in times if not _vague(labels)]
    if len(times) != 1 or len(times[0].items) != len(run.values) // 2 or counts:
        return None
    if any(time.kind == "base" for time in times[0].items):
        return None
    if len({arm.name for labels in arms for arm in labels.items}) > 2:
        return None
    return times[0] if sum(len(labels.items) for labels in measures) < 2 else None


def _vague(labels: Labels) -> bool:
    """ "POSTOPERATIVE pain at 2 and 9 weeks": a word beside the times, and no time of its own."""
    return all(time.kind == "post" and time.days is None for time in labels.items)


def _apart(run: Run, times: Labels) -> list[Run]:
    side = "pre" if times in run.pre.get("time", []) else "post"
    parts: list[Run] = []
    for number, time in enumerate(times.items):
        values = run.values[2 * number : 2 * number + 2]
        part = replace(
            run, values=values, separators=run.separators[2 * number : 2 * number + 1],
            first=values[0].first, last=values[-1].last, pre=dict(run.pre), post=dict(run.post),
        )  # fmt: skip
        own = Labels("time", [time], time.first, time.last)
        (part.pre if side == "pre" else part.post)["time"] = [own]
        parts.append(part)
    return parts
