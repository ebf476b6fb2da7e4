"""Numbers that go on with a kind told before, or that a score before or after it forbids."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import OPENS, SCORE
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, STATE, VERBS, word_set
from evergrove.reading.times.time_parts import Time

_FIGURES = word_set("figures figure values value numbers changes results amounts ones")
_SET_AGAINST = word_set("compared relative respect comparison")


def said_again(tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]) -> None:
    """Set the kind of numbers that a verb or noun of an earlier number of the sentence tells."""
    figures = False  # whether the run before is of figures told so
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else None
        if run.stat == "change" and run.role == "of" and _base_in_bracket(tokens, a, run, timed):
            _scores_from(runs[index:])
        if before is None:
            continue
        if run.stat == "level" and run.role == "by" and before.role == "from":
            _by_again(runs, index)
        if run.stat == "level" and _from_baseline_and(tokens, before, run, timed):
            run.go_on_from(before)
            run.role = before.role
        level = run.stat == "level" and run.role == "state"
        figures = level and (
            _figures(tokens, before, run) or (figures and _dated_next(tokens, before, run, timed))
        )
        if figures:
            run.go_on_from(before)
        if run.stat == "level" and run.role == "state" and _than_others(tokens, a, before, run):
            run.go_on_from(before)
        if run.stat == "level" and run.role == "state" and _later(tokens, before, run, timed):
            run.go_on_from(before)
        if run.stat == "change" and before.stat == "level" and _no_further(tokens, before, run):
            run.call_level()


def _base_in_bracket(tokens: list[Token], a: int, run: Run, timed: dict[int, Time]) -> bool:
    """ "a decrease WITH RESPECT TO THE PRE-TREATMENT VAS (7.4)": where it began.

    The bracket stands right behind baseline and what was rated then.
    """
    k = run.first - 1
    if tokens[k].word not in OPENS or len(run.values) > 1:
        return False
    k -= 1
    while k > a and k not in timed and (tokens[k].mark is not None or tokens[k].word in _RATED):
        k -= 1
    if k not in timed or timed[k].kind != "base":
        return False
    k = timed[k].first - 1
    k -= tokens[k].word in ("the", "their", "its")
    return tokens[k].word in ("to", "with") and tokens[k - 1].word in _SET_AGAINST


_RATED = word_set("score scores value values level levels mean median on the pain")


def _scores_from(runs: list[Run]) -> None:
    """The first is where a fall began, and those that took their kind from it are scores too."""
    first, *others = runs
    kind = (first.stat, first.cue)
    first.call_level("from")
    for run in others:
        if (run.stat, run.cue) != kind:
            break
        run.call_level()


def _by_again(runs: list[Run], index: int) -> None:
    """ "decreased from 6.2 by 2.7 with wax, and FROM 6.8 BY 2.1 with clay": by how much, again."""
    told = [run for run in runs[:index] if run.role == "by" and run.stat == "change"]
    if told:
        runs[index].go_on_from(told[-1])
        runs[index].role = "by"


def _figures(tokens: list[Token], before: Run, run: Run) -> bool:
    """ "fell by 3.9 and 14 points; after clay THE FIGURES WERE 3.3 and 9": by how much, again."""
    if before.stat not in ("change", "between_diff"):
        return False
    gap = [tokens[k].word for k in range(before.last, run.first)]
    at = next((k for k, word in enumerate(gap) if word in _FIGURES), -1)
    return at > 0 and not STATE.isdisjoint(gap[at + 1 : at + 3]) and gap[at - 1] in _LEADS


def _dated_next(tokens: list[Token], before: Run, run: Run, timed: dict[int, Time]) -> bool:
    """ "the figures were 3.6 at 6 months AND 4.1 AT 1 YEAR": nothing but a time is told of it."""
    gap = [tokens[k].word for k in range(before.last, run.first) if k not in timed]
    behind = tokens[run.last].word if run.last < len(tokens) else ""
    dated = len(gap) < run.first - before.last or behind in _WHEN
    return dated and _WHEN.issuperset(gap)


def _later(tokens: list[Token], before: Run, run: Run, timed: dict[int, Time]) -> bool:
    """ "lower with wax than with clay, difference 1.9; AT 5 YEARS, 0.8": the difference then.

    Nothing but a later time stands between the semicolon and the number, which has no group.
    """
    if before.stat != "between_diff" or len(before.values) > 1 or len(run.values) > 1:
        return False
    if tokens[run.last].word in ("in", "with", "for"):
        return False  # "; at 1 year, 2.1 IN BOTH GROUPS"
    if before.cue not in DIFFERENCE or run.pre.get("arm") or run.post.get("arm"):
        return False
    at = next((k for k in range(before.last, run.first) if tokens[k].word == ";"), run.first)
    words = [k for k in range(at + 1, run.first) if k not in timed]
    return at + 1 < run.first and all(tokens[k].word in _WHEN for k in words)


_WHEN = word_set("at after , and then (")
_LEADS = word_set("the corresponding these respective equivalent those")


def _from_baseline_and(tokens: list[Token], before: Run, run: Run, timed: dict[int, Time]) -> bool:
    """ "wax lost 1.7 points FROM ITS BASELINE VAS AND THE CLAY GROUP 3.1": lost that as well."""
    if before.stat != "change" or run.role not in ("from", "state"):
        return False
    gap = [tokens[k].word for k in range(before.last, run.first)]
    if gap[:1] != ["from"] or "and" not in gap or not VERBS.isdisjoint(set(gap) - SCORE):
        return False
    joint = before.last + gap.index("and")
    told = {timed[k].kind for k in range(before.last, joint) if k in timed}
    own = any(k in timed for k in range(joint, run.first))
    return told == {"base"} and not own and gap[-1] not in ("from", "to", "of")


def _than_others(tokens: list[Token], a: int, before: Run, run: Run) -> bool:
    """ "The fall was GREATER in those given wax (2.6) THAN IN those given clay (1.7)": falls both.

    Each in a bracket behind its group; the noun of change leads the comparison.
    """
    if before.stat != "change" or before.role != "of" or tokens[run.first - 1].word not in OPENS:
        return False
    gap = [tokens[k].word for k in range(before.last, run.first)]
    opened = next((k for k in range(before.first - 1, a, -1) if tokens[k].word in OPENS), a)
    ahead = [tokens[k].word for k in range(a, opened)]
    noun = next((n for n, word in enumerate(ahead) if word == before.cue), len(ahead))
    compared = not COMPARATIVE.isdisjoint(ahead[noun + 1 :]) and before.cue in CHANGE_NOUNS
    return compared and "than" in gap and not _ENDS.intersection(gap) and gap.count("(") < 2


_ENDS = word_set("; , . was were")


def _no_further(tokens: list[Token], before: Run, run: Run) -> bool:
    """ "it had halved to 1.3, with NO FURTHER FALL at 30 min (1.7)": the score then."""
    if tokens[run.first - 1].word not in OPENS or any(value.sign for value in run.values):
        return False
    gap = [tokens[k].word for k in range(before.last, run.first)]
    pairs = itertools.pairwise(gap)
    return any(one == "no" and two in ("further", "additional") for one, two in pairs)
