"""Scores in brackets behind the two that a difference is between, and no differences themselves."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, GROUP, STATE, is_content, word_set
from evergrove.reading.view import View

_DIFFERED = DIFFERENCE | word_set("differed differ")
_FILL = word_set("the a and of - plus group groups arm arms")


def scores_of_both(tokens: list[Token], view: View, runs: list[Run]) -> None:
    """ "NRS differed between WAX (3.1) AND CLAY (4.3)": two scores.

    What is told behind them, "... WAS 1.2 points", is their difference.
    """
    a, b = view.a, view.b
    for k in range(a + 1, b - 6):
        if tokens[k].word != "between" or not _differs(tokens, a, k):
            continue
        first = _named_bracket(tokens, k + 1, b)
        if not first or tokens[first[1] + 1].word != "and":
            continue
        second = _named_bracket(tokens, first[1] + 2, b)
        if not second:
            continue
        inside = [run for run in runs if _in_brackets(run, first, second)]
        if sum(len(run.values) for run in inside) != 2:
            continue
        for run in inside:
            if run.stat != "change" or run.cue not in CHANGE_NOUNS:
                run.call_level()  # not "... IN THE CHANGE in NRS", told behind them
            if len(run.values) == 1:
                own = [arm for arm in view.arms if k < arm.first < run.first]
                run.head = own[-1] if own else None
        for run in runs:
            gap = [tokens[m].word for m in range(second[1] + 1, run.first)]
            if run.first > second[1] and gap[-1:] and gap[-1] in STATE and len(gap) < 4:
                run.stat, run.cue, run.role, run.sign = "between_diff", "difference", "of", ""
        return


def means_in_bracket(tokens: list[Token], runs: list[Run]) -> None:
    """ "no difference between the groups (THE MEAN VAS WAS 4.5 AND 4.2, respectively)": the scores.

    A clause of its own in a bracket, with its verb, that tells two numbers and no difference.
    """
    for run in runs:
        if run.stat != "between_diff" or len(run.values) != 2 or tokens[run.first - 1].word == "(":
            continue
        k = run.first - 1
        inside = []
        while k > 0 and run.first - k < 14 and tokens[k].word not in ("(", ")", "."):
            inside.append(tokens[k].word)
            k -= 1
        told = tokens[k].word == "(" and inside[0] in STATE
        if told and _DIFFERED.isdisjoint(inside) and CHANGE_NOUNS.isdisjoint(inside):
            run.call_level()


def scores_in_one_bracket(tokens: list[Token], view: View, runs: list[Run]) -> None:
    """ "The difference BETWEEN THE GROUPS (2.5 WITH WAX, 5.6 WITH CLAY) was small": two scores.

    So are two in a later bracket of the sentence: "... was gone at 48 hours (3.4 AND 3.1)".
    """
    for one, two in itertools.pairwise(runs):
        if not (_alone(one) and _alone(two)) or tokens[one.first - 1].word != "(":
            continue
        ahead = [tokens[k].word for k in range(view.a, one.first)]
        if not _between_groups(ahead) or ")" in _outside(tokens, one, two):
            continue
        names = [_own_name(run) for run in (one, two)]
        if not all(names) or names[0] == names[1]:
            continue
        for run in runs:
            pair = run.first > two.last and len(run.values) == 2 and run.separators == ["and"]
            again = pair and tokens[run.first - 1].word == "(" and run.stat == "between_diff"
            if run in (one, two) or again:
                run.call_level()
        return


def _alone(run: Run) -> bool:
    return run.stat == "between_diff" and len(run.values) == 1


def _between_groups(words: list[str]) -> bool:
    """ "the DIFFERENCE in VAS BETWEEN BOTH GROUPS": not "in the CHANGE in VAS"."""
    at = next((n for n, word in enumerate(words) if word in _DIFFERED), len(words))
    told = words[at:]
    if "between" not in told or not CHANGE_NOUNS.isdisjoint(set(words) - DIFFERENCE):
        return False
    behind = told[told.index("between") + 1 :][:3]
    return not _FILL.isdisjoint(behind) and not GROUP.isdisjoint(behind)


def _outside(tokens: list[Token], one: Run, two: Run) -> list[str]:
    """The words between two runs without those of a bracket: "2.5 (1.3) in the first, 5.6"."""
    out: list[str] = []
    depth = 0
    for token in tokens[one.values[-1].last : two.first]:
        depth += token.word == "("
        if not depth:
            out.append(token.word)
        depth -= token.word == ")" and depth > 0
    return out


def _own_name(run: Run) -> str:
    """The group that stands right behind the value of a run; "" if there is none."""
    labels = run.post.get("arm", [])
    near = bool(labels) and len(labels[0].items) == 1 and labels[0].first - run.last < 4
    return labels[0].items[0].name if near else ""


def _differs(tokens: list[Token], a: int, k: int) -> bool:
    """Whether "the DIFFERENCE in NRS", "NRS DIFFERED by 1.2 points" stands before token k.

    Not where a change is what differed: "IMPROVEMENT differed between wax (2.4) and clay (1.1)".
    """
    ahead = [tokens[m].word for m in range(a, k)]
    changed = not CHANGE_NOUNS.isdisjoint(set(ahead) - DIFFERENCE)
    return not changed and not _DIFFERED.isdisjoint(ahead[-9:])


def _named_bracket(tokens: list[Token], k: int, b: int) -> tuple[int, int] | None:
    """The bracket that opens behind a name that begins at token k."""
    start = k
    while k < min(b, start + 7) and _of_name(tokens[k]):
        k += 1
    if k == start or k + 2 >= b or tokens[k].word != "(":
        return None
    close = next((m for m in range(k, min(b, k + 14)) if tokens[m].word == ")"), 0)
    return (k, close) if close and close + 1 < len(tokens) else None


def _of_name(token: Token) -> bool:
    return token.word in _FILL or (token.kind == "w" and is_content(token.word))


def _in_brackets(run: Run, *brackets: tuple[int, int]) -> bool:
    """Whether each value of the run opens one of the brackets."""
    places = {k for opened, _ in brackets for k in (opened, opened + 1)}
    return all(value.first in places for value in run.values)
