"""The score before, in a bracket behind the later one: "3.1 (7.0 AT BASELINE) at 4 weeks"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, PRE_WORDS, STATE, word_set
from evergrove.reading.vectors import Vectors, same_label
from evergrove.reading.view import View

_LEADS = PRE_WORDS | word_set(": = , mean value score at was of from before")
_LATER = ("point", "window", "final", "discharge")


def baseline_asides(tokens: list[Token], view: View, runs: list[Run], times: Vectors) -> None:
    """Date the score before a bracket by the one later time of its sentence, outside brackets.

    The baseline that is told inside the bracket belongs to the score there and to no other.
    """
    asides = []
    for index in range(1, len(runs)):
        outer, run = runs[index - 1], runs[index]
        if len(outer.values) != 1 or len(run.values) != 1 or outer.stat != "level":
            continue
        opened = run.first - 1
        while opened >= outer.last and tokens[opened].word in _LEADS:
            opened -= 1
        ahead = range(run.last, min(run.last + 9, view.b))
        close = next((k for k in ahead if _closed(tokens, k)), 0)
        if tokens[opened].word not in ("(", "[") or not close or opened - outer.last > 5:
            continue
        if any(tokens[k].kind != "w" for k in range(outer.last, opened)):
            continue
        base = [t for t in view.times if opened < t.first and t.last <= close and t.kind == "base"]
        if base:
            asides.append((index, base[0], opened, close))
    if not asides:
        return
    free = [
        time
        for time in view.times
        if time.kind in _LATER and not any(o < time.first < c for _, _, o, c in asides)
    ]
    alone = bool(free) and all(same_label(free[0], time) for time in free)
    for index, base, _, close in asides:
        behind = next((time for time in free if 0 < time.first - close < 4), None)
        later = free[0] if alone else behind
        if later is None:
            continue
        times.set(index, [base], "post")
        now = times.of[index - 1][0]
        if now is None or now.kind == "base":
            times.set(index - 1, [later], "post")


def asides_ahead(tokens: list[Token], view: View, runs: list[Run], times: Vectors) -> None:
    """ "At week 6 the VAS, 7.1 AT ENTRY, was 3.2", "the ODI (52 INITIALLY) stood at 21 by then".

    The first score stands in an aside right behind the name of its measure and has its own time in
    it; the second, behind the verb, has the one later time outside the aside.
    """
    first, second = runs[0], runs[1]
    if any(len(run.values) != 1 or run.stat != "level" for run in (first, second)):
        return
    opened = first.first - 1
    while opened > view.a and tokens[opened].word in _LEADS_ASIDE:
        opened -= 1
    mark = getattr(tokens[opened - 1].mark, "kind", "") if opened > view.a else ""
    if tokens[opened].word not in _OPENS or mark not in ("measure", "compound", "qualifier"):
        return
    ends = _OPENS[tokens[opened].word]
    close = next((k for k in range(first.last, second.first) if tokens[k].word == ends), 0)
    behind = [tokens[k].word for k in range(close + 1, second.first)]
    if not close or (STATE | CHANGE).isdisjoint(behind):
        return
    base = [t for t in view.times if opened < t.first and t.last <= close and t.kind == "base"]
    free = [t for t in view.times if t.kind in _LATER and not opened < t.first < close]
    if not base or not free or not all(same_label(free[0], time) for time in free):
        return
    times.set(0, [base[0]], "post")
    times.set(1, [free[0]], "pre")


_OPENS = {"(": ")", "[": "]", ",": ","}
_LEADS_ASIDE = _LEADS | word_set("which initially originally")
_LEADS_ASIDE -= {","}


def _closed(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in (")", "]")
