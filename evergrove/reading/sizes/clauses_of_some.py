"""What a clause about some of the people names: "21 nuns stopped TAKING PILLS, and VAS was 3"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.beside_declared import without_strangers
from evergrove.reading.arms.people_of_groups import COUNTED
from evergrove.reading.sizes.outcome_counts import (
    MAYBE_EVENTS,
    OF_STUDY,
    clause_of_its_own,
    tells_events,
)
from evergrove.reading.sizes.starts_of_clauses import start_of_clause
from evergrove.reading.text.asides import ADJUSTS, fronted_covariates

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import Arm
    from evergrove.reading.document import Document
    from evergrove.reading.numbers.quantities import Value
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View


def groups_of_scores(document: Document, view: View, values: list[Value]) -> list[Arm]:
    """The groups that a sentence names, without phrases that are none of those who were scored."""
    tokens = document.tokens
    arms = without_strangers(tokens, view.arms, document.declared.arms, values)
    if arms and not view.words.isdisjoint(ADJUSTS):
        view.arms = arms
        ahead = fronted_covariates(tokens, view)
        arms = [arm for arm in arms if arm.arm is not None or arm.first not in ahead]
    if len(view.q.counts) > 1 and not view.words.isdisjoint(MAYBE_EVENTS):
        _without_events(tokens, view, arms)
    return _without_clauses(document, view, arms) if arms and view.q.counts else arms


def _without_events(tokens: list[Token], view: View, arms: list[Arm]) -> None:
    """ "NAUSEA OCCURRED in 12 nuns in the wax group and 19 in the clay group, and VAS was ...".

    The numbers of a clause that tells what happened to some of each group are no n of its scores.
    """
    counted = [arm for arm in arms if arm.count is not None and arm.slot == COUNTED]
    if len(counted) < 2 or not view.q.values:
        return
    joint = start_of_clause(tokens, view.a, min(value.first for value in view.q.values))
    before = {token.word for token in tokens[view.a : joint]}
    if not (before.isdisjoint(OF_STUDY) and tells_events(tokens, view.a, joint)):
        return
    for arm in counted:
        if arm.count is not None and arm.count.at < joint:
            view.q.counts = [count for count in view.q.counts if count is not arm.count]
            view.q.rejected[arm.count.at] = "number of people"
            arm.count, arm.slot = None, ""


def _without_clauses(document: Document, view: View, arms: list[Arm]) -> list[Arm]:
    """The groups of a sentence without the phrases of a clause that tells of some people.

    "X-RAYS showed a tear in 9 nuns, and the mean VAS was 3", "HALF of the nuns (20/40) were well;
    VAS was 3": the scores are of everybody. A declared group stays, and so do all of them where
    another is named beside ("20 nuns had wax, and VAS was 3; 20 had clay, and VAS was 4").
    """
    if not view.q.values or any(arm.arm is None and arm.strength > 1 for arm in arms):
        return arms  # "in the BRACE GROUP, 7 of 30 nuns fell ill; the mean VAS was 3"
    tokens, whole = document.tokens, document.declared.cohort
    first = min(value.first for value in view.q.values)
    told: set[int] = set()
    for count in view.q.counts:
        if count.equals or count.each or count.at > first or count is whole:
            continue
        clause = clause_of_its_own(tokens, view.a, count)
        if clause is not None and clause.stop <= first:
            told.update(clause)
    rest = [arm for arm in arms if arm.arm is not None or arm.first not in told]
    return arms if any(arm.arm is None for arm in rest) else rest
