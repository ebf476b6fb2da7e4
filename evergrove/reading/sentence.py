"""One sentence from values and labels to linked cells."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from evergrove.reading.acronym_lists import listed_acronyms
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.asides import MAYBE_ASIDE, asides
from evergrove.reading.bracket_times import (
    behind_baseline,
    frame_of_group,
    frame_of_people,
    fronted_aside,
    over_frames,
)
from evergrove.reading.carrying import frame_times, inherit, split_by_groups, valid_count
from evergrove.reading.claims import (
    change_times,
    inherit_measures,
    join_frames,
    planned_change,
)
from evergrove.reading.clause_sizes import sizes_of_clause
from evergrove.reading.cohort import women_and_men
from evergrove.reading.compared_changes import compared_changes
from evergrove.reading.compared_scores import (
    MAYBE_FINAL,
    MAYBE_SLIGHT,
    final_scores,
    slight_change,
)
from evergrove.reading.document import Document, View
from evergrove.reading.each_size import size_of_each
from evergrove.reading.effect_sizes import EFFECT_SIZE, without_sizes
from evergrove.reading.eligible import eligible_values, share_spreads
from evergrove.reading.frames import KINDS, Run, build_lists, build_runs
from evergrove.reading.frames_apart import frames_of_all, frames_told_behind
from evergrove.reading.gaps import attach, covered_by
from evergrove.reading.group_differences import changes_of_groups, minus_runs
from evergrove.reading.headed_values import head_of_both, keep_heads, name_headed
from evergrove.reading.heading_groups import under_heading
from evergrove.reading.laid_out_again import laid_out_again
from evergrove.reading.levels_and_change import levels_at_times
from evergrove.reading.lexicon import stem
from evergrove.reading.linking import direct, distribute, factor
from evergrove.reading.measures_in_turn import measures_in_turn
from evergrove.reading.mention import Mention
from evergrove.reading.no_scores import (
    behind_last_value,
    inside_subject,
    lengths_told,
    one_of_touching,
    with_foreign,
)
from evergrove.reading.other_measures import is_acronym, is_arm, unknown_measures
from evergrove.reading.pairs import (
    arm_of,
    frames_again,
    frames_against,
    frames_of_groups,
    frames_of_two,
    pairs_in_order,
)
from evergrove.reading.quantities import Count, Value
from evergrove.reading.responders import these_people
from evergrove.reading.sentence_arms import sentence_arms
from evergrove.reading.sentence_cells import (
    at_both,
    before_groups,
    carried_time,
    elliptical,
    in_each,
    sentence_arm,
)
from evergrove.reading.shared_pains import (
    pains_in_turn,
    places_behind_groups,
    scales_behind_frames,
    scales_of_subject,
)
from evergrove.reading.short_names import ANOTHER
from evergrove.reading.size_brackets import outside_sizes
from evergrove.reading.sizes import STAYED
from evergrove.reading.stats import describe
from evergrove.reading.subscales import of_heading_instrument, parts_as_measures
from evergrove.reading.sufferers import without_conditions
from evergrove.reading.templates import (
    common_baseline,
    copy_times,
    frames_in_order,
    groups_again,
    listed_before,
    remembered_measures,
    told_apart,
)
from evergrove.reading.time_parts import Time
from evergrove.reading.time_windows import each_of_window
from evergrove.reading.tokens import Token
from evergrove.reading.told_pairs import before_and_after_pairs, time_of_all_pairs
from evergrove.reading.told_people import named_before, their_scores
from evergrove.reading.vectors import Cell, Memory, Vectors
from evergrove.reading.within_effects import effects_within
from evergrove.reading.within_groups import (
    differences_from_baseline,
    differences_of_times,
    levels_around_change,
)
from evergrove.reading.words import (
    AGENT,
    ANAPHORS,
    CHANGE,
    DETERMINERS,
    EVENT,
    NOT_ARM,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    word_set,
)

AFTER = word_set("after following")


# -- one sentence --------------------------------------------------------------------------------
def read_sentence(document: Document, view: View, memory: Memory) -> list[Cell]:
    tokens, q = document.tokens, view.q
    _of_another(tokens, view.mentions)
    if any(m.veto == ANOTHER for m in view.mentions):
        view.mentions = without_conditions(tokens, view.mentions)
    for mention in view.mentions:
        if mention.key == "" and memory.mention is not None:
            mention.key, mention.instrument = memory.mention.key, memory.mention.instrument
    view.mentions = [
        mention
        for mention in view.mentions
        if mention.key != ""
        and not (mention.veto and is_arm(document.tokens, mention, document.declared))
    ]
    gone: list[Mention] = []
    if EFFECT_SIZE in q.rejected.values():
        without_sizes(tokens, view.mentions, q.rejected)
    if view.q.values:
        parts_as_measures(tokens, view.a, view.b, view.mentions, document.profile)
        busy = {i for time in view.times for i in range(time.first, time.last)}
        more = unknown_measures(tokens, view.a, view.b, document.declared, view.mentions, busy)
        listed = len(view.q.values) > 2 and "and" in view.words
        if listed and any(m.key for m in view.mentions):
            short = listed_acronyms(
                tokens, view.a, view.b, view.mentions, lambda t: is_acronym(t, document.declared)
            )
            told = {m.first for m in more}
            more += [m for m in short if not told & set(range(m.first, m.last))]
        taken = [m for m in more if m.veto == "duration" and m.last > m.first + 1]
        if taken:
            # "median days to pain relief were": no score of pain
            inner = {k for m in taken for k in range(m.first, m.last)}
            view.mentions = [m for m in view.mentions if m.first not in inner]
        view.mentions = sorted([*view.mentions, *more], key=lambda mention: mention.first)
        of_heading_instrument(tokens, view.a, view.b, view.mentions)
        if any(m.key is None for m in view.mentions):
            within = inside_subject(tokens, view)
            view.mentions = one_of_touching(view.mentions)
            view.mentions = [m for m in view.mentions if m.first not in within]
    values = eligible_values(document, view)
    if not values:
        return []
    if any(m.key is None for m in view.mentions):
        later = behind_last_value(tokens, view, values)
        gone = [m for m in view.mentions if m.first in later]
        lengths = lengths_told(tokens, view)
        view.times = [time for time in view.times if time not in lengths]
        view.mentions = [m for m in view.mentions if m.first not in later]
    values = with_foreign(tokens, view, values, document.profile.veto_units)
    aside = fronted_aside(tokens, view.a, view.b)
    if aside:
        view.mentions = [m for m in view.mentions if m.key or m.first not in aside]
    beside = asides(tokens, view) if not view.words.isdisjoint(MAYBE_ASIDE) else set()
    view.mentions = [m for m in view.mentions if m.first not in beside]
    inside = {k for value in values for k in range(value.first, value.last)}
    # "(minimum 0.5, maximum 8)": words of a spread name no item of the scale.
    view.mentions = [m for m in view.mentions if not (m.anaphor and m.first in inside)]
    if not view.mentions and memory.mention is None:
        return []
    if document.predicts and "scored" in view.words and not any(m.key for m in view.mentions):
        return []  # "the delayed group SCORED higher": on the score that was made
    groups = [time for time in view.times if _names_group(document, view, time)]
    view.times = [time for time in view.times if time not in groups]
    busy = {i for time in view.times for i in range(time.first, time.last)}
    busy.update(
        i
        for mention in (*view.mentions, *gone)
        for i in range(mention.first, mention.last)
        if mention.key or mention.veto
    )
    busy |= beside
    for value in values:
        busy.update(range(value.first, value.last))
    by_sex = women_and_men(tokens, view.a, view.b, q.counts)
    view.arms = sentence_arms(document, view, values, busy, by_sex)
    if not view.arms and not view.words.isdisjoint(PEOPLE):
        view.arms = named_before(document, view)
    if not view.words.isdisjoint(STAYED):
        values = sizes_of_clause(document, view, values)
    view.arms, sizes = outside_sizes(tokens, view.a, view.arms, q.counts, values)
    if len(view.mentions) > 1:
        scales_of_subject(tokens, view.mentions, values, document.profile)
    treated = {k for arm in view.arms if arm.slot == "state" for k in range(arm.first, arm.last)}
    view.mentions = [m for m in view.mentions if not (m.anaphor and m.first in treated)]
    counts = [c for c in q.counts if c not in by_sex and not any(v.n is c for v in values)]
    spots = [(count.at - 2 if count.equals else count.at, count.last) for count in counts]
    covered = covered_by(q.ps, spots, tokens, view.a, view.b)
    runs = build_runs(tokens, values, covered)
    share_spreads(document, view, runs)
    times = _merge_times(tokens, [time for time in view.times if time.kind != "duration"])
    if any(time.kind == "window" for time in times):
        listed = {len(run.values) for run in runs} - {1, len({arm.name for arm in view.arms})}
        if "respectively" in view.words:
            times = each_of_window(tokens, times, listed)
    mentions = view.mentions
    before = values[0].first
    own = [arm.count for arm in view.arms if arm.count is not None and arm.count.equals]
    own += [count for count in counts if split_by_groups(counts, count)] + sizes
    good = [c for c in counts if valid_count(tokens, c, view.a, c.at < before) and c not in own]
    if len(good) > 2 and good[0].at == view.a + 1 and tokens[view.a].word == "of":
        good = good[1:]  # "Of 90 people, 41 on A and 39 on B ...": the whole, beside its parts
    lists = []
    for kind, items in zip(KINDS, (times, view.arms, mentions, good), strict=True):
        lists.extend(build_lists(tokens, kind, _placed(items, kind), values))
    attach(tokens, view.a, view.b, runs, lists, covered)
    if len(runs) > 1 and not view.words.isdisjoint((":", "=", "(")):
        name_headed(document, view, runs)
        head_of_both(tokens, runs)
    over_frames(tokens, runs)
    frame_of_group(tokens, runs)
    frame_of_people(tokens, runs)
    contrast = len(view.arms) >= 1 or len(document.declared.arms) >= 2
    describe(tokens, view.a, runs, mentions, times, contrast)
    if "within" in view.words:
        effects_within(tokens, view.a, view.b, runs)
    for run in runs if beside else ():
        run.verb = None if run.verb in beside else run.verb
    changes_of_groups(document, view, runs)
    if not view.words.isdisjoint(MAYBE_FINAL):
        final_scores(document, view, runs)
    if not view.words.isdisjoint(MAYBE_SLIGHT):
        slight_change(document, view, runs)
    compared_changes(document, view, runs)
    if "minus" in view.words:
        minus_runs(document, view, runs)
    _same_stat(tokens, view, runs, memory)
    differences_of_times(document, view, runs, memory)
    levels_around_change(document, view, runs)
    if len(runs) > 1 and times:
        levels_at_times(tokens, runs)
    if document.pooled:
        _pooled_effects(tokens, view, runs, document.pooled_apart)
    if document.pooled_changes and len(document.declared.arms) < 2 and not view.arms:
        differences_from_baseline(runs)
    return _link(document, view, runs, memory)


def _of_another(tokens: list[Token], mentions: list[Mention]) -> None:
    """ "pain onset (3 vs 5 h) OR PEAK (9 vs 7 h)": a bare item behind what is no outcome."""
    for one, two in itertools.pairwise(mentions):
        bare = two.key == "" and two.anaphor and tokens[two.first - 1].word in ("or", "and")
        if bare and one.veto and one.key is None and tokens[two.first - 2].word in (")", "]"):
            two.key, two.veto = None, one.veto


def _same_stat(tokens: list[Token], view: View, runs: list[Run], memory: Memory) -> None:
    """ "The reduction was 3.0 with tape. With rest IT was 3.4": still a reduction."""
    told = {cell.run.stat for cell in memory.cells}
    if told != {"change"} or any(mention.key for mention in view.mentions):
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


def _placed(items: list[Any], kind: str) -> list[Any]:
    if kind == "count":
        return [_At(count) for count in items]
    return sorted(items, key=lambda item: item.first)


class _At:
    """A count with the places that a label has."""

    __slots__ = ("count", "first", "last")

    def __init__(self, count: Count) -> None:
        self.count, self.first, self.last = count, count.at, count.last


def _names_group(document: Document, view: View, time: Time) -> bool:
    """ "after needling ... after massage": a treatment that only one group had names the group."""
    tokens, index = document.tokens, document.declared.index
    if time.kind != "post":
        return False
    own = {tokens[k].word for k in range(time.first + 1, time.last)} - DETERMINERS
    if any(stem(word) in index for word in own):
        return True
    # "after early surgery versus after prolonged rest": two treatments, each in words of its own.
    if tokens[time.first].word not in AFTER:
        return False
    # "at 1 year ... after fusion and ... after rehabilitation": the sentence has its time already.
    dated = any(t.kind in ("point", "window", "final") for t in view.times)
    if not own - EVENT and not dated:
        return False
    for k in range(view.a, view.b - 1):
        if tokens[k].word not in AFTER or time.first <= k < time.last:
            continue
        if any(t.first <= k < t.last and t.kind != "post" for t in view.times):
            continue
        other = noun_phrase(tokens, k + 1, view.b)
        if other is not None and not any(
            t.kind != "post" and t.first < other[1] and other[0] < t.last for t in view.times
        ):
            words = {tokens[m].word for m in range(*other)}
            plain = NOT_ARM if dated else EVENT | NOT_ARM
            # "after injection and ... AFTER SWIMMING at 8 weeks": one of the two tells enough
            if (words - plain or (dated and own - plain)) and words != own:
                return True
    return False


_SAID_WITH = ("post", "followup")  # "postoperative 6 weeks", "follow-up 1 year"


def _explained(tokens: list[Token], vague: Time, exact: Time) -> bool:
    """ "at the first visit after surgery, at 6 weeks": the same time told twice."""
    gap = [tokens[k].word for k in range(vague.last, exact.first)]
    if gap == ["(", "at"] and vague.kind == "post" and exact.kind == "point":
        return True  # "before and after treatment (at 2 and 5 weeks)"
    return vague.label in _VISIT_LABELS and gap in ([",", "at"], [",", "i.e", "at"], [","], ["("])


def _dated_in_bracket(tokens: list[Token], vague: Time, exact: Time) -> bool:
    """ "pre- and post-injection (at 5 weeks) scores": the bracket says when afterwards was."""
    gap = [tokens[k].word for k in range(vague.last, exact.first)]
    if vague.kind != "post" or vague.days is not None or gap not in (["(", "at"], ["[", "at"]):
        return False
    return exact.kind in ("point", "window") and tokens[exact.last].word in (")", "]")


_VISIT_LABELS = frozenset(
    f"{which} {what}"
    for which in ("first", "initial", "second", "third")
    for what in ("visit", "consultation", "examination", "assessment", "appointment", "session")
)


def _merge_times(tokens: list[Token], times: list[Time]) -> list[Time]:
    """ "postoperative 6 weeks" is one time, not two."""
    out: list[Time] = []
    for time in times:
        if out and _dated_in_bracket(tokens, out[-1], time):
            time.first, time.last = out[-1].first, time.last + 1
            out[-1] = time
            continue
        if (
            out
            and out[-1].kind in _SAID_WITH
            and (time.first - out[-1].last <= 1 or _explained(tokens, out[-1], time))
            and time.kind in ("point", "window", "final")
        ):
            inside = tokens[time.first - 2].word == "(" and out[-1].last == time.first - 2
            out[-1] = replace(time, first=out[-1].first) if inside else time
            continue
        if (
            out
            and time.first - out[-1].last <= 0
            and time.kind in ("post", "followup")
            and out[-1].kind in ("point", "window")
        ):
            continue
        out.append(time)
    return out


# -- linking -------------------------------------------------------------------------------------
def _link(document: Document, view: View, runs: list[Run], memory: Memory) -> list[Cell]:
    tokens = document.tokens
    vectors = {kind: Vectors(kind, runs) for kind in KINDS}
    pending: dict[str, list[Any]] = {}
    for kind in KINDS:
        pending[kind] = direct(tokens, vectors[kind])
    unsure = factor(vectors, pending)
    for kind in KINDS:
        distribute(tokens, vectors[kind], pending[kind])
    frames_of_groups(vectors)
    if len(runs) > 1 and any(run.versus for run in runs):
        before_and_after_pairs(document, view, runs, vectors)
    pairs_in_order(document, view, runs, vectors, memory)
    ordered = [arm_of(arm) for arm in document.declared.arms]
    if frames_in_order(runs, vectors, memory, ordered) and "respectively" not in view.words:
        document.queue.add("arm_order_assumed")
    frames_against(document, view, runs, vectors)
    frames_again(runs, vectors)
    frames_of_two(document, view, runs, vectors)
    if len(runs) > 3:
        frames_told_behind(runs, vectors)
    if "all" in view.words:
        frames_of_all(tokens, runs, vectors)
    frame_times(vectors["time"], memory.times, _carriable(memory), document.declared.schedule)
    common = common_baseline(runs, vectors)
    inherit(vectors["arm"], memory.arms)
    groups_again(runs, vectors["arm"])
    if common is not None:
        vectors["arm"].set(0, [None], "")
    later = common or []
    for index in later:
        vectors["time"].set(index, [Time(0, 0, "post", "after", None)], "assumed")
    _time_of_first(vectors["time"])
    behind_baseline(tokens, vectors["time"])
    inherit(vectors["time"], [] if told_apart(vectors) else memory.times)
    if not any(mention.key for mention in view.mentions):
        remembered_measures(runs, vectors, memory)
    inherit_measures(document, view, runs, vectors["measure"], memory)
    join_frames(runs, vectors["measure"])
    if len(runs) > 1 and len(view.mentions) > 1:
        scales_behind_frames(runs, vectors["measure"], document.profile)
        places_behind_groups(runs, vectors["measure"], vectors["arm"], document.profile)
        if len(runs) > 3:
            pains_in_turn(runs, vectors["measure"], vectors["arm"], document.profile)
    if len(runs) > 3:
        measures_in_turn(runs, vectors["measure"])
    copy_times(runs, vectors)
    change_times(tokens, runs, vectors["time"])
    planned_change(runs, vectors["time"], document.declared.schedule)
    planned = _planned_times(document, runs, vectors["time"])
    if all(time.kind == "post" and time.days is None for time in view.times):
        listed_before(tokens, view.b, runs, vectors["time"], memory.listed)
    if len(runs) > 1:
        laid_out_again(runs, vectors, memory)
        time_of_all_pairs(tokens, runs, vectors["time"])
    keep_heads(runs, vectors)
    sized = [arm for arm in view.arms if arm.count is not None and arm.count.at == arm.first - 1]
    before_name = int(len(sized) > 1)  # "in 19 WOMEN and 14 MEN": each has its own
    cells: list[Cell] = []
    for index, run in enumerate(runs):
        mismatch = any(vectors[kind].mismatch[index] for kind in ("time", "arm", "measure"))
        for position, value in enumerate(run.values):
            if value in view.q.foreign:
                continue  # the unit of something else
            mention = vectors["measure"].of[index][position]
            arm = vectors["arm"].of[index][position]
            cell = Cell(value, run, mention, arm, vectors["time"].of[index][position])
            label = vectors["count"].of[index][position]
            cell.count = value.n or (label.count if label is not None else None)
            if value.n is None and arm is not None and arm.count is not None:
                inside = arm.first - before_name <= arm.count.at < arm.last
                cell.count = arm.count if inside else cell.count  # "41 ON BATHS", "14 MEN"
            if mention is None:
                view.q.rejected.pop(value.at, None)
                if mismatch and any(m.key for m in view.mentions):
                    document.queue.add("arity_mismatch")
            elif mention.key is None:
                _reject(view, value, mention.veto or "other measure")
                continue
            elif mismatch:
                document.queue.add("arity_mismatch")
                if not vectors["measure"].mismatch[index]:
                    view.doubtful.append(replace(cell, reasons=list(cell.reasons)))
                cell.mention = None
            elif not _printed_as_result(tokens, run, value, view.q.foreign):
                cell.mention = None
            if vectors["measure"].how[index] in ("memory", "copy"):
                cell.reasons.append(
                    "carried_over" if vectors["measure"].how[index] == "memory" else ""
                )
            if _more_in_bracket(tokens, value, view):
                cell.reasons.append("arity_ambiguous")
            if vectors["time"].how[index] == "last":
                cell.reasons.append("time_carried")
            if index in planned or index in later or vectors["time"].how[index] == "moved":
                cell.reasons.append("time_assumed")
            if index in unsure:
                cell.reasons.append("arity_ambiguous")
            cells.append(cell)
    named = any(mention.key for mention in view.mentions)
    if (named or any(cell.mention is not None for cell in cells)) and any(
        cell.mention is None
        and (cell.value.spreads or cell.run.versus or "." in tokens[cell.value.at].word)
        for cell in cells
    ):
        document.queue.add("unclaimed_result")
    kept = [cell for cell in cells if cell.mention is not None]
    cells = at_both(in_each(document, view, kept, memory))
    carried_time(cells, memory)
    sentence_arm(cells, memory)
    size_of_each(cells)
    under_heading(document, view, cells)
    these_people(document, view, cells)
    if "their" in view.words:
        their_scores(document, view, cells)
    if "run" in view.words:
        before_groups(tokens, cells)
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


def _printed_as_result(tokens: list[Token], run: Run, value: Value, foreign: list[Value]) -> bool:
    """Whether a bare whole number stands where a result is printed: behind a verb, "of", "=" ..."""
    if value.spreads or value.unit or value.percent or value.p is not None:
        return True
    if "." in tokens[value.at].word or tokens[value.at].flag == "word":
        return True
    if len(run.values) > 1 and not foreign:
        return True
    lead = tokens[value.first - 1] if value.first else None
    if lead is None or lead.kind != "w":
        return True
    if getattr(lead.mark, "kind", "") in ("measure", "compound", "qualifier"):
        return True
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
