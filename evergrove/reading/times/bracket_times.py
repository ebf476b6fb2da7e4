"""Times and frames that stand outside a bracket, for the values inside it, and the reverse."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, STATE, VERBS, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Vectors

_LATER = word_set("point window final discharge immediate")


def base_and_later(run: Run) -> list[Any] | None:
    """ "Against baseline, NRS fell at 2, 4 and 8 weeks (6.1 versus 4.0; 3.3; 2.8)": its times.

    One value more than times after baseline, and baseline named apart: the first value is then.
    """
    lists = run.pre.get("time", [])
    size = len(run.values)
    if size < 3 or len(lists) != 2 or run.post.get("time") or run.stat != "level":
        return None
    if any(len(x.items) == size for x in [*run.pre.get("arm", []), *run.post.get("arm", [])]):
        return None  # one value of each group
    base, later = lists
    if len(base.items) != 1 or base.items[0].kind != "base" or len(later.items) != size - 1:
        return None
    return [*base.items, *later.items] if _all_later(later) else None


def later_and_base(run: Run) -> list[Any] | None:
    """ "At 3 and 6 months VAS was 3.2 and 2.9, compared with 8.1 AT BASELINE": its times.

    One value more than the times told ahead, and behind it baseline (or the reverse: "Before it
    VAS was 8.1 and 3.2 AFTER IT").
    """
    ahead, behind = run.pre.get("time", []), run.post.get("time", [])
    if len(ahead) != 1 or len(behind) != 1 or run.stat != "level":
        return None
    size = len(run.values)
    if len(behind[0].items) != 1:
        return _base_then_list(run, ahead[0], behind[0])
    first, last = ahead[0].items, behind[0].items[0]
    if size < 2 or len(first) != size - 1 or behind[0].first - run.values[-1].last > 2:
        return None
    for kind in ("arm", "measure"):
        told = [*run.pre.get(kind, []), *run.post.get(kind, [])]
        if any(len(labels.items) == size for labels in told) or (kind == "arm" and len(told) > 1):
            return None  # one value of each
    turned = last.kind == "base" and _all_later(ahead[0])
    alone = size == 2 and first[0].kind == "base" and last.kind in _LATER | {"post"}
    if size == 2 and run.separators not in (["and"], [",and"]):
        return None
    return [*first, last] if turned or alone else None


def _base_then_list(run: Run, ahead: Labels, behind: Labels) -> list[Any] | None:
    """ "Before it VAS was 8.1 (1.2) and 3.2 (0.9) and 2.9 (1.0) AT 3 AND 6 MONTHS": its times."""
    size = len(run.values)
    if len(ahead.items) != 1 or ahead.items[0].kind != "base" or len(behind.items) != size - 1:
        return None
    if behind.first - run.values[-1].last > 2 or not _all_later(behind):
        return None
    for kind in ("arm", "measure"):
        told = [*run.pre.get(kind, []), *run.post.get(kind, [])]
        if any(len(labels.items) == size for labels in told) or (kind == "arm" and len(told) > 1):
            return None  # one value of each
    return [ahead.items[0], *behind.items]


def times_in_turn(tokens: list[Token], run: Run) -> list[Any] | None:
    """ "The VAS before and the VAS after it differed (8 ± 1 and 3 ± 1)": a time for each value.

    Two subjects that "and" joins, each with the same measure and a time of its own.
    """
    times, named = run.pre.get("time", []), run.pre.get("measure", [])
    if len(run.values) != 2 or len(times) != 2 or len(named) != 2 or run.stat != "level":
        return None
    if run.post.get("time") or any(len(labels.items) > 1 for labels in (*times, *named)):
        return None
    if any(run.pre.get("arm", [])) or not named[0].items[0].same(named[1].items[0]):
        return None
    one, two = times[0].items[0], times[1].items[0]
    if (one.kind == "base") == (two.kind == "base"):
        return None
    second = min(times[1].first, named[1].first)
    k = second - 1
    while k > named[0].first and tokens[k].word in ("the", "mean", "median", "average"):
        k -= 1
    return [one, two] if tokens[k].word == "and" and times[0].last <= k else None


def one_baseline(run: Run) -> list[Any] | None:
    """ "lower than before it (3.2 vs 8.1 and 4.0 vs 8.1) after 2 and 6 weeks": 8.1 is baseline.

    Pairs that repeat one number, with as many later times as pairs and baseline told ahead.
    """
    size = len(run.values)
    if not run.pairs or run.stat != "level" or run.pre.get("arm", [])[1:]:
        return None
    same = [at for at in (0, 1) if len({value.value for value in run.values[at::2]}) == 1]
    told = [*run.post.get("time", []), *run.pre.get("time", [])]
    later = [labels for labels in told if len(labels.items) == size // 2 and _all_later(labels)]
    base = [item for labels in told for item in labels.items if item.kind == "base"]
    if len(same) != 1 or len(later) != 1 or not base:
        return None
    out = []
    for time in later[0].items:
        out += [base[0], time] if same == [0] else [time, base[0]]
    return out


def listed_ahead(vectors: Vectors, index: int) -> list[Any] | None:
    """ "NRS fell at 1, 3 and 6 weeks (7.2 before versus 5.0, 3.3 and 2.1 after)": 1, 3 and 6."""
    run = vectors.runs[index]
    if not index or len(run.values) < 2 or run.pre.get("time") or run.stat != "level":
        return None
    told = [time for labels in run.post.get("time", []) for time in labels.items]
    before = vectors.runs[index - 1]
    behind = before.post.get("time", [])
    if any(time.kind != "post" for time in told) or len(before.values) != 1 or len(behind) != 1:
        return None
    if [time.kind for time in behind[0].items] != ["base"]:
        return None
    for labels in before.pre.get("time", []):
        if len(labels.items) == len(run.values) and _all_later(labels):
            return labels.items
    return None


def host_time(tokens: list[Token], run: Run) -> list[Any] | None:
    """ "after 3 weeks [0.4 (-0.2 to 1.0)] or 9 weeks of it": the time that opens the bracket."""
    pre, post = run.pre.get("time", []), run.post.get("time", [])
    if not pre or not post or len(pre[-1].items) > 1 or tokens[pre[-1].last].word not in OPENS:
        return None
    lead = [tokens[k].word for k in range(post[0].first - 2, post[0].first)]
    if lead[0] in (")", "]") and lead[1] in ("and", "or", ","):
        return [pre[-1].items[0]] * len(run.values)
    return None


def _all_later(labels: Labels) -> bool:
    return all(time.kind in _LATER for time in labels.items)


def over_frames(tokens: list[Token], runs: list[Run]) -> None:
    """ "a fall of 3 (from 7 to 4) was seen at 2 weeks and of 3.5 at 8 weeks": 2 weeks is the
    time of the first fall and of the 4, though a bracket stands between.
    """
    for index in range(len(runs) - 3):
        outside, left, right, after = runs[index : index + 4]
        if tokens[left.first - 1].word != "from" or tokens[left.first - 2].word not in OPENS:
            continue
        if tokens[right.first - 1].word != "to" or tokens[right.last].word not in (")", "]"):
            continue
        told, own = after.pre.get("time", []), after.post.get("time", [])
        if len(told) != 1 or len(own) != 1 or outside.post.get("time") or right.post.get("time"):
            continue
        if tokens[told[0].last].word not in ("and", ","):
            continue
        for run in (outside, right):
            run.post["time"] = [told[0]]
        after.pre["time"] = []


def behind_baseline(tokens: list[Token], times: Vectors) -> None:
    """ "At 6 months VAS was 2.3 (baseline 7.1) and ODI 21 (baseline 48)": ODI is of 6 months.

    The score before, alone in a bracket, dates nothing behind its bracket.
    """
    runs = times.runs
    for index in range(2, len(runs)):
        run, aside, outer = runs[index], runs[index - 1], times.of[index - 2]
        inner = times.of[index - 1]
        if times.how[index] or run.stat != "level" or run.role in ("from", "to"):
            continue
        if len(inner) != 1 or inner[0] is None or inner[0].kind != "base":
            continue
        if len(outer) != 1 or outer[0] is None or outer[0].kind == "base":
            continue
        opened = next(
            (k for k in range(aside.first, max(aside.first - 6, 0), -1) if tokens[k].word == "("), 0
        )
        if opened >= runs[index - 2].last and tokens[aside.last].word == ")":
            times.set(index, [outer[0]] * len(run.values), "copy")


def effect_behind(tokens: list[Token], a: int, run: Run) -> str:
    """ "NRS was lowered after it (1.1 of 10; effect size 0.6)": a change, by its verb; else ""."""
    lead = run.first if tokens[run.first].word in OPENS else run.first - 1
    if run.stat != "level" or len(run.values) > 1 or tokens[lead].word not in OPENS:
        return ""
    close = next((k for k in range(run.last, len(tokens)) if tokens[k].word in CLOSES), 0)
    sized = any(
        tokens[k].word == "effect" and tokens[k + 1].word in ("size", "sizes")
        for k in range(run.last, close)
    )
    verbs = [tokens[k].word for k in range(a, lead) if tokens[k].word in VERBS]
    return verbs[-1] if sized and verbs and verbs[-1] in CHANGE else ""


def frame_of_group(tokens: list[Token], runs: list[Run]) -> None:
    """ "the rest group gained most (from 7 to 3 in the gel group)": both values are of the gel."""
    for left, right in itertools.pairwise(runs):
        told = right.post.get("arm", [])
        if len(told) != 1 or len(told[0].items) != 1 or not left.pre.get("arm"):
            continue
        if tokens[left.first - 1].word != "from" or tokens[right.first - 1].word != "to":
            continue
        opens = next((k for k in range(left.first, max(0, left.first - 7), -1)
                      if tokens[k].word in OPENS), -1)  # fmt: skip
        closed = any(tokens[k].word in CLOSES for k in range(right.last, told[0].first))
        if opens < 0 or closed or any(labels.last > opens for labels in left.pre["arm"]):
            continue
        left.pre["arm"], left.post["arm"] = [], told


def frame_closed(tokens: list[Token], runs: list[Run]) -> None:
    """ "a fall in VAS (FROM 7 TO 3), with a larger fall in NRS": NRS is no name of the 3."""
    for left, right in itertools.pairwise(runs):
        told = right.post.get("measure", [])
        if not told or not left.pre.get("measure"):
            continue
        if tokens[left.first - 2].word not in OPENS or tokens[left.first - 1].word != "from":
            continue
        between = [tokens[k].word for k in range(left.last, right.first)]
        if between[-1:] != ["to"] or _closes(between):
            continue
        behind = [tokens[k].word for k in range(right.last, told[0].first)]
        if _closes(behind):
            right.post["measure"] = []


def _closes(words: list[str]) -> bool:
    """Whether more brackets are closed than opened: "113 ± 36 ml/m(2))"."""
    return sum(word in CLOSES for word in words) > sum(word in OPENS for word in words)


def frame_of_people(tokens: list[Token], runs: list[Run]) -> None:
    """ "With wax, VAS fell from 57 to 35 mm IN 38 COOKS": one group, told by both ends."""
    if len(runs) != 2:
        return
    left, right = runs
    given, people = left.pre.get("arm", []), right.post.get("arm", [])
    if len(given) != 1 or len(people) != 1 or left.post.get("arm") or right.pre.get("arm"):
        return
    if tokens[left.first - 1].word != "from" or tokens[right.first - 1].word != "to":
        return
    one, two = given[0].items[0], people[0].items[0]
    if len(given[0].items) != 1 or len(people[0].items) != 1:
        return
    if one.count is None and two.count is not None and two.arm is None and not two.count.equals:
        one.count = two.count
        right.pre["arm"], right.post["arm"] = given, []


def fronted_aside(tokens: list[Token], a: int, b: int) -> range:
    """ "Including dropouts, mean NRS fell to 3": who was counted, up to the comma; else empty."""
    start = a + 2 * (a + 1 < b and tokens[a + 1].word == ":")
    if start < b and tokens[start].word in _COUNTED_IN:
        for k in range(start + 1, min(b, start + 8)):
            if tokens[k].word == ",":
                return range(start, k)
            if tokens[k].kind == "n":
                break
    return range(0)


def condition_ahead(tokens: list[Token], a: int, times: list[Time]) -> range:
    """ "Two years after fusion FOR SCOLIOSIS, pain was 2.7": why it was done, up to the comma.

    Empty where no time opens the sentence, or a number or verb stands before the comma.
    """
    if not times or times[0].first > a + 2:
        return range(0)
    start = times[0].last
    for k in range(start, min(start + 9, len(tokens))):
        word = tokens[k].word
        if word == ",":
            led = [m for m in range(start, k) if tokens[m].word == "for"]
            return range(led[0], k) if led else range(0)
        if tokens[k].kind == "n" or word in STATE or word in VERBS:
            break
    return range(0)


_COUNTED_IN = word_set("including excluding counting ignoring disregarding omitting censoring")


def any_other_time(tokens: list[Token], labels: Labels) -> bool:
    """ "worse before the block (6.1) THAN AT ANY TIME AFTER it": what the score is set against."""
    if len(labels.items) != 1 or labels.items[0].kind not in ("post", "base"):
        return False
    k = labels.first - 1
    while k > 0 and tokens[k].word in _ANY_TIME:
        k -= 1
    return tokens[k].word == "than"


_ANY_TIME = word_set("at any all every other time times point points timepoint timepoints later")
