"""All that a text names: measures and their parts, qualifiers, what is no outcome, plans."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.arms.arm_names import acronyms
from evergrove.reading.arms.had_by_others import without_conditions_had
from evergrove.reading.arms.responder_groups import without_responders
from evergrove.reading.arms.states_given import MAYBE_GIVEN, without_given_states
from evergrove.reading.measures.arms_of_trials import split_arm_scales, without_trial_arms
from evergrove.reading.measures.back_at_work import without_places_of_people
from evergrove.reading.measures.circumstances import when_for_while
from evergrove.reading.measures.headed_places import MAYBE_PLACED, mark_headed_places
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark, mark_names, spell_names, split_least
from evergrove.reading.measures.measured_amounts import spell_amounts, times_to_event
from evergrove.reading.measures.named_outcomes import with_named_outcomes
from evergrove.reading.measures.pain_and_more import MAYBE_AND_MORE, without_pain_and_more
from evergrove.reading.measures.pains_in_mm import mark_pains_in_mm
from evergrove.reading.measures.pains_of_days import without_dates
from evergrove.reading.measures.pains_of_motion import MAYBE_MOTION, mark_motions, with_during
from evergrove.reading.measures.pains_of_people import MAYBE_PAINED, without_pains_of_people
from evergrove.reading.measures.pains_of_use import mark_uses
from evergrove.reading.measures.pains_treated import MAYBE_TREATED, without_pains_treated
from evergrove.reading.measures.part_lists import (
    give_parts_to_named,
    mark_lists_behind,
    mark_part_lists,
)
from evergrove.reading.measures.placed_scores import (
    mark_activity_scores,
    mark_arm_scores,
    mark_bodily_pains,
    mark_listed_places,
)
from evergrove.reading.measures.score_acronyms import mark_acronyms
from evergrove.reading.measures.severities import MAYBE_SEVERITY, mark_severities
from evergrove.reading.measures.treatment_names import without_treatments
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.declined import spell_declined
from evergrove.reading.text.tokens import Token


@dataclass(slots=True)
class Marked:
    """The marks of a text in their order, and what they say of all of it."""

    marks: list[Mark]
    profile: Profile  # an open one with the outcomes that this text names
    short_names: dict[str, str]  # what each acronym stands for
    lengths: frozenset[str]  # measures that are times to an event


_MOTION = Clues(*MAYBE_MOTION)
_GIVEN = Clues(*MAYBE_GIVEN)


def mark_all(tokens: list[Token], norm: str, plain: str, profile: Profile, foreign: bool) -> Marked:
    """Mark the names of measures, qualifiers, other things and plans in the tokens.

    `norm`, `plain`: the text, and in small letters; `foreign`: whether it was translated. What
    was marked wrongly by its words alone is taken off again by what stands around it.
    """
    marks = without_treatments(tokens, mark_names(tokens, profile))
    short_names = acronyms(tokens)
    marks += mark_acronyms(tokens, short_names)
    if "onstant" in norm:
        spell_names(tokens, marks)
    if foreign or MAYBE_SEVERITY.within(plain):
        marks += mark_severities(tokens, profile)
    if "pain" in profile.measures:
        marks = _mark_pains(tokens, marks, norm, plain, profile)
    if "declined " in norm or "dropped " in norm:
        spell_declined(tokens)
    if "while " in norm:
        when_for_while(tokens, marks)
    if " without " in norm:
        marks = without_conditions_had(tokens, marks)
    if "esponders" in norm:
        marks = without_responders(tokens, marks)
    lengths: frozenset[str] = frozenset()
    if profile.open:
        marks, profile = with_named_outcomes(tokens, marks, profile)
        spell_amounts(tokens, marks)
        lengths = times_to_event(marks)
    if any(mark.kind == "measure" and profile.measures[mark.key].parts for mark in marks):
        give_parts_to_named(tokens, marks, profile)
        marks = mark_lists_behind(tokens, mark_part_lists(tokens, marks, profile), profile)
    marks.sort(key=lambda mark: mark.first)
    return Marked(marks, profile, short_names, lengths)


def _mark_pains(
    tokens: list[Token], marks: list[Mark], norm: str, plain: str, profile: Profile
) -> list[Mark]:
    """Pains by their place, circumstance and owner; no pains that were given, or of others."""
    if not profile.open and MAYBE_AND_MORE.within(plain):
        marks = without_pain_and_more(tokens, marks)
    marks = mark_bodily_pains(tokens, split_least(tokens, marks))
    marks = mark_listed_places(tokens, marks)
    if " day" in norm or "-day" in norm:
        without_dates(tokens, marks)
    if _MOTION.within(norm):
        marks = mark_motions(tokens, marks)
    if "during " in norm or "hile " in norm or "hen " in norm:
        with_during(tokens, marks)
    if _GIVEN.within(norm):
        marks = without_given_states(tokens, marks)
    if MAYBE_PAINED.within(plain):
        marks = without_pains_of_people(tokens, marks)
    if MAYBE_TREATED.within(plain):
        marks = without_pains_treated(tokens, marks)
    if " use " in norm:
        marks += mark_uses(tokens)
    if " work" in plain or " school" in plain or " sport" in plain or " back " in plain:
        marks = without_places_of_people(tokens, marks)
    if "(mm)" in plain or "(cm)" in plain:
        marks = mark_pains_in_mm(tokens, marks, profile)
    if MAYBE_PLACED.search(plain):
        marks = mark_headed_places(tokens, marks, profile)
    if "arm" in plain:
        marks = without_trial_arms(tokens, split_arm_scales(tokens, marks))
        marks = mark_arm_scores(tokens, marks, profile)
    if "activity score" in plain:
        marks = mark_activity_scores(tokens, marks, profile)
    return marks
