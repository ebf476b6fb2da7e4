"""What the runs of a sentence hold: levels, changes, percent changes or differences."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run, outer_run
from evergrove.reading.kinds.amounts_of_fall import (
    amount_of_fall,
    noun_of_change,
    scores_of_difference,
)
from evergrove.reading.kinds.amounts_that_moved import amounts_that_moved
from evergrove.reading.kinds.announced_changes import changes_of_heads
from evergrove.reading.kinds.announced_differences import announced_differences
from evergrove.reading.kinds.closed_brackets import benefit_over, benefit_with_score, two_in_turn
from evergrove.reading.kinds.contrasts import (
    against_control,
    bracket_again,
    compared_again,
    lower_again,
    lower_than_group,
)
from evergrove.reading.kinds.differences_on import changes_go_on, differences_go_on
from evergrove.reading.kinds.levels_at_ends import began_at, levels_at_both_ends
from evergrove.reading.kinds.nouns_of_lists import noun_goes_on
from evergrove.reading.kinds.predicates import (
    change_behind,
    not_in_other,
)
from evergrove.reading.kinds.ranked_changes import RANKS, ranked_changes
from evergrove.reading.kinds.rows_under_heading import rows_under_heading
from evergrove.reading.kinds.said_again import said_again
from evergrove.reading.kinds.scores_of_relief import scores_of_relief
from evergrove.reading.kinds.scores_of_several import scores_of_several
from evergrove.reading.kinds.seen_differences import seen_differences
from evergrove.reading.kinds.stat_frames import (
    against_group,
    bare_frame,
    below_nothing,
    contrast_in_bracket,
    fell_and_rose,
    fell_to,
    levels_in_bracket,
    levels_of_groups,
    noun_again,
    percentage,
    same_subject,
    score_change_again,
    scores_before_and_after,
    than_other,
)
from evergrove.reading.kinds.stat_of_run import stat_of_run
from evergrove.reading.kinds.stat_phrases import (
    against_in_bracket,
    changes_between,
    go_on_in_bracket,
)
from evergrove.reading.kinds.told_differences import (
    gap_of_groups,
    small_differences,
    told_differences,
)
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.stat_words import (
    DIFFERENCE,
    sign_of,
)
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    BETTER,
    CHANGE_NOUNS,
    UP,
    word_set,
)
from evergrove.reading.times.bracket_times import effect_behind
from evergrove.reading.times.time_parts import Time

_GAINS = word_set("gain gains gained")
_RANGING = word_set("ranging ranged ranges varying varied spanning spanned")


def describe(
    tokens: list[Token],
    a: int,
    runs: list[Run],
    mentions: list[Mention],
    times: list[Time],
    contrast: bool,
    words: frozenset[str],
) -> None:
    """Set role, stat, sign and cue of every run of a sentence; `words`: all of the sentence."""
    a = _behind_condition(tokens, a, runs)
    named = {k: mention for mention in mentions for k in range(mention.first, mention.last)}
    timed = {k: time for time in times for k in range(time.first, time.last)}
    for index, run in enumerate(runs):
        previous = runs[index - 1] if index else None
        outer = outer_run(tokens, runs, index) if index > 1 else previous
        stat_of_run(tokens, a, run, previous, outer, named, timed, contrast)
        if previous is not None:
            bare_frame(tokens, previous, run)
            fell_to(tokens, a, previous, run, timed)
            if previous.stat != "level" and run.stat == "level":
                _go_on(tokens, previous, run, named, timed)
            _ranging(tokens, previous, run)
        pair = len(run.values) == 2 and run.stat == "between_diff"
        if pair and (run.versus or two_in_turn(tokens, run)):
            # Two numbers set against each other are the two levels, not their difference.
            moved = _differed_in_change(tokens, a, run)
            run.stat, run.cue, run.sign = ("change", moved, sign_of(moved)) if moved else _LEVEL
        if run.stat == "change" and (benefit_over(tokens, run) or benefit_with_score(tokens, run)):
            run.call_level()
    for one, two in itertools.pairwise(runs):
        if one.stat == two.stat == "between_diff" and _set_against(tokens, one, two):
            moved = _differed_in_change(tokens, a, one)
            for run in (one, two):
                run.stat, run.cue, run.sign = ("change", moved, sign_of(moved)) if moved else _LEVEL
    if sum([run.head is not None for run in runs]) > 1:
        changes_of_heads(tokens, a, runs)
    if not _only_levels(runs):
        _changes_at_ends(tokens, a, runs, timed)
    if len(runs) == 1:
        contrast_in_bracket(tokens, a, runs, timed)
    if contrast:
        told_differences(tokens, a, runs, timed)
        gap_of_groups(tokens, a, runs)
        small_differences(tokens, a, runs, timed)
    if len(runs) > 1:
        noun_again(tokens, runs)
        score_change_again(runs)
    for run in runs:
        if cue := effect_behind(tokens, a, run):
            run.stat, run.cue, run.role, run.sign = "change", cue, "by", sign_of(cue)
    if any([run.stat == "change" for run in runs]):
        levels_in_bracket(tokens, runs)
        scores_of_relief(tokens, a, runs)
    for run in runs if not contrast else ():
        scores_before_and_after(tokens, run)
    if any([run.stat == "between_diff" for run in runs]):
        levels_of_groups(tokens, runs)
        scores_of_several(tokens, a, runs)
    if len(runs) > 2:
        amount_of_fall(tokens, runs)
        for gap, *pair in scores_of_difference(tokens, runs):
            moved = noun_of_change(tokens, a, gap)
            for run in pair:
                run.stat, run.cue, run.sign = ("change", moved, sign_of(moved)) if moved else _LEVEL
    for run, cue in changes_between(tokens, a, runs, timed) if len(timed) > 1 else ():
        run.stat, run.cue, run.role, run.sign = "change", cue, "of", sign_of(cue)
    for run in runs:
        if len(run.values) == 2:
            fell_and_rose(tokens, a, run)
        if run.stat == "level" and all(value.sign == "-" for value in run.values):
            below_nothing(tokens, a, run)
            if run.stat == "level" and all(value.percent for value in run.values):
                run.stat = "percent_change"  # "knee VAS: −31% at 8 weeks"
            against_in_bracket(tokens, a, runs, timed)
        if run.stat == "level" and all(value.sign == "+" for value in run.values):
            _risen(tokens, a, run)
        if run.stat == "change" and percentage(tokens, a, run):
            run.stat = "percent_change"
        if run.cue in _GAINS and any(tokens[k].word in BETTER for k in range(a, run.first)):
            run.sign = "better"  # "VAS improved, a mean GAIN of 2.4 points"
    if len(runs) == 2 and (moved := change_behind(tokens, a, runs, named)) is not None:
        for run in runs:
            run.stat, run.cue, run.role, run.sign = "change", moved, "of", sign_of(moved)
    if not _only_levels(runs):
        changes_go_on(tokens, runs, timed)
    if not words.isdisjoint(RANKS):
        ranked_changes(tokens, a, runs)
    if not words.isdisjoint(NOTED):
        seen_differences(tokens, a, runs)
    if not _only_levels(runs):
        against_control(tokens, a, runs)
        lower_again(tokens, runs)
    lower_than_group(tokens, a, runs)
    for left, right in itertools.pairwise(runs):
        if left.stat == "between_diff":
            bracket_again(tokens, a, left, right)
    if contrast and ":" in words:
        announced_differences(tokens, a, runs, timed)
    if len(runs) > 1:
        rows_under_heading(tokens, a, runs, timed)
    amounts_that_moved(tokens, a, runs)
    if not _only_levels(runs):
        _with_a_plus(runs)
    said_again(tokens, a, runs, timed)


def _risen(tokens: list[Token], a: int, run: Run) -> None:
    """ "Peak VO2 ROSE (wax: +2.1; clay: +0.3)": by how much; a refraction of +0.5 is a level."""
    bracket = open_bracket(tokens, a, run.first)
    if bracket is not None and any(tokens[k].word in UP for k in range(a, bracket)):
        run.stat, run.role = "change", "by"


def _only_levels(runs: list[Run]) -> bool:
    """Whether none is a change or difference yet: most rules ask what goes on from one."""
    return not [run for run in runs if run.stat != "level"]


def _with_a_plus(runs: list[Run]) -> None:
    """ "VAS fell with wax (-2.1) but not with clay (+1.6)": no score is printed with a PLUS."""
    if any([run.stat == "change" for run in runs]):
        for run in runs:
            if run.stat == "level" and any(value.sign == "+" for value in run.values):
                run.stat, run.role, run.cue, run.sign = "change", "of", "change", ""


def _go_on(
    tokens: list[Token], previous: Run, run: Run, named: dict[int, Mention], timed: dict[int, Time]
) -> None:
    """The ways in which a number goes on with the change or difference told before it."""
    same_subject(tokens, previous, run, named)
    noun_goes_on(tokens, previous, run, timed)
    than_other(tokens, previous, run)
    go_on_in_bracket(tokens, previous, run, timed)
    compared_again(tokens, previous, run)
    not_in_other(tokens, previous, run, named)


def _changes_at_ends(tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]) -> None:
    """Changes and differences that go on, and those that are the scores at the two ends."""
    for run in runs:
        if run.stat == "change" and len(run.values) == 1:
            against_group(tokens, a, run, timed)
    if any(run.stat == "between_diff" for run in runs):
        differences_go_on(tokens, a, runs)
    if sum(run.head is not None for run in runs) > 1:
        for run in runs:
            if run.head is not None and run.stat == "between_diff":
                run.stat, run.cue, run.sign = _LEVEL  # "they differed (wax 3.4; clay 4.4)"
    for run in runs:
        if run.stat == "change" and began_at(tokens, run, timed):
            run.call_level("from")
    levels_at_both_ends(tokens, runs, timed)


def _behind_condition(tokens: list[Token], a: int, runs: list[Run]) -> int:
    """ "DESPITE BASELINE DIFFERENCES, VAS was 2.9": where the clause of the scores begins."""
    first = tokens[a].word == "after" and tokens[a + 1].word in _ADJUSTED
    if not runs or not (first or tokens[a].word in _DESPITE):
        return a
    near = range(a, min(a + 9, runs[0].first))
    return next((k + 1 for k in near if tokens[k].word == ","), a)


_DESPITE = word_set("despite notwithstanding although")
_ADJUSTED = word_set(
    "adjusting adjustment controlling correcting correction accounting adjusted allowing"
)
_LEVEL = ("level", "", "")


def _set_against(tokens: list[Token], one: Run, two: Run) -> bool:
    """ "a difference in NRS (3.4 with tape VS 1.5 with gel)": two scores, and no differences."""
    between = {tokens[k].word for k in range(one.last, two.first)}
    if len(one.values) + len(two.values) != 2 or not between & {"vs", "versus"}:
        return False
    if any(spread.kind == "ci" for run in (one, two) for spread in run.values[0].spreads):
        return False  # "between tape and gel (0.9, 95% CI ...) versus gel and rest (1.9, ...)"
    return not between & DIFFERENCE and two.first - one.last <= 8 and ";" not in between


def _differed_in_change(tokens: list[Token], a: int, run: Run) -> str:
    """ "a DIFFERENCE between the groups IN THE CHANGE in NRS (-0.4 vs. 1.5)": the noun, or ""."""
    last = ""
    for k in range(a + 1, run.first):
        word = tokens[k].word
        if word in DIFFERENCE:
            last = word
        elif word in CHANGE_NOUNS and last:
            m = k - 1
            while m > a and tokens[m].word in ("the", "mean", "median", "average"):
                m -= 1
            if tokens[m].word in ("in", "of", "for") and m < k - 1:
                last = word
    return last if last in CHANGE_NOUNS else ""


def _ranging(tokens: list[Token], left: Run, right: Run) -> None:
    """ "scores RANGING FROM 1.4 (groin) TO 3.2 (thigh)": the ends of a range, and no fall."""
    at = left.first - 1
    framed = left.role == "from" and right.role == "to" and tokens[at].word == "from"
    if framed and tokens[at - 1].word in _RANGING:
        left.role = right.role = "state"
