"""Labels carried over from neighbouring values and sentences; counts that hold for a clause."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.frames import Run
from evergrove.reading.linking.behind_frames import end_of_frames
from evergrove.reading.linking.fronted_groups import fronted_start
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.clauses_behind import some_of_them, told_of_some
from evergrove.reading.sizes.outcome_counts import had_outcome, in_clause_of_its_own, set_aside
from evergrove.reading.sizes.raters import by_nobody
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CAREGIVERS,
    NOT_ARM,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    names_people,
    word_set,
)
from evergrove.reading.times.time_parts import THAT_TIME, Time
from evergrove.reading.vectors import Vectors, same_label

_BEFORE_COUNT = word_set("the all these those our remaining only both other same first total a of")
_STAYED = word_set(
    "remained left came returned attended available completed analysed analyzed answered "
    "evaluable assessed seen followed remaining responded provided reached turned had still "
    "scored rated reported gave logged were attended replied contacted reviewed examined evaluated "
    "re-examined traced interviewed survived alive living present analysable analyzable"
)
_ANSWERED = word_set(
    "satisfied dissatisfied unsatisfied satisfactory excellent successful success painless "
    "painfree pain-free asymptomatic symptom-free healed cured"
)
_COUNT_PREPOSITIONS = word_set("in of for among amongst from with by across on at")
_SCORED = word_set("rated scored marked graded logged recorded reported given")
_GIVEN_TIMES = word_set(
    "sessions fractions visits cycles courses doses tablets capsules pills shocks impulses pulses "
    "items questions repetitions puffs applications drops exercises lessons classes"
)
_ALL_OF_THEM = word_set("the only all ,")


def inherit(vectors: Vectors, memory: list[Any]) -> None:
    """Fill runs without a label from their neighbours, then from the sentence before."""
    runs = vectors.runs
    for index, run in enumerate(runs):
        if vectors.how[index] or vectors.mismatch[index]:
            continue
        size = len(run.values)
        if vectors.kind == "time" and run.stat != "level" and index:
            later = [label for label in vectors.unique(index) if label.kind != "base"]
            if len(later) == size > 1:
                vectors.set(index, later, "copy")
                continue
            if later and not any(vectors.how[k] == "post" for k in range(index + 1, len(runs))):
                vectors.set(index, [later[-1]] * size, "copy")
                continue
        if vectors.kind == "time" and run.stat != "level" and not index:
            later = _later_once(memory)
            # "was 3.2 at 4 weeks and 7.1 before. The mean reduction was 3.9": at 4 weeks
            told = len(later) == 1 and later[0].kind == "point" and len(memory) > 1
            told = told and run.stat == "change" and not run.values[0].percent
            if len(later) == 1 and (size > 1 or told):
                # "The mean change was -1.9 and -1.1": at the time of the levels before.
                vectors.set(index, later * size, "memory")
                continue
        if size > 1 and index and run.role == "to" and runs[index - 1].role == "from":
            told = vectors.of[index - 1]
            if vectors.kind == "arm" and told[0] is not None and len({id(x) for x in told}) == 1:
                # "in group 2, from 6.1 to 4.2 and 4.6": one group, two times.
                vectors.set(index, [told[0]] * size, "copy")
                continue
        if size > 1:
            seen = vectors.unique(index)
            before = vectors.of[index - 1] if index else []
            if len(before) == size and len({id(x) for x in before}) > 1:
                vectors.set(index, before, "copy")
                continue
            if len(seen) == size and index and vectors.how[index - 1] not in ("",):
                vectors.set(index, seen, "template")
                continue
            if not seen and len(memory) == size and not vectors.runs[index].pre.get(vectors.kind):
                later = next(
                    (
                        vectors.of[k]
                        for k in range(index + 1, len(runs))
                        if vectors.how[k] == "post"
                    ),
                    None,
                )
                if later is None:
                    vectors.set(index, memory, "memory")
                    continue
        following = next((k for k in range(index + 1, len(runs)) if vectors.how[k]), None)
        previous = next((k for k in range(index - 1, -1, -1) if vectors.how[k]), None)
        take: int | None = None
        if previous is None and following is not None and vectors.how[following] == "post":
            if size == 1 and vectors.kind == "arm" and _told_before_groups(vectors, index):
                continue
            take = following
        elif vectors.kind == "arm" and fronted_start(vectors, index):
            take = index + 1
        elif previous is not None:
            take = previous
            closed = vectors.how[previous] == "post"
            joined = run.role == "to" and runs[index - 1].role == "from" and previous == index - 1
            if closed and following is not None and vectors.how[following] == "post" and not joined:
                take = following
        if take is None:
            continue
        labels = vectors.of[take]
        unique = labels[0] if take > index else labels[-1]
        if len(labels) == size or len({id(x) for x in labels}) == 1:
            picked = list(labels) if len(labels) == size else [labels[0]] * size
            vectors.set(index, picked, "copy")
        elif size == 1:
            vectors.set(index, [unique], "copy")


def _told_before_groups(vectors: Vectors, index: int) -> bool:
    """ "Pain at entry was 6.1; at 8 weeks, 3.9 with wax and 5.1 with clay": 6.1 is of both.

    So too "fell FROM 6.1 to 3.9 with wax and 5.1 with clay". Only where each group has one value
    behind it, so that none of them lacks its own at entry; not "fell from 6.1 to 3.9 with wax,
    WHEREAS it remained 5.1 with clay": that is of wax.
    """
    run, *later = vectors.runs[index:]
    framed = run.role == "from" and later[0].role == "to"
    if framed and any(other.hard for other in later[1:]):
        return False
    if run.stat != "level" or any(other.stat != "level" for other in later):
        return False
    if not (framed or _at_base(run)) or any(_at_base(x) or x.role == "from" for x in later):
        return False
    told = [label for labels in vectors.of[index + 1 :] for label in labels]
    listed = len(later) == 1 or all(len(x.values) == 1 for x in later)
    apart = all(not same_label(x, y) for x, y in itertools.combinations(told, 2) if x and y)
    return listed and len(told) > 1 and None not in told and apart


def _told_apart(times: list[Time]) -> list[Time]:
    """The different times of earlier values of the sentence, in their order."""
    out: list[Time] = []
    for time in times:
        if time.kind != "same" and not any(same_label(time, other) for other in out):
            out.append(time)
    return out


def _at_base(run: Run) -> bool:
    """Whether a time before treatment is told with a value."""
    timed = [*run.pre.get("time", []), *run.post.get("time", [])]
    return any(label.kind == "base" for labels in timed for label in labels.items)


def _points(times: list[Time]) -> bool:
    first, last = (time.days for time in times)
    dated = all(time.kind == "point" for time in times)
    dated = dated and times[1].first - times[0].last <= 1  # "from month 1 TO month 6"
    return dated and first is not None and last is not None and first < last


def frame_times(
    vectors: Vectors, memory: list[Time], last: Time | None = None, plan: list[Time] | None = None
) -> None:
    """Times of from/to frames and of runs without one. `last`: the time of the sentence before."""
    runs = vectors.runs
    base = Time(0, 0, "base", "baseline", 0)
    carried: list[Any] = []
    for index, run in enumerate(runs):
        size = len(run.values)
        vector = vectors.of[index]
        if vectors.how[index] and size >= 1 and vector[0] is not None and vector[0].kind == "same":
            own = [t for k in range(index) for t in vectors.of[k] if t is not None]
            near = own if size == 1 else memory
            later = [t for t in near or memory if t.kind not in ("base", "same")]
            if vector[0].label == THAT_TIME:
                told = [last] if last else [t for t in memory if t.kind not in ("base", "same")]
                one = told[0] if len({t.label for t in told if t is not None}) == 1 else None
                vectors.set(index, [one] * size, "last" if one is not None else "")
            elif size > 1 and len(row := _told_apart(own)) == size:
                # "7.2 at entry and 4.1 at 1 year; the ODI 48 and 30 AT THE SAME TIMES"
                vectors.set(index, row, "memory")
            elif size > 1 and run.role == "to" and len(row := _later_once(own)) == size:
                # "from 7.3 to 2.9 at 1 week and 3.4 at 1 year; clay from 7.1 TO 5.5 AND 5.8 then"
                vectors.set(index, row, "memory")
            elif plan is not None and len(plan) == size and len(later) != size:
                vectors.set(index, plan, "memory")
            elif len(later) == size:
                vectors.set(index, later, "memory")
            elif len(memory) == size:
                vectors.set(index, memory, "memory")
            elif size == 1 and len(set(map(id, later))) == 1:
                vectors.set(index, later[:1], "memory")
            elif size == 1 and not later and last is not None:
                vectors.set(index, [last], "last")
            continue
        leftover = [labels for labels in run.pre.get("time", []) if labels.items[-1].kind != "base"]
        if run.role == "from" and run.stat == "level":
            ends = [time for labels in leftover for time in labels.items]
            then = runs[index + 1] if index + 1 < len(runs) else None
            one_to_one = size == 1 and then is not None and len(then.values) == 1
            if not vectors.how[index] and one_to_one and len(ends) == 2 and _points(ends):
                # "from month 1 to month 6 the VAS fell from 5.3 to 3.1": no fall from baseline
                vectors.set(index, ends[:1], "moved")
                carried = ends[1:]
                continue
            if not vectors.how[index]:
                vectors.set(index, [base] * size, "frame")
            if leftover:
                # "between baseline and the 1-year visit ... from 7.8 to 2.1"
                carried = [time for time in leftover[-1].items if time.kind != "base"]
                before = last is not None and all(time.kind == "same" for time in carried)
                # "By 6 weeks flexion had risen by 9°. Over the SAME TIME VAS fell from 7 to 3"
                carried = [last] if before else carried
        elif run.role == "to" and run.stat == "level" and index and not vectors.how[index]:
            if carried and len(carried) in (1, size):
                vectors.set(index, carried * size if len(carried) == 1 else carried, "carried")
        elif (
            run.role == "to"
            and vectors.how[index] == "pre"
            and vector[0] is not None
            and vector[0].kind == "base"
            and run.stat == "level"
        ):
            # "the baseline score of 9 fell to 2": the score after has no time of its own, but in
            # "from 9 and 48, respectively, at baseline to 2 and 16 AT 1 YEAR"
            own = [time for time in vector if time is not None and time.kind != "base"][-1:]
            vectors.set(index, own or [None] * size, "pre" if own else "")
    for index, run in enumerate(runs):
        if (
            vectors.how[index]
            or vectors.mismatch[index]
            or run.role not in ("to",)
            or run.stat != "level"
        ):
            continue
        following = next(
            (
                k
                for k in range(index + 1, len(runs))
                if vectors.how[k] and not runs[k].hard and runs[k].role == "to"
            ),
            None,
        )
        joined = following is not None and not any(
            runs[k].role == "from" for k in range(index + 1, following + 1)
        )
        if joined and vectors.how[following] == "post" and vectors.of[following][0].kind != "base":
            vectors.set(index, [vectors.of[following][0]] * len(run.values), "copy")
            continue
        earlier = [
            label
            for k in range(index)
            for label in vectors.of[k]
            if label is not None and label.kind != "base" and runs[k].role == "to"
        ]
        if earlier:
            unique: list[Time] = []
            for label in earlier:
                if not any(same_label(label, other) for other in unique):
                    unique.append(label)
            if len(unique) == len(run.values) or len(unique) == 1:
                vectors.set(index, unique * (len(run.values) if len(unique) == 1 else 1), "copy")
                continue
        tail = [
            label
            for k in range(index + 1, end_of_frames(runs, index))
            for label in vectors.of[k]
            if label is not None
            and label.kind != "base"
            and runs[k].role == "to"
            and vectors.how[k] == "post"
        ]
        if tail and len({t.label for t in tail}) == 1:
            vectors.set(index, [tail[0]] * len(run.values), "copy")
            continue
        later = {
            label.label: label
            for vector in vectors.of
            for label in vector
            if label is not None and label.kind in ("point", "window", "final")
        }
        if len(later) == 1 and run.role == "to" and not any(vectors.of[index]):
            # "from 7.0 to 5.2, whereas in the other group it was 6.8 and 6.9 at week 12"
            vectors.set(index, list(later.values()) * len(run.values), "last")
            continue
        if last is not None and not any(label is not None for label in vectors.of[index]):
            vectors.set(index, [last] * len(run.values), "last")
            continue
        planned = [time for time in plan or [] if time.kind != "base"]
        if len(planned) == 1 and not any(vectors.of[index]):
            # Measured at baseline and once more, as the methods say.
            vectors.set(index, planned * len(run.values), "last")
            continue
        told = _later_once(memory)
        if len(run.values) > 1 and not any(vectors.of[index]):
            if len(told) == len(run.values):
                # "activity pain fell from 71 to 38 and 27": the times of the sentence before.
                vectors.set(index, told, "memory")
                continue
            if len(planned) == len(run.values):
                vectors.set(index, planned, "last")
                continue
        post = Time(0, 0, "post", "after", None)
        vectors.set(index, [post] * len(run.values), "assumed")


def _later_once(memory: list[Time]) -> list[Time]:
    """The different times after baseline, in their order."""
    out: list[Time] = []
    for time in memory:
        if time.kind != "base" and not any(same_label(time, other) for other in out):
            out.append(time)
    return out


def split_by_groups(counts: list[Count], count: Count) -> bool:
    """ "in 90 children (30 per group)": a total whose bracket tells the size of each group."""
    return not count.each and any(
        other.each and other.bracket and 0 < other.at - count.last <= 3 for other in counts
    )


def _scored_by(tokens: list[Token], a: int, k: int) -> bool:
    """ "was RATED by", "was MARKED on a 100-mm line by": a score given by the people counted."""
    for m in range(k - 1, max(a, k - 8), -1):
        if tokens[m].word in _SCORED:
            return tokens[m - 1].word in ("was", "were", "is", "as", "and")
        if tokens[m].word in STATE or tokens[m].word in (",", ";"):
            return False
    return False


def _percent_behind(tokens: list[Token], count: Count) -> bool:
    """Whether "(89%)" stands right behind a part of the people: those who got better, say."""
    k = count.last
    while k < len(tokens) and k - count.last < 3 and tokens[k].kind == "w":
        k += 1
    if k + 3 >= len(tokens) or tokens[k].word not in ("(", "[") or tokens[k + 1].kind != "n":
        return False
    return tokens[k + 2].word == "%" and tokens[k + 3].word in (")", "]")


_THE = word_set("the these both our")


def result_bracket(tokens: list[Token], count: Count) -> bool:
    """ "3.5 IN WEEK 6 (33 women, P = 0.6)", "3.5 (SD 2) AT 6 WEEKS (41 men)": behind a time."""
    opened, end = count.at - 1, count.last + 1
    if tokens[opened].word not in ("(", "[") or end + 1 >= len(tokens):
        return False
    if tokens[end].word in (",", ";"):
        return tokens[end + 1].word == "p"
    lead = tokens[opened - 1]
    dated = (
        lead.word in UNIT_DAYS
        or lead.word == "later"
        or (lead.kind == "n" and tokens[opened - 2].word in UNIT_DAYS)
    )
    return tokens[end].word in (")", "]") and dated


_NO_PEOPLE = NOT_ARM - PEOPLE - {"events", "available"}


def valid_count(tokens: list[Token], count: Count, a: int, before_values: bool) -> bool:
    """Whether a count says how many people the values of its clause are about."""
    if count.noun == "total":
        return True  # "34 in all"
    if count.noun == "events" or count.noun in _NO_PEOPLE:
        return False
    if set_aside(tokens, a, count):
        return False
    if count.equals or count.each:
        return True
    if count.noun in _GIVEN_TIMES or some_of_them(tokens, count):
        return False  # "in week 5 of radiotherapy (35 FRACTIONS planned)"
    if count.bracket and is_sex(count.noun):
        # "Twenty patients (12 men)"; but "5.5 in week 6 (33 women, p = 0.6)"
        return not before_values and result_bracket(tokens, count)
    if not before_values and told_of_some(tokens, count, a):
        return False
    if count.of is not None and had_outcome(tokens, count):
        return False  # "36 of our 40 nuns were free of pain, with a fall from 7 to 1"
    if before_values and not count.bracket and in_clause_of_its_own(tokens, a, count):
        return False
    lead = tokens[count.at - 1].word if count.at > a else ""
    if count.value <= 4 and lead in _THE and count.noun and count.noun not in PEOPLE:
        return False  # "Pain told the two timetables apart (mornings 3, evenings 4)"
    if 1 < count.value <= 4 and count.at == a and count.noun and not names_people(count.noun):
        return False  # "Two implants were followed: at 2 years ..."
    if lead == "from" and by_nobody(count.noun):
        return False  # "scores from 12 trials averaged 3"
    if count.bracket and lead in ("(", "["):
        return count.noun not in ("events",)
    k = count.at - 1
    while k > a and tokens[k].word in _BEFORE_COUNT and tokens[k].word != "of":
        k -= 1
    word = tokens[k].word if k >= a else ""
    after = {tokens[m].word for m in range(count.last, min(count.last + 5, len(tokens)))}
    stays = after & _STAYED
    if count.of is not None and not stays and _percent_behind(tokens, count):
        return False  # "pain abated in 31/35 patients (89%), with a fall from 7 to 3"
    if count.of is not None and after & _ANSWERED:
        return False  # "for 8/10 knees the patients were satisfied, and VAS fell from 7 to 3"
    if word in _COUNT_PREPOSITIONS and not (
        word in ("with", "at", "by") and count.noun not in PEOPLE
    ):
        return True
    if word == "by" and k > a and count.noun.endswith("s") and _scored_by(tokens, a, k):
        return count.noun not in CAREGIVERS and count.value > 3  # "was rated BY 41 DIVERS on"
    if stays and not before_values:
        # "..., and at 12 months 31 patients were available, with a mean of 2.1"
        return names_people(count.noun)
    if before_values:
        return (
            bool(stays)
            or count.at <= a + 2
            or tokens[count.at - 1].word in _ALL_OF_THEM
            or count.noun in PEOPLE
        )
    return False
