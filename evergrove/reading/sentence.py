"""One sentence from values and labels to cells: made ready here, linked in `sentence_links`."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.arms.amounts_no_groups import without_amounts
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import ASSIGNED
from evergrove.reading.arms.beside_declared import outside_tests
from evergrove.reading.arms.courses_of_arms import (
    COURSES,
    MAYBE_ANALYSES,
    TESTS,
    of_analysis,
    without_courses,
    without_tests,
)
from evergrove.reading.arms.drugs_as_groups import named_by_form
from evergrove.reading.arms.given_groups import treated_for_assigned
from evergrove.reading.arms.had_on import ON, without_groups_as_states
from evergrove.reading.arms.pair_in_apposition import told_by_order
from evergrove.reading.arms.people_of_groups import without_everybody
from evergrove.reading.arms.sentence_arms import sentence_arms
from evergrove.reading.arms.when_clauses import WHEN, when_clauses
from evergrove.reading.arms.whole_named import of_everybody
from evergrove.reading.document import Document
from evergrove.reading.frames import KINDS, build_runs
from evergrove.reading.kinds.pair_differences import mark_contrasted
from evergrove.reading.kinds.scores_in_brackets import (
    REDUCED,
    behind_change_in,
    reduced_score_of,
    score_in_bracket,
)
from evergrove.reading.kinds.stat_phrases import moved_unknown_way
from evergrove.reading.kinds.stats import describe
from evergrove.reading.label_lists import build_lists
from evergrove.reading.linking.carrying import split_by_groups, valid_count
from evergrove.reading.linking.frames_of_years import without_years
from evergrove.reading.linking.gaps import attach, covered_by
from evergrove.reading.linking.halved_runs import halved
from evergrove.reading.linking.headed_values import head_of_both, name_headed
from evergrove.reading.linking.pairs_apart import pairs_apart
from evergrove.reading.linking.pairs_in_rows import VERSUS, pairs_in_rows, pairs_without_groups
from evergrove.reading.linking.sentence_links import link
from evergrove.reading.linking.starts_of_changes import CHANGED, Start, starts_apart, with_starts
from evergrove.reading.measures.acronym_lists import acronyms_in_rows, listed_acronyms
from evergrove.reading.measures.counted_per import MAYBE_PER, counted_per
from evergrove.reading.measures.event_names import outside_names
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.listed_lengths import LASTING, list_lengths
from evergrove.reading.measures.mention import Mention
from evergrove.reading.measures.named_for import named_for
from evergrove.reading.measures.other_measures import is_acronym, is_arm, unknown_measures
from evergrove.reading.measures.pains_set_apart import pains_set_apart
from evergrove.reading.measures.scales_judged import MAYBE_JUDGED, scales_judged
from evergrove.reading.measures.shared_pains import scales_of_subject
from evergrove.reading.measures.subscales import of_heading_instrument, parts_as_measures
from evergrove.reading.measures.symptoms_in_list import symptoms_in_list
from evergrove.reading.measures.topics import (
    MAYBE_TOPIC,
    compared_in,
    fewer_things,
    objects_moved,
    topic_ahead,
    without_overlaps,
)
from evergrove.reading.measures.unknown_domains import DOMAINS, HEADS, MAYBE_SUCH, parts_of_unknown
from evergrove.reading.numbers.counts_beside_scores import MAYBE_COUNTED, counts_beside_scores
from evergrove.reading.numbers.effect_sizes import EFFECT_SIZE, without_sizes
from evergrove.reading.numbers.eligible import eligible_values, share_spreads
from evergrove.reading.numbers.foreign_values import with_foreign
from evergrove.reading.numbers.no_scores import (
    DURATION,
    behind_last_value,
    inside_subject,
    lengths_told,
    one_of_touching,
    told_durations,
)
from evergrove.reading.numbers.numbers_of_things import things_go_on
from evergrove.reading.numbers.percentages import percent_of_both
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.numbers.single_people import MAYBE_SINGLE, single_people
from evergrove.reading.settled_kinds import settle_kinds
from evergrove.reading.sizes.clause_sizes import sizes_of_clause
from evergrove.reading.sizes.clauses_of_some import groups_of_scores
from evergrove.reading.sizes.size_brackets import outside_sizes
from evergrove.reading.sizes.sizes_of_sexes import women_and_men
from evergrove.reading.sizes.sufferers import without_conditions, without_counted_conditions
from evergrove.reading.sizes.those_who_returned import those_who_returned
from evergrove.reading.sizes.told_people import named_before
from evergrove.reading.text.asides import ADJUSTS, MAYBE_ASIDE, asides, without_covariates
from evergrove.reading.text.short_names import ANOTHER
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    DETERMINERS,
    EVENT,
    FINAL,
    NOT_ARM,
    PEOPLE,
    POST_WORDS,
    word_set,
)
from evergrove.reading.times.after_treatment import after_its_start
from evergrove.reading.times.bracket_times import (
    condition_ahead,
    frame_closed,
    frame_of_group,
    frame_of_people,
    fronted_aside,
    over_frames,
)
from evergrove.reading.times.event_behind import without_events
from evergrove.reading.times.listed_days import days_in_turn
from evergrove.reading.times.merged_times import merge_times, without_adjectives
from evergrove.reading.times.other_clauses import without_other_clauses
from evergrove.reading.times.time_parts import ORDINALS, Time
from evergrove.reading.vectors import Cell, Memory
from evergrove.reading.view import View

AFTER = word_set("after following")
_NUMBERED = ORDINALS.keys() | FINAL


def read_sentence(document: Document, view: View, memory: Memory) -> list[Cell]:
    tokens, q = document.tokens, view.q
    if view.mentions:
        if document.profile.open and view.times:
            view.times = outside_names(view.times, view.mentions)
        view.mentions = _named(document, view, memory)
        if not view.words.isdisjoint(ADJUSTS):
            view.mentions = without_covariates(tokens, view, view.mentions)
        if ON in view.words and document.declared.arms:
            without_groups_as_states(tokens, view.mentions, document.declared)
    gone: list[Mention] = []
    alone: set[int] = set()
    if view.q.values and not view.words.isdisjoint(MAYBE_SINGLE):
        alone = single_people(tokens, view)
        document.queue |= {"unclaimed_result"} if alone else set()
    if EFFECT_SIZE in q.rejected.values():
        without_sizes(tokens, view.mentions, q.rejected)
    if view.q.values:
        if not view.words.isdisjoint(ASSIGNED):
            treated_for_assigned(tokens, view.a, view.b)
        parts_as_measures(tokens, view.a, view.b, view.mentions, document.profile)
        busy = {i for time in view.times for i in range(time.first, time.last)}
        more = unknown_measures(tokens, view.a, view.b, document.declared, view.mentions, busy)
        listed = len(view.q.values) > 2 and "and" in view.words
        if listed and any(m.key for m in view.mentions):
            short = listed_acronyms(
                tokens, view.a, view.b, view.mentions, lambda t: is_acronym(t, document.declared)
            )
            if "for" in view.words:
                index = document.declared.index
                short += named_for(
                    tokens, view.a, view.b, view.mentions, lambda t: stem(t.word) in index
                )
            told = {m.first for m in more}
            more += [m for m in short if not told & set(range(m.first, m.last))]
        if len(view.q.values) > 5 and len(view.mentions) > 1 and ";" in view.words:
            more += acronyms_in_rows(
                tokens, view.a, view.b, view.mentions, lambda t: is_acronym(t, document.declared)
            )
        if not view.words.isdisjoint(MAYBE_TOPIC):
            own = (tokens, view.a, view.b, document.declared, view.mentions)
            topics = topic_ahead(*own) + objects_moved(*own) + fewer_things(*own)
            more = without_overlaps(more, topics + compared_in(*own))
        if more:
            view.mentions = _with_more(view.mentions, more)
        of_heading_instrument(tokens, view.a, view.b, view.mentions)
        domains = not view.words.isdisjoint(DOMAINS)
        such = len(view.words & MAYBE_SUCH) > 1
        if domains or such or tokens[view.a].word in HEADS or ":" in view.words:
            parts_of_unknown(tokens, view.a, view.b, view.mentions, domains)
        if any(m.key is None for m in view.mentions):
            if not view.words.isdisjoint(MAYBE_COUNTED):
                view.mentions = counts_beside_scores(tokens, view)
            within = inside_subject(tokens, view)
            view.mentions = one_of_touching(view.mentions)
            view.mentions = [m for m in view.mentions if m.first not in within]
    if view.q.values and any(m.veto in LASTING for m in view.mentions):
        list_lengths(tokens, view)
    if len(q.values) > 1 and "%" in view.words:
        percent_of_both(tokens, q.values)
    values = eligible_values(document, view)
    if not values or (q.foreign and things_go_on(view)):
        return []
    if view.times and not view.words.isdisjoint(DURATION):
        lasted = told_durations(tokens, view)
        view.times = [time for time in view.times if time not in lasted]
        q.rejected.update((time.first, "duration") for time in lasted)
    if any(m.key is None for m in view.mentions):
        later = behind_last_value(tokens, view, values)
        gone = [m for m in view.mentions if m.first in later]
        lengths = lengths_told(tokens, view)
        view.times = [time for time in view.times if time not in lengths]
        view.mentions = [m for m in view.mentions if m.first not in later]
    values = with_foreign(tokens, view, values, document.profile.veto_units)
    aside = fronted_aside(tokens, view.a, view.b)
    if not aside and any(m.key is None for m in view.mentions):
        aside = condition_ahead(tokens, view.a, view.times)
    if aside:
        view.mentions = [m for m in view.mentions if m.key or m.first not in aside]
    beside: set[int] = set()
    if not view.words.isdisjoint(MAYBE_ASIDE):
        beside = asides(tokens, view)
        view.mentions = [m for m in view.mentions if m.first not in beside]
    if [m for m in view.mentions if m.anaphor]:
        # "(minimum 0.5, maximum 8)": words of a spread name no item of the scale.
        inside = {k for value in values for k in range(value.first, value.last)}
        view.mentions = [m for m in view.mentions if not (m.anaphor and m.first in inside)]
    if not view.mentions and memory.mention is None:
        return []
    if (
        document.design.predicts
        and "scored" in view.words
        and not any(m.key for m in view.mentions)
    ):
        return []  # "the delayed group SCORED higher": on the score that was made
    if len(values) > 2 and "and" in view.words:
        named = (view.a, view.b, view.mentions, values, document.profile)
        view.mentions = symptoms_in_list(tokens, *named)
    view.times = [time for time in view.times if not _names_group(document, view, time)]
    busy = {i for time in view.times for i in range(time.first, time.last)}
    for mention in (*view.mentions, *gone):
        if mention.key or mention.veto:
            busy.update(range(mention.first, mention.last))
    busy |= beside
    for value in values:
        busy.update(range(value.first, value.last))
    by_sex = women_and_men(tokens, view.a, view.b, q.counts) if len(q.counts) > 1 else []
    view.arms = sentence_arms(document, view, values, busy, by_sex)
    view.arms = groups_of_scores(document, view, values)
    if not view.arms and len(values) > 1 and not view.words.isdisjoint(WHEN):
        view.arms, view.mentions = when_clauses(tokens, view.a, view.b, values, view.mentions)
    tested = False
    if "p" in view.words and view.arms:
        named = len(view.arms)
        view.arms = outside_tests(tokens, view.a, view.arms, view.words)
        tested = len(view.arms) < named
    if "first" in view.words:
        before = [(other.a, other.b) for other in document.views if other.a <= view.a]
        document.queue |= told_by_order(tokens, view, document.declared.arms, before)
    if "-" in view.words or "%" in view.words:
        view.arms = without_amounts(tokens, view.arms, values)
    if alone:
        view.arms = [arm for arm in view.arms if not alone & set(range(arm.first, arm.last))]
    if view.arms and not view.words.isdisjoint(MAYBE_ANALYSES):
        view.arms = [arm for arm in view.arms if not of_analysis(arm.name)]
    if view.arms and not view.words.isdisjoint(COURSES):
        view.arms = without_courses(tokens, view.arms, document.declared)
    if view.arms and not view.words.isdisjoint(TESTS):
        view.arms = without_tests(tokens, view.arms)
    if not view.arms and not view.words.isdisjoint(PEOPLE):
        view.arms = named_before(document, view)
    if not view.words.isdisjoint(STAYED):
        values = sizes_of_clause(document, view, values)
        values = those_who_returned(tokens, view, values)
    view.arms, sizes = outside_sizes(tokens, view.a, view.arms, q.counts, values)
    if len(view.mentions) > 1:
        scales_of_subject(tokens, view.mentions, values, document.profile)
    if treated := {k for x in view.arms if x.slot == "state" for k in range(x.first, x.last)}:
        view.mentions = [m for m in view.mentions if not (m.anaphor and m.first in treated)]
    counts = [c for c in q.counts if c not in by_sex and not any(v.n is c for v in values)]
    if len({arm.name for arm in view.arms}) > 1:
        counts = without_everybody(tokens, counts, view.arms)
    spots = [(count.at - 2 if count.equals else count.at, count.last) for count in counts]
    covered = covered_by(q.ps, spots, tokens, view.a, view.b)
    runs = build_runs(tokens, values, covered)
    if len(values) > 3 and (view.arms or len(view.times) > 1):
        runs = halved(tokens, runs, view.times, view.b)
    if len(values) > 3:
        mark_contrasted(view, runs)
    share_spreads(document, view, runs)
    times = merge_times(tokens, [time for time in view.times if time.kind != "duration"])
    if len(times) > 1 and not view.words.isdisjoint(POST_WORDS):
        times = without_adjectives(tokens, view.a, times)
    times = without_events(tokens, view, values, times)
    if len(times) > 1 and not view.words.isdisjoint((";", "and", "but", "while", "whereas")):
        told = [(value.first, value.last) for value in values]
        told += [(mention.first, mention.last) for mention in view.mentions if mention.key]
        times = without_other_clauses(tokens, view.a, view.b, times, told)
    if any(time.kind == "window" for time in times):
        listed = {len(run.values) for run in runs} - {1, len({arm.name for arm in view.arms})}
        times = days_in_turn(document, view, times, listed)
    mentions = view.mentions
    before = values[0].first
    own = [arm.count for arm in view.arms if arm.count is not None and arm.count.equals]
    own += [count for count in counts if split_by_groups(counts, count)] + sizes
    own += _sizes_of_declared(document, view, before)
    good = [c for c in counts if valid_count(tokens, c, view.a, c.at < before) and c not in own]
    if len(good) > 2 and good[0].at == view.a + 1 and tokens[view.a].word == "of":
        good = good[1:]  # "Of 90 people, 41 on A and 39 on B ...": the whole, beside its parts
    lists = []
    for kind, items in zip(KINDS, (times, view.arms, mentions, good), strict=True):
        if items:
            lists.extend(build_lists(tokens, kind, _placed(items, kind), values))
    attach(tokens, view.a, view.b, runs, lists, covered)
    if len(values) > 3 and not view.words.isdisjoint(VERSUS):
        runs = pairs_apart(runs)
    if len(runs) > 1 and not view.words.isdisjoint((":", "=", "(")):
        name_headed(document, view, runs)
        head_of_both(tokens, runs)
    if len(runs) > 1:
        over_frames(tokens, runs)
        frame_of_group(tokens, runs)
        if {"from", "("} <= view.words:
            frame_closed(tokens, runs)
        frame_of_people(tokens, runs)
    contrast = len(view.arms) >= 1 or len(document.declared.arms) >= 2
    describe(tokens, view.a, runs, mentions, times, contrast, view.words)
    starts: list[Start] = []
    if len(runs) > 1 and times and "(" in view.words and any(run.stat in CHANGED for run in runs):
        runs, starts = starts_apart(tokens, view, runs)
    unknown = [run for run in runs if run.role == "by" and moved_unknown_way(tokens, view.a, run)]
    if unknown:
        document.queue.add("direction_assumed")  # which way it went, nobody can tell
        runs = [run for run in runs if run not in unknown]
    if "year" in q.rejected.values():
        runs = without_years(tokens, runs, q.rejected)
    if any(run.stat == "change" and score_in_bracket(tokens, run) for run in runs):
        document.queue.add("direction_assumed")  # "a decrease in pain (VAS 3.8)": by, or to?
    moved = not view.words.isdisjoint(CHANGE_NOUNS) or not view.words.isdisjoint(REDUCED)
    levels = [run for run in runs if run.stat == "level"] if moved else []
    if any(
        behind_change_in(tokens, view.a, run) or reduced_score_of(tokens, run) for run in levels
    ):
        document.queue.add("direction_assumed")  # "the change in VAS (3.2 ± 1.1) was significant"
    settle_kinds(document, view, runs, times, beside, memory)
    if tested and all(run.stat == "change" for run in runs) and len(view.arms) == 1:
        document.queue.add("change_or_difference")  # "fell by 1.9 (p = 0.02 versus clay)"
    if not view.words.isdisjoint(VERSUS):
        pairs_in_rows(tokens, runs)
        pairs_without_groups(document, view, runs, memory)
    return of_everybody(with_starts(link(document, view, runs, memory), starts))


def _named(document: Document, view: View, memory: Memory) -> list[Mention]:
    """The mentions that have a measure, some from the sentence before, or what is none."""
    tokens, mentions = document.tokens, view.mentions
    if not document.profile.open and not view.words.isdisjoint(MAYBE_PER):
        mentions = counted_per(tokens, view.a, view.b, mentions)
    if len(mentions) > 2 and "for" in view.words:
        mentions = pains_set_apart(tokens, mentions, document.profile)
    if len(mentions) > 1:
        _of_another(tokens, mentions)
    if not view.words.isdisjoint(MAYBE_JUDGED):
        mentions = scales_judged(tokens, view.a, view.b, mentions)
    if any([m.veto == "count" for m in mentions]):
        mentions = without_counted_conditions(tokens, mentions)
    if any([m.veto == ANOTHER for m in mentions]):
        mentions = without_conditions(tokens, mentions)
    for mention in mentions:
        if mention.key == "" and memory.mention is not None:
            mention.key, mention.instrument = memory.mention.key, memory.mention.instrument
    return [
        mention
        for mention in mentions
        if mention.key != ""
        and not (mention.veto and is_arm(tokens, mention, document.declared))
        and not (mention.veto == "dose" and named_by_form(tokens, mention, view.b))
    ]


def _with_more(mentions: list[Mention], more: list[Mention]) -> list[Mention]:
    """All mentions in their order, without the known ones that lie inside the name of another."""
    named = {k for m in more for k in range(m.first, m.last)}
    # "in the Foss KNEE rating score": a part of its name
    mentions = [m for m in mentions if not (m.anaphor and m.first in named)]
    taken = [m for m in more if m.veto == "duration" and m.last > m.first + 1]
    if taken:
        # "median days to pain relief were": no score of pain
        inner = {k for m in taken for k in range(m.first, m.last)}
        mentions = [m for m in mentions if m.first not in inner]
    return sorted([*mentions, *more], key=lambda mention: mention.first)


def _sizes_of_declared(document: Document, view: View, before: int) -> list[Count]:
    """ "12 nuns had tape and 13 a splint; at week 2 NRS was 2.1 and 5.0": nobody's alone."""
    told = [arm.n for arm in document.declared.arms if arm.n is not None]
    inside = [count for count in told if view.a <= count.at < before and not count.each]
    return inside if len(inside) > 1 else []


def _of_another(tokens: list[Token], mentions: list[Mention]) -> None:
    """ "pain onset (3 vs 5 h) OR PEAK (9 vs 7 h)": a bare item behind what is no outcome."""
    for one, two in itertools.pairwise(mentions):
        bare = two.key == "" and two.anaphor and tokens[two.first - 1].word in ("or", "and")
        if bare and one.veto and one.key is None and tokens[two.first - 2].word in (")", "]"):
            two.key, two.veto = None, one.veto


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
    own = {token.word for token in tokens[time.first + 1 : time.last]} - DETERMINERS
    if any(stem(word) in index for word in own):
        return not after_its_start(tokens, view, time, own)
    # "after early surgery versus after prolonged rest": two treatments, each in words of its own.
    if tokens[time.first].word not in AFTER:
        return False
    if own & EVENT and not own.isdisjoint(_NUMBERED):
        return False  # "after the FIRST session ... after the LAST session": of one treatment
    # "at 1 year ... after fusion and ... after rehabilitation": the sentence has its time already.
    dated = any(t.kind in ("point", "window", "final") for t in view.times)
    if not own - EVENT and not dated:
        return False
    # "1 year AFTER FUSION, NRS was lower THAN AFTER REST": two that are set against each other
    than = tokens[time.first - 1].word == "than"
    for k in range(view.a, view.b - 1):
        if tokens[k].word not in AFTER or time.first <= k < time.last:
            continue
        if not than and any(t.first <= k < t.last and t.kind != "post" for t in view.times):
            continue
        other = noun_phrase(tokens, k + 1, view.b)
        if other is not None and not any(
            not than and t.kind != "post" and t.first < other[1] and other[0] < t.last
            for t in view.times
        ):
            words = {tokens[m].word for m in range(*other)}
            plain = NOT_ARM if dated else EVENT | NOT_ARM
            # "after injection and ... AFTER SWIMMING at 8 weeks": one of the two tells enough
            if (words - plain or (dated and own - plain)) and words != own:
                return True
    return False
