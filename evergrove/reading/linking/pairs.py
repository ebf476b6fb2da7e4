"""Values of several groups that the sentence does not name, in the order of the groups."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.arms.other_sex import half_and_other
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.kinds.within_groups import before_and_after
from evergrove.reading.linking.arms_of_values import compared_ahead
from evergrove.reading.linking.compared_pairs import (
    behind_than,
    led_by_group,
    named_second,
    told_later,
)
from evergrove.reading.linking.moves_of_one_group import of_one_group
from evergrove.reading.linking.pairs_of_times import (
    each_before_and_after,
    groups_not_times,
    moved,
    moved_from,
    told_before_and_after,
)
from evergrove.reading.linking.plain_lists import in_plain_order
from evergrove.reading.linking.second_rows import rows_of_groups
from evergrove.reading.linking.turned_pairs import same_order
from evergrove.reading.linking.two_groups import (
    of_the_sentence_before,
    of_two_groups,
    said_in_turn,
    scores_of_difference,
    told_in_turn,
)
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set
from evergrove.reading.vectors import Memory, Vectors, same_label
from evergrove.reading.view import View

_AGAINST = word_set("than against versus vs")


def pairs_in_order(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> None:
    """ "7.1 vs 7.1" with no group named: the two declared groups in their order, or unread."""
    each_before_and_after(document, view, runs, vectors, memory)
    for index, run in enumerate(runs):
        if len(run.values) < 2:
            continue
        groups_not_times(document, view, run, vectors, index)
        if _all_in_order(document, view, run, vectors, index, memory):
            continue
        if of_two_groups(document, view, run, vectors, index, memory):
            continue
        if scores_of_difference(document, view, runs, vectors, index):
            continue
        if in_plain_order(document, view, runs, vectors, index, memory):
            continue
        if of_the_sentence_before(document, view, run, vectors, index):
            continue
        if run.versus and same_order(document, view, runs, vectors, index, memory):
            continue
        if run.versus and of_one_group(document, view, runs, vectors, index):
            continue
        if run.stat == "change" and moved(document, view, run, vectors, index):
            continue
        if run.versus and moved_from(document, view, run, vectors, index):
            continue
        if told_in_turn(document, view, run, vectors, index):
            continue
        if _named_first(document, view, run, vectors, index, memory):
            continue
        ordered = run.separators == ["and"] and said_in_turn(document.tokens, view, run)
        if run.stat == "change" and run.versus:
            _other_first(document, view, run, vectors, index)
        if len(run.values) != 2 or run.stat != "level" or not (run.versus or ordered):
            continue
        if ordered and (len(memory.arms) == 2 or len(document.declared.arms) != 2):
            continue
        if ordered and len({arm.name for arm in view.arms}) == 1:
            continue
        if index and run.role == "to" and len(runs[index - 1].values) == 1:
            # "from 9.2 to 5.8 and 5.5": one value before, two times after.
            continue
        if run.versus and told_before_and_after(document, view, run, vectors, index):
            continue
        if run.versus and before_and_after(document, view, run, vectors, index):
            continue
        told = vectors["arm"].unique(index)
        mine = vectors["arm"].of[index]
        if ordered and told and mine[0] is mine[1] is not None:
            # "2.1 and 23 with tape; 3.1 and 33, respectively, with ice": two measures of ice
            continue
        if (
            len(told) == 2
            and mine[0] is mine[1] is not None
            and not rows_of_groups(runs, vectors["arm"], index)
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
            if "arm" in open_kinds and (arms[0] is None) != (arms[1] is None):
                named = arms[0] or arms[1]
                other = [a for a in groups_of(document) if a is not named.arm]
                said = [a for a in view.arms if not same_label(a, named)]
                dated = [time.kind == "base" for time in vectors["time"].of[index] if time]
                rest = None
                if arms[0] is None and not said and sorted(dated) == [False, True]:
                    # "lower at 2 weeks than at entry (36 vs 43) IN THE WAX GROUP": both of wax
                    rest = named
                elif len({a.name for a in said}) == 1:
                    rest = said[0]
                elif named.arm is not None and len(other) == 1:
                    rest = arm_of(other[0])
                if rest is not None:
                    both = [rest, named] if arms[0] is None else [named, rest]
                    vectors["arm"].set(index, both, "pre")
            continue
        declared = groups_of(document)
        pair = _sentence_contrast(document.tokens, view)
        later = pair is not None and told_later(document.tokens, run, pair)
        if later:
            # "similar at baseline (71 vs 75) BUT lower with wax than with clay at 3 h (30 vs 45)"
            document.queue.add("arm_order_assumed")
            if len(declared) == 2 and any(arm.arm not in declared for arm in pair or []):
                pair = [arm_of(arm) for arm in declared]
        if pair is not None:
            vectors["arm"].set(index, pair, "pre")
        elif len(memory.arms) == 2 and len(declared) != 2:
            # "At 3 months it was 3.8 versus 5.0": the two groups of the sentence before.
            vectors["arm"].set(index, memory.arms, "memory")
            document.queue.add("arm_order_assumed")
        elif len(declared) == 2:
            vectors["arm"].set(index, [arm_of(arm) for arm in declared], "pre")
            document.queue.add("arm_order_assumed")
        elif halves := half_and_other(document.tokens, view, run):
            vectors["arm"].set(index, halves, "pre")
            document.queue.add("arm_order_assumed")
        else:
            vectors["arm"].mismatch[index] = True
            document.queue.add("pair_unresolved")


def frames_against(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "more with gel (8.1 to 3.9 VS 8.0 to 6.2)": before and after in each of two groups.

    The group named is that of the first frame; the second is that of the other group, or unread
    if it is not known which that is.
    """
    arms = vectors["arm"]
    for at in range(len(runs) - 3):
        four = runs[at : at + 4]
        if [run.role for run in four] != ["from", "to", "from", "to"]:
            continue
        if any(len(run.values) != 1 for run in four):
            continue
        gap = {document.tokens[k].word for k in range(four[1].last, four[2].first)}
        if not gap & _AGAINST or gap - _AGAINST - {"from"}:
            continue
        own = any(run.pre.get("arm") or run.post.get("arm") for run in four[1:])
        told = arms.unique(len(runs)) if not own else []
        pair = told if len(told) == 2 else _with_other(document, view, told)
        if not own:
            pair = compared_ahead(document.tokens, four[0].pre.get("arm", [])) or pair
        elif not any(run.pre.get("arm") or run.post.get("arm") for run in four[:3]):
            # "fell from 6.2 to 2.9 versus from 6.1 to 4.8 IN THE CONTROL GROUP"
            last = [arm for labels in four[3].post.get("arm", []) for arm in labels.items]
            pair = _with_other(document, view, last)[::-1]
        if pair:
            for number in range(4):
                arms.set(at + number, [pair[number // 2]], "template")
        elif told:
            document.queue.add("pair_unresolved")
            for index in (at + 2, at + 3):
                vectors["measure"].mismatch[index] = True


def _with_other(document: Document, view: View, told: list[Arm]) -> list[Arm]:
    """The one group that is told, and the other of the two."""
    if len(told) != 1:
        return []
    said = [arm for arm in view.arms if not same_label(arm, told[0])]
    if len({arm.name for arm in said}) == 1:
        return [told[0], said[0]]
    known = groups_of(document)
    other = [arm for arm in known if arm is not told[0].arm]
    return [told[0], arm_of(other[0])] if len(known) == 2 and len(other) == 1 else []


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


def frames_of_two(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "more relief with wax (from 7 to 2 and from 6 to 4)": the second frame is the other group's.

    Only where the named group is the first of two declared ones, so that both orders agree.
    """
    arms, declared = vectors["arm"], document.declared.arms
    if len(runs) != 4 or [r.role for r in runs] != _TWO_FRAMES:
        return
    if any(len(run.values) > 1 or run.stat != "level" for run in runs):
        return
    sides = [*runs[3].post.get("arm", []), *runs[0].pre.get("arm", [])]
    listed = next((x.items for x in sides if len(x.items) == 2), None)
    own = any(run.pre.get("measure") for run in runs[1:])
    two = any(len(x.items) > 1 for x in runs[0].pre.get("measure", []))
    if listed is not None and not own and not two:
        # "(7.1 to 2.0 and 6.8 to 3.9 for wax and clay, respectively)"
        for index in range(4):
            arms.set(index, [listed[index // 2]], "post")
        return
    if any(arms.how[1:]) or len(declared) != 2:
        return
    named = arms.of[0][0]
    words = {document.tokens[k].word for k in range(view.a, runs[0].first)}
    if named is None or named.arm is not declared[0] or not words & _COMPARES:
        return
    if len({arm.name for arm in view.arms}) != 1:
        return
    if any(run.pre.get("measure") or run.pre.get("time") for run in runs[1:]):
        return
    for index in (2, 3):
        arms.set(index, [arm_of(declared[1])], "order")
    document.queue.add("arm_order_assumed")


_TWO_FRAMES = ["from", "to", "from", "to"]
_COMPARES = word_set("better greater more larger superior stronger faster less smaller worse than")


def frames_of_groups(vectors: dict[str, Vectors]) -> None:
    """ "after heat from 7 at entry to 3 at 4 weeks in GROUP 1": the surer name holds for both."""
    arms = vectors["arm"]
    for index, (left, right) in enumerate(itertools.pairwise(arms.runs)):
        if left.role != "from" or right.role != "to" or len(left.values) != len(right.values):
            continue
        one, two = arms.of[index][0], arms.of[index + 1][0]
        weak = one is not None and one.strength < 3 and one.arm is None
        placed = arms.how[index] == "pre" and arms.how[index + 1] == "post"
        if weak and placed and two is not None and two.strength >= 3:
            arms.set(index, arms.of[index + 1], "post")


def _named_first(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int,
    memory: Memory,
) -> bool:  # fmt: skip
    """ "pain fell in the wax group (-2.4 vs -0.3)": the group named, and the other of two.

    The two are those declared, or those of the sentence before ("clay had lower scores than wax.
    At 9 weeks WAX was ahead: 1.1 vs 2.4").
    """
    mine = vectors["arm"].of[index]
    declared = groups_of(document)
    if not run.versus or len(run.values) != 2 or mine[0] is not mine[1]:
        return False
    if mine[0] is None or run.stat not in ("level", "change"):
        return False
    pair = [arm_of(arm) for arm in declared] if len(declared) == 2 else memory.arms
    if len(pair) != 2 or (mine[0].arm is None and pair is not memory.arms):
        return False
    more = run.ranked or _moved_more(document, run)
    if run.stat == "change" and not any(value.sign == "-" for value in run.values) and not more:
        return False  # "improved in the wax group (6.2 vs 3.9)": before and after, perhaps
    open_kinds = [k for k in ("time", "measure") if len({id(x) for x in vectors[k].of[index]}) > 1]
    other = [arm for arm in pair if not same_label(arm, mine[0])]
    told = vectors["arm"].unique(index + 1)
    more = more or led_by_group(document.tokens, run, mine[0])
    if open_kinds or len(other) != 1 or (len(told) > 1 and not more):
        return False
    pair = [mine[0], other[0]]
    if named_second(document.tokens, view, run, mine[0]):
        pair = [other[0], mine[0]]
    vectors["arm"].set(index, pair, "pre")
    document.queue.add("arm_order_assumed")
    return True


def _other_first(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> None:
    """ "pain fell by 2.2 VERSUS 0.9 IN THE CONTROL GROUP": the first fall is of the other group."""
    arms = vectors["arm"].of[index]
    if len(run.values) != 2 or arms[0] is not None or arms[1] is None:
        return
    if any(len({id(x) for x in vectors[kind].of[index]}) > 1 for kind in ("time", "measure")):
        return
    pair = _with_other(document, view, [arms[1]])
    if len(pair) == 2:
        vectors["arm"].set(index, pair[::-1], "pre")


def _moved_more(document: Document, run: Run) -> bool:
    """ "the wax group had a GREATER mean FALL (3.1 vs 2.2)": two falls, that of the other last."""
    tokens = document.tokens
    if run.stat != "change" or tokens[run.first - 1].word not in ("(", "["):
        return False
    lead = [tokens[k].word for k in range(max(0, run.first - 6), run.first - 1)]
    if run.cue not in lead or run.cue not in CHANGE_NOUNS or "than" in lead:
        return False
    return bool(COMPARATIVE & set(lead[: lead.index(run.cue)]))


def _all_in_order(
    document: Document,
    view: View,
    run: Run,
    vectors: dict[str, Vectors],
    index: int,
    memory: Memory,
) -> bool:
    """ "3.6, 5.0 and 6.8, respectively" of three declared groups, none of them named here.

    Under the names, and in the order, of the sentence before, where it told as many.
    """
    arms = document.declared.arms
    if len(arms) < 3 or len(run.values) != len(arms) or view.arms:
        return False
    open_kinds = [k for k in ("time", "measure") if len({id(x) for x in vectors[k].of[index]}) > 1]
    if open_kinds or not said_in_turn(document.tokens, view, run):
        return False
    before = memory.arms if len(memory.arms) == len(arms) else []
    vectors["arm"].set(index, before or [arm_of(arm) for arm in arms], "pre")
    document.queue.add("arm_order_assumed")
    return True


def _sentence_contrast(tokens: list[Token], view: View) -> list[Arm] | None:
    """ "lower in group A (3.1 vs 4.9) than in the control group": subject, then comparator."""
    for arm in view.arms:
        near = range(max(view.a, arm.first - 3), arm.first + 1)
        opened = next((k for k in reversed(near) if tokens[k].word in ("(", "[", ";")), view.a - 1)
        # "3.1 vs 3.4 (wax vs clay)", "(SD 1.6 vs 1.9; wax vs clay)": the sign between two values
        # sets no group against another
        before = [tokens[k].word for k in near if k > opened]
        # "than those who received CORK": the comparison stands further ahead
        against = arm.slot == "than" or behind_than(tokens, view.a, arm)
        if against or set(before) & _AGAINST or "compared" in before:
            others = [
                other for other in view.arms if other is not arm and not same_label(other, arm)
            ]
            if others:
                return [others[0], arm]
    return None


def groups_of(document: Document) -> list[DocArm]:
    """The declared groups: those that differ by a dose alone, and those with a name."""
    return [*document.declared.doses.values(), *document.declared.arms]


def arm_of(arm: Any) -> Arm:
    return Arm(0, 0, arm.name, 3, arm)
