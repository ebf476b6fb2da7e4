"""The groups that a sentence names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evergrove.reading.arms.added_treatments import MAYBE_ALONE, name_added
from evergrove.reading.arms.agents import agent_verbs
from evergrove.reading.arms.amount_arms import AMOUNT_UNITS, with_amounts
from evergrove.reading.arms.arm_phrases import group_phrases, text_of
from evergrove.reading.arms.arm_slots import (
    bare_before,
    noun_phrase,
    subject_before,
)
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.arms_in_times import AFTERS, groups_in_times, known_with_times
from evergrove.reading.arms.compared_nouns import MAYBE_SET, compared_noun
from evergrove.reading.arms.conditions_ahead import conditions_ahead
from evergrove.reading.arms.contrasted_arms import (
    COMPARING,
    before_than,
    before_versus,
    contrasted,
    described_scores,
    differed_pair,
    hosts,
    lowered_beside,
    named_pair,
    objects,
    set_against,
    subject_beside,
    subject_compared,
    subject_pair,
    the_other,
    transitive,
)
from evergrove.reading.arms.contrasted_people import others_of_two, people_set_against
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.arms.dose_arms import DOSES, dose_arms
from evergrove.reading.arms.dose_groups import doses_named
from evergrove.reading.arms.events_behind_times import without_events
from evergrove.reading.arms.excluded_people import without_excluded
from evergrove.reading.arms.former_and_latter import pair_of_values
from evergrove.reading.arms.fronted_controls import fronted_controls
from evergrove.reading.arms.fronted_phrases import without_fronted
from evergrove.reading.arms.given_groups import MAYBE_GIVEN, given_groups, sized_groups
from evergrove.reading.arms.group_glosses import NEGATES, without_glosses
from evergrove.reading.arms.indications import without_either, without_indication
from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.arms.lettered_in_brackets import name_lettered
from evergrove.reading.arms.listed_subjects import listed_subjects
from evergrove.reading.arms.names_again import names_again
from evergrove.reading.arms.names_before_scores import before_score
from evergrove.reading.arms.numbered_people import NUMBERED, numbered_people
from evergrove.reading.arms.parallel import (
    parallel_arms,
    who_did_not,
    with_and_without,
    with_then_without,
)
from evergrove.reading.arms.people_by_pain import people_by_pain
from evergrove.reading.arms.people_of_all import without_people_of_all
from evergrove.reading.arms.people_of_groups import (
    people_of_groups,
    whole_study,
    without_members,
)
from evergrove.reading.arms.phase_groups import keep_compared, phase_groups
from evergrove.reading.arms.places_admitted import MAYBE_ADMITTED, places_admitted
from evergrove.reading.arms.ranked_pairs import RANKS, ranked_pair
from evergrove.reading.arms.sizes_in_brackets import give_bracketed_sizes
from evergrove.reading.arms.slots_of_groups import slots_of_groups
from evergrove.reading.arms.than_pairs import effect_pair, than_pair
from evergrove.reading.arms.that_of_others import that_of_others
from evergrove.reading.arms.those_beside import those_beside
from evergrove.reading.arms.those_who import those_who_did, those_who_did_not
from evergrove.reading.arms.those_without import those_without
from evergrove.reading.arms.told_beside import only_told_beside
from evergrove.reading.arms.treated_for import without_lengths
from evergrove.reading.arms.two_kinds import two_kinds
from evergrove.reading.arms.whole_named import (
    MAYBE_WHOLE,
    noun_of_all,
    whole_named,
)
from evergrove.reading.arms.yielding_pairs import yielding_pair
from evergrove.reading.document import Document
from evergrove.reading.linking.carrying import split_by_groups, valid_count
from evergrove.reading.linking.named_in_bracket import named_in_bracket
from evergrove.reading.measures.mention import STATES
from evergrove.reading.measures.moved_things import moved_thing
from evergrove.reading.measures.states_as_groups import states_as_groups
from evergrove.reading.numbers.counts import EXCLUDING, FEW
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.sizes.clause_sizes import people_treated, treated_people
from evergrove.reading.text.small_words import FAVOURING
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFER
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANYONE,
    GROUP,
    NOT_ARM,
    PEOPLE,
    is_content,
    names_people,
    word_set,
)
from evergrove.reading.view import View

_SURPASSING = word_set("beat outperformed surpassed bettered outdid")
_TELLING = FAVOURING | _SURPASSING | {"former", "latter", "superior"}
_WEAK_SLOTS = word_set("of to from within between by assigned compared")
NOT_NOUNS = FEW | {"of", "events", ""}


_ANYONE_OR_GROUP = ANYONE | GROUP - {"controls"}


def sentence_arms(
    document: Document, view: View, values: list[Value], busy: set[int], by_sex: list[Count]
) -> list[Arm]:
    """Phrases of a sentence that name groups, the surest first, without overlaps.

    `by_sex`: the women and the men of one group ("19 women and 4 men"), who are no two groups.
    """
    tokens, declared = document.tokens, document.declared
    found = known_mentions(tokens, view.a, view.b, declared.arms, declared.index)
    if len(found) > 1 or (found and not view.words.isdisjoint(NEGATES)):
        found = without_glosses(tokens, view.a, view.b, found)
    outside = [arm for arm in found if not _inside(arm, busy)]
    known = known_with_times(tokens, view, found, outside)
    named = not view.words.isdisjoint(GROUP)
    phrases = group_phrases(tokens, view.a, view.b) if named else []
    if declared.doses:
        doses = doses_named(tokens, view.a, view.b, declared.doses)
        inside = {k for arm in doses for k in range(arm.first, arm.last)}
        phrases = [p for p in phrases if not inside & set(range(p.first, p.last))] + doses
    if len(values) > 1 and not view.words.isdisjoint(AMOUNT_UNITS):
        span = view.a, view.b
        known, phrases = with_amounts(tokens, span, values, declared.doses, known, phrases)
    if not view.words.isdisjoint(MAYBE_GIVEN):
        phrases += given_groups(tokens, view.a, view.b, phrases)
    if len(view.q.counts) > 1:
        phrases += sized_groups(tokens, view.a, view.q.counts, busy, [*known, *phrases])
    if not view.words.isdisjoint(MAYBE_ADMITTED):
        phrases += places_admitted(tokens, view, values)
    if "controls" in view.words:
        phrases += fronted_controls(tokens, view.a, view.b, phrases)
    if "treated" in view.words:
        phrases += treated_people(tokens, view.a, view.b, declared.arms)
        phrases += people_treated(tokens, view.a, view.b)
    counted = values and len(view.q.counts) > 1
    people = people_of_groups(tokens, view.a, view.b, view.q.counts) if counted else []
    if people:
        inside = {k for arm in people for k in range(arm.first, arm.last)}
        phrases = [p for p in phrases if not inside & set(range(p.first, p.last))] + people
        for arm in known:
            mine = next((p for p in people if p.first < arm.last and arm.first < p.last), None)
            if mine is not None:
                arm.count, arm.slot = mine.count, mine.slot
    if "pain" in view.words and not view.words.isdisjoint(ANYONE):
        phrases += people_by_pain(tokens, view.a, view.b, view.q.counts)
    if not view.words.isdisjoint(NUMBERED):
        phrases += numbered_people(tokens, view.a, view.b)
    if document.design.crossover:
        phrases += phase_groups(tokens, view.a, view.b)
    for phrase in phrases:
        phrase.arm = phrase.arm or declared_arm(phrase.name, declared)
    if len(values) > 1 and "without" in view.words:
        both = with_and_without(tokens, view.a, view.b, values)
        for phrase in both:
            phrase.arm = declared_arm(phrase.name, declared)
        phrases += both
        phrases += with_then_without(tokens, view.a, view.b, values)
        apart = those_without(tokens, view.a, view.b, values, view.q.counts)
        for phrase in apart:
            phrase.arm = declared_arm(phrase.name, declared)
        phrases += apart
    if len(values) > 1 and not view.words.isdisjoint(("not", "never")):
        phrases += who_did_not(tokens, view.a, view.b) or those_who_did_not(
            tokens, view.a, view.b, values
        )
    if len(values) > 1 and "who" in view.words and not known and not phrases:
        phrases += those_who_did(tokens, view.a, view.b, values)
    if len(values) > 1 and not view.words.isdisjoint(PEOPLE) and not known and not phrases:
        phrases += two_kinds(tokens, view.a, view.b, values, view.q.counts, busy)
    if len(values) > 1 and not view.words.isdisjoint(("that", "those")):
        phrases += that_of_others(tokens, view.a, view.b, values, busy)
        if not known and not phrases:
            phrases += those_beside(tokens, view.a, view.b, values, busy)
    slots = slots_of_groups(tokens, view, busy, len(values) > 1, declared)
    told = [arm.count for arm in people]
    for count in view.q.counts:
        noun = count.noun
        if count in told or whole_study(tokens, count):
            continue
        if split_by_groups(view.q.counts, count) or count in by_sex:
            continue
        everyone = noun_of_all(document.declared, count)
        if (
            noun
            and not everyone
            and noun not in _ANYONE_OR_GROUP
            and noun not in NOT_NOUNS
            and noun not in NOT_ARM - {"controls"}
            and not count.each
            and not count.equals
            # "in 8/10 corns it was gone": the share that had something, and no group
            and not (count.of is not None and tokens[count.at + 1].word == "/")
        ):
            if (
                valid_count(tokens, count, view.a, True)
                and not count.bracket
                and tokens[count.at + 1].mark is None
            ):
                start = (count.of if count.of is not None else count.at) + 1
                end = start
                while end < view.b and tokens[end].word != noun:
                    end += 1
                name = text_of(tokens, start, min(end + 1, view.b))
                same = _same_people(view, count)
                given = _given(tokens, end + 1, view.b) if noun in PEOPLE or same else None
                if given is None and end + 1 < view.b and tokens[end + 1].word == "of":
                    # "in 58 WEARERS OF REED SPLINTS": whose people they are
                    of = noun_phrase(tokens, end + 2, view.b) if names_people(noun) else None
                    name = text_of(tokens, start, of[1]) if of is not None else name
                    end = of[1] - 1 if of is not None else end
                if given is None and same and end + 1 < view.b and tokens[end + 1].word == "on":
                    given = noun_phrase(tokens, end + 2, view.b)
                if given is not None:
                    slots.append(
                        Arm(
                            start, given[1], text_of(tokens, *given), 2, count=count, np_first=start
                        )
                    )
                else:
                    slots.append(Arm(start, end + 1, name, 2, count=count, np_first=start))
        elif (
            (noun in ANYONE or everyone)
            and not count.each
            and not count.equals
            and not count.bracket
        ):
            described = _described(tokens, view, count)
            after = next(
                (k for k in range(count.at, min(view.b, count.at + 6)) if tokens[k].word == noun),
                count.at,
            )
            given = _given(tokens, after + 1, view.b)
            if described is not None:
                slots.append(described)
            elif given is not None:
                name = text_of(tokens, *given)
                slots.append(Arm(after, given[1], name, 1, None, count, "given", after))
        elif not noun and not count.each and not count.equals:
            given = _given(tokens, count.at + 1, view.b)
            follow = tokens[count.at + 1].word if count.at + 1 < view.b else ""
            if given is None and follow in ("on", "with"):
                given = noun_phrase(tokens, count.at + 2, view.b)
            if given is not None:
                name = text_of(tokens, *given)
                slots.append(Arm(count.at, given[1], name, 2, count=count, np_first=count.at + 1))
        elif noun == "controls" or noun == "control":
            at = count.at + 1
            slots.append(Arm(at, at + 1, "controls", 2, count=count, np_first=at))
    for verb in agent_verbs(tokens, view.a, view.b) + transitive(tokens, view):
        subject = subject_before(tokens, _before_when_given(view, verb), view.a, busy)
        if subject is not None and not moved_thing(document, view, values, verb, subject):
            slots.append(subject)
            slots.extend(subject_beside(tokens, view, subject, values, busy))
    first = view.a
    bare: list[Arm] = []
    for value in values:
        phrase = bare_before(tokens, value.first, first, busy)
        phrase = phrase or before_score(tokens, value.first, first, busy)
        if phrase is not None:
            phrase.arm = declared_arm(phrase.name, declared)
            bare.append(phrase)
        first = value.last
    if len(values) > 1 and not view.words.isdisjoint(STATES):
        bare += states_as_groups(tokens, view.a, view.b)
    # One bare noun before one number ("batch 77") names no group; two side by side do.
    led = [s for s in slots if s.slot == "subject"]
    if len(bare) > 1 or any(phrase.arm is not None for phrase in bare) or (bare and led):
        slots.extend(bare)
    if not view.words.isdisjoint(("versus", "vs")):
        slots.extend(before_versus(tokens, view, busy))
    if not known and not phrases:
        slots.extend(subject_compared(tokens, view, slots, values, busy))
    if len(values) > 1:
        slots.extend(described_scores(tokens, view, values, busy))
    if "than" in view.words:
        slots.extend(before_than(tokens, view, [*known, *phrases], busy))
    if "than" in view.words and len(values) > 1 and not known and not phrases:
        slots.extend(than_pair(tokens, view.a, view.b, values, busy))
    compares = not view.words.isdisjoint(("than", "superior", "inferior"))
    if compares and len(values) > 1 and not known and not phrases:
        slots.extend(effect_pair(tokens, view.a, view.b, values, busy))
    sure = [*known, *phrases]
    alone = len(declared.arms) < 2 and len({arm.name for arm in sure}) < 2
    if len(values) > 1 and alone and not COMPARATIVE.isdisjoint(view.words):
        both = yielding_pair(tokens, view.a, view.b, values, busy)
        slots.extend(
            one for one in both if not any(s.first < one.last and one.first < s.last for s in sure)
        )
    slots.extend(parallel_arms(tokens, view.a, view.b, values, busy))
    if view.times and not view.words.isdisjoint(AFTERS):
        slots.extend(groups_in_times(tokens, view, slots))
    if not view.words.isdisjoint(DOSES):
        slots.extend(dose_arms(tokens, view.a, view.b))
    if not slots and not known and not phrases:
        slots.extend(subject_pair(tokens, view, values))
    if "respectively" in view.words and not (known or phrases or view.words.isdisjoint(RANKS)):
        slots.extend(ranked_pair(tokens, view.a, view.b, busy))
    slots.extend(set_against(tokens, view, busy))
    if "by" in view.words and not COMPARING.isdisjoint(view.words):
        slots.extend(lowered_beside(tokens, view, busy))
    if not known and not phrases and not DIFFER.isdisjoint(view.words):
        slots.extend(differed_pair(tokens, view, busy))
    for k in range(view.a, view.b) if not view.words.isdisjoint(_TELLING) else ():
        superior = tokens[k].word == "superior" and k + 1 < view.b and tokens[k + 1].word == "to"
        superior += superior and tokens[k - 1].word in ("not", "clearly")
        if tokens[k].word in _SURPASSING or superior:
            # "wax OUTPERFORMED clay", "wax WAS SUPERIOR TO clay"
            winner = subject_before(tokens, k - superior, view.a, busy)
            if winner is not None:
                winner.strength = 2
                beaten = objects(tokens, k + min(superior, 1), view.b, busy)
                slots.extend([winner, *(replace(arm, slot="surpassed") for arm in beaten)])
        elif tokens[k].word in FAVOURING and tokens[k].kind == "w":
            # "(stretching 2.9, splint 4.8) favoured stretching": each value has its name already
            told = {arm.name for arm in bare} if len(bare) == len(values) > 1 else ()
            liked = objects(tokens, k, view.b, busy)
            slots.extend(arm for arm in liked if arm.name not in told)
        elif tokens[k].word in ("former", "latter"):
            named = [*known, *phrases, *slots]
            pair = declared.pair or pair_of_values(tokens, view.a, view.b, values, named)
            pair = pair or named_pair(document, view)
            if len(pair) != 2 and len(declared.doses or declared.arms) == 2:
                # nothing else is named by two: the groups in the order of the methods
                pair = [x.name for x in (*(declared.doses or {}).values(), *declared.arms)]
            at = 0 if tokens[k].word == "former" else 1
            if len(pair) != 2 and values:
                document.queue.add("pair_unresolved")
            if len(pair) == 2:
                same = [x for x in (declared.doses or {}).values() if x.name == pair[at]]
                known_as = same[0] if same else declared_arm(pair[at], declared)
                slots.append(Arm(k, k + 1, pair[at], 3, known_as, np_first=k))
    if by_sex:
        slots = [s for s in slots if not any(s.first <= c.at < s.last for c in by_sex)]
    if "for" in view.words:
        slots = without_indication(tokens, view.a, slots)
    if "without" in view.words:
        slots = without_either(tokens, slots)
    if slots and not view.words.isdisjoint(AFTERS):
        slots = without_events(tokens, view, slots, [*known, *phrases])
    if len(values) > 1:
        keep_compared(tokens, slots, [*known, *phrases], values)
    slots = [s for s in slots if not (s.strength == 1 and s.slot in _WEAK_SLOTS)]
    slots = without_members(tokens, slots, [*known, *phrases])
    slots = [s for s in slots if s.arm is not None or not only_told_beside(tokens, s)]
    slots = contrasted(slots, tokens)
    if not view.words.isdisjoint(("(", "[")):
        slots.extend(hosts(tokens, view, values, busy))
    slots = without_lengths(slots, [*known, *phrases])
    slots = without_fronted(tokens, view, slots, [*known, *phrases], declared)
    if ahead := conditions_ahead(tokens, view.a, slots, [*known, *phrases]):
        slots = [s for s in slots if s not in ahead]
        told = {k for s in ahead for k in range(s.first, s.last)}
        view.q.rejected.update({c.at: "number of people" for c in view.q.counts if c.at in told})
        view.q.counts = [count for count in view.q.counts if count.at not in told]
    for phrase in slots:
        if phrase.arm is None and phrase.strength < 3:
            phrase.arm = declared_arm(phrase.name, declared)
            if phrase.arm is not None:
                phrase.strength = 3
    order = sorted(
        [*known, *phrases, *slots],
        key=lambda arm: (-arm.strength, arm.np_first or arm.first, -arm.last),
    )
    taken: set[int] = set()
    chosen: list[Arm] = []
    for arm in order:
        span = range(arm.np_first or arm.first, arm.last)
        if any(k in taken for k in span):
            if arm.arm is None:
                continue
            same = [c for c in chosen if c.first < arm.last and arm.first < c.last]
            for other in same:
                if other.arm is None and not other.name.startswith("no "):
                    other.arm = arm.arm
            continue
        if arm.strength < 3 and arm.slot != "state" and any(k in busy for k in span):
            continue
        taken.update(span)
        chosen.append(arm)
    give_bracketed_sizes(tokens, view.b, chosen, view.q.counts)
    if "other" in view.words:
        chosen += the_other(document, view, chosen)
    if all(arm.arm is None and arm.strength < 2 for arm in chosen):
        chosen = listed_subjects(tokens, view, values) or chosen
    if not view.words.isdisjoint(MAYBE_SET):
        chosen += compared_noun(tokens, view, values, chosen, busy)
    if len(values) > 1:
        rest = people_set_against(tokens, view.a, view.b, values, chosen)
        chosen += others_of_two(rest, chosen, declared.arms)
    chosen += names_again(tokens, view.a, view.b, chosen) if len(chosen) > 1 else []
    chosen = without_people_of_all(document, view, chosen)
    if not view.words.isdisjoint(EXCLUDING):
        chosen = without_excluded(tokens, view.a, view.b, chosen)
    if not view.words.isdisjoint(MAYBE_WHOLE):
        chosen = whole_named(tokens, view.a, view.b, values, chosen)
    if len(values) > 1 and len(chosen) > 1 and "(" in view.words:
        chosen = named_in_bracket(tokens, view, values, chosen)
    if "(" in view.words:
        name_lettered(tokens, view.a, chosen)
    if len(chosen) > 1 and not view.words.isdisjoint(MAYBE_ALONE):
        chosen = name_added(tokens, view.b, chosen)
    return sorted(chosen, key=lambda arm: arm.first)


def _before_when_given(view: View, verb: int) -> int:
    """ "those who had WAX before the race reported": where the subject of a verb ends."""
    given = [time.first for time in view.times if time.kind == "duration" and time.last == verb]
    return given[0] if given else verb


def _same_people(view: View, count: Count) -> bool:
    """ "in the 19 cooks on tea and the 22 on milk", "19 cooks given tea, 22 cooks given milk".

    Whether another number counts the same people, so that their name tells no group.
    """
    return any(
        other is not count and other.noun in ("", count.noun) and not other.each
        for other in view.q.counts
        if not other.equals and not other.bracket
    )


def _given(tokens: list[Token], i: int, b: int) -> tuple[int, int] | None:
    """ "24 children GIVEN scheduled paracetamol", "26 treated on request": what they were given."""
    j = i
    while j < b and tokens[j].word in ("who", "had", "were", "was", "have"):
        j += 1
    if j + 1 < b and tokens[j - 1].word == "had" and j > i and tokens[j].word in ("a", "an"):
        # "the 64 who had a wax bath"
        span = noun_phrase(tokens, j + 1, b)
        return span if span is not None and words_of(text_of(tokens, *span)) else None
    if j < b and j == i + 1 and tokens[i].word == "who" and tokens[j].word in _KEPT_ON:
        return j, j + 1  # "the 31 patients who stopped"
    if j >= b or tokens[j].word not in _GIVEN:
        return None
    j += 1
    if j < b and tokens[j].word in _MANNERS:
        return j - 1, j + 1
    if j < b and tokens[j].word in ("with", "to", "by", "on", "a", "an", "the", "using", "in"):
        j += 1
    span = noun_phrase(tokens, j, b)
    return span if span is not None and words_of(text_of(tokens, *span)) else None


_GIVEN = word_set(
    "given received receiving treated allocated assigned undergoing underwent taking took using "
    "randomised randomized offered wearing wore having kept managed mobilised mobilized fitted "
    "injected maintained immobilised immobilized operated placed instructed switched sent "
    "discharged"
)
_KEPT_ON = word_set(
    "stopped continued quit persisted discontinued accepted refused declined paused"
)
_MANNERS = word_set(
    "early late immediately conservatively surgically operatively nonoperatively promptly "
    "arthroscopically openly laparoscopically percutaneously"
)


def _described(tokens: list[Token], view: View, count: Any) -> Arm | None:
    """ "in the 11 tumour cases": the word that tells these people from others in the sentence."""
    start = count.at + 1
    end = start
    while end < view.b and end - start < 4 and tokens[end].word != count.noun:
        if tokens[end].kind != "w" or not is_content(tokens[end].word):
            return None
        end += 1
    several = (
        sum(
            other.noun in ANYONE or len(other.noun) > 2 or not (other.noun or other.equals)
            for other in view.q.counts
        )
        > 1
    )
    telling = {tokens[k].word for k in range(start, end)} - _PLAIN_PEOPLE
    if not telling or not several or any(word.endswith("ly") for word in telling):
        return None
    name = text_of(tokens, start, end)
    return Arm(start, end + 1, name, 2, count=count, np_first=start)


_PLAIN_PEOPLE = word_set(
    "consecutive remaining evaluable eligible elderly adult older female male first other total "
    "included treated enrolled study trial young middle aged randomised randomized analysed "
    "analyzed different new additional such outpatient symptomatic white"
)


def _inside(arm: Arm, busy: set[int]) -> bool:
    return all(k in busy for k in range(arm.first, arm.last))
