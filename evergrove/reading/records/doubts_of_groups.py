"""Doubts about whose a number is: its group, its n, its measure's part, its time."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.records.doubts_of_kinds import Placed, Record, later
from evergrove.reading.sizes.sizes_of_success import MAYBE_SUCCESS, of_a_success
from evergrove.reading.text.words import PEOPLE, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.numbers.quantities import Count, Value
    from evergrove.reading.view import View

_LONG = 30 * 365.25  # days: no visit is so late, but an age is
_MOST = 0.6  # of those let in: fewer are a part of them, and not those who were left
_AMOUNTS = word_set(
    "mg ml g kg mm cm ng µg mcg min minutes hours days weeks months years points score scores"
)
_COUNT = re.compile(r"[0-9]{2,4}")
_WHO = re.compile(r"\s+(?:who|whose|answer|repl[iy]|respon|return|came|complet|attend)", re.I)
_ANYBODY = PEOPLE - word_set("control controls case cases")
_VERSUS = word_set("vs versus against")
_NO_RESULTS = word_set("background conclusion methods aim")


def doubts_of_groups(
    document: Document,
    records: list[Record],
    placed: list[Placed],
    unclaimed: list[list[Any]],
) -> set[str]:
    """arm_unclear, fewer_counted, n_inferred, part_unclear, time_implausible, unclaimed_result.

    arm_unclear: a group is called by an amount ("mg"), a participle ("offered") or as people who
    were given something else than another group ("women" beside "placebo"), or a value of everybody
    stands in a sentence that names two groups. fewer_counted: the text counts fewer people than n,
    perhaps those who were left. n_inferred: an n counts those who did well. part_unclear: one group
    has two scores at one time, one of them of a part of the measure ("rest"). time_implausible: of
    an age. unclaimed_result: one of "3.2 vs 4.4" was read and the other not.
    """
    found: set[str] = set()
    if _strange_name({r["arm"] for r in records if r["stat"] != "between_diff"}):
        found.add("arm_unclear")
    if any(_of_nobody(record, view) for record, view in placed):
        found.add("arm_unclear")
    if _fewer(document, {r["n"] for r in records if r["n"] is not None}, unclaimed):
        found.add("fewer_counted")
    if any(_counts_successes(document, record, view) for record, view in placed):
        found.add("n_inferred")
    if _of_part_and_whole(records):
        found.add("part_unclear")
    if any((record["timepoint_days"] or 0) > _LONG for record in records):
        found.add("time_implausible")
    if _half_of_pair(document, records):
        found.add("unclaimed_result")
    return found


def _strange_name(arms: set[str]) -> bool:
    """Whether a name of a group is none of a treatment, nor of people as the others are."""
    for arm in arms:
        word = arm.lower()
        if word in _AMOUNTS or (word.isalpha() and word.endswith("ed")):
            return True
    anybody = [arm for arm in arms if _ANYBODY.issuperset(arm.lower().split())]
    return 0 < len(anybody) < len(arms)


def _of_nobody(record: Record, view: View) -> bool:
    """ "VAS was less with wax than with clay at 2 weeks (2.6 ...)": read as a score of all."""
    if record["arm"] != "all" or record["stat"] == "between_diff" or not later(record):
        return False
    return len({arm.name for arm in view.arms}) > 1


def _fewer(document: Document, sizes: set[int], unclaimed: list[list[Any]]) -> bool:
    """ "44 were let in per group; 41 IN EACH WERE ANALYSED": 44 may not be the n of a score.

    Nor may 90 where "and 71 wrote the diary" is a number that nothing claims, nor 40 where it is
    "from the 12 WHO WROTE".
    """
    counts = [count for view in document.views for count in view.q.counts]
    told = {
        count.value
        for count in counts
        if count.noun != "events" and not is_sex(count.noun) and not count.equals
    }
    free = [(int(text), end) for _, end, text in unclaimed if _COUNT.fullmatch(text)]
    told |= {number for number, _ in free}
    if any(_MOST * size <= count < size for count in told - sizes for size in sizes):
        return True
    largest = max(sizes, default=0)
    raw = document.source.raw
    if any(number < largest and _WHO.match(raw, end) for number, end in free):
        return True
    return any(
        1 < count.value < largest and count.value not in sizes and _were_left(document, count)
        for count in counts
        if (count.noun in _ANYBODY or not count.noun)
        and not count.equals
        and not is_sex(count.noun)
    )


def _counts_successes(document: Document, record: Record, view: View) -> bool:
    """ "Of 34 rowers, 27 WERE PAIN-FREE (mean NRS 0.4)": perhaps of all 34."""
    if record["n"] is None or view.words.isdisjoint(MAYBE_SUCCESS):
        return False
    mine = [count for count in view.q.counts if count.value == record["n"]]
    return any(of_a_success(document.tokens, count, view.b) for count in mine)


def _were_left(document: Document, count: Count) -> bool:
    """ "At 1 year 14 patients WERE STILL ALIVE; VAS was 3.3": who scored, however few they are."""
    behind = document.tokens[count.last : count.last + 5]
    words = [token.word for token in behind]
    return not _LEFT.isdisjoint(words) and not _STILL.isdisjoint(words)


_STILL = word_set("were still remained")
_LEFT = word_set("alive available reached contacted traced followed seen reviewed remained")


def _of_part_and_whole(records: list[Record]) -> bool:
    """ "labour pain 3.7 ... pain 5.2", of one group at one time: each of another group, perhaps."""
    cells: dict[tuple[Any, ...], set[str]] = {}
    for record in records:
        measure, _, part = record["measure"].partition(":")
        cell = (measure, record["arm"], record["timepoint_label"], record["stat"])
        cells.setdefault(cell, set()).add(part)
    return any(len(parts) > 1 and "" in parts for parts in cells.values())


def _half_of_pair(document: Document, records: list[Record]) -> bool:
    """Whether one number of "3.2 vs 4.4" stands in a record, and the other in none."""
    source, tokens = document.source, document.tokens
    told = {span[0] for record in records for span in record["spans"].values()}
    for view in document.views:
        if view.section in _NO_RESULTS or view.planning or view.words.isdisjoint(_VERSUS):
            continue
        for one, two in itertools.pairwise(view.q.values):
            if _set_against(document, one, two):
                first, second = (source.place(tokens[v.at].start) for v in (one, two))
                if (first in told) != (second in told):
                    return True
    return False


def _set_against(document: Document, one: Value, two: Value) -> bool:
    between = [token.word for token in document.tokens[one.last : two.first]]
    plain = not one.percent and not two.percent
    return plain and 0 < len(between) <= 2 and between[0] in _VERSUS
