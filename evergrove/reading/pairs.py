"""Values of several groups that the sentence does not name, in the order of the groups."""

from __future__ import annotations

from typing import Any

from evergrove.reading.arms import Arm
from evergrove.reading.document import Document, View
from evergrove.reading.frames import Run
from evergrove.reading.time_parts import Time
from evergrove.reading.tokens import Token
from evergrove.reading.vectors import Memory, Vectors, same_label
from evergrove.reading.words import DOWN, UP, word_set

_AGAINST = word_set("than against versus vs")


def pairs_in_order(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> None:
    """ "7.1 vs 7.1" with no group named: the two declared groups in their order, or unread."""
    for index, run in enumerate(runs):
        if _all_in_order(document, view, run, vectors, index):
            continue
        if run.versus and _moved_from(document, view, run, vectors, index):
            continue
        ordered = run.separators == ["and"] and _respectively(document.tokens, view, run)
        if len(run.values) != 2 or run.stat != "level" or not (run.versus or ordered):
            continue
        if ordered and (len(memory.arms) == 2 or len(document.declared.arms) != 2):
            continue
        if ordered and len({arm.name for arm in view.arms}) == 1:
            continue
        if index and run.role == "to" and len(runs[index - 1].values) == 1:
            # "from 9.2 to 5.8 and 5.5": one value before, two times after.
            continue
        if run.versus and _before_and_after(document, view, run, vectors, index):
            continue
        told = vectors["arm"].unique(index)
        mine = vectors["arm"].of[index]
        if (
            len(told) == 2
            and mine[0] is mine[1] is not None
            and len({id(x) for x in vectors["time"].of[index]}) == 1
        ):
            vectors["arm"].set(index, told, "template")
            continue
        open_kinds = [
            kind for kind in ("time", "arm", "measure")
            if len({id(x) for x in vectors[kind].of[index]}) > 1
        ]  # fmt: skip
        earlier = any(len(vectors[kind].unique(index)) == 2 for kind in ("time", "arm") if index)
        if open_kinds or earlier:
            arms = vectors["arm"].of[index]
            if "arm" in open_kinds and arms[0] is None and arms[1] is not None:
                other = [a for a in document.declared.arms if a is not arms[1].arm]
                said = [a for a in view.arms if not same_label(a, arms[1])]
                if len({a.name for a in said}) == 1:
                    vectors["arm"].set(index, [said[0], arms[1]], "pre")
                elif arms[1].arm is not None and len(other) == 1:
                    vectors["arm"].set(index, [arm_of(other[0]), arms[1]], "pre")
            continue
        declared = document.declared.arms
        pair = _sentence_contrast(document.tokens, view)
        if pair is not None:
            vectors["arm"].set(index, pair, "pre")
        elif len(memory.arms) == 2 and len(declared) != 2:
            # "At 3 months it was 3.8 versus 5.0": the two groups of the sentence before.
            vectors["arm"].set(index, memory.arms, "memory")
            document.queue.add("arm_order_assumed")
        elif len(declared) == 2:
            vectors["arm"].set(index, [arm_of(arm) for arm in declared], "pre")
            document.queue.add("arm_order_assumed")
        else:
            vectors["measure"].mismatch[index] = True
            document.queue.add("pair_unresolved")


def frames_again(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "from 6.8 to 2.3 with A and from 6.6 to 2.9 with B; VAS-LP from 7.4 to 1.4 and from 7.3 to
    1.6": frames of a further measure, as many as groups were told, are those groups in order.
    """
    arms = vectors["arm"]
    for start, run in enumerate(runs):
        told = arms.unique(start)
        stop = start + 2 * len(told)
        if len(told) < 2 or stop > len(runs) or not run.pre.get("measure"):
            continue
        frames = runs[start:stop]
        regular = all(
            len(one.values) == 1 and one.role == ("to" if number % 2 else "from")
            for number, one in enumerate(frames)
        )
        own = any(one.pre.get("measure") for one in frames[1:])
        goes_on = stop < len(runs) and not runs[stop].pre.get("measure")
        if regular and not own and not goes_on and not any(arms.how[start:stop]):
            for number in range(len(frames)):
                arms.set(start + number, [told[number // 2]], "template")


def _before_and_after(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "unchanged over 12 weeks (4.8 vs 4.7)" of one group: the score before, and then."""
    if view.arms or document.declared.arms or any(vectors["arm"].of[index]):
        return False
    lead = {document.tokens[k].word for k in range(view.a, run.first)}
    later = [time for time in view.times if time.kind in ("point", "window", "final")]
    times = vectors["time"]
    open_time = len({id(x) for x in times.of[index]}) == 1
    if not lead & _STABLE or len(later) != 1 or not open_time:
        return False
    times.set(index, [Time(0, 0, "base", "baseline", 0), later[0]], "pre")
    return True


def _moved_from(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "There was a fall in VAS (7.2 vs 3.4)" where no group is named: the score before, and then.

    The two must move as the word says, and nothing in the clause set one fall against another.
    """
    tokens = document.tokens
    if len(run.values) != 2 or run.stat not in ("level", "change"):
        return False
    treated = _treated(tokens, view)
    if document.declared.arms or (treated is None and (view.arms or any(vectors["arm"].of[index]))):
        return False
    lead = {tokens[k].word for k in range(view.a, run.first)}
    first, second = (value.value for value in run.values)
    falls, rises = lead & DOWN, lead & UP
    if lead & _TWO_FALLS or bool(falls) == bool(rises) or tokens[run.first - 1].word != "(":
        return False
    later = {t.label: t for t in view.times if t.kind in _AFTER_BASE}
    if treated is not None and not later:
        later[treated.label] = treated
    times = vectors["time"]
    if (first <= second if falls else first >= second) or len(later) > 1:
        return False
    if len({id(x) for x in times.of[index]}) > 1:
        return False
    then = next(iter(later.values()), Time(0, 0, "post", "after", None))
    times.set(index, [Time(0, 0, "base", "baseline", 0), then], "moved")
    vectors["arm"].set(index, [None, None], "")
    run.stat, run.cue, run.sign, run.role = "level", "", "", "state"
    return True


def _treated(tokens: list[Token], view: View) -> Time | None:
    """ "After SCS, VAS fell (7.2 vs 3.4)": the one treatment that the sentence opens with."""
    arm = view.arms[0] if len(view.arms) == 1 else None
    lead = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    lead += tokens[min(lead, view.b - 1)].word in ("results", "findings")
    if arm is None or arm.strength > 1 or arm.first != lead:
        return None
    if tokens[arm.first].word not in ("after", "following"):
        return None
    words = [tokens[k].raw for k in range(arm.first + 1, arm.last)]
    return Time(arm.first, arm.last, "post", " ".join(["after", *words]), None)


_TWO_FALLS = word_set(
    "greater larger more less lower higher than between group groups arm arms both each men women "
    "compared smaller fewer"
)
_AFTER_BASE = word_set("point window final post immediate discharge")
_STABLE = word_set("unchanged constant stable unaltered same steady")


def _all_in_order(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "3.6, 5.0 and 6.8, respectively" of three declared groups, none of them named here."""
    arms = document.declared.arms
    if len(arms) < 3 or len(run.values) != len(arms) or view.arms:
        return False
    open_kinds = [k for k in ("time", "measure") if len({id(x) for x in vectors[k].of[index]}) > 1]
    if open_kinds or not _respectively(document.tokens, view, run):
        return False
    vectors["arm"].set(index, [arm_of(arm) for arm in arms], "pre")
    document.queue.add("arm_order_assumed")
    return True


def _respectively(tokens: list[Token], view: View, run: Run) -> bool:
    """Whether "respectively" stands right behind a list of values."""
    ahead = [tokens[k].word for k in range(run.last, min(run.last + 3, view.b))]
    return "respectively" in ahead


def _sentence_contrast(tokens: list[Token], view: View) -> list[Arm] | None:
    """ "lower in group A (3.1 vs 4.9) than in the control group": subject, then comparator."""
    for arm in view.arms:
        before = [tokens[k].word for k in range(max(view.a, arm.first - 3), arm.first + 1)]
        if set(before) & _AGAINST or "compared" in before:
            others = [
                other for other in view.arms if other is not arm and not same_label(other, arm)
            ]
            if others:
                return [others[0], arm]
    return None


def arm_of(arm: Any) -> Arm:
    return Arm(0, 0, arm.name, 3, arm)
