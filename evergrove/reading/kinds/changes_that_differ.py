"""Changes that are set apart: "the change differed between wax (-2.3) and clay (-1.1)"."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.comparators import behind_comparator
from evergrove.reading.frames import Run
from evergrove.reading.kinds.compared_changes import ALIKE
from evergrove.reading.text.small_words import GROUP_NOUNS
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFER, DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CENTRES, CHANGE, CHANGE_NOUNS, PRE_WORDS, VERBS, word_set
from evergrove.reading.times.time_parts import Time


def changes_that_differ(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "THE CHANGE in NRS differed between wax (-2.3) and clay (-1.1)": the change of each group.

    Each number stands alone in a bracket right behind a group of its own, so that neither tells how
    the two groups differ.
    """
    told = [run for run in runs if run.stat == "between_diff"]
    if len(told) < 2 or len(told) != len(runs):
        return
    noun = next((tokens[k].word for k in range(a, told[0].first) if _names_change(tokens, k)), "")
    if not noun or not all(_behind_group(tokens, run) for run in told):
        return
    names = {run.pre["arm"][-1].items[0].name for run in told}
    if len(names) != len(told):
        return
    signed = any(value.sign for run in told for value in run.values)
    for run in told:
        run.stat, run.role, run.cue = "change", "of", noun
        run.sign = "" if signed else sign_of(noun)


#: A sentence without these says of no changes that they differ, or that they do not.
MAYBE_DIFFER = DIFFER | ALIKE | word_set("different")
_BETWEEN_NAME = word_set(": , = was were of")
_BEHIND_VALUE = word_set("in with for the after under on ) ]")


def changes_of_each(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "THE CHANGE in NRS did not DIFFER between groups (wax: -2.3 [SD 1.1]; clay: -2.1)".

    Also "changes were SIMILAR (-2.3 with wax, -2.1 with clay)": each number has a group of its own
    right beside it, so that it is how far that group went.
    """
    told = [run for run in runs if run.stat == "between_diff" and run.cue in MAYBE_DIFFER]
    if len(told) < 2 or any(len(run.values) != 1 for run in told):
        return
    names = [_own_group(tokens, run) for run in told]
    if "" in names or len(set(names)) != len(names):
        return
    places = range(a, told[0].first)
    noun = next((k for k in places if tokens[k].word in CHANGE_NOUNS), 0)
    said = next((k for k in places if tokens[k].word in MAYBE_DIFFER), 0)
    below = all(run.values[0].sign == "-" for run in told)
    if noun > said or not (noun or (below and _of_groups(tokens, a, told[0].first))):
        return
    signed = any(run.values[0].sign for run in told)
    for run in told:
        run.stat, run.role, run.cue = "change", "of", tokens[noun].word if noun else "change"
        run.sign = "" if signed else sign_of(run.cue)


def _of_groups(tokens: list[Token], first: int, last: int) -> bool:
    """ "GROUPS did not differ in NRS (wax: -2.3; clay: -2.1)": no score lies below nothing."""
    words = {tokens[k].word for k in range(first, last)}
    return not words.isdisjoint(("groups", "arms", "treatments")) and "from" not in words


def _own_group(tokens: list[Token], run: Run) -> str:
    """The name of the one group that stands right before a lone value, or right behind it."""
    for labels in run.pre.get("arm", [])[-1:]:
        gap = {tokens[k].word for k in range(labels.last, run.first)}
        if gap <= _BETWEEN_NAME and len(gap) < 3 and len(labels.items) == 1:
            return str(labels.items[0].name)
    for labels in run.post.get("arm", [])[:1]:
        gap = {tokens[k].word for k in range(run.last, labels.first)}
        if gap <= _BEHIND_VALUE and len(gap) < 4 and len(labels.items) == 1:
            return str(labels.items[0].name)
    return ""


def bracket_goes_on(tokens: list[Token], runs: list[Run]) -> None:
    """ "similar in VAS REDUCTION (wax 2.4 ± 1.1; clay 2.2 ± 1.2)": the second is one as well.

    Both stand in one bracket, each right behind a group of its own.
    """
    for one, two in itertools.pairwise(runs):
        if one.stat != "change" or two.stat != "level" or two.role != "state":
            continue
        if len(one.values) != 1 or len(two.values) != 1 or not _own_group(tokens, two):
            continue
        if not two.pre.get("arm"):
            continue  # "(wax 2.4; 2.2 WITH CLAY)": its group stands behind it
        led = one.pre.get("arm", [])[-1:]
        first = led[0].first if led else one.first
        if tokens[first - 1].word not in ("(", "[") or not _own_group(tokens, one):
            continue
        gap = [tokens[k].word for k in range(one.values[-1].last, two.pre["arm"][-1].first)]
        apart = open_bracket(tokens, first - 2, two.first) is None
        if (
            not apart
            and not VERBS & set(gap)
            and _own_group(tokens, one) != _own_group(tokens, two)
        ):
            two.go_on_from(one)


def differences_of_each(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "VAS FELL in the wax group (MEAN DIFFERENCE 3.2) but not in the clay group (... 0.4)".

    What each group's own bracket calls a difference is how far that group went: none of the two is
    set against the other. So too "was LOWER THAN AT BASELINE with wax (difference -3.2) and ...".
    """
    told = [run for run in runs if run.stat == "between_diff" and run.cue in DIFFERENCE]
    if len(told) < 2 or not all(_own_difference(tokens, run) for run in told):
        return
    arms = [run.pre["arm"][-1].items[0] for run in told]
    apart = len({arm.name for arm in arms}) == len(arms)
    if not apart or any(behind_comparator(tokens, arm) for arm in arms):
        return
    words = [tokens[k].word for k in range(a, told[0].first)]
    moved = [word for word in words if word in CHANGE and word in VERBS]
    if moved and moved[-1] in COMPARATIVE and PRE_WORDS.isdisjoint(words):
        return  # "was LOWER with wax (difference -3.2) and clay (...)": than with a third
    if not moved or "more" in words or "between" in words:
        return
    signed = any(value.sign for run in told for value in run.values)
    for run in told:
        run.stat, run.role, run.cue = "change", "of", "difference"
        run.sign = "" if signed else sign_of(moved[-1])


def _own_difference(tokens: list[Token], run: Run) -> bool:
    """ "the wax group (MEAN DIFFERENCE 3.2": a bracket right behind one group, and its noun."""
    labels = run.pre.get("arm", [])
    if len(run.values) != 1 or not labels or len(labels[-1].items) != 1:
        return False
    k = run.first - 1
    while k > labels[-1].last and tokens[k].word in _CALLED:
        k -= 1
    named = k < run.first - 1 and tokens[k].word in ("(", "[")
    return named and {tokens[m].word for m in range(labels[-1].last, k)} <= GROUP_NOUNS


_CALLED = DIFFERENCE | CENTRES | word_set("of : = , the")


def _names_change(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in CHANGE_NOUNS and tokens[k].mark is None


def _behind_group(tokens: list[Token], run: Run) -> bool:
    """Whether a lone value opens a bracket that a group stands right before."""
    labels = run.pre.get("arm", [])
    if len(run.values) != 1 or not labels or len(labels[-1].items) != 1:
        return False
    return labels[-1].last == opened_by(tokens, run)


def opened_by(tokens: list[Token], run: Run) -> int:
    """The bracket that the run opens, which may be counted to it ("(7.4 ± 1.1)"); else -1."""
    return next((k for k in (run.first, run.first - 1) if tokens[k].word in ("(", "[")), -1)


def scores_behind_times(tokens: list[Token], runs: list[Run], times: list[Time]) -> None:
    """ "The difference BETWEEN BASELINE (7.0 ± 1.1) AND 6 WEEKS (4.4 ± 1.3) was clear": two scores.

    So too "the fall FROM BASELINE (7.0 ± 1.1) TO 6 WEEKS (4.4 ± 1.3)".
    Each number stands alone in a bracket right behind its own time.
    """
    ending = {time.last: time for time in times}
    for one, two in itertools.pairwise(runs):
        first, second = (ending.get(opened_by(tokens, run)) for run in (one, two))
        if first is None or second is None:
            continue
        if any(run.stat not in ("change", "between_diff") for run in (one, two)):
            continue
        alone = all(
            len(run.values) == 1
            and not run.values[0].sign
            and not any(spread.kind == "ci" for spread in run.values[0].spreads)
            for run in (one, two)
        )
        lead = tokens[first.first - 1].word
        if alone and lead in ("between", "from") and first.kind == "base" and second.kind != "base":
            for run in (one, two):
                run.call_level()
