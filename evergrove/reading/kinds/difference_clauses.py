"""The clause that tells a difference between groups, and who had the better of it in it."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.drafts import Draft
from evergrove.reading.text.small_words import CLOSES, OPENS, STARTS_CLAUSE, TURNS_CLAUSE
from evergrove.reading.text.tokens import Token
from evergrove.reading.view import View

#: Nouns of what the better group had over the other.
BETTER_NOUNS = frozenset(("advantage", "superiority", "benefit"))
_BETTER = BETTER_NOUNS | {"superior", "outperformed", "beat"}


def clause_of_groups(tokens: list[Token], view: View, at: int) -> tuple[int, int]:
    """The clause of the number at token `at`, if a group is named in it; else the sentence.

    "NRS was -1.2 with wax versus clay; SPEED INCREASED": the speed tells nothing of the NRS.
    """
    first, last = own_clause(tokens, view.a, view.b, at)
    named = any(first <= arm.first < last for arm in view.arms)
    return (first, last) if named else (view.a, view.b)


def own_clause(tokens: list[Token], a: int, b: int, at: int) -> tuple[int, int]:
    """The clause of the number at token `at`: its first token and its end.

    "Morphine was reduced, AND NRS WAS LOWER WITH WAX (DIFFERENCE 1.2), and sleep was better":
    words outside brackets only begin a clause, "and" only behind a comma.
    """
    first, last, depth = a, b, 0
    for k in range(a, b):
        word = tokens[k].word
        depth += (word in OPENS) - (word in CLOSES)
        if depth > 0 or not _begins(tokens, k):
            continue
        if k > at:
            last = k
            break
        first = k
    return first, last


def _begins(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return word in TURNS_CLAUSE or (word in STARTS_CLAUSE and tokens[k - 1].word == ",")


def had_better(tokens: list[Token], draft: Draft) -> str | None:
    """ "WAX was superior to clay by 1.2", "the advantage of WAX OVER clay": the better one."""
    run, view = draft.cell.run, draft.view
    if run.cue not in _BETTER or draft.cell.value.sign:
        return None
    places = range(draft.cell.value.first - 1, view.a, -1)
    at = next((k for k in places if tokens[k].word == run.cue), None)
    if at is None or tokens[at - 1].word in ("not", "no", "nor"):
        return None
    arms = [arm for arm in view.arms if arm.first < draft.cell.value.first]
    if run.cue not in BETTER_NOUNS:
        before = [arm for arm in arms if arm.first < at]
        return before[0].name if len(before) == 1 and len(arms) == 2 else None
    if (giver := _gave_benefit(tokens, view.a, arms, at)) is not None:
        return giver.name
    arms = [arm for arm in arms if arm.first > at]
    over = {tokens[k].word for arm in arms[1:] for k in (arm.first - 2, arm.first - 1, arm.first)}
    return arms[0].name if len(arms) == 2 and "over" in over else None


def _gave_benefit(tokens: list[Token], a: int, arms: list[Arm], at: int) -> Arm | None:
    """ "WAX gave a net benefit OVER CLAY of 1.2 points": the group that did; None if not so told.

    `at` is the token of the noun.
    """
    first, _ = own_clause(tokens, a, at + 1, at)
    before = [arm for arm in arms if first <= arm.first < at]
    behind = [arm for arm in arms if arm.first > at]
    if len(before) != 1 or len(behind) != 1 or before[0].name == behind[0].name:
        return None
    k = behind[0].np_first or behind[0].first
    lead = {tokens[m].word for m in range(at + 1, k + 1)}
    return before[0] if "over" in lead else None
