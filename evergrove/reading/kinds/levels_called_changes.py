"""Levels behind a word of change: "showed improvement: entry 7.1", "no difference (7 vs 7)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

_SINCE = word_set("from over versus vs than against since to with")


def levels_called_changes(tokens: list[Token], runs: list[Run]) -> None:
    """Make levels of the values that cannot be what the word before them says."""
    started = ""
    for at, run in enumerate(runs):
        if run.stat != "change":
            continue
        if _no_difference(tokens, run) or (at and _no_change(tokens, runs[at - 1], run)):
            run.call_own_level()
        elif _at_baseline(tokens, run):
            started = run.cue
            run.call_own_level()
        elif started and run.cue == started:
            run.call_own_level()


def _at_baseline(tokens: list[Token], run: Run) -> bool:
    """ "NRS showed improvement: AT ENTRY 7.1, at 2 weeks 5.0": nothing has changed at baseline.

    Baseline stands right before the value, and nothing is set against it ("from baseline 2.1").
    """
    told = run.pre.get("time", [])
    if run.cue not in CHANGE_NOUNS or not told or any(value.sign for value in run.values):
        return False
    last = told[-1]
    if len(last.items) != 1 or last.items[0].kind != "base" or run.first - last.last > 1:
        return False
    lead = [tokens[k].word for k in range(max(0, last.first - 3), last.first)]
    return any(word in (":", "(") for word in lead) and _SINCE.isdisjoint(lead)


def _no_difference(tokens: list[Token], run: Run) -> bool:
    """ "with NO DIFFERENCE before it (7.1 VS 7.3)": what is set against each other are levels."""
    if run.cue not in DIFFERENCE or not run.versus or any(value.sign for value in run.values):
        return False
    if tokens[run.first - 1].word not in ("(", "["):
        return False
    ahead = [tokens[k].word for k in range(max(0, run.first - 14), run.first)]
    at = len(ahead) - 1 - ahead[::-1].index(run.cue) if run.cue in ahead else None
    if at is None or not CHANGE_NOUNS.isdisjoint(ahead[at + 1 :]):
        return False
    return bool({"no", "not", "without"} & set(ahead[max(0, at - 3) : at]))


def _no_change(tokens: list[Token], before: Run, run: Run) -> bool:
    """ "2.9 at 3 weeks, with NO FURTHER CHANGE at 9 weeks (2.8)": the score, near that before."""
    value, last = run.values[0], before.values[-1]
    if len(run.values) > 1 or value.sign or value.percent or before.stat != "level":
        return False
    if run.cue not in CHANGE_NOUNS or tokens[run.first - 1].word not in ("(", "["):
        return False
    near = [tokens[k].word for k in range(max(before.last, run.first - 12), run.first)]
    if run.cue not in near or "no" not in near[: near.index(run.cue)][-3:]:
        return False
    return value.value > 0 and abs(value.value - last.value) <= _STILL * last.value


_STILL = 0.25
