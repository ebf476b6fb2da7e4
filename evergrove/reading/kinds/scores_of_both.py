"""Scores in brackets behind the two that a difference is between, and no differences themselves."""

from __future__ import annotations

from evergrove.reading.document import View
from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, STATE, is_content, word_set

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
