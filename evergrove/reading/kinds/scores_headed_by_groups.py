"""Scores in a bracket, each behind its group: "no difference in VAS (WAX 2.1, CLAY 2.4)"."""

from __future__ import annotations

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.stat_words import DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, word_set
from evergrove.reading.vectors import same_label

_OF_CHANGE = CHANGE | CHANGE_NOUNS | word_set("baseline before pre preoperative initial")
_DIFFER = word_set("differ differed similar comparable different alike")
MAYBE_HEADED = _DIFFER | DIFFERENCE
_SCORED = word_set("reached score scored remained")
_COUNTED = word_set("mean median average estimated")
_BEHIND_NAME = word_set(", : = group arm mean median")
_NEAR = 4  # tokens of a scale's name in front of the first group


def scores_headed_by_groups(tokens: list[Token], a: int, runs: list[Run]) -> bool:
    """Settle what numbers in a bracket are that each have a group of their own ahead.

    "There was no difference in use of ice (...), PAIN AT REST (WAX 21 [9-38], CLAY 24 [11-43]) OR
    PAIN ON KNEELING (...)": scores, as a difference is of both groups, in whatever bracket it
    stands; not "the mean difference (...)". "THE FALL IN VAS did not differ (WAX 17, CLAY 14)":
    changes. Returns whether there were such changes: they may be scores after all.
    """
    brackets: dict[int, list[Run]] = {}
    for run in runs:
        opened = open_bracket(tokens, a, run.first)
        if opened is not None and len(run.values) == 1:
            brackets.setdefault(opened, []).append(run)
    changes = False
    for opened, inside in brackets.items():
        if len(inside) < 2 or _signed(inside):
            continue
        ahead = _clause(tokens, a, opened)
        told = [run for run in inside if run.stat == "between_diff"]
        noun = _changes_compared(ahead)
        if not (noun or (told and _of_scores(ahead))) or not _headed(tokens, opened, inside):
            continue
        if noun and all(run.stat == "level" for run in inside):
            changes = True
            for run in inside:
                run.stat, run.cue, run.sign, run.role = "change", noun, sign_of(noun), "of"
        elif not noun:
            for run in told:
                run.call_own_level()
    return changes


def _clause(tokens: list[Token], a: int, opened: int) -> list[str]:
    ahead = [tokens[k].word for k in range(a, opened)]
    return ahead[len(ahead) - ahead[::-1].index(";") :] if ";" in ahead else ahead


def _of_scores(ahead: list[str]) -> bool:
    """Whether the clause ahead tells of a difference, and neither of a change nor of an amount."""
    said = next((m for m, word in enumerate(ahead) if word in DIFFERENCE), None)
    if said is None or (said and ahead[said - 1] in _COUNTED):
        return False
    return _OF_CHANGE.isdisjoint(ahead)


def _changes_compared(ahead: list[str]) -> str:
    """The noun of "no difference in THE FALL in VAS", "THE FALL in VAS did not differ"; or ""."""
    if not _SCORED.isdisjoint(ahead):
        return ""
    for m, word in enumerate(ahead):
        if word in DIFFERENCE and ahead[m + 1 : m + 2] == ["in"]:
            return next((w for w in ahead[m + 2 : m + 7] if w in CHANGE_NOUNS), "")
        if word in _DIFFER:
            nouns = [w for w in ahead[:m] if w in CHANGE_NOUNS]
            return nouns[-1] if nouns else ""
    return ""


def _headed(tokens: list[Token], opened: int, inside: list[Run]) -> bool:
    heads = [head for run in inside if (head := _head(tokens, run)) is not None]
    if len(heads) < len(inside) or heads[0].first - opened > _NEAR:
        return False
    return _all_differ(heads)


def _head(tokens: list[Token], run: Run) -> Labels | None:
    """The label of the one group right before the number, or None."""
    named = [labels for labels in run.pre.get("arm", []) if len(labels.items) == 1]
    if len(named) != 1 or len(run.pre["arm"]) != 1:
        return None
    between = {tokens[k].word for k in range(named[0].last, run.first)}
    return named[0] if between <= _BEHIND_NAME else None


def _all_differ(heads: list[Labels]) -> bool:
    items = [labels.items[0] for labels in heads]
    return not any(same_label(x, y) for m, x in enumerate(items) for y in items[:m])


def _signed(runs: list[Run]) -> bool:
    return any(value.sign or value.percent for run in runs for value in run.values)
