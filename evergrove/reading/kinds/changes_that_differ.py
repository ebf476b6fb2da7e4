"""Changes that are set apart: "the change differed between wax (-2.3) and clay (-1.1)"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS
from evergrove.reading.times.time_parts import Time


def changes_that_differ(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "THE CHANGE in NRS differed between wax (-2.3) and clay (-1.1)": the change of each group.

    Each number stands alone in a bracket right behind a group of its own, so that neither tells how
    the two groups differ.
    """
    told = [run for run in runs if run.stat == "between_diff"]
    if len(told) < 2 or len(told) != len(runs):
        return
    noun = next((tokens[k].word for k in range(a, told[0].first) if _names_change(tokens, k)), "")
    if not noun or not all(_behind_group(tokens, run) for run in told):
        return
    names = {run.pre["arm"][-1].items[0].name for run in told}
    if len(names) != len(told):
        return
    signed = any(value.sign for run in told for value in run.values)
    for run in told:
        run.stat, run.role, run.cue = "change", "of", noun
        run.sign = "" if signed else sign_of(noun)


def _names_change(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in CHANGE_NOUNS and tokens[k].mark is None


def _behind_group(tokens: list[Token], run: Run) -> bool:
    """Whether a lone value opens a bracket that a group stands right before."""
    labels = run.pre.get("arm", [])
    if len(run.values) != 1 or not labels or len(labels[-1].items) != 1:
        return False
    return labels[-1].last == opened_by(tokens, run)


def opened_by(tokens: list[Token], run: Run) -> int:
    """The bracket that the run opens, which may be counted to it ("(7.4 ± 1.1)"); else -1."""
    return next((k for k in (run.first, run.first - 1) if tokens[k].word in ("(", "[")), -1)


def scores_behind_times(tokens: list[Token], runs: list[Run], times: list[Time]) -> None:
    """ "The difference BETWEEN BASELINE (7.0 ± 1.1) AND 6 WEEKS (4.4 ± 1.3) was clear": two scores.

    So too "the fall FROM BASELINE (7.0 ± 1.1) TO 6 WEEKS (4.4 ± 1.3)".
    Each number stands alone in a bracket right behind its own time.
    """
    ending = {time.last: time for time in times}
    for one, two in itertools.pairwise(runs):
        first, second = (ending.get(opened_by(tokens, run)) for run in (one, two))
        if first is None or second is None:
            continue
        if any(run.stat not in ("change", "between_diff") for run in (one, two)):
            continue
        alone = all(
            len(run.values) == 1
            and not run.values[0].sign
            and not any(spread.kind == "ci" for spread in run.values[0].spreads)
            for run in (one, two)
        )
        lead = tokens[first.first - 1].word
        if alone and lead in ("between", "from") and first.kind == "base" and second.kind != "base":
            for run in (one, two):
                run.call_level()
