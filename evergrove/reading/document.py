"""The text with its sentences and everything found in each, before any linking."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from evergrove.reading.arms.adjective_parts import give_adjectives
from evergrove.reading.arms.arm_finder import ArmFinder
from evergrove.reading.arms.arm_names import finish
from evergrove.reading.arms.arms import DocArm, index_of
from evergrove.reading.arms.dose_groups import dose_groups, only_dose, without_dose
from evergrove.reading.arms.groups_of_results import groups_of_results
from evergrove.reading.arms.order_of_telling import in_order_told
from evergrove.reading.arms.patients_and_healthy import HEALTHY, with_patients
from evergrove.reading.arms.roles_in_brackets import MAYBE_ROLE, name_roles_told
from evergrove.reading.declarations import (
    MAYBE_CONVENTION,
    MAYBE_FOLLOWED,
    Convention,
    Declared,
    find_convention,
    find_follow_up,
)
from evergrove.reading.design import Design, design_of
from evergrove.reading.kinds.asides_of_pairs import MAYBE_ASIDE_OF_PAIR, Aside, set_apart
from evergrove.reading.marking import mark_all
from evergrove.reading.measures.clauses_apart import MAYBE_APART, clauses_apart
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.measures import find_mentions
from evergrove.reading.measures.mention import (
    Mention,
    along_a_slope,
    at_a_dose,
    during_a_stay,
    of_a_dosage,
    of_a_factor,
    of_other_measure,
    under_curve,
)
from evergrove.reading.measures.pains_after_effort import MAYBE_EFFORT, pains_after_effort
from evergrove.reading.measures.scales_of_others import scales_of_others
from evergrove.reading.measures.score_acronyms import mark_prefixed
from evergrove.reading.measures.steps_listed import without_steps
from evergrove.reading.measures.subscales import part_of_one_instrument
from evergrove.reading.numbers.count_lists import find_count_lists
from evergrove.reading.numbers.definitions import without_definitions
from evergrove.reading.numbers.heading_spreads import heading_spread
from evergrove.reading.numbers.intervals_alone import ALONE, intervals_alone
from evergrove.reading.numbers.quantities import Quantities
from evergrove.reading.numbers.scanner import Scanner
from evergrove.reading.sizes.dose_sizes import give_sizes_of_doses
from evergrove.reading.sizes.each_size import without_own_sizes
from evergrove.reading.sizes.earlier_counts import MAYBE_EARLIER, without_earlier
from evergrove.reading.sizes.group_sizes import give_parts, mark_each
from evergrove.reading.sizes.number_of_groups import says_several_groups
from evergrove.reading.sizes.numbers_in_turn import give_numbers_in_turn
from evergrove.reading.sizes.people_behind import set_aside_behind
from evergrove.reading.sizes.people_in_turn import give_people_in_turn
from evergrove.reading.sizes.responders import sizes_of_fractions
from evergrove.reading.sizes.sizes_that_fit import without_unfit_sizes
from evergrove.reading.sizes.visit_sizes import (
    whole_beside_visits,
    without_larger,
)
from evergrove.reading.sizes.whole_behind import whole_behind
from evergrove.reading.sizes.whole_below_parts import not_below_parts
from evergrove.reading.text.ages_as_names import limits_ages
from evergrove.reading.text.by_the_way import without_asides
from evergrove.reading.text.planning_words import plans
from evergrove.reading.text.sections import Sentence, sentences
from evergrove.reading.text.short_names import (
    mark_foreign,
    mark_suffixed,
)
from evergrove.reading.text.text import Source, normalise
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.further_times import MAYBE_FURTHER, further_times
from evergrove.reading.times.length_of_follow_up import (
    MAYBE_SEEN,
    seen_after,
    seen_at_a_mean,
    told_length,
    without_ranges_aside,
)
from evergrove.reading.times.merged_times import dated_in_brackets
from evergrove.reading.times.named_steps import (
    MAYBE_STEPS,
    named_in,
    with_steps,
    without_qualifiers,
)
from evergrove.reading.times.planned_visits import (
    date_final,
    only_time,
    time_of_measure,
    times_of_methods,
)
from evergrove.reading.times.rows_of_steps import steps_in_rows
from evergrove.reading.times.time_parts import Time
from evergrove.reading.times.times import find_times
from evergrove.reading.times.times_in_apposition import MAYBE_APPOSED, told_once
from evergrove.reading.times.times_of_one_group import without_one_group
from evergrove.reading.times.times_of_p import dating, times_of_p
from evergrove.reading.times.treatment_length import date_end_of_treatment
from evergrove.reading.times.units_left_out import LEADS_BARE, units_left_out
from evergrove.reading.times.visit_names import (
    MAYBE_SHORT,
    MAYBE_VISIT,
    at_visits,
    named_visits,
    short_times,
)
from evergrove.reading.view import View, give_aside, tell_by_the_way
from evergrove.reading.wording import common_wording


@dataclass(slots=True, eq=False)
class Document:
    """The text with all its sentences and what it declares."""

    source: Source
    tokens: list[Token]
    views: list[View]
    declared: Declared
    profile: Profile
    has_results: bool
    queue: set[str] = field(default_factory=set)
    design: Design = field(default_factory=Design)
    lengths: frozenset[str] = frozenset()  # measures that are times to an event
    said: frozenset[str] = frozenset()  # the words of all its sentences


def scan_text(text: str, profile: Profile) -> Document:
    source = normalise(text)
    plain = source.norm.lower()
    worded = common_wording(source, plain, profile)
    tokens = worded.tokens
    tokens, by_the_way = without_asides(tokens, plain)
    apart: list[Aside] = []
    if MAYBE_ASIDE_OF_PAIR.within(plain):
        tokens, apart = set_apart(tokens)
    marked = mark_all(tokens, source.norm, plain, profile, worded.foreign)
    marks, profile = marked.marks, marked.profile
    words = [token.word for token in tokens]
    last = apart[0].first if apart else len(tokens)
    for one in by_the_way:
        tokens += one.tokens
    parts = sentences(tokens[:last], words[:last])
    if not source.said.isdisjoint(MAYBE_APART):
        parts = clauses_apart(tokens, parts)
    measures = [mark for mark in marks if mark.kind == "measure"]
    mark_suffixed(tokens, parts, measures)
    mark_prefixed(tokens, measures)
    mark_foreign(tokens, measures)
    visits = named_visits(tokens) if MAYBE_VISIT.search(source.norm) else {}
    if MAYBE_SHORT.search(source.norm):
        visits = short_times(tokens) | visits
    steps = named_in(tokens) if MAYBE_STEPS.within(plain) else frozenset()
    finder = ArmFinder()
    views: list[View] = []
    conventions: list[Convention] = []
    follow_up: Time | None = None
    has_results = any(part.section == "results" for part in parts)
    position = 0
    for part in parts:
        mine: list[Mark] = []
        while position < len(marks) and marks[position].first < part.last:
            if marks[position].first >= part.first:
                mine.append(marks[position])
            position += 1
        view = _view(tokens, words, part, mine, profile, visits, steps)
        views.append(view)
        finder.sentence(
            tokens,
            view.a,
            view.b,
            view.section,
            view.q.counts,
            bool(view.q.values) and any(m.key for m in view.mentions),
            view.words,
            view.numbers,
        )
        if not view.words.isdisjoint(MAYBE_CONVENTION):
            view.convention = heading_spread(tokens, view.a, view.b) or find_convention(
                tokens, view.a, view.b, view.words
            )
        if view.convention is not None:
            conventions.append(view.convention)
        if follow_up is None and view.times and not view.words.isdisjoint(MAYBE_SEEN):
            follow_up = None if view.q.values else seen_at_a_mean(view.times)
        if follow_up is None and not view.words.isdisjoint(MAYBE_FOLLOWED):
            follow_up = find_follow_up(tokens, view.a, view.b, view.times) or told_length(
                tokens, view.a, view.b, view.times
            )
    for aside in apart:
        give_aside(tokens, views, aside, profile)
    if by_the_way:
        tell_by_the_way(tokens, views, by_the_way, apart)
    spans = [(v.a, v.b, v.mentions) for v in views]
    part_of_one_instrument(tokens, spans, profile)
    of_others = scales_of_others(tokens, spans, profile)
    give_parts(finder.settled(), finder.parts, tokens)
    give_adjectives(finder.arms, finder.kinds, tokens)
    if MAYBE_ROLE.search(plain):
        name_roles_told(tokens, finder.arms)
    finder.arms = groups_of_results(tokens, views, finder.arms)
    scores = [(v.a, v.b) for v in views if v.q.values and any(m.key for m in v.mentions)]
    finder.arms = in_order_told(tokens, finder.arms)
    arms, index = finish(finder.arms, tokens, scores, marked.short_names)
    if not source.said.isdisjoint(HEALTHY):
        arms, index = with_patients(tokens, [(v.a, v.b) for v in views], arms, index)
    if MAYBE_EFFORT.within(plain):
        pains_after_effort(tokens, views, index, arms)
    whole = finder.whole() or (None if arms else whole_behind(tokens, views))
    declared = Declared(arms, index, whole, finder.each, follow_up, conventions)
    declared.asked = finder.asked
    declared.cohort_doubt = finder.doubt(whole)
    declared.fewer_later = finder.fewer_later(whole)
    declared.several_groups = says_several_groups(tokens, views)
    date_end_of_treatment(tokens, views)
    times_of_methods(tokens, views, declared)
    give_people_in_turn(tokens, views, declared)
    give_numbers_in_turn(tokens, views, declared)
    declared.cohort = not_below_parts(declared.cohort, arms)
    if declared.sizes:
        declared.cohort = whole_beside_visits(
            finder.cohort, declared.cohort, declared.sizes, finder.analysed
        )
        declared.sizes = without_larger(declared.sizes, declared.cohort, finder.analysed)
    if all(only_dose(arm.words) for arm in declared.arms):
        _doses_of_methods(tokens, views, declared)
    give_sizes_of_doses(tokens, [(v.a, v.b) for v in views], declared)
    sizes_of_fractions(tokens, views, declared)
    without_unfit_sizes(tokens, views, declared)
    if not declared.schedule:
        declared.schedule = only_time(views) or time_of_measure(views)
    date_final(declared)
    return Document(
        source,
        tokens,
        views,
        declared,
        profile,
        has_results,
        queue=({"plus_minus_lost"} if worded.signs_lost else set())
        | ({"unclaimed_result"} if of_others else set()),
        design=design_of(text, has_results, source.said),
        lengths=marked.lengths,
        said=frozenset(words[:last]),
    )


def _doses_of_methods(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """Where no group has a name, the doses that the methods set side by side are the groups."""
    none: DocArm | None = None
    for view in views:
        told = any(v.spreads or "." in tokens[v.at].word for v in view.q.values)
        if view.section in ("methods", "aim", "none") and not told and not declared.doses:
            counts = view.q.counts
            declared.doses = dose_groups(tokens, view.a, view.b, counts, bool(view.q.values))
            if declared.doses:
                none = without_dose(tokens, view.a, view.b, declared.doses, counts)
    if declared.doses:
        declared.arms = [none] if none is not None else []
        declared.index = index_of(declared.arms)


def _of_scores(
    tokens: list[Token], a: int, times: list[Time], mentions: list[Mention]
) -> list[Mention]:
    """The mentions without those that are part of a time, a dose or the name of another measure."""
    # "2 h after the first dose": the dose belongs to the time, and is no measure.
    if [m for m in mentions if m.key is None]:
        timed = {i for time in times for i in range(time.first, time.last)}
        mentions = [
            m
            for m in mentions
            if m.key is not None
            or not (
                m.first in timed
                or (m.veto == "dose" and at_a_dose(tokens, a, m))
                or (m.veto == "angle" and along_a_slope(tokens, m))
                or (m.veto in _STAYS and during_a_stay(tokens, a, m))
                or of_a_factor(tokens, a, m)
                or of_a_dosage(tokens, a, m)
                or limits_ages(tokens, m.first)
            )
        ]
    return [
        m
        for before, m in itertools.pairwise([None, *mentions])
        if before is None
        or before.key is not None
        or not (of_other_measure(tokens, before, m) or under_curve(tokens, before, m))
    ]


_STAYS = ("follow-up", "duration")


def _view(
    tokens: list[Token],
    all_words: list[str],
    part: Sentence,
    marks: list[Mark],
    profile: Profile,
    visits: dict[str, Time],
    steps: frozenset[tuple[str, ...]],
) -> View:
    a, b = part.first, part.last
    numbers = [k for k, token in enumerate(tokens[a:b], a) if token.kind == "n"]
    in_order = all_words[a:b]
    words = frozenset(in_order)
    times = find_times(tokens, a, b, words)
    if len(times) > 1 and not words.isdisjoint(("(", "[")):
        times = without_ranges_aside(tokens, dated_in_brackets(tokens, times))
    if len(times) > 1 and not words.isdisjoint(MAYBE_APPOSED):
        times = told_once(tokens, b, times)
    if times and len(numbers) > 3 and not words.isdisjoint(LEADS_BARE):
        times = units_left_out(tokens, b, times, numbers)
    if times and not words.isdisjoint(MAYBE_FURTHER):
        times = further_times(tokens, a, times)
    times = seen_after(tokens, a, times, words, numbers)
    if times and "only" in words:
        times = without_one_group(tokens, a, b, times)
    if steps and numbers:
        times = with_steps(tokens, a, b, times, steps)
    if "during" in words and numbers:
        times = steps_in_rows(tokens, a, b, times)
    if (steps or "during" in words) and numbers:
        stepped = {
            i for time in times if time.kind == "other" for i in range(time.first, time.last)
        }
        for i in stepped:
            if getattr(tokens[i].mark, "kind", "") == "qualifier":
                tokens[i].mark = None  # "and AT REST (3 vs 9)": of its own bracket alone
        marks = [m for m in marks if m.kind != "qualifier" or m.first not in stepped]
    mentions = find_mentions(tokens, a, b, marks, profile, words)
    if visits:
        times = at_visits(tokens, a, b, times, visits)
    if steps:
        mentions = without_qualifiers(tokens, mentions, times)
    times = without_steps(tokens, mentions, times)
    if mentions:
        mentions = _of_scores(tokens, a, times, mentions)
    planning = [mark for mark in marks if mark.kind == "planning" and plans(tokens, mark)]
    if not numbers:
        return View(a, b, part.section, times, mentions, Quantities(), planning, words=words)
    busy = {i for time in times for i in range(time.first, time.last)}
    for mark in marks:
        if mark.kind != "planning":
            busy.update(range(mark.first, mark.last))
    lengths = {
        i
        for time in times
        if time.kind == "duration" or time.approximate
        for i in range(time.first, time.last)
    }
    lists = find_count_lists(tokens, a, b, busy, in_order, numbers) if len(numbers) > 1 else []
    listed = {count.at for one in lists for count in one.counts}
    taken = busy | listed if lists else busy
    q = Scanner(tokens, a, b, profile, taken, lengths, in_order).scan()
    if len(q.values) > 1 and (q.lists or ALONE in q.rejected.values()):
        intervals_alone(tokens, a, b, q)
    if q.counts and not words.isdisjoint(MAYBE_EARLIER):
        without_earlier(tokens, a, b, q)
    mark_each(tokens, a, q.counts)
    without_own_sizes(tokens, q.counts)
    if q.counts and q.values:
        set_aside_behind(tokens, a, b, q)
    if lists:
        q.rejected.update(dict.fromkeys(listed, "number of people"))
    tested: dict[int, list[Time]] = {}
    if len(times) > 2 and "p" in words and (tested := times_of_p(tokens, a, b, times)):
        of_p = {time.first for mine in tested.values() for time in mine}
        q.rejected.update(
            {
                k: "time of a p value"
                for t in times
                if t.first in of_p
                for k in range(t.first, t.last)
            }
        )
        times = [time for time in times if time.first not in of_p]
        tested = {start: dating(tokens, mine) for start, mine in tested.items()}
    if planning and "defined" in words:
        planning = without_definitions(tokens, b, planning, mentions, q.values)
    return View(
        a, b, part.section, times, mentions, q, planning, count_lists=lists, words=words,
        numbers=numbers, times_of_p=tested,
    )  # fmt: skip
