"""Scores that a word of change leads, though they are no changes."""

from __future__ import annotations

import itertools

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import SCORE_NOUNS
from evergrove.reading.text.stat_words import KEPT
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    BETTER,
    CHANGE,
    CHANGE_NOUNS,
    DOWN,
    SET_AGAINST,
    UP,
    word_set,
)
from evergrove.reading.view import View

MAYBE_FINAL = word_set("greater larger bigger more")
MAYBE_SLIGHT = word_set("slight small mild minor modest minimal transient")
MAYBE_COMPARED = SET_AGAINST
MAYBE_HARDLY = word_set("hardly barely scarcely little")
MAYBE_KEPT = KEPT
_FINAL = word_set(
    "endpoint final end follow-up posttreatment post-treatment postoperative last at after"
)


def final_scores(document: Document, view: View, runs: list[Run]) -> None:
    """ "NRS fell MORE with gel than with ice (final mean SCORES 3.1 vs 4.6)": what they fell to.

    The noun right before the pair says so, if a word for the end stands with it, or if the group
    that fell more has the lower number.
    """
    tokens = document.tokens
    for run in runs:
        if run.stat not in ("change", "between_diff") or not run.versus or len(run.values) != 2:
            continue
        inside = _in_bracket(tokens, view.a, run)
        if not inside or inside[-1] not in SCORE_NOUNS or not CHANGE.isdisjoint(inside):
            continue
        one, two = run.values
        if any(value.sign or value.percent for value in run.values):
            continue
        falls = one.value < two.value if run.cue in DOWN else one.value > two.value
        if falls or not _FINAL.isdisjoint(inside):
            run.call_own_level()


def _in_bracket(tokens: list[Token], a: int, run: Run) -> list[str]:
    """The words between the bracket that opens before a run and the run; [] if none opens."""
    for k in range(run.first - 1, max(a, run.first - 9), -1):
        if tokens[k].word in ("(", "["):
            inside = [tokens[m].word for m in range(k + 1, run.first)]
            return [word for word in inside if word not in (":", "=", "of", "were", "was")]
    return []


def slight_change(document: Document, view: View, runs: list[Run]) -> None:
    """ "NRS was 2.1 at 1 month, with a SLIGHT RISE at 1 year (2.9)": the score then.

    No slight rise is as large as the score before it, and no slight fall as large as half of it.
    """
    tokens = document.tokens
    for before, run in itertools.pairwise(runs):
        if run.stat != "change" or len(run.values) != 1 or run.cue not in CHANGE_NOUNS:
            continue
        value = run.values[0]
        if before.stat != "level" or value.sign or value.percent or value.unit == "point":
            continue
        if tokens[run.first - 1].word not in ("(", "["):
            continue
        told = range(before.last, run.first)
        slight = any(tokens[k].word in MAYBE_SLIGHT and tokens[k + 1].word == run.cue for k in told)
        least = before.values[-1].value * (1 if run.cue in UP else 0.5)
        if slight and value.value >= least > 0:
            run.call_own_level()


def hardly_changed(tokens: list[Token], runs: list[Run]) -> None:
    """ "from 6.9 to 2.4; with clay it HARDLY CHANGED (6.8 and 6.1)": the scores then.

    No small change is as large as half of a score that the sentence has told before.
    """
    for at, run in enumerate(runs):
        told = [v.value for x in runs[:at] for v in x.values if x.stat == "level"]
        if run.stat != "change" or not told or not _in_own_bracket(tokens, run):
            continue
        opened = run.first - (tokens[run.first].word not in ("(", "["))
        ahead = [tokens[k].word for k in range(max(runs[at - 1].last, opened - 4), opened)]
        hardly = run.cue in ahead and not MAYBE_HARDLY.isdisjoint(ahead[: ahead.index(run.cue)])
        if hardly and min(value.value for value in run.values) >= max(told) / 2:
            run.call_own_level()


def gain_kept(tokens: list[Token], runs: list[Run]) -> None:
    """ "VAS fell from 6.9 to 2.4 and HELD THIS GAIN at 6 months (2.6)": the score then.

    Behind the end of a frame, which is a score too; not behind a fall "by 4.5".
    """
    for before, run in itertools.pairwise(runs):
        ended = before.stat == "level" and before.role == "to"
        if not ended or run.stat != "change" or run.cue not in CHANGE_NOUNS:
            continue
        if len(run.values) > 1 or not _in_own_bracket(tokens, run):
            continue
        ahead = [tokens[k].word for k in range(before.last, run.first)]
        near = ahead[max(0, ahead.index(run.cue) - 3) :] if run.cue in ahead else []
        if not MAYBE_KEPT.isdisjoint(near[:7]):
            run.call_own_level()


def _in_own_bracket(tokens: list[Token], run: Run) -> bool:
    """Whether plain numbers, with no sign, share or unit of points, open a bracket."""
    plain = not any(v.sign or v.percent or v.unit == "point" for v in run.values)
    return plain and _alone_in_bracket(tokens, run)


def scores_beside_baseline(document: Document, view: View, runs: list[Run]) -> None:
    """ "a reduction in VAS at 1 week (3.1) and 3 months (2.4) COMPARED WITH BASELINE (7.3)".

    Each value alone in a bracket behind its time, and the last, behind "baseline", is the highest
    where the word of change goes down (the lowest where it goes up).
    """
    tokens = document.tokens
    group = [run for run in runs if len(run.values) == 1 and _alone_in_bracket(tokens, run)]
    if len(group) < 2 or len(group) != len(runs):
        return
    base = group[-1]
    ahead = [tokens[k].word for k in range(max(view.a, base.first - 7), base.first)]
    bases = {k for t in view.times if t.kind == "base" for k in range(t.first, t.last)}
    named = any(k in bases for k in range(base.first - 3, base.first))
    values = [run.values[0].value for run in group]
    changed = group[0].stat == "change" and group[0].cue in CHANGE_NOUNS
    if not (changed and named and MAYBE_COMPARED & set(ahead)):
        return
    if any(run.values[0].sign or run.values[0].percent for run in group):
        return
    most = max(values) if group[0].cue not in UP else min(values)
    if values[-1] == most and values.count(most) == 1:
        for run in group:
            run.call_own_level()


def scores_at_all_times(document: Document, view: View, runs: list[Run]) -> None:
    """ "a DIFFERENCE in VAS AT BASELINE, 2 AND 6 WEEKS (6.1, 4.2 and 3.1)": scores, each in turn.

    As many values as times, of which baseline is one: at baseline nothing has changed yet.
    """
    start = view.a
    for run in runs:
        told = [t for t in view.times if start <= t.first < run.first and t.kind != "duration"]
        ahead, start = range(start, run.first), run.last
        if run.stat != "change" or len(run.values) != len(told) or run.versus:
            continue
        alone = "respectively" in view.words and not view.arms
        if (
            len(told) < (2 if alone else 3)
            or [t.kind for t in told].count("base") != 1
            or told[0].kind != "base"
        ):
            continue
        if run.cue not in _DIFFERING or any(v.sign or v.percent for v in run.values):
            continue
        if _FROM.isdisjoint(document.tokens[k].word for k in ahead):
            run.call_own_level()


_DIFFERING = word_set("difference differences change changes")
_FROM = word_set("from between since compared relative versus vs than")


def scores_of_gain(document: Document, view: View, runs: list[Run]) -> None:
    """ "IMPROVEMENTS in heel (1.9 vs 3.8) and toe pain (2.2 vs 3.7) with wax COMPARED TO clay".

    Had the first group gained 1.9 and the second 3.8, it would have gained less: these are the
    scores. Only where less is better, and where every pair of the sentence says so.
    """
    tokens = document.tokens
    pairs = [run for run in runs if run.stat == "change"]
    if not pairs or not view.words.isdisjoint(_LESSENED):
        return
    for run in pairs:
        if not run.versus or len(run.values) != 2 or run.cue not in _GAINED:
            return
        one, two = run.values
        if one.value >= two.value or any(v.sign or v.percent for v in run.values):
            return
        if tokens[run.first - 1].word not in ("(", "["):
            return
    keys = [m.key for m in view.mentions if m.key and m.first < pairs[0].first]
    if not keys or document.profile.measures[keys[-1]].better(None) != "lower":
        return
    behind = {tokens[k].word for k in range(pairs[-1].last, view.b)}
    if MAYBE_COMPARED.isdisjoint(behind) or len(view.arms) < 2:
        return
    for run in pairs:
        run.call_own_level()


_GAINED = CHANGE_NOUNS & (DOWN | BETTER)
_LESSENED = word_set("less smaller lesser fewer lower worse least smallest inferior no")


def _alone_in_bracket(tokens: list[Token], run: Run) -> bool:
    """Whether a bracket opens right before the run, behind a word or a number."""
    if run.first < 2:
        return False
    return tokens[run.first - 1].word in ("(", "[") or tokens[run.first].word in ("(", "[")
