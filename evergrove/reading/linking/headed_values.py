"""Values of one bracket that are each headed by a name: "(wax: 3.1, clay: 3.5, felt: 4.3)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.naming_phrases import SCORED, as_declared
from evergrove.reading.frames import Labels, Run
from evergrove.reading.linking.headed_pairs import in_order_of_move
from evergrove.reading.records.conflict_units import VISITS, inside
from evergrove.reading.text.small_words import HEADS_NUMBER
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import BODY_PLACES, CENTRES, SCORE_UNITS, STATE, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Vectors

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_STOPS = word_set("( [ , ; and vs versus while whereas & against or")
_NO_NAME = STATE | word_set(
    "mean median means medians sd se sem iqr range ci n p r t f d difference md smd wmd or rr "
    "minimum maximum min max group groups total overall"
)


def name_headed(document: Document, view: View, runs: list[Run]) -> None:
    """Give each of two or more runs in one bracket the group that its own head names.

    A head is what stands before a colon, equals sign or comma, back to the last comma, semicolon
    or the bracket. It outweighs every other group of the sentence ("less with wax and clay (wax:
    3.1, ...)"). Read only where all runs of the bracket have heads, all different, and none names
    a time or measure.
    """
    tokens = document.tokens
    opened: dict[int, list[Run]] = {}
    for run in runs:
        at = open_bracket(tokens, view.a, run.first)
        if at is not None:
            opened.setdefault(at, []).append(run)
    for at, several in opened.items():
        if len(several) < 2:
            continue
        wholes = [run for run in several if _of_everybody(tokens, at, run)]
        if len(wholes) == 1:
            several = [run for run in several if run is not wholes[0]]
        heads = [_head(document, view, at, run) for run in several]
        arms = [arm for arm in heads if arm is not None]
        if len(arms) < len(heads) or len({arm.name.lower() for arm in arms}) < len(arms):
            continue
        if len(wholes) == 1:
            wholes[0].of_all = True
            wholes[0].pre.pop("arm", None)
            wholes[0].post.pop("arm", None)
        _whole_before(tokens, runs, several, at)
        times = _times_before(view, at, several[0], several[-1])
        if len(times) == 2 and all(len(run.values) == 2 for run in several):
            times = in_order_of_move(document, view, several, at, times)
        for run, arm in zip(several, arms, strict=True):
            run.head = arm
            run.head_times = times if len(times) == len(run.values) > 1 else []
            run.pre["arm"] = [Labels("arm", [arm], arm.first, arm.last)]
            run.post.pop("arm", None)


def _of_everybody(tokens: list[Token], at: int, run: Run) -> bool:
    """ "(OVERALL, 3.4; knee subgroup, 3.9)": whether the head of a run is of all groups."""
    k = run.first - 1
    if tokens[k].word not in HEADS_NUMBER or tokens[k - 1].word not in _WHOLE:
        return False
    return k - 2 == at or tokens[k - 2].word in (";", ",")


_WHOLE = word_set("overall total all")


def _whole_before(tokens: list[Token], runs: list[Run], parts: list[Run], at: int) -> None:
    """ "VAS was 3.8 (SMOKERS: 3.2, COOKS: 4.6)": the score before the bracket is of everybody.

    Right behind it, of one value each, and between the lowest and the highest of its parts.
    """
    index = runs.index(parts[0]) - 1
    if index < 0 or any(len(run.values) > 1 for run in (runs[index], *parts)):
        return
    whole, scores = runs[index], [run.values[0].value for run in parts]
    near = all(tokens[k].word in _BESIDE for k in range(whole.last, at))
    if near and whole.stat == "level" and min(scores) <= whole.values[0].value <= max(scores):
        whole.of_all = True


_BESIDE = SCORE_UNITS | word_set("overall")


def head_of_both(tokens: list[Token], runs: list[Run]) -> None:
    """ "(WAX AND CLAY: median, 4; range 0-10)": one value, of both groups that head its bracket."""
    for run in runs:
        told = run.pre.get("arm", [])
        if len(run.values) > 1 or not told or len(told[-1].items) != 2 or told[-1].contrast:
            continue
        first, last = told[-1].first, told[-1].last
        lead = first - 1 - (tokens[first - 1].word == "both")
        if tokens[lead].word not in ("(", "[") or tokens[last].word not in HEADS_NUMBER:
            continue
        if all(tokens[k].word in _BEFORE_VALUE for k in range(last + 1, run.first)):
            run.both = told[-1].items
            run.pre["arm"] = [Labels("arm", run.both[:1], first, last)]


_BEFORE_VALUE = word_set("mean median average , = : score nrs vas of")


def keep_heads(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """Give headed runs their group, and the times told before the bracket."""
    for index, run in enumerate(runs):
        if run.of_all:
            vectors["arm"].set(index, [None], "whole")
            vectors["arm"].mismatch[index] = False
        if run.head is None:
            continue
        vectors["arm"].set(index, [run.head] * len(run.values), "headed")
        vectors["arm"].mismatch[index] = False
        if run.head_times:
            vectors["time"].set(index, run.head_times, "headed")
            vectors["time"].mismatch[index] = False


def _times_before(view: View, at: int, first: Run, last: Run) -> list[Time]:
    """ "between BASELINE AND 18 MONTHS (wax: 8.2 vs 2.1; clay: 8.8 vs 3.6)": for each pair."""
    told = [time for time in view.times if time.kind in VISITS]
    if any(first.first <= time.first < last.last for time in told):
        return []
    earlier = [v.last for v in view.q.values if v.last <= at]
    return inside(told, max([view.a, *earlier]), at)


def _before_times(tokens: list[Token], view: View, at: int, stop: int) -> int:
    """ "(wax AT BASELINE, 2 AND 4 WEEKS: 27, 22 and 24; clay: ...)": where its times begin."""
    k = stop
    while k > at + 1:
        if time := next((t for t in view.times if t.first < k <= t.last), None):
            k = time.first
        elif tokens[k - 1].word in _IN_TIMES:
            k -= 1
        else:
            break
    timed = any(k <= time.first < stop for time in view.times)
    return k if timed and k > at + 1 else stop


_IN_TIMES = word_set(", and at - /")


def _head(document: Document, view: View, at: int, run: Run) -> Arm | None:
    tokens = document.tokens
    k = run.first - 1
    while k > at and tokens[k].word in CENTRES:
        k -= 1
    if tokens[k].word not in HEADS_NUMBER:
        return None
    stop = k
    while stop - 1 > at and tokens[stop - 1].word in CENTRES:
        stop -= 1  # "LB median = 3.4"
    stop = _before_times(tokens, view, at, stop) if tokens[k].word == ":" else stop
    stops = _STOPS if tokens[k].word != "," else _STOPS - {","}
    first = stop
    while first - 1 > at and tokens[first - 1].word not in stops and stop - first < 7:
        if tokens[first - 1].word == "for":
            break  # "[mean (SD) FOR wax before and after: ..."
        first -= 1
    words = {tokens[m].word for m in range(first, stop)}
    lettered = words & {"group", "arm"} and stop - first == 2  # "group T: 3.5"; T alone is a test
    if first == stop or words & SCORED or (words <= _NO_NAME | BODY_PLACES and not lettered):
        return None
    spans = [(t.first, t.last) for t in view.times]
    spans += [(m.first, m.last) for m in view.mentions if m.key or m.veto]
    if any(one < stop and first < last for one, last in spans):
        return None
    known = [arm for arm in view.arms if first <= arm.first and arm.last <= stop]
    if len(known) == 1:
        return known[0]
    if known or any(tokens[m].kind == "n" for m in range(first, stop)):
        return None
    return as_declared(document, Arm(first, stop, text_of(tokens, first, stop), 3, slot="headed"))
