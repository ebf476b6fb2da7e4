"""Differences that are changes: set against each other are before and after, not two groups."""

from __future__ import annotations

from evergrove.reading.arms.arms import ASSIGNED
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    BETTER,
    CHANGE,
    CONTROLS,
    DOWN,
    GROUP,
    PRE_WORDS,
    UP,
    WORSE,
    word_set,
)
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View

_EVERY = word_set("both all each either")
_GROUPS = word_set("groups arms group arm cohorts treatments")
_ROUNDING = 0.11


def differences_of_times(document: Document, view: View, runs: list[Run], memory: Memory) -> None:
    """Make changes of the differences of a sentence that are told within groups, not between."""
    found = [run for run in runs if run.stat == "between_diff" and not run.versus]
    if not found:
        return
    verb = _each_changed(document, view, found) if _of_each(found) else ""
    alone = _of_one_group(document, view)
    for run in found:
        verb = _reduced_by(document.tokens, view, run) if alone else verb
        if verb:
            run.stat, run.cue, run.sign = "change", verb, sign_of(verb)
            if any(value.sign for value in run.values):
                run.cue, run.sign = "change", ""  # "was reduced (mean difference -2.4)"
        elif _of_pair_before(document, view, run, memory):
            fell = memory.cells[-2].value.value > memory.cells[-1].value.value
            run.stat, run.sign = "change", "-" if fell else "+"


def _of_each(found: list[Run]) -> bool:
    """Whether each of several differences has a group of its own."""
    names = set()
    for run in found:
        labels = [*run.post.get("arm", []), *run.pre.get("arm", [])]
        if not labels or len(labels[0].items) != 1:
            return False
        names.add(labels[0].items[0].name)
    return len(names) == len(found) > 1


def _of_one_group(document: Document, view: View) -> bool:
    """Whether the text tells of a cohort, and in no word of groups that could be compared."""
    declared = document.declared
    if view.arms or declared.arms or declared.cohort is None or document.design.pooled:
        return False
    tokens = document.tokens
    return not any(
        token.word in _COMPARED or (token.word == "between" and not _of_two_times(tokens, k))
        for k, token in enumerate(tokens)
    )


_COMPARED = word_set(
    "group groups arm arms control controls placebo sham randomised randomized versus vs"
)


def _of_two_times(tokens: list[Token], k: int) -> bool:
    """ "BETWEEN baseline and 3 months", "between the first and the last visit": no groups."""
    near = {tokens[m].word for m in range(k + 1, min(k + 9, len(tokens)))}
    return "and" in near and bool(near & (PRE_WORDS | _VISITS))


_VISITS = word_set("baseline visit visits day week month year admission enrolment enrollment")


def _reduced_by(tokens: list[Token], view: View, run: Run) -> str:
    """ "Hip pain WAS REDUCED at 6 weeks (MD 1.4, 95% CI 0.6 to 2.2)" of one cohort: the verb.

    Also a noun, "IMPROVEMENTS were seen in VAS (MD -2.4)". Only where the number stands in a
    bracket behind it, or behind "with a", and a measure is named ahead.
    """
    floor = max(view.a, run.first - 6)
    opened = next((k for k in range(run.first, floor, -1) if tokens[k].word in _OPENS), None)
    if opened is None or len(run.values) != 1:
        return ""
    timed = {k for time in view.times for k in range(time.first, time.last)}
    if not any(m.key and m.first < opened for m in view.mentions):
        return ""
    for k in range(opened - 1, max(view.a - 1, opened - 16), -1):
        word = tokens[k].word
        if k in timed or (word == "between" and _of_two_times(tokens, k)):
            continue
        number = tokens[k].kind == "n" and tokens[k].mark is None
        if word in _AGAINST or word in ("(", ")", ";") or number:
            return ""
        if word in DOWN | UP | BETTER | WORSE and word not in COMPARATIVE:
            return word
    return ""


_OPENS = word_set("( [ with")


def _each_changed(document: Document, view: View, found: list[Run]) -> str:
    """ "BOTH GROUPS IMPROVED from entry to 6 weeks (mean difference, 3.1 with wax ...)": the verb.

    Empty where the sentence does not say so, or sets the groups against each other as well.
    Without a baseline it must name every group: none is left that the others are set against.
    """
    tokens, stop = document.tokens, found[0].first
    start = next(
        (
            k
            for k in range(view.a, min(stop, view.a + 12))
            if tokens[k].word in _EVERY and tokens[k + 1].word in _GROUPS
        ),
        None,
    )
    if start is None or any(tokens[k].word in _AGAINST for k in range(start, stop)):
        return ""
    base = any(time.kind == "base" and start < time.first < stop for time in view.times)
    base = base or len(found) >= len(document.declared.arms) > 1
    verb = next((tokens[k].word for k in range(start, stop) if tokens[k].word in CHANGE), "")
    return verb if base else ""


_AGAINST = word_set("between than versus vs against compared")


def _of_pair_before(document: Document, view: View, run: Run, memory: Memory) -> bool:
    """ "NRS fell from 8.4 to 3.1. The mean difference was 5.3": of one group, before and after."""
    cells = memory.cells
    if len(run.values) != 1 or len(cells) != 2 or view.arms or document.declared.arms:
        return False
    one, two = cells
    if one.run.role != "from" or two.run.role != "to" or one.arm or two.arm:
        return False
    if _AGAINST & view.words:
        return False
    gap = abs(one.value.value - two.value.value)
    return gap > 0 and abs(abs(run.values[0].value) - gap) <= _ROUNDING


def levels_around_change(document: Document, view: View, runs: list[Run]) -> None:
    """ "a clear FALL in NRS (7.6 vs 3.5) after the tap": of one group, the levels before and after.

    Makes levels of such a pair; `before_and_after` gives the times.
    """
    for run in runs:
        if run.stat != "change" or not run.versus:
            continue
        if fits_one_group(document, view, run) or _against_other(document, view, run):
            run.call_level()


def _against_other(document: Document, view: View, run: Run) -> bool:
    """ "The wax group had a DECREASE in NRS (4.1 versus 5.3)": lower than in the other group.

    Nothing falls from 4.1 to 5.3, so that the two are no scores before and after.
    """
    tokens = document.tokens
    if len(run.values) != 2 or tokens[run.first - 1].word not in ("(", "["):
        return False
    before = {arm.name for arm in view.arms if arm.first < run.first}
    if len(document.declared.arms) != 2 or len(before) != 1:
        return False
    words = [tokens[k].word for k in range(view.a, run.first)]
    one, two = (value.value for value in run.values)
    if _MORE & set(words) or any(value.sign or value.percent for value in run.values):
        return False
    told = next((word for word in reversed(words) if word in CHANGE), "")
    return (told in DOWN and one < two) or (told in UP and one > two)


_MORE = word_set(
    "greater larger smaller more less better worse higher lower from baseline before after"
)


def before_and_after(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """Times of a pair of levels of one group that a word of change leads; whether it is one."""
    times = vectors["time"]
    if len({id(x) for x in times.of[index]}) > 1 or not fits_one_group(document, view, run):
        return False
    later = [time for time in view.times if time.kind in ("point", "window", "final", "post")]
    if len({time.label for time in later}) > 1:
        return False
    if not later and not _AFTER & view.words and not _one_cohort(document):
        return False
    after = later[0] if later else Time(0, 0, "post", "after", None)
    times.set(index, [Time(0, 0, "base", "baseline", 0), after], "pre")
    vectors["arm"].set(index, [None, None], "pre")
    document.queue.add("time_assumed")
    return True


def fits_one_group(document: Document, view: View, run: Run) -> bool:
    """Whether a bracket "(7.6 vs 3.5)" goes the way of the word of change before it."""
    tokens = document.tokens
    bracket = len(run.values) == 2 and opens_bracket(tokens, view, run)
    if not bracket or document.declared.arms or len({arm.name for arm in view.arms}) > 1:
        return False
    told = any(arm.first < run.first and arm.count is None for arm in view.arms)
    if told and not _one_cohort(document):
        return False  # "wax lowered pain (4.1 vs 3.0)": perhaps against a group left unnamed
    if any(arm.strength > 2 for arm in view.arms) or _TWO & view.words:
        return False
    told = [tokens[k].word for k in range(view.a, run.first) if tokens[k].word in CHANGE]
    one, two = (value.value for value in run.values)
    if not told or one == two:
        return False
    falls = told[-1] in DOWN or (told[-1] in BETTER and one > two)
    return one > two if falls else told[-1] in UP and two > one


def opens_bracket(tokens: list[Token], view: View, run: Run) -> bool:
    """Whether a pair is what a bracket begins with, or what it tells of one measure.

    "(7.6 vs 3.5)", "(VAS 7.6 vs 3.5; ODI, 41 vs 22)".
    """
    named = {k for m in view.mentions if m.key for k in range(m.first, m.last)}
    k = run.first - 1
    while k > view.a and (k in named or tokens[k].word in _BESIDE_NAME):
        k -= 1
    if tokens[k].word == ";" and k < run.first - 1:
        k = open_bracket(tokens, view.a, k) or k
    return tokens[k].word in ("(", "[")


_BESIDE_NAME = word_set(", : = mean median average score scores of from")


def _one_cohort(document: Document) -> bool:
    """Whether nothing in the text tells of groups that are compared, or of a treatment by lot."""
    return document.said.isdisjoint(_SEVERAL)


_SEVERAL = ASSIGNED | CONTROLS | GROUP | word_set("comparison cohorts crossover rct")
_AFTER = word_set("after following post postoperatively afterwards")
_TWO = _AGAINST - {"versus", "vs"} | word_set(
    "group groups arm arms controls control placebo sham greater larger smaller more less"
)


def differences_from_baseline(tokens: list[Token], view: View, runs: list[Run]) -> None:
    """ "The pooled mean difference was -3.1", of baseline and a later score: a change.

    For reviews whose methods say so; only differences with a minus tell which was taken from which.
    "The difference BETWEEN WAX AND CLAY was -1.1" is none, whatever the methods say.
    """
    if "between" in view.words and any(
        tokens[k].word == "between" and not _of_two_times(tokens, k) for k in range(view.a, view.b)
    ):
        return
    for run in runs:
        if run.stat == "between_diff" and all(value.sign == "-" for value in run.values):
            run.stat = "change"
