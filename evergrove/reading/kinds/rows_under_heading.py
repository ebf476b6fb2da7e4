"""Differences and changes in rows: "Mean DIFFERENCES in VAS WERE: baseline, 0.2; week 3, -0.9"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import IS
from evergrove.reading.text.stat_words import DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, GROUP, VERBS, word_set
from evergrove.reading.times.time_parts import Time

_SIDES = word_set("between minus versus vs")
_BETWEEN_LABELS = word_set(", : ; at and in with for on after the")
_DENIED = word_set("no without not neither none similar")
_REACH = 12
_FINITE = VERBS - word_set("compared treated given received using adjusted randomised randomized")


def rows_under_heading(
    tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]
) -> None:
    """ "Differences between wax and clay WERE, AT BASELINE, 0.2 (CI); AT 3 WEEKS, -0.9 (CI)".

    What heads the row is of all its numbers, each behind a time or a group of its own. Only where
    nothing but the verb or a colon closes the heading: not "differences were found: ...".
    """
    percents = [run.values[0].percent for run in runs]
    if any(len(run.values) > 1 for run in runs) or len(set(percents)) > 1:
        return
    end = _heading_end(tokens, a, runs[0])
    head = tokens[a:end]
    while head and (head[-1].word in IS or head[-1].word in (":", ",")):
        head.pop()
    words = {token.word for token in head}
    noun = next((k for k in range(len(head) - 1, -1, -1) if _heads(head[k])), -1)
    if noun < 0 or words & _DENIED or any(token.word in _FINITE for token in head[noun + 1 :]):
        return
    noun += a
    cue = tokens[noun].word
    stat = "change" if cue in CHANGE_NOUNS else "between_diff"
    if stat == "between_diff" and (percents[0] or words.isdisjoint(_SIDES | GROUP)):
        return
    if any(run.stat not in ("level", stat) for run in runs):
        return
    # "they differed: wax, 3.4; clay, 4.4" are scores: the change of each group, no difference
    each = stat == "change"
    if any(not _labelled(tokens, run, start, timed, each) for run, start in _starts(runs, end)):
        return
    for run in runs:
        run.stat, run.cue, run.role = stat, cue, "of"
        run.sign = sign_of(cue) if stat == "change" else ""


def _heads(token: Token) -> bool:
    return token.word in DIFFERENCE or token.word in CHANGE_NOUNS


def _heading_end(tokens: list[Token], a: int, run: Run) -> int:
    """Behind the verb or colon that closes the heading, ahead of the label of a run; 0 if none."""
    for k in range(run.first - 2, max(a, run.first - _REACH), -1):
        if tokens[k].word in IS or tokens[k].word == ":":
            return k + 1
    return 0


def _starts(runs: list[Run], end: int) -> list[tuple[Run, int]]:
    """Each run with the token behind the run or heading before it."""
    befores = [end, *(_last(run) for run in runs)]
    return list(zip(runs, befores, strict=False))


def _last(run: Run) -> int:
    return max([run.last, *(at + 1 for value in run.values for s in value.spreads for at in s.at)])


def _labelled(
    tokens: list[Token], run: Run, start: int, timed: dict[int, Time], of_groups: bool
) -> bool:
    """Whether nothing but one label, with its signs, stands ahead of a number of a row."""
    own = run.pre.get("arm", []) if of_groups else []
    named = {k for labels in own for k in range(labels.first, labels.last)}
    inside = [k for k in range(start, run.first) if tokens[k].word not in (")", "]")]
    other = [k for k in inside if k not in timed and k not in named]
    told = len(other) < len(inside)
    return told and all(tokens[k].word in _BETWEEN_LABELS for k in other)
