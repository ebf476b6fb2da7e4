"""Pairs "2.3 vs 7.1" of one group whose first score is the later one."""

from __future__ import annotations

from typing import Any

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import VERSUS
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.words import PRE_WORDS, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View


def same_order(
    document: Document,
    view: View,
    runs: list[Run],
    vectors: dict[str, Vectors],
    index: int,
    memory: Memory,
) -> bool:
    """ "Knee pain (VAS 2.1 AFTER vs 6.4 BEFORE) and hip pain (VAS 3.0 vs 6.9)": as told once.

    Gives a pair without times of its own the two times of the pair before it, in this sentence or
    the one before, where one of them is baseline and both pairs move the same way. Whether it did.
    """
    run, times = runs[index], vectors["time"]
    if not _bare_pair(run) or len(document.declared.arms) > 1:
        return False
    if _in_bracket(document, view, run) < 0 or not view.words.isdisjoint(_OF_GROUPS):
        return False
    if len({arm.name for arm in view.arms}) > 1 or len({id(x) for x in times.of[index]}) > 1:
        return False
    told = [(cell.value, cell.time) for cell in memory.cells[-2:]]
    for earlier, labels in zip(runs[:index], times.of, strict=False):
        told += zip(earlier.values, labels, strict=True)
    model = _model(document, told)
    if model is None:
        return False
    labels, falls = model
    if falls != (run.values[0].value > run.values[1].value):
        return False
    own = times.of[index][0]
    named = own is not None and any(arm.first <= own.first < arm.last for arm in view.arms)
    if own is not None and not named and own.kind not in ("post", "followup"):
        return False  # a time of its own, that the pair before does not share
    if run.stat == "change":
        run.call_level()
    times.set(index, labels, "pre")
    return True


_OF_GROUPS = word_set("groups arms controls control placebo sham than")


def _bare_pair(run: Run) -> bool:
    plain = len(run.values) == 2 and run.versus and run.stat in ("level", "change")
    return plain and not any(value.sign or value.percent for value in run.values)


def _in_bracket(document: Document, view: View, run: Run) -> int:
    """The bracket that opens before a run with no more than the name of a measure in it, or -1."""
    for k in range(run.first - 1, max(view.a, run.first - 8) - 1, -1):
        token = document.tokens[k]
        if token.word in ("(", "["):
            return k
        if token.mark is None and token.word not in _LEADS:
            return -1
    return -1


_LEADS = word_set("mean median score scores : = , was pain average")


def _model(document: Document, told: list[tuple[Any, Any]]) -> tuple[list[Any], bool] | None:
    """Times of the last two values, if these are set against each other; and whether they fall."""
    if len(told) < 2:
        return None
    (one, first), (two, second) = told[-2:]
    between = [document.tokens[k].word for k in range(one.last, two.first)]
    kinds = [label.kind if label is not None else "" for label in (first, second)]
    if not 0 < len(between) < 9 or VERSUS.isdisjoint(between) or one.sign or two.sign:
        return None
    if kinds.count("base") != 1 or "" in kinds:
        return None
    return [first, second], one.value > two.value


def than_before(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """ "At 4 weeks NRS was LOWER THAN BEFORE (6.6 VS 1.9 with wax, 7.6 VS 5.6 with clay)".

    So too "COMPARED WITH BASELINE, NRS at 4 weeks was LOWER (wax 6.6 vs 1.9; clay 7.6 vs 5.6)".
    Which score of a pair is the later one is told by what the sentence says of them, where all of
    its pairs move the same way. Each pair is of one group.
    """
    tokens, times = document.tokens, vectors["time"]
    than = next((k for k in range(view.a, runs[0].first) if tokens[k].word in MAYBE_THAN), -1)
    stop = than if tokens[than].word == "than" else runs[0].first
    told = [k for k in range(view.a, stop) if tokens[k].word in COMPARATIVE]
    ahead = {tokens[k].word for k in range(than, min(than + 5, runs[0].first))}
    later = [time for time in view.times if time.kind in ("point", "final", "window")]
    later = later or [time for time in view.times if time.kind == "post"]
    if than < 0 or not told or ahead.isdisjoint(_BEFORE) or len(later) != 1:
        return
    if not all(_bare_pair(run) and run.stat == "level" for run in runs):
        return
    for index in range(len(runs)):
        arms = vectors["arm"].of[index]
        alike = arms[0] is arms[1] and len({id(x) for x in vectors["measure"].of[index]}) == 1
        if not alike or (arms[0] is None and len(document.declared.arms) > 1):
            return  # "lower than before in both groups (3.2 vs 3.9)": of two groups, perhaps
    way = sign_of(tokens[told[-1]].word)
    ways = {later_first(document, vectors, index, way) for index in range(len(runs))}
    falls = {run.values[0].value > run.values[1].value for run in runs}
    if len(ways) != 1 or len(falls) != 1:
        return
    base = next((time for time in view.times if time.kind == "base"), None)
    both = [base or Time(0, 0, "base", "baseline", 0), later[0]]
    for index in range(len(runs)):
        times.set(index, both[::-1] if ways == {True} else both, "pre")


#: A sentence without any of these sets no score against one before.
MAYBE_THAN = word_set("than compared relative")
_BEFORE = PRE_WORDS | {"before", "entry", "admission"}


def later_first(document: Document, vectors: dict[str, Vectors], index: int, sign: str) -> bool:
    """ "an IMPROVEMENT in pain (2.3 vs 7.1)", "a fall in VAS (2.3 vs 7.1)": the later score first.

    `sign` is what the word of change tells; of "better" the way of the measure decides.
    """
    one, two = (value.value for value in vectors["time"].runs[index].values)
    if sign == "better":
        mention = vectors["measure"].of[index][0]
        known = document.profile.measures.get(mention.key) if mention is not None else None
        sign = "" if known is None else "-" if known.better(mention.qualifier) == "lower" else "+"
    return one != two and sign == ("+" if one > two else "-")
