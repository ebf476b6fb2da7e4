"""Rare wordings of a text, told in the common way, before anything in it is named.

Each of the modules of `text/` knows some of them. A text is asked first for the letters or words
without which it has none of a kind; their order matters where one makes what another reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from evergrove.reading.linking.scores_behind_groups import MAYBE_BEHIND, spell_scores
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.text.abbreviations import (
    MAYBE_DEMANDED,
    MAYBE_GP,
    MAYBE_LETTERED,
    MAYBE_LSM,
    MAYBE_PLACE,
    groups_by_letters,
    join_on_demand,
    places_no_groups,
    spell_groups,
    spell_means_of_models,
)
from evergrove.reading.text.ages_as_names import YEARS, join_ages
from evergrove.reading.text.averages_behind import MAYBE_AVERAGE, without_averages
from evergrove.reading.text.bare_people import (
    MAYBE_BARE,
    MAYBE_NUMBERED_ALL,
    MAYBE_REMAINING,
    bare_people,
    number_of_all,
    remaining_people,
)
from evergrove.reading.text.before_told_between import MAYBE_BETWEEN, before_told_between
from evergrove.reading.text.bracketed_acronyms import MAYBE_BRACKETED, short_in_brackets
from evergrove.reading.text.brought_by_others import MAYBE_BROUGHT, brought_by_others
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.counted_ways import MAYBE_WAYS, join_ways
from evergrove.reading.text.courses_in_order import MAYBE_ORDER, name_courses
from evergrove.reading.text.declared_and_scored import MAYBE_DECLARED, declared_and_scored
from evergrove.reading.text.dosed_drugs import DRUG_UNITS
from evergrove.reading.text.falls_without_by import (
    MAYBE_PERCENT_ONE,
    MAYBE_WITHOUT_BY,
    falls_without_by,
    percent_ones,
)
from evergrove.reading.text.foreign_units import spell_open, spell_units
from evergrove.reading.text.frames_without_from import MAYBE_BARE_FRAME, frames_without_from
from evergrove.reading.text.fronted_scores import MAYBE_ASIDE_SCORE, fronted_scores
from evergrove.reading.text.gapped_verbs import MAYBE_WORN, receive
from evergrove.reading.text.gave_lower import MAYBE_RESULTED, gave_lower
from evergrove.reading.text.given_both import MAYBE_BOTH, given_both
from evergrove.reading.text.glued_names import MAYBE_GLUED, MAYBE_INDEXED, split_glued
from evergrove.reading.text.headed_visits import (
    MAYBE_COMPARES,
    MAYBE_FIRST_SEEN,
    MAYBE_HEADED_ALL,
    MAYBE_HEADED_VISIT,
    compares_with,
    first_seen_at,
    headed_all,
    headed_visits,
)
from evergrove.reading.text.hyphened_groups import MAYBE_HYPHENED, split_hyphened
from evergrove.reading.text.joined_doses import join_doses
from evergrove.reading.text.joined_names import MAYBE_HALVES, join_halves
from evergrove.reading.text.languages import language, translate
from evergrove.reading.text.later_visits import MAYBE_ALL_LATER, at_the_last
from evergrove.reading.text.left_sides import MAYBE_LEFT, spell_left
from evergrove.reading.text.lengths_of_visits import MAYBE_LENGTH, lengths_of_visits
from evergrove.reading.text.list_numbers import MAYBE_NUMBERS, without_list_numbers
from evergrove.reading.text.lost_signs import MAYBE_LOST, restore_lost
from evergrove.reading.text.mean_letters import (
    MAYBE_ANNOUNCED,
    MAYBE_SHORT_MEDIAN,
    spell_deltas,
    spell_interval_headed,
    spell_means,
    spell_medians,
    spell_variations,
)
from evergrove.reading.text.measured_when import (
    MAYBE_AS_MEASURED,
    MAYBE_WAS_FOUND,
    it_was_found,
    without_measured,
)
from evergrove.reading.text.non_people import MAYBE_NON, join_counted_non
from evergrove.reading.text.numbered_types import MAYBE_NUMBERED, join_types
from evergrove.reading.text.of_our_people import (
    MAYBE_OF_OURS,
    MAYBE_TREATED_BY,
    parts_treated_by,
    some_of_ours,
)
from evergrove.reading.text.ones_of import MAYBE_ONE, ones_as_scores
from evergrove.reading.text.parts_by_verbs import MAYBE_PART_VERB, parts_by_verbs
from evergrove.reading.text.parts_of_whole import (
    MAYBE_OF_THEM,
    MAYBE_ORIGINAL,
    MAYBE_THERE,
    of_the_original,
    of_them,
    part_who_came,
)
from evergrove.reading.text.parts_that_add_up import MAYBE_PARTS, parts_that_add_up
from evergrove.reading.text.people_nouns import spell_people
from evergrove.reading.text.percents_of_drugs import MAYBE_STRENGTH, strengths_of_drugs
from evergrove.reading.text.plus_names import MAYBE_PLUS, join_plus
from evergrove.reading.text.rarer_movers import MAYBE_MOVER, rarer_movers
from evergrove.reading.text.rarer_turns import spell_turns
from evergrove.reading.text.rows_of_others import MAYBE_ROW_OF_OTHER, rows_of_others
from evergrove.reading.text.scales_behind_falls import (
    MAYBE_SCALE_BEHIND,
    scales_behind_falls,
)
from evergrove.reading.text.scores_before import MAYBE_BEFORE_EACH, scores_before_each
from evergrove.reading.text.semicolons_in_brackets import MAYBE_SEMICOLON, join_parts
from evergrove.reading.text.set_against import MAYBE_SET_AGAINST, spell_compared
from evergrove.reading.text.short_names import MAYBE_SUFFIX, spell_suffixes
from evergrove.reading.text.short_patients import spell_patients
from evergrove.reading.text.short_visits import MAYBE_SHORT_VISIT, spell_visits
from evergrove.reading.text.sizes_behind_names import MAYBE_SIZED_NAMES, spell_sizes
from evergrove.reading.text.slashed_visits import MAYBE_SLASHED_VISITS, slashed_visits
from evergrove.reading.text.test_symbols import MAYBE_TEST_SYMBOL, spell_test_symbols
from evergrove.reading.text.text import Source, close, tokenise
from evergrove.reading.text.tokens import Token, numbers_of
from evergrove.reading.text.told_thereafter import MAYBE_THEREAFTER, spell_thereafter
from evergrove.reading.text.who_had_been import (
    MAYBE_ABOUT,
    MAYBE_WHO,
    without_about_to,
    without_relatives,
)


@dataclass(slots=True)
class Worded:
    """The tokens of a text as all that follows reads them, and what was done to have them."""

    tokens: list[Token]
    foreign: bool  # translated
    signs_lost: bool  # the signs "±" of its numbers had gone, and were put back


#: Rules in their order, each behind its clues; one works in place, or returns new tokens.
Turns = tuple[tuple[Clues, Callable[[list[Token]], list[Token] | None]], ...]
_FIRST_TURNS: Turns = (
    (MAYBE_PLACE, places_no_groups),
    (MAYBE_GP, spell_groups),
    (MAYBE_LSM, spell_means_of_models),
    (MAYBE_LETTERED, groups_by_letters),
    (MAYBE_DEMANDED, join_on_demand),
    (MAYBE_RESULTED, gave_lower),
    (MAYBE_SET_AGAINST, spell_compared),
    (MAYBE_WHO, without_relatives),
    (MAYBE_AVERAGE, without_averages),
    (MAYBE_ABOUT, without_about_to),
    (MAYBE_ALL_LATER, at_the_last),
)
_LAST_TURNS: Turns = (
    (MAYBE_DECLARED, declared_and_scored),
    (MAYBE_AS_MEASURED, without_measured),
    (MAYBE_WAS_FOUND, it_was_found),
    (MAYBE_OF_OURS, some_of_ours),
    (MAYBE_HEADED_VISIT, headed_visits),
    (MAYBE_HEADED_ALL, headed_all),
    (MAYBE_FIRST_SEEN, first_seen_at),
    (MAYBE_COMPARES, compares_with),
    (MAYBE_TREATED_BY, parts_treated_by),
    (MAYBE_LEFT, spell_left),
    (MAYBE_BEFORE_EACH, scores_before_each),
    (MAYBE_PARTS, parts_that_add_up),
    (MAYBE_MOVER, rarer_movers),
    (MAYBE_WITHOUT_BY, falls_without_by),
    (MAYBE_PERCENT_ONE, percent_ones),
    (MAYBE_SCALE_BEHIND, scales_behind_falls),
    (MAYBE_SLASHED_VISITS, slashed_visits),
    (MAYBE_BETWEEN, before_told_between),
    (MAYBE_BOTH, given_both),
    (MAYBE_LENGTH, lengths_of_visits),
    (MAYBE_ORIGINAL, of_the_original),
    (MAYBE_OF_THEM, of_them),
    (MAYBE_THERE, part_who_came),
    (MAYBE_ASIDE_SCORE, fronted_scores),
    (MAYBE_BROUGHT, brought_by_others),
    (MAYBE_PART_VERB, parts_by_verbs),
    (MAYBE_BARE_FRAME, frames_without_from),
    (MAYBE_ROW_OF_OTHER, rows_of_others),
    (MAYBE_BARE, bare_people),
    (MAYBE_REMAINING, remaining_people),
    (MAYBE_NUMBERED_ALL, number_of_all),
    (MAYBE_SIZED_NAMES, spell_sizes),
    (MAYBE_SHORT_VISIT, spell_visits),
    (MAYBE_THEREAFTER, spell_thereafter),
    (MAYBE_ORDER, name_courses),
)
_WORN = Clues(*((word, f" {word} ") for word in sorted(MAYBE_WORN)), words=MAYBE_WORN)
_DECIMALS = re.compile(r"\.\d+ \d+\.\d")  # begins with a sign, and is found faster than a word
_HALF = re.compile(":[A-Z]{2}")  # so too


def common_wording(source: Source, plain: str, profile: Profile) -> Worded:
    """The tokens of a text in English, rare wordings told in the common way.

    `plain`: the text in small letters.
    """
    norm = source.norm
    tokens = tokenise(source)
    other = language([token.word for token in tokens if token.kind == "w"])
    if other is not None:
        tokens = translate(tokenise(source, decimal_comma=True), other)
    tokens, said = close(tokens), source.said  # known once the text is cut into tokens
    if MAYBE_GLUED.within(norm, said) or MAYBE_INDEXED.search(norm):
        tokens = split_glued(tokens)
    lost = None
    if "±" not in norm and _DECIMALS.search(norm) and MAYBE_LOST.search(norm):
        lost = restore_lost(tokens)
    foreign = other is not None
    tokens = _names(lost or tokens, norm, said, foreign)
    tokens = _turns(tokens, norm, plain, said)
    _statistics(tokens, norm, plain)
    numbers = numbers_of(tokens)
    spell_people(tokens, numbers, who=foreign or "who" in plain)
    if profile.open:
        tokens = spell_open(tokens, norm, profile)
        numbers = numbers_of(tokens)
    spell_units(tokens, profile, numbers)
    if _WORN.within(norm, said):
        receive(tokens)
    return Worded(tokens, foreign, bool(lost))


def _names(tokens: list[Token], norm: str, said: frozenset[str], foreign: bool) -> list[Token]:
    """Names of groups, of several words or signs, are one word."""
    if "roup-" in norm and MAYBE_HYPHENED.search(norm):
        tokens = split_hyphened(tokens)
    if ("roup)" in norm or " arm)" in norm) and MAYBE_BRACKETED.search(norm):
        tokens = short_in_brackets(tokens)
    named = " group " in norm or " arm " in norm
    if named and MAYBE_BEHIND.search(norm):
        tokens = spell_scores(tokens)
    listed = "2)" in norm or "ii)" in norm or "b)" in norm or "B)" in norm
    if listed and MAYBE_NUMBERS.search(norm):
        tokens = without_list_numbers(tokens)
    if not said.isdisjoint(DRUG_UNITS):
        tokens = join_doses(tokens)
    if "%" in norm and MAYBE_STRENGTH.search(norm):
        tokens = strengths_of_drugs(tokens)
    if MAYBE_NUMBERED.within(norm, said):
        tokens = join_types(tokens)
    if "-" in norm and MAYBE_WAYS.within(norm):
        tokens = join_ways(tokens)
    if "+" in norm and MAYBE_PLUS.search(norm):
        tokens = join_plus(tokens)
    if MAYBE_NON.within(norm, said):
        tokens = join_counted_non(tokens)
    if MAYBE_ONE.within(norm, said):
        ones_as_scores(tokens)
    if foreign or not said.isdisjoint(YEARS):
        tokens = join_ages(tokens, norm)
    return tokens


def _turns(tokens: list[Token], norm: str, plain: str, said: frozenset[str]) -> list[Token]:
    """Turns of phrase are told in the common way."""
    tokens = _told_plainly(_FIRST_TURNS, tokens, plain, said)
    spell_turns(tokens, plain, said)
    tokens = _told_plainly(_LAST_TURNS, tokens, plain, said)
    if _HALF.search(norm) and MAYBE_HALVES.search(norm):
        tokens = join_halves(tokens)
    return tokens


def _told_plainly(
    turns: Turns, tokens: list[Token], plain: str, said: frozenset[str]
) -> list[Token]:
    """The tokens behind each rule whose clues the text has."""
    for clues, rule in turns:
        if clues.within(plain, said):
            tokens = rule(tokens) or tokens
    return tokens


def _statistics(tokens: list[Token], norm: str, plain: str) -> None:
    """Statistics, differences and people are told by words, and not by letters, in place."""
    if "CI was " in norm or "CI is " in norm:
        spell_interval_headed(tokens)
    if MAYBE_ANNOUNCED.search(norm):
        spell_means(tokens)
    if MAYBE_SHORT_MEDIAN.search(plain):
        spell_medians(tokens)
    if "ariation" in norm:
        spell_variations(tokens)
    if "Δ" in norm or "∆" in norm or "delta " in plain:
        spell_deltas(tokens)
    if MAYBE_SUFFIX.search(norm):
        spell_suffixes(tokens)
    if "=" in norm and MAYBE_TEST_SYMBOL.search(norm):
        spell_test_symbols(tokens)
    if "pts" in norm:
        spell_patients(tokens)
    if ";" in norm and MAYBE_SEMICOLON.search(norm):
        join_parts(tokens)
