"""Pairs in brackets whose times stand behind the last of them."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BETTER, DOWN, UP, word_set
from evergrove.reading.vectors import Vectors, same_label
from evergrove.reading.view import View

_LATER = ("point", "window", "final", "discharge")
_GROUPED = word_set("groups group arms controls control placebo sham between")


def before_and_after_pairs(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "Less back pain (7.1 VS 2.2) and leg pain (6.5 VS 1.9) AT 1 YEAR THAN BEFORE": one group.

    Every pair of the sentence stands in a bracket, two times are told, one of them baseline, and
    no group, or each bracket opens behind a group of its own; which value of a pair is the first in
    time tells the way that the sentence says they moved, if all pairs of known measures agree.
    """
    arms = _arm_of_each(document.tokens, view, runs)
    alone = len(document.declared.arms) < 2 and not view.arms
    alone = alone and not _of_groups(document.tokens, view)
    if not arms and not alone:
        return
    told: list[Any] = []
    for time in view.times:
        if time.kind != "duration" and not any(same_label(time, other) for other in told):
            told.append(time)
    if len(told) != 2 or sorted(time.kind == "base" for time in told) != [False, True]:
        return
    base, later = sorted(told, key=lambda time: time.kind != "base")
    of = vectors["measure"].of
    pairs = [index for index, run in enumerate(runs) if _bare_pair(document, run, of[index][0])]
    if len(pairs) < 2 or later.kind not in _LATER:
        return
    if any(run.versus or len(run.values) > 1 for k, run in enumerate(runs) if k not in pairs):
        return
    if any(len(_told(runs[index])) > 1 for index in pairs[:-1]):
        return
    if arms and len(pairs) != len(runs):
        return
    rated = {k: vectors["measure"].of[0 if arms else k][0] for k in pairs}
    # "flexion (71.3° vs 104.2°)": of nothing that the profile knows, and it moved its own way
    known = [k for k in pairs if rated[k] is not None and rated[k].key]
    ways = {_falls_first(document, view, runs[k], rated[k]) for k in known}
    if ways == {None} and _from_base_on(document.tokens, base, later, runs[pairs[0]]):
        ways = {True}  # "changes BETWEEN BASELINE AND 1 YEAR in VAS (7.1 vs 2.2) and ODI (...)"
    if len(ways) != 1 or None in ways:
        return
    both = [base, later] if ways == {True} else [later, base]
    for index in pairs:
        run = runs[index]
        run.call_level()
        vectors["time"].set(index, both, "pre")
        if arms:
            vectors["arm"].set(index, [arms[index]] * 2, "pre")
    for index in range(1, len(runs)):
        if runs[index].role == "to" and runs[index - 1].role == "from":
            own = runs[index].post.get("time")
            if not own and len(runs[index].values) == 1:
                vectors["time"].set(index, [later], "post")


def _from_base_on(tokens: list[Token], base: Any, later: Any, run: Run) -> bool:
    """Whether "between baseline and 1 year" or "from baseline to 1 year" is told ahead of a run."""
    led = tokens[base.first - 1].word in ("between", "from")
    return led and base.last < later.first <= base.last + 3 and later.last <= run.first


def _arm_of_each(tokens: list[Token], view: View, runs: list[Run]) -> list[Arm]:
    """The groups of a sentence, if each run opens a bracket right behind one: "WAX (7 vs 3)"."""
    if len(view.arms) < len(runs):
        return []
    found: list[Arm] = []
    for run in runs:
        k = run.first - 1
        while k > view.a and (tokens[k].mark is not None or tokens[k].word in _HEADS):
            k -= 1
        behind = [arm for arm in view.arms if arm.last == k]
        if tokens[k].word not in ("(", "[") or not behind:
            return []
        found.append(behind[0])
    different = not any(same_label(one, two) for one, two in itertools.combinations(found, 2))
    return found if different else []


def _told(run: Run) -> list[Any]:
    return [time for labels in run.post.get("time", []) for time in labels.items]


def _of_groups(tokens: list[Token], view: View) -> bool:
    """Whether a word for groups stands there; not "improved BETWEEN BASELINE and 6 months"."""
    found = view.words & _GROUPED
    if found != {"between"}:
        return bool(found)
    dated = {time.first for time in view.times}
    return any(tokens[k].word == "between" and k + 1 not in dated for k in range(view.a, view.b))


def _bare_pair(document: Document, run: Run, mention: Any) -> bool:
    """Whether a run is two scores in a bracket; percentages only of what is scored in per cent."""
    if len(run.values) != 2 or not run.versus or run.stat not in ("level", "change"):
        return False
    known = document.profile.measures.get(mention.key) if mention is not None else None
    share = known is not None and known.percent
    if any(value.sign or (value.percent and not share) for value in run.values):
        return False
    tokens, k = document.tokens, run.first - 1
    while k > 0 and (tokens[k].mark is not None or tokens[k].word in _HEADS):
        k -= 1
    return tokens[k].word in ("(", "[")


_HEADS = word_set("mean median score scores : = , was average from")


def _falls_first(document: Document, view: View, run: Run, mention: Any) -> bool | None:
    """Whether the first value of a pair is the earlier one; None where nothing tells."""
    known = document.profile.measures.get(mention.key) if mention is not None else None
    one, two = (value.value for value in run.values)
    if known is None or one == two:
        return None
    words = view.words
    way = ""
    if not words.isdisjoint(DOWN):
        way = "-"
    if not words.isdisjoint(UP):
        way = "?" if way else "+"
    if not words.isdisjoint(BETTER):
        better = "-" if known.better(mention.qualifier) == "lower" else "+"
        way = better if way in ("", better) else "?"
    if way not in ("-", "+"):
        return None
    return (one > two) == (way == "-")


def time_of_all_pairs(tokens: list[Token], runs: list[Run], times: Vectors) -> None:
    """ "less back pain (2.2 vs 3.2) and less leg pain (1.9 vs 2.9) AT 1 YEAR, and ...": of all.

    The one time of a sentence, right behind the last of pairs that have none.
    """
    told = [label for labels in times.of for label in labels if label is not None]
    if not told or told[0].kind not in _LATER or any(not same_label(told[0], x) for x in told):
        return
    first = next(k for k, labels in enumerate(times.of) if labels[0] is not None)
    if not first or any(any(times.of[k]) or not runs[k].versus for k in range(first)):
        return
    if any(runs[k].stat != "level" or len(runs[k].values) != 2 for k in range(first)):
        return
    at, start = told[0].first, runs[first - 1].last
    if not start <= at < runs[first].first:
        return
    gap = {tokens[k].word for k in range(start, at)}
    if gap & JOINS_CLAUSES or not gap & {")", "]"}:
        return
    for k in range(first):
        times.set(k, [told[0]] * 2, "post")
