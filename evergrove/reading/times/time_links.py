"""Which time a value has where the punctuation beside it does not tell: frames, baseline."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PRE_WORDS, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Vectors, same_label

OWN = word_set("the at its their")
THAN = word_set("from than versus vs over against")
COMPARED = word_set("compared relative comparison respect relation")


def heading_times(
    tokens: list[Token], run: Run, singles: list[tuple[Labels, str]]
) -> list[tuple[Labels, str]]:
    """ "baseline: mean 6.8; 9 months: mean 4.8": the time that a colon sets before the value."""
    return [
        (labels, side)
        for labels, side in singles
        if side == "pre" and tokens[labels.last].word == ":" and run.first - labels.last <= 4
    ]


def ends_frame(vectors: Vectors, index: int) -> bool:
    """ "fell from baseline to 6 months (6.7 to 1.8)": the second time is the second value's."""
    run = vectors.runs[index]
    if not index or run.role != "to" or run.pre.get("time") or run.post.get("time"):
        return False
    before = vectors.runs[index - 1]
    told = before.pre.get("time", [])
    if not told and index > 1:
        told = vectors.runs[index - 2].post.get("time", [])
    if before.role != "from" or not told or len(run.values) != 1 or len(told[-1].items) != 2:
        return False
    first, second = told[-1].items
    if first.kind != "base" or second.kind == "base":
        return False
    vectors.set(index, [second], "pre")
    return True


def turned_frame(vectors: Vectors, index: int) -> bool:
    """ "fell TO 2.4 FROM 5.9 in 6 weeks": the time behind both is that of the later value."""
    before, run = vectors.runs[index - 1], vectors.runs[index]
    if run.role != "from" or before.role != "to" or run.stat != "level" or run.pre.get("time"):
        return False
    post = run.post.get("time", [])
    told = vectors.how[index - 1] or len(post) != 1 or len(post[0].items) != 1
    if told or post[0].items[0].kind == "base" or len(before.values) != len(run.values):
        return False
    vectors.set(index - 1, post[0].items * len(run.values), "post")
    vectors.set(index, [Time(0, 0, "base", "baseline", 0)] * len(run.values), "frame")
    return True


def fell_from(tokens: list[Token], vectors: Vectors, index: int) -> bool:
    """ "dropped BY 2.4 FROM A BASELINE OF 6.5 after 12 weeks": the time is that of the drop."""
    before, run = vectors.runs[index - 1], vectors.runs[index]
    post = run.post.get("time", [])
    if run.role != "from" or before.stat != "change" or len(post) != 1 or len(run.values) > 1:
        return False
    later, lead = post[0].items, {tokens[k].word for k in range(before.last, run.first)}
    if not lead & PRE_WORDS or len(later) != 1 or later[0].kind == "base":
        return False
    told = [t for labels in before.pre.get("time", []) for t in labels.items if t.kind != "base"]
    if not told:
        vectors.set(index - 1, later * len(before.values), "post")
    vectors.set(index, [Time(0, 0, "base", "baseline", 0)], "frame")
    return True


def first_and_last(
    tokens: list[Token], run: Run, pre: list[Labels], post: list[Labels]
) -> list[Any]:
    """ "BASELINE VAS was 7.1 and 2.3 AT 6 MONTHS": a time on either side, one for each of two."""
    if run.separators not in (["and"], [",and"]) or run.versus or not pre or not post:
        return []
    if len(pre[-1].items) != 1 or len(post[0].items) != 1 or post[0].first - run.last > 2:
        return []
    first, second = pre[-1].items[0], post[0].items[0]
    lists = [
        one
        for side in (run.pre, run.post)
        for kind in ("arm", "measure")
        for one in side.get(kind, [])
    ]
    if any(len(one.items) > 1 for one in lists) or "respectively" in _words(tokens, run.last, 3):
        return []
    dated = first.kind == second.kind == "point" and None not in (first.days, second.days)
    # "AT 1 MONTH VAS was 3.4 and 2.3 AT 3 MONTHS"; the later one first where it follows the name
    later = dated and 0 < first.days < second.days
    told = tokens[pre[-1].last].word in ("was", "were") and tokens[run.last].word == "at"
    later = later or (dated and told and 0 < second.days < first.days)
    return [first, second] if later or (first.kind, second.kind) == ("base", "point") else []


def _words(tokens: list[Token], first: int, size: int) -> list[str]:
    return [token.word for token in tokens[first : first + size]]


def at_both(tokens: list[Token], labels: Labels, run: Run) -> bool:
    """ "was 2.3 AT BOTH week 2 and week 5", "was 4 AT hours 10 AND 12": it holds at two times."""
    lead = [tokens[k].word for k in range(run.last, labels.first)]
    if len(labels.items) != 2 or len(lead) > 2:
        return False
    one, two = labels.items
    dated = all(time.kind == "point" and time.days is not None for time in (one, two))
    gap = [tokens[k].word for k in range(one.last, two.first)]
    behind = tokens[min(labels.last, len(tokens) - 1)]
    alone = behind.kind != "n" and behind.word not in (",", "respectively", "vs", "versus")
    told = lead in (["at"], ["on"]) and gap == ["and"] and dated and alone
    return lead[-1:] == ["both"] or (told and run.stat == "level" and run.role == "state")


def both_in_brackets(tokens: list[Token], run: Run, post: list[Labels]) -> list[Any]:
    """ "was 1.1 AT BOTH early (6 weeks) AND late (2 years) follow-up": two times of one number."""
    if len(post) < 2:
        return []
    one, two = post[-2:]
    lead = [tokens[k].word for k in range(run.last, one.first)]
    gap = [tokens[k].word for k in range(one.last, two.first)]
    told = "both" in lead[-4:-1] and lead[-1:] == ["("] and gap[:2] == [")", "and"]
    if not told or gap[-1] != "(" or len(gap) > 5 or len(one.items) != 1 or len(two.items) != 1:
        return []
    return [one.items[0], two.items[0]]


def of_p(tokens: list[Token], labels: Labels, run: Run) -> bool:
    """ "7.6, 3.9 and 3.5 (p < 0.01 between groups at 3 months)": the time of the p alone."""
    words = [tokens[k].word for k in range(run.values[-1].last, labels.first)]
    return len(labels.items) == 1 and words[:1] == ["("] and "p" in words and ")" not in words


def comparator(tokens: list[Token], labels: Labels) -> bool:
    """ "p<0.01 from baseline", "lower than before": a time that something is compared with.

    Also a list that begins so: "compared with entry and with the same times in the other group".
    """
    if labels.items[0].kind != "base":
        return False
    k = labels.first - 1
    while k >= 0 and tokens[k].word in OWN:
        k -= 1
    return (len(labels.items) == 1 and tokens[k].word in THAN) or (
        tokens[k].word in ("with", "to") and tokens[k - 1].word in COMPARED
    )


def named_baseline(tokens: list[Token], run: Run, pre: list[Labels]) -> Any:
    """ "(BASELINE SCORE OF 8.1, 12-month score of 2.7)": the time right before its value."""
    for label in reversed(pre):
        if label.items[-1].kind == "base" and 0 < run.first - label.last <= 4:
            gap = [tokens[k].word for k in range(label.last, run.first)]
            return (
                label.items[-1] if gap[-1] == "of" and _SCORE_NOUNS.issuperset(gap[:-1]) else None
            )
    return None


_SCORE_NOUNS = word_set("score scores value values mean median pain vas nrs level")


def without_vague(vectors: Vectors, size: int, pre: list[Labels]) -> list[Labels]:
    """ "The POSTOPERATIVE score was 8, 6 and 4 with A and 9, 7 and 5 with B at 3, 9 and 24 h".

    A time that says no more than "after" gives way to a list of as many times as there are values.
    """
    vague = [x for x in pre if len(x.items) == 1 and x.items[0].kind == "post"]
    if not vague or len(vague) != len(pre):
        return pre
    listed = any(
        len(labels.items) == size for run in vectors.runs for labels in run.post.get("time", [])
    )
    return [] if listed else pre


def end_points(lists: list[Labels]) -> list[Labels]:
    """Of "from baseline to 12 weeks", the time that a change is dated by."""
    out = []
    for labels in lists:
        later = [time for time in labels.items if time.kind != "base"]
        if later and len(later) < len(labels.items):
            labels = Labels(labels.kind, later, labels.first, labels.last)
        out.append(labels)
    if any(labels.items[-1].kind != "base" for labels in out):
        out = [labels for labels in out if labels.items[-1].kind != "base"]
    return out


def gap_times(runs: list[Run], vectors: Vectors) -> None:
    """ "9 mm LOWER with wax than with clay at 6 weeks (31 VS 40 MM)": a gap at their time.

    The time stands right before the bracket with the two scores, and none stands by the gap.
    """
    for index, pair in enumerate(runs[1:], start=1):
        gap, times = index - 1, vectors.of[index]
        told = [time for time in times if time is not None]
        if runs[gap].stat != "between_diff" or not pair.versus or pair.stat != "level":
            continue
        if any(vectors.of[gap]) or len(told) != len(times):
            continue
        if len({time.label for time in told}) == 1 and told[0].kind != "base":
            vectors.set(gap, told[:1] * len(runs[gap].values), "copy")


def times_of_groups_behind(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "POSTOPERATIVE VAS was 2.1 with wax and 3.4 with clay AT 6 H": the visit is that of both.

    A word beside the measure is no visit of its own where the next score, of another group in the
    same clause, has one right behind it.
    """
    times, arms = vectors["time"], vectors["arm"]
    for index in range(len(runs) - 2, -1, -1):
        run, after = runs[index], runs[index + 1]
        label, told = times.of[index][0], times.of[index + 1][-1]
        if label is None or told is None or after.hard or run.stat != after.stat:
            continue
        vague = label.kind == "post" and label.days is None and times.how[index] in _BESIDE_MEASURE
        if not vague or told.kind != "point" or len({id(x) for x in times.of[index + 1]}) > 1:
            continue
        one, two = arms.of[index][0], arms.of[index + 1][0]
        if one is not None and two is not None and not same_label(one, two):
            times.set(index, [told] * len(run.values), "post")


_BESIDE_MEASURE = ("pre", "copy")
