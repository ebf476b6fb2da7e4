"""Two scores behind a change against baseline: "a fall in NRS COMPARED WITH BASELINE (3 vs 6)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.small_words import COMPARED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BETTER, CHANGE_NOUNS, DOWN, UP, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Vectors, same_label
from evergrove.reading.view import View

MAYBE_AGAINST = COMPARED
_LATER = ("point", "window", "final", "post", "discharge", "immediate")
_TWO_CHANGES = word_set(
    "greater larger more less smaller fewer than between both each control controls placebo sham"
)


def moved_against_baseline(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "After the course, a REDUCTION in NRS COMPARED WITH the period BEFORE it (3.1 vs 5.9)".

    Two numbers set against each other behind one change of one group are the two scores; which of
    them is the later one tells the way of the change.
    """
    start = view.a
    for index, run in enumerate(runs):
        if len(run.values) > 2:
            rated = vectors["measure"].of[index][0]
            in_turn = _visits_of(document, view, run, start, rated)
            if in_turn:
                run.call_level()
                vectors["time"].set(index, in_turn, "pre")
                vectors["time"].mismatch[index] = False
                document.queue.add("arity_ambiguous")
        elif _bare_pair(document.tokens, run):
            rated = vectors["measure"].of[index][0]
            both = _times_of(document, view, run, start, vectors["arm"].unique(index), rated)
            if both:
                run.call_level()
                vectors["time"].set(index, both, "pre")
        start = run.last


def _times_of(
    document: Document, view: View, run: Run, start: int, named: list[Arm], rated: Mention | None
) -> list[Time]:
    """The times of the two scores in their order, told behind `start`; [] where that is unsure."""
    one, two = (value.value for value in run.values)
    ahead = {document.tokens[k].word for k in range(start, run.first)}
    sign = _sign_of(document, run, ahead, rated)
    if sign not in ("-", "+") or one == two or len(named) > 1:
        return []
    if not ahead.isdisjoint(_TWO_CHANGES):
        return []
    arms = {arm.name for arm in view.arms if start <= arm.first < run.first}
    if len(arms) > 1 or (not arms and len(document.declared.arms) > 1):
        return []  # "compared with baseline, NRS fell (3.1 vs 1.9)": in the one and the other group
    times = [time for time in view.times if time.kind != "duration"]
    told = [time for time in times if start <= time.first < run.first]
    base = [time for time in told if time.kind == "base"]
    later = [time for time in told if time.kind in _LATER]
    if len(base) != 1 or not later or len(told) != 1 + len(later):
        return []
    if any(not same_label(time, later[0]) for time in later):
        return []
    first = base[0].first
    near = {document.tokens[k].word for k in range(max(start, first - 5), first)}
    if MAYBE_AGAINST.isdisjoint(near):
        return []
    falls = one > two
    return [base[0], later[0]] if falls == (sign == "-") else [later[0], base[0]]


def _visits_of(
    document: Document, view: View, run: Run, start: int, rated: Mention | None
) -> list[Time]:
    """ "a FALL in NRS AT 1 MONTH AND 3 MONTHS compared to ENTRY (7.2, 3.4 and 3.1)": times in turn.

    The score at baseline, told last, may stand first or last in the list: it is the largest of a
    fall. [] where the numbers do not tell.
    """
    words = {document.tokens[k].word for k in range(start, run.first)}
    way = _sign_of(document, run, words, rated) or _way_of_verb(document, words, rated)
    opened = document.tokens[run.first - 1].word in ("(", "[")
    told = [t for t in view.times if start <= t.first < run.first and t.kind != "duration"]
    if not opened or way not in ("-", "+") or len(told) != len(run.values):
        return []
    *later, base = told
    if base.kind != "base" or any(time.kind not in _LATER for time in later):
        return []
    if len(document.declared.arms) > 1 or not words.isdisjoint(_TWO_CHANGES):
        return []
    numbers = [value.value if way == "-" else -value.value for value in run.values]
    if numbers[0] > max(numbers[1:]):
        return [base, *later]
    return [*later, base] if numbers[-1] > max(numbers[:-1]) else []


def _way_of_verb(document: Document, words: set[str], rated: Mention | None) -> str:
    """ "VAS DECREASED", "ODI IMPROVED": the one way that all verbs ahead of a list tell, or ""."""
    known = document.profile.measures.get(rated.key or "") if rated is not None else None
    if rated is None or known is None:
        return ""
    better = "-" if known.better(rated.qualifier) == "lower" else "+"
    ways = {"-"} if words & DOWN else set()
    ways |= {"+"} if words & UP else set()
    ways |= {better} if words & BETTER else set()
    return ways.pop() if len(ways) == 1 else ""


def _sign_of(document: Document, run: Run, words: set[str], rated: Mention | None) -> str:
    """ "-" or "+" of the change that is told ahead of a run; else "" or what cannot be signed."""
    sign = run.sign if run.stat == "change" else _way(words)
    known = document.profile.measures.get(rated.key or "") if rated is not None else None
    if sign == "better" and rated is not None and known is not None:
        sign = "-" if known.better(rated.qualifier) == "lower" else "+"
    return sign


def _way(words: set[str]) -> str:
    """ "A RISE in ODI relative to baseline was SEEN at 6 weeks (31 vs 43)": the way of the noun."""
    falls, rises = words & CHANGE_NOUNS & DOWN, words & CHANGE_NOUNS & UP
    return "" if bool(falls) == bool(rises) else "-" if falls else "+"


def _bare_pair(tokens: list[Token], run: Run) -> bool:
    """Whether a run is two numbers without sign or %, set against each other in a bracket."""
    if len(run.values) != 2 or not run.versus or run.stat not in ("change", "level"):
        return False
    if any(value.sign or value.percent for value in run.values):
        return False
    return tokens[run.first - 1].word in ("(", "[")
