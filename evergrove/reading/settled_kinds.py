"""What kind the numbers of a sentence are, by what the rest of the sentence says of them.

`describe` calls each run of numbers a level, a change or a difference by the words ahead of it; the
rules here look at several runs, at other clauses and at the sentences before. They run in the order
of their lines, each on what those before it left.
"""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.kinds.amounts_of_fall import (
    levels_behind_gap,
    moved_before_colon,
    score_behind_gap,
    scores_of_gap,
)
from evergrove.reading.kinds.amounts_that_moved import it_moved
from evergrove.reading.kinds.announced_changes import MAYBE_ANNOUNCED, announced_changes
from evergrove.reading.kinds.changes_as_follows import changes_as_follows
from evergrove.reading.kinds.changes_of_scales import SCALES, changes_of_scales
from evergrove.reading.kinds.changes_that_differ import (
    MAYBE_DIFFER,
    bracket_goes_on,
    changes_of_each,
    changes_that_differ,
    differences_of_each,
    scores_behind_times,
)
from evergrove.reading.kinds.compared_changes import COMPARING, compared_changes
from evergrove.reading.kinds.compared_scores import (
    MAYBE_COMPARED,
    MAYBE_FINAL,
    MAYBE_HARDLY,
    MAYBE_KEPT,
    MAYBE_SLIGHT,
    final_scores,
    gain_kept,
    hardly_changed,
    scores_at_all_times,
    scores_beside_baseline,
    scores_of_gain,
    slight_change,
)
from evergrove.reading.kinds.contrasts import comparators_own
from evergrove.reading.kinds.differences_again import differences_again
from evergrove.reading.kinds.differences_below_nothing import (
    MAYBE_SET_APART,
    each_below_nothing,
)
from evergrove.reading.kinds.differences_by_pairs import PAIRED, differences_by_pairs
from evergrove.reading.kinds.effects_while_treated import MAYBE_WHILE, effects_while_treated
from evergrove.reading.kinds.falls_in_brackets import LOST, falls_in_brackets, losses_in_brackets
from evergrove.reading.kinds.figures_of_change import FIGURES, figures_of_change
from evergrove.reading.kinds.frame_differences import differences_of_frames
from evergrove.reading.kinds.frames_between_groups import frames_between_groups, scores_of_each
from evergrove.reading.kinds.group_differences import changes_of_groups, minus_runs
from evergrove.reading.kinds.levels_and_change import levels_at_times
from evergrove.reading.kinds.levels_called_changes import levels_called_changes
from evergrove.reading.kinds.levels_that_do_not_differ import MAYBE_ALIKE, levels_that_do_not_differ
from evergrove.reading.kinds.moved_against_group import moved_against_group
from evergrove.reading.kinds.percents_in_brackets import percents_in_brackets
from evergrove.reading.kinds.reductions_against import MAYBE_AGAINST, reductions_against
from evergrove.reading.kinds.scores_again import MAYBE_AGAIN, scores_again
from evergrove.reading.kinds.scores_below_nothing import scores_below_nothing
from evergrove.reading.kinds.scores_headed_by_groups import MAYBE_HEADED, scores_headed_by_groups
from evergrove.reading.kinds.scores_of_both import (
    means_in_bracket,
    scores_in_one_bracket,
    scores_of_both,
)
from evergrove.reading.kinds.scores_that_stayed import MAYBE_STAYED, scores_that_stayed
from evergrove.reading.kinds.they_were_differences import PRONOUNS, they_were_differences
from evergrove.reading.kinds.within_effects import effects_within
from evergrove.reading.kinds.within_groups import (
    differences_from_baseline,
    differences_of_times,
    levels_around_change,
)
from evergrove.reading.numbers.eligible import keep_from_differences
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SET_AGAINST, SET_BESIDE
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Memory
from evergrove.reading.view import View


def settle_kinds(
    document: Document, view: View, runs: list[Run], times: list[Time], beside: set[int],
    memory: Memory,
) -> None:  # fmt: skip
    """Change the kinds, roles and signs of `runs` in place.

    `beside`: tokens of what the sentence says by the way, in which no verb is that of a number.
    """
    tokens = document.tokens
    if "(" in view.words:
        falls_in_brackets(document, view, runs, times)
        if document.profile.open and "%" in view.words:
            percents_in_brackets(document, view, runs)
        if document.profile.open and not view.words.isdisjoint(LOST):
            losses_in_brackets(tokens, view, runs)
    if not view.words.isdisjoint(MAYBE_AGAINST):
        timed = {k: time for time in times for k in range(time.first, time.last)}
        reductions_against(tokens, view.a, runs, timed)
    if len(runs) == 1 and "(" in view.words and not view.words.isdisjoint(SET_AGAINST):
        moved_against_group(document, view, runs[0], times)
    if document.design.crossover and runs and not view.words.isdisjoint(MAYBE_WHILE):
        effects_while_treated(tokens, view.a, runs)
    if "within" in view.words:
        effects_within(tokens, view.a, view.b, runs)
    for run in runs if beside else ():
        run.verb = None if run.verb in beside else run.verb
    if len(runs) > 1 and not view.words.isdisjoint(MAYBE_SET_APART):
        each_below_nothing(tokens, runs)
    changes_of_groups(document, view, runs)
    if ":" in view.words and runs:
        moved_before_colon(tokens, view.a, runs)
    if not view.words.isdisjoint(MAYBE_FINAL):
        final_scores(document, view, runs)
    if not view.words.isdisjoint(MAYBE_SLIGHT):
        slight_change(document, view, runs)
    if len(runs) > 1 and not view.words.isdisjoint(MAYBE_HARDLY):
        hardly_changed(tokens, runs)
    if len(runs) > 1 and not view.words.isdisjoint(MAYBE_KEPT):
        gain_kept(tokens, runs)
    if len(runs) > 1 and not view.words.isdisjoint(MAYBE_COMPARED):
        scores_beside_baseline(document, view, runs)
    if len(view.times) > 1:
        scores_at_all_times(document, view, runs)
    if not view.words.isdisjoint(MAYBE_COMPARED):
        scores_of_gain(document, view, runs)
    if not view.words.isdisjoint(COMPARING):
        compared_changes(document, view, runs)
    if not view.words.isdisjoint(MAYBE_ANNOUNCED):
        announced_changes(document, view, runs)
        if ":" in view.words and runs:
            changes_as_follows(tokens, view.a, runs, times)
    if (
        len(runs) > 1
        and not view.words.isdisjoint(SCALES)
        and changes_of_scales(tokens, view.a, runs)
    ):
        document.queue.add("direction_assumed")
    if "minus" in view.words:
        minus_runs(document, view, runs)
    _same_stat(document, view, runs, memory)
    if runs and runs[0].values[0].sign == "-":
        scores_below_nothing(document, view, runs)
    if runs and runs[0].stat == "change":
        differences_again(view, runs, memory)
    if not view.words.isdisjoint(PRONOUNS) and they_were_differences(tokens, view, runs, memory):
        document.queue.add("level_or_difference")
    if not view.words.isdisjoint(MAYBE_AGAIN):
        scores_again(document, view, runs, memory)
    if (
        len(runs) > 1
        and not view.words.isdisjoint(MAYBE_STAYED)
        and scores_that_stayed(tokens, view, runs)
    ):
        document.queue.add("change_or_level")
    if {"between", "("} <= view.words:
        means_in_bracket(tokens, runs)
        scores_of_both(tokens, view, runs)
        scores_in_one_bracket(tokens, view, runs)
    differences_of_times(document, view, runs, memory)
    if len(runs) > 1 and not view.words.isdisjoint(PAIRED):
        differences_by_pairs(tokens, view, runs)
    if len(runs) > 2:
        differences_of_frames(tokens, runs)
    if len(runs) > 1 and "between" in view.words:
        changes_that_differ(tokens, view.a, runs)
    if len(runs) > 1 and not view.words.isdisjoint(MAYBE_DIFFER):
        changes_of_each(tokens, view.a, runs)
    moved = any([run.stat == "change" for run in runs])
    if moved and len(runs) > 1 and not view.words.isdisjoint(("(", "[")):
        bracket_goes_on(tokens, runs)
    if len(runs) > 1 and not view.words.isdisjoint(DIFFERENCE):
        differences_of_each(tokens, view.a, runs)
    if len(runs) > 1 and len(view.arms) > 1 and "from" in view.words:
        frames_between_groups(runs)
    if len(runs) > 1 and len(times) > 1:
        scores_behind_times(tokens, runs, times)
    if len(runs) > 1 and any([run.stat == "between_diff" for run in runs]):
        levels_behind_gap(tokens, runs)
        if "than" in view.words:
            score_behind_gap(tokens, runs)
        if "from" in view.words:
            scores_of_gap(tokens, runs, times)
        keep_from_differences(runs)
    levels_around_change(document, view, runs)
    if len(runs) > 1 and not view.words.isdisjoint(MAYBE_ALIKE):
        levels_that_do_not_differ(tokens, view.a, runs)
    headed = len(runs) > 1 and len(view.arms) > 1 and not view.words.isdisjoint(MAYBE_HEADED)
    if headed and scores_headed_by_groups(tokens, view.a, runs):
        document.queue.add("direction_assumed")
    if len(runs) > 1 and times:
        levels_at_times(tokens, runs)
        levels_called_changes(tokens, runs)
    alike = not view.words.isdisjoint(("no", "not")) or {"between", "groups"} <= view.words
    if len(runs) > 1 and len(view.arms) > 1 and alike:
        scores_of_each(runs)
    if moved and len(runs) > 1 and not view.words.isdisjoint(SET_BESIDE):
        comparators_own(tokens, runs)
    if document.design.pooled:
        _pooled_effects(tokens, view, runs, document.design.pooled_apart)
    if document.design.pooled_changes and len(document.declared.arms) < 2 and not view.arms:
        differences_from_baseline(tokens, view, runs)


def _same_stat(document: Document, view: View, runs: list[Run], memory: Memory) -> None:
    """ "The reduction was 3.0 with tape. With rest IT was 3.4": still a reduction."""
    tokens = document.tokens
    told = {cell.run.stat for cell in memory.cells}
    if len(told) == 1 and "it" in view.words:
        it_moved(tokens, view.a, runs, memory.cells[-1].run)
    if told != {"change"} or any(mention.key for mention in view.mentions):
        return
    if not view.words.isdisjoint(FIGURES):
        figures_of_change(document, view, runs, memory)
        return
    before = memory.cells[-1].run
    first = runs[0].first if runs else view.b
    signed = [value.sign == "-" for run in runs for value in run.values]
    # "The fall was -3.1 with tape. Rest was no better than heat (-1.8)": no score is below nothing.
    if not (signed and all(signed)) and not any(
        tokens[k].word in ("it", "this", "they", "these") for k in range(view.a, first)
    ):
        return
    for run in runs:
        if run.stat == "level" and run.role in ("state", "of"):
            run.stat, run.sign, run.cue, run.inherits = "change", before.sign, before.cue, True


def _pooled_effects(tokens: list[Token], view: View, runs: list[Run], apart: bool) -> None:
    """ "The block lowered pain by 0.9" in a review of trials: against its control, no change.

    A treatment that lowers a score stands before the verb, and the score behind it; "pain fell
    by 3.1" in a review of series is a change. `apart`: the review pools mean differences, so that
    "pain was reduced by 12 mm (6 to 18)" is one of them.
    """
    for run in runs:
        if apart and run.stat == "change" and run.role in ("by", "of") and len(run.values) == 1:
            run.stat = "between_diff"
            continue
        if run.stat != "change" or run.role != "by":
            continue
        verb = next(
            (k for k in range(run.first - 1, view.a - 1, -1) if tokens[k].word == run.cue), None
        )
        if verb is None or tokens[verb - 1].word in ("was", "were", "been", "be"):
            continue
        ahead = any(m.key and view.a <= m.first < verb for m in view.mentions)
        if not ahead and any(m.key and verb < m.first < run.first for m in view.mentions):
            run.stat = "between_diff"
