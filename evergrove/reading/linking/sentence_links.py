"""The linking of one sentence: which scale, group, time and number of people each value has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evergrove.reading.arms.fronted_controls import time_of_fronted
from evergrove.reading.arms.heading_groups import under_heading
from evergrove.reading.arms.other_sex import HALF
from evergrove.reading.arms.people_of_groups import COUNTED
from evergrove.reading.arms.responder_groups import responders_alone
from evergrove.reading.document import Document
from evergrove.reading.frames import KINDS, Run
from evergrove.reading.kinds.baseline_asides import asides_ahead, baseline_asides
from evergrove.reading.kinds.falls_from import falls_from
from evergrove.reading.kinds.moved_against_baseline import MAYBE_AGAINST, moved_against_baseline
from evergrove.reading.kinds.pair_differences import contrasted_again
from evergrove.reading.kinds.signs_of_each import signs_of_each
from evergrove.reading.linking.carrying import frame_times, inherit
from evergrove.reading.linking.first_times import first_times_again
from evergrove.reading.linking.frames_apart import frames_of_all, frames_told_behind
from evergrove.reading.linking.fronted_groups import fronted_group
from evergrove.reading.linking.headed_values import keep_heads
from evergrove.reading.linking.laid_out import distribute, factor
from evergrove.reading.linking.laid_out_again import brackets_of_two, laid_out_again
from evergrove.reading.linking.linking import direct
from evergrove.reading.linking.lower_in_one import MAYBE_LOWER, lower_in_one
from evergrove.reading.linking.moved_from_baseline import moved_from_baseline
from evergrove.reading.linking.pairs import (
    arm_of,
    frames_again,
    frames_against,
    frames_of_groups,
    frames_of_two,
    pairs_in_order,
)
from evergrove.reading.linking.pairs_beside_pairs import pairs_beside_pairs
from evergrove.reading.linking.pairs_in_rows import VERSUS
from evergrove.reading.linking.second_rows import second_rows
from evergrove.reading.linking.sentence_cells import (
    at_both,
    before_groups,
    carried_time,
    elliptical,
    in_each,
    sentence_arm,
    told_as_before,
)
from evergrove.reading.linking.shared_comparators import shared_comparators
from evergrove.reading.linking.templates import (
    all_visits,
    common_baseline,
    copy_times,
    frames_in_order,
    groups_again,
    listed_before,
    remembered_measures,
    told_apart,
)
from evergrove.reading.linking.told_pairs import before_and_after_pairs, time_of_all_pairs
from evergrove.reading.linking.turned_pairs import MAYBE_THAN, than_before
from evergrove.reading.linking.values_of_both import BOTH, to_the_same, values_of_both
from evergrove.reading.measures.claims import (
    change_times,
    inherit_measures,
    join_frames,
    planned_change,
)
from evergrove.reading.measures.former_measures import MAYBE_FORMER, former_measures
from evergrove.reading.measures.listed_measures import in_listed_order
from evergrove.reading.measures.measure_links import measures_over_brackets
from evergrove.reading.measures.measures_in_turn import measures_in_turn
from evergrove.reading.measures.named_for import other_frames
from evergrove.reading.measures.rows_in_brackets import rows_in_brackets
from evergrove.reading.measures.scored_for import SCORES, scored_for
from evergrove.reading.measures.shared_pains import (
    pains_in_turn,
    places_behind_groups,
    scales_behind_frames,
)
from evergrove.reading.measures.units_of_scales import in_wrong_unit
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.sizes.each_size import size_of_each
from evergrove.reading.sizes.left_beside_names import MAYBE_LEFT, left_beside_names
from evergrove.reading.sizes.responders import these_people
from evergrove.reading.sizes.sizes_of_measures import sizes_of_measures
from evergrove.reading.sizes.their_people import count_their_people
from evergrove.reading.sizes.those_with_scores import (
    AVAILABLE,
    MAYBE_THESE,
    those_with_scores,
)
from evergrove.reading.sizes.told_people import their_scores
from evergrove.reading.sizes.whole_of_groups import without_whole
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    AGENT,
    ANAPHORS,
    CHANGE,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    word_set,
)
from evergrove.reading.times.bracket_times import behind_baseline
from evergrove.reading.times.own_times import give_own_times
from evergrove.reading.times.planned_lists import lists_at_visits, pairs_at_visits, visits_told
from evergrove.reading.times.scores_beside_ages import at_entry
from evergrove.reading.times.time_links import gap_times, times_of_groups_behind
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Cell, Memory, Vectors
from evergrove.reading.view import View


def link(document: Document, view: View, runs: list[Run], memory: Memory) -> list[Cell]:
    tokens = document.tokens
    vectors = {kind: Vectors(kind, runs) for kind in KINDS}
    pending: dict[str, list[Any]] = {}
    for kind in KINDS:
        pending[kind] = direct(tokens, vectors[kind])
    visits = visits_told(document, view, memory)
    by_plan = pairs_at_visits(runs, vectors, pending, visits) if visits else []
    unsure = factor(tokens, vectors, pending)
    for kind in KINDS:
        distribute(tokens, vectors[kind], pending[kind])
    by_plan += lists_at_visits(document, runs, vectors, memory, visits) if visits else []
    if len(runs) > 1:
        frames_of_groups(vectors)
    if len(runs) > 1 and any(time.kind == "base" for time in view.times):
        baseline_asides(tokens, view, runs, vectors["time"])
        asides_ahead(tokens, view, runs, vectors["time"])
    if len(runs) == 2:
        fronted_group(tokens, view, runs, vectors)
    if len(runs) > 1 and any(run.versus for run in runs):
        before_and_after_pairs(document, view, runs, vectors)
    if not view.words.isdisjoint(MAYBE_AGAINST):
        moved_against_baseline(document, view, runs, vectors)
    if runs and runs[0].versus and not view.words.isdisjoint(MAYBE_THAN):
        than_before(document, view, runs, vectors)
    if len(view.arms) == 1 and not view.words.isdisjoint(MAYBE_LOWER):
        lower_in_one(document, view, runs, vectors)
    of_one = "from" in view.words and moved_from_baseline(document, view, runs, vectors, memory)
    if not of_one:
        pairs_in_order(document, view, runs, vectors, memory)
    if len(runs) > 1 and not view.words.isdisjoint(VERSUS):
        pairs_beside_pairs(runs, vectors)
    if len(runs) > 1:
        ordered = [arm_of(arm) for arm in document.declared.arms]
        if frames_in_order(runs, vectors, memory, ordered) and "respectively" not in view.words:
            document.queue.add("arm_order_assumed")
    if len(runs) > 3:
        frames_against(document, view, runs, vectors)
        frames_again(runs, vectors)
        frames_of_two(document, view, runs, vectors)
        frames_told_behind(runs, vectors)
    if any(run.contrasted for run in runs):
        contrasted_again(runs, vectors)
    if "all" in view.words:
        frames_of_all(tokens, runs, vectors)
    frame_times(vectors["time"], memory.times, _carriable(memory), document.declared.schedule)
    if len(runs) > 1:
        first_times_again(runs, vectors["time"], memory.cells)
    common = common_baseline(runs, vectors) if len(runs) > 2 else None
    inherit(vectors["arm"], memory.arms)
    if len(runs) > 7:
        groups_again(runs, vectors["arm"])
    if common is not None:
        vectors["arm"].set(0, [None], "")
    later = common or []
    for index in later:
        vectors["time"].set(index, [Time(0, 0, "post", "after", None)], "assumed")
    _time_of_first(vectors["time"])
    if len(runs) > 2:
        behind_baseline(tokens, vectors["time"])
    elif len(runs) == 2:
        time_of_fronted(tokens, view.a, vectors["time"])
    inherit(vectors["time"], [] if memory.times and told_apart(vectors) else memory.times)
    if not any(mention.key for mention in view.mentions):
        remembered_measures(runs, vectors, memory)
        if memory.measures:
            in_listed_order(runs, vectors, memory.measures, view.words)
    if "for" in view.words and len(runs) > 3:
        other_frames(runs, vectors["measure"])
    if len(runs) > 2 and "(" in view.words:
        measures_over_brackets(tokens, runs, vectors["measure"])
    if len(runs) > 3 and len(view.mentions) > 1 and not view.words.isdisjoint(("(", "[")):
        rows_in_brackets(tokens, view, runs, vectors["measure"])
    inherit_measures(document, view, runs, vectors["measure"], memory)
    if len(runs) > 1:
        join_frames(runs, vectors["measure"])
    if len(runs) > 1 and len(view.mentions) > 1:
        scales_behind_frames(runs, vectors["measure"], document.profile)
        places_behind_groups(runs, vectors["measure"], vectors["arm"], document.profile)
        if len(runs) > 3:
            pains_in_turn(runs, vectors["measure"], vectors["arm"], document.profile)
    if len(runs) > 3:
        measures_in_turn(runs, vectors["measure"])
    if not view.words.isdisjoint(MAYBE_FORMER) and runs:
        former_measures(tokens, view, runs, vectors)
    if runs and not view.words.isdisjoint(SCORES):
        scored_for(tokens, view, runs, vectors["measure"])
    copy_times(runs, vectors)
    change_times(tokens, runs, vectors["time"])
    if len(runs) > 1:
        gap_times(runs, vectors["time"])
        times_of_groups_behind(runs, vectors)
        falls_from(runs, vectors["time"])
    planned_change(runs, vectors["time"], document.declared.schedule)
    planned = by_plan + _planned_times(document, runs, vectors["time"])
    if all(time.kind == "post" and time.days is None for time in view.times):
        told = (
            memory.visits if len(memory.visits) > 1 and all_visits(tokens, view.a, view.b) else []
        )
        listed_before(tokens, view.b, runs, vectors["time"], told or memory.listed)
    if len(runs) > 1:
        laid_out_again(runs, vectors, memory)
        if len(runs) > 3:
            brackets_of_two(tokens, runs, vectors["arm"])
        time_of_all_pairs(tokens, runs, vectors["time"])
    second_rows(tokens, runs, vectors, memory)
    if len(view.mentions) > 1 and len(view.times) > 0:
        give_own_times(tokens, view, runs, vectors)
    several = len(runs) > 1 and len(view.arms) > 2
    again = shared_comparators(tokens, view, runs, vectors) if several else []
    keep_heads(runs, vectors)
    sized = [arm for arm in view.arms if arm.count is not None and arm.count.at == arm.first - 1]
    before_name = int(len(sized) > 1)  # "in 19 WOMEN and 14 MEN": each has its own
    if len(view.arms) > 1 and not view.words.isdisjoint(MAYBE_LEFT):
        left_beside_names(tokens, view)
    cells: list[Cell] = []
    times, arms, measures = vectors["time"], vectors["arm"], vectors["measure"]
    for index, run in enumerate(runs):
        mismatch = times.mismatch[index] or arms.mismatch[index] or measures.mismatch[index]
        for position, value in enumerate(run.values):
            if value in view.q.foreign:
                continue  # the unit of something else
            if value in again:
                _reject(view, value, "told before")
                continue
            mention, arm = measures.of[index][position], arms.of[index][position]
            cell = Cell(value, run, mention, arm, times.of[index][position])
            label = vectors["count"].of[index][position]
            cell.count = value.n or (label.count if label is not None else None)
            if value.n is None and arm is not None and arm.count is not None:
                inside = arm.first - before_name <= arm.count.at < arm.last or arm.slot == COUNTED
                cell.count = arm.count if inside else cell.count  # "41 ON BATHS", "14 MEN"
            if arm is not None and arm.slot == HALF:
                cell.count = None  # "in women (4.5 vs 4.2) among 2180 people": of both halves
            if mention is None:
                view.q.rejected.pop(value.at, None)
                if mismatch and any(m.key for m in view.mentions):
                    document.queue.add("arity_mismatch")
            elif mention.key is None:
                _reject(view, value, mention.veto or "other measure")
                continue
            elif in_wrong_unit(document.profile, mention, value):
                document.queue.add("arity_mismatch")
                cell.mention = None
            elif mismatch:
                document.queue.add("arity_mismatch")
                if not measures.mismatch[index]:
                    view.doubtful.append(replace(cell, reasons=list(cell.reasons)))
                cell.mention = None
            elif not _printed_as_result(tokens, run, value, view.q.foreign):
                cell.mention = None
            if measures.how[index] in ("memory", "copy"):
                cell.reasons.append("carried_over" if measures.how[index] == "memory" else "")
            if _more_in_bracket(tokens, value, view):
                cell.reasons.append("arity_ambiguous")
            if times.how[index] == "last":
                cell.reasons.append("time_carried")
            if index in planned or index in later or times.how[index] == "moved":
                cell.reasons.append("time_assumed")
            if index in unsure:
                cell.reasons.append("arity_ambiguous")
            cells.append(cell)
    if "respectively" in view.words:
        cells = to_the_same(tokens, cells)
    named = any(mention.key for mention in view.mentions)
    if (named or any(cell.mention is not None for cell in cells)) and any(
        cell.mention is None
        and (
            cell.value.spreads
            or cell.run.versus
            or "." in tokens[cell.value.at].word
            or cell.value.unit in ("mm", "cm")
        )
        for cell in cells
    ):
        document.queue.add("unclaimed_result")
    kept = [cell for cell in cells if cell.mention is not None]
    shared = not view.words.isdisjoint(BOTH) and values_of_both(document, view, kept, memory)
    cells = at_both(shared or in_each(document, view, kept, memory))
    if "age" in view.words:
        at_entry(tokens, view, cells)
    carried_time(tokens, view.a, cells, memory)
    sentence_arm(cells, memory)
    size_of_each(cells)
    if view.q.counts and not document.design.crossover:
        without_whole(tokens, cells)
    under_heading(document, view, cells)
    these_people(document, view, cells)
    if "responders" in view.words or "responded" in view.words:
        responders_alone(document, view, cells)
    if "their" in view.words:
        their_scores(document, view, cells)
        count_their_people(document, view, cells)
    whole = not document.declared.arms and not document.said.isdisjoint(AVAILABLE)
    if whole or not view.words.isdisjoint(MAYBE_THESE):
        those_with_scores(document, view, cells)
    if memory.told and all(cell.arm is None for cell in cells):
        sizes_of_measures(view, cells, memory)
    if len(cells) > 3 and len(view.mentions) > 1:
        signs_of_each(cells)
    if "run" in view.words:
        before_groups(tokens, cells)
    if "sd" in view.words:
        told_as_before(tokens, cells)
    return elliptical(document, view, cells, memory)


def _carriable(memory: Memory) -> Time | None:
    """The one time after baseline that the sentence before is about."""
    if memory.last_time is not None and memory.last_time.kind != "base":
        return memory.last_time
    later = {time.label: time for time in memory.times if time.kind in ("point", "window", "final")}
    return next(iter(later.values())) if len(later) == 1 else None


_LEADING = word_set(
    "from to by of at versus vs than only just a an and or baseline before after then was grade "
    "group arm later visit follow-up up discharge entry"
)


_SETS_AGAINST = word_set("compared comparing as contrasted , (")


def _printed_as_result(tokens: list[Token], run: Run, value: Value, foreign: list[Value]) -> bool:
    """Whether a bare whole number stands where a result is printed: behind a verb, "of", "=" ..."""
    if value.spreads or value.unit or value.percent or value.p is not None:
        return True
    if value.scale_top is not None:
        return True  # "at 12 months 2 OUT OF 10"
    if "." in tokens[value.at].word or tokens[value.at].flag == "word":
        return True
    if len(run.values) > 1 and not foreign:
        return True
    lead = tokens[value.first - 1] if value.first else None
    if lead is None or lead.kind != "w":
        return True
    if getattr(lead.mark, "kind", "") in ("measure", "compound", "qualifier"):
        return True
    if lead.word in ("with", "against") and tokens[value.first - 2].word in _SETS_AGAINST:
        return True  # "a mean of 34 at 3 months, COMPARED WITH 42 in the clay group"
    words = (STATE, AGENT, CHANGE, ANAPHORS, PRE_WORDS, POST_WORDS, _LEADING)
    return any(lead.word in group for group in words) or value.first in run.labelled


def _reject(view: View, value: Value, reason: str) -> None:
    view.q.rejected[value.at] = reason
    for spread in value.spreads:
        for at in spread.at:
            view.q.rejected[at] = f"{reason}, spread"


def _more_in_bracket(tokens: list[Token], value: Value, view: View) -> bool:
    """ "4 (IQR 3-5 with gel, 2-5 with spray)": one value, and spreads of more than one group."""
    if not value.loose or not value.spreads:
        return False
    at = value.spreads[-1].at[-1]
    if "(" not in {tokens[k].word for k in range(value.at, at)}:
        return False
    for k in range(at + 1, view.b):
        if tokens[k].word in (")", "]", ";"):
            return False
        if tokens[k].kind == "n" and k + 2 < view.b and tokens[k + 1].word in ("-", "–", "to"):
            return tokens[k + 2].kind == "n"
    return False


def _time_of_first(times: Vectors) -> None:
    """ "unchanged (51 vs 49 at baseline)": the first of two values is at the time told before."""
    for index, labels in enumerate(times.of):
        if len(labels) == 2 and labels[0] is None and labels[1] is not None:
            told = [time for time in times.unique(index) if time.kind != "base"]
            if told:
                times.set(index, [told[-1], labels[1]], times.how[index])


def _planned_times(document: Document, runs: list[Run], times: Vectors) -> list[int]:
    """Runs of as many levels as the methods name times, in their order; none of them dated."""
    plan = document.declared.schedule
    out = []
    for index, run in enumerate(runs):
        undated = all(label is None for label in times.of[index])
        if undated and len(run.values) == len(plan) > 2 and run.stat == "level":
            times.set(index, plan, "plan")
            out.append(index)
    return out
