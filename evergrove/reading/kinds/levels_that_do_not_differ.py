"""Scores of groups said not to differ: "VAS did not differ (6.8 with wax and 7.4 with clay)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, word_set
from evergrove.reading.vectors import same_label

MAYBE_ALIKE = word_set("differ different") | DIFFERENCE
_NOT = word_set("no not nor neither without")
_NOUNS = CHANGE | CHANGE_NOUNS
_REACH = 24


def levels_that_do_not_differ(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """Make levels of two values (or rows of values) in one bracket that each have their own group.

    "There was NO DIFFERENCE in VAS (6.8 WITH WAX and 7.4 WITH CLAY)": a difference is of both
    groups, and what each has is its score. So are the values behind that only go on.
    """
    said = 0  # the last run that was told so
    for at, run in enumerate(runs):
        if run.stat not in ("change", "between_diff"):
            continue
        pair = runs[at : at + 2]
        if len(pair) == 2 and _alike(tokens, a, *pair):
            pair[0].call_own_level()
            pair[1].call_own_level()
            said = at + 1
        elif said and (_goes_on(runs, said, at) or (said == at - 1 and _of_both(run))):
            run.call_own_level()
            said = at


def _goes_on(runs: list[Run], said: int, at: int) -> bool:
    """ "; at 2 weeks, it was lower with wax (3.1) THAN WITH CLAY (4.4)": whether 4.4 only goes on.

    It took its kind from the bracket that was told not to differ, and so is a score as well. What
    stands in between is a score that has a verb of its own.
    """
    return runs[at].inherits and all(run.stat == "level" for run in runs[said:at])


def _alike(tokens: list[Token], a: int, one: Run, two: Run) -> bool:
    """Whether both runs are in the bracket behind "no difference", each with its own group."""
    if len(one.values) != len(two.values) or one.versus or two.versus:
        return False
    if any(value.sign or value.percent for run in (one, two) for value in run.values):
        return False
    opened = next((k for k in (one.first - 1, one.first) if tokens[k].word in ("(", "[")), None)
    if opened is None and [t.word for t in tokens[one.first - 2 : one.first]] == [",", "with"]:
        opened = (
            one.first - 2
        )  # "NO DIFFERENCE in VAS, WITH 6.8 in the wax and 7.4 in the clay group"
    elif opened is None or open_bracket(tokens, a, two.first) != opened:
        return False
    ahead = [tokens[k].word for k in range(max(a, opened - _REACH), opened)]
    if ";" in ahead:
        ahead = ahead[len(ahead) - ahead[::-1].index(";") :]
    said = next((m for m, word in enumerate(ahead) if word in MAYBE_ALIKE), None)
    if said is None or _NOT.isdisjoint(ahead[:said]) or not _NOUNS.isdisjoint(ahead[said + 1 :]):
        return False
    groups = [[item for lb in r.post.get("arm", []) for item in lb.items] for r in (one, two)]
    if any(len(group) != 1 for group in groups):
        return False
    return not same_label(groups[0][0], groups[1][0])


def _of_both(run: Run) -> bool:
    """ "; at 2 weeks, IT WAS 1.2 AND 1.9": two values at one time are no difference of theirs."""
    unsigned = not any(value.sign or value.percent for value in run.values)
    return len(run.values) == 2 and run.stat == "between_diff" and unsigned
