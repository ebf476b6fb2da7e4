"""Two scores of one group set against each other: those before and after, "7.1 vs 3.2"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.linking.turned_pairs import later_first
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BETTER, CHANGE, DOWN, UP, WORSE, word_set
from evergrove.reading.times.time_links import COMPARED
from evergrove.reading.times.time_parts import AFTER_BASE, Time
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View


def told_before_and_after(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "unchanged over 12 weeks (4.8 vs 4.7)" of one group: the score before, and then."""
    if view.arms or document.declared.arms or any(vectors["arm"].of[index]):
        return False
    lead = {document.tokens[k].word for k in range(view.a, run.first)}
    later = [time for time in view.times if time.kind in ("point", "window", "final")]
    times = vectors["time"]
    open_time = len({id(x) for x in times.of[index]}) == 1
    if not lead & _STABLE or len(later) != 1 or not open_time:
        return False
    times.set(index, [Time(0, 0, "base", "baseline", 0), later[0]], "pre")
    return True


def groups_not_times(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> None:
    """ "COMPARED WITH BASELINE, VAS at 4 weeks was 2.7 vs 4.0, laser vs sham": both at 4 weeks.

    Two scores of two groups are not those after and before as well.
    """
    if _SET_AGAINST.isdisjoint(view.words) or len(run.values) != 2:
        return
    arms = {arm.name for arm in vectors["arm"].of[index] if arm is not None}
    of = [time for time in vectors["time"].of[index] if time is not None]
    if len(arms) != 2 or len(of) != 2:
        return
    against = [time for time in of if _is_set_against(document.tokens, view, time)]
    later = [time for time in of if time not in against]
    if len(against) == 2 and against[0] is against[1]:
        later = [time for time in view.times if time is not against[0]]
    if against and len(later) == 1:
        vectors["time"].set(index, later * 2, "pre")


def _is_set_against(tokens: list[Token], view: View, time: Time) -> bool:
    """Whether "compared with", "relative to" stands before a time, or "vs" before baseline."""
    before = {tokens[k].word for k in range(max(view.a, time.first - 3), time.first)}
    return not before.isdisjoint(COMPARED if time.kind != "base" else _SET_AGAINST)


_SET_AGAINST = COMPARED | word_set("versus vs than against from")


def moved(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "a reduction in VAS (8.3 vs 3.1) after the block" of one group: the score before, and then.

    Two falls would stand for two groups, and there are none.
    """
    if len(run.values) != 2 or not run.versus or document.declared.arms:
        return False
    if any(document.tokens[arm.first].word not in _AFTER for arm in view.arms):
        return False
    clause = {document.tokens[k].word for k in range(max(view.a, run.first - 14), run.first)}
    if clause & _COMPARING:
        return False
    later = view.times or _behind_after(document.tokens, run.last, view.b)
    # "at 2 weeks (2.1 vs 6.3), and this lasted FOR 3 MONTHS": the time right before the bracket
    later = [time for time in later if time.last == run.first - 1] or later
    if (
        len(later) != 1
        or later[0].kind not in _LATER
        or any(v.sign or v.percent for v in run.values)
    ):
        return False
    down = run.values[0].value > run.values[1].value
    turned = later_first(document, vectors, index, run.sign)
    if not turned and run.sign not in ("-" if down else "+", "better"):
        return False
    run.call_level()
    document.queue.add("time_assumed")
    both = [Time(0, 0, "base", "baseline", 0), later[0]]
    vectors["time"].set(index, both[::-1] if turned else both, "pre")
    return True


def _behind_after(tokens: list[Token], a: int, b: int) -> list[Time]:
    """ "was seen AFTER GONB": what was done names the time where there are no groups."""
    for k in range(a, b - 2):
        plain = tokens[k + 1].kind == "w" and tokens[k + 2].word in (".", ",", ";")
        if tokens[k].word in _AFTER and plain:
            label = f"{tokens[k].word} {tokens[k + 1].raw}"
            return [Time(k, k + 2, "post", label, None)]
    return []


_COMPARING = word_set(
    "greater larger more less smaller lower higher better than between among groups compared "
    "differed difference"
)
_AFTER = word_set("after following")
_LATER = word_set("post point window final followup immediate")


def each_before_and_after(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> None:
    """ "Scores fell (gel group: 7.2 vs 3.1; ice group: 7.0 vs 5.2)": before and after, in each.

    Only where a group stands right before each of the pairs, and a change is told ahead.
    """
    arms, times = vectors["arm"], vectors["time"]
    pairs = []
    for index, run in enumerate(runs):
        if len(run.values) != 2 or not run.versus:
            continue
        told = run.pre.get("arm")
        beside = told and len(told[-1].items) == 1 and run.first - told[-1].last <= 1
        one, two = times.of[index]
        undated = one is two or (one is not None and one.kind == "base" != two.kind)
        if run.stat != "level" or not (beside and undated) or arms.of[index][0] is None:
            return
        if arms.of[index][0] is not arms.of[index][1]:
            return
        pairs.append(index)
    if len(pairs) < 2 or len({arms.of[index][0].name for index in pairs}) != 2:
        return
    opening = {document.tokens[k].word for k in range(view.a, runs[pairs[0]].first)}
    if opening & _AGAINST and not any(time.kind == "base" for time in view.times):
        return  # "COMPARED WITH PLACEBO, it was lower in the gel group (3.1 vs 5.0) and ..."
    if _each_compared(document.tokens, view, [runs[index] for index in pairs]):
        return
    told = [time.kind == "base" for time in memory.times] == [True, False] and not view.times
    if not told and not (
        {document.tokens[k].word for k in range(view.a, runs[pairs[0]].first)} & CHANGE
    ):
        return
    if any(time.kind != "base" and time.first > runs[pairs[0]].first for time in view.times):
        return
    later = {t.label: t for t in view.times if t.kind in ("point", "window", "final")}
    opens = next((k for k in range(runs[pairs[0]].first, view.a, -1)
                  if document.tokens[k].word in ("(", "[")), -1)  # fmt: skip
    # "lower from week 1 on, and AT WEEK 9 (gel group: 7.2 vs 3.1; ...": right before the bracket
    later = {t.label: t for t in later.values() if opens - 2 <= t.last <= opens} or later
    after = next(iter(later.values())) if len(later) == 1 else Time(0, 0, "post", "after", None)
    after = memory.times[1] if told else after
    base = Time(0, 0, "base", "baseline", 0)
    bases = [time for time in view.times if time.kind == "base" and time.first < opens]
    # "LOWER THAN PREOPERATIVELY in the gel group (3.1 vs 7.2)": the later score first
    turned = any(_behind_than(document.tokens, view.a, time) for time in bases)
    turned = turned and not _falls_with_word(runs, pairs, opening)
    turned = turned or (bool(bases) and _rise_against_verb(view, runs, pairs, opening))
    for index in pairs:
        runs[index].role = "state"
        labels = [after, base] if turned else [base, after]
        times.set(index, labels, "pre" if told or len(later) == 1 else "assumed")


def _each_compared(tokens: list[Token], view: View, pairs: list[Run]) -> bool:
    """ "VAS was LOWER WITH WAX (3.1 vs 4.9), whereas ODI was LOWER WITH CLAY (14 vs 29)".

    Each clause says of its own group what the first score is against the other group.
    """
    if any(time.kind == "base" for time in view.times):
        return False
    floor = view.a
    for run in pairs:
        ahead = {tokens[k].word for k in range(floor, run.first)}
        if ahead.isdisjoint(("lower", "higher")) or not ahead.isdisjoint(("lowered", "fell")):
            return False
        one, two = (value.value for value in run.values)
        if one == two or (one < two) != ("lower" in ahead) or {"lower", "higher"} <= ahead:
            return False
        floor = run.last
    return True


def _rise_against_verb(view: View, runs: list[Run], pairs: list[int], opening: set[str]) -> bool:
    """ "DECREASED compared with baseline (2.1 vs 7.3; 3.1 vs 7.2)": each pair the other way round.

    A pain that improved decreased.
    """
    pain = all((mention.key or "").startswith("pain") for mention in view.mentions)
    if opening.isdisjoint(DOWN | BETTER if pain else DOWN) or not opening.isdisjoint(UP | WORSE):
        return False
    return all(runs[index].values[0].value < runs[index].values[1].value for index in pairs)


def _falls_with_word(runs: list[Run], pairs: list[int], opening: set[str]) -> bool:
    """ "LOWER than at baseline in each (gel: 7.2 VS 3.1; ice: 7.0 VS 5.2)": the earlier ones first.

    Of each pair the second is the lower one, as the word says of the later scores.
    """
    lower, higher = "lower" in opening or "less" in opening, "higher" in opening
    if lower == higher:
        return False
    values = [[value.value for value in runs[index].values] for index in pairs]
    return all((one > two) == lower and one != two for one, two in values)


def _behind_than(tokens: list[Token], a: int, time: Time) -> bool:
    k = time.first - 1
    while k > a and tokens[k].word in _OF_BASE:
        k -= 1
    return tokens[k].word == "than"


_OF_BASE = word_set("at the their its that of mean median in")


def moved_from(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "There was a fall in VAS (7.2 vs 3.4)" where no group is named: the score before, and then.

    The two must move as the word says, and nothing in the clause set one fall against another.
    """
    tokens = document.tokens
    if len(run.values) != 2 or run.stat not in ("level", "change"):
        return False
    treated = _treated(tokens, view)
    if document.declared.arms or (treated is None and (view.arms or any(vectors["arm"].of[index]))):
        return False
    lead = {
        tokens[k].word
        for k in range(view.a, run.first)
        # "the WHOLE GROUP had a fall": no group among others
        if tokens[k].word != "group" or tokens[k - 1].word not in _WHOLE
    }
    first, second = (value.value for value in run.values)
    falls, rises = lead & DOWN, lead & UP
    if lead & _TWO_FALLS or bool(falls) == bool(rises) or tokens[run.first - 1].word != "(":
        return False
    later = {t.label: t for t in view.times if t.kind in AFTER_BASE}
    if treated is not None and not later:
        later[treated.label] = treated
    times = vectors["time"]
    if (first <= second if falls else first >= second) or len(later) > 1:
        return False
    if len({id(x) for x in times.of[index]}) > 1:
        return False
    then = next(iter(later.values()), Time(0, 0, "post", "after", None))
    times.set(index, [Time(0, 0, "base", "baseline", 0), then], "moved")
    vectors["arm"].set(index, [None, None], "")
    run.call_level()
    return True


def _treated(tokens: list[Token], view: View) -> Time | None:
    """ "After SCS, VAS fell (7.2 vs 3.4)": the one treatment that the sentence opens with."""
    arm = view.arms[0] if len(view.arms) == 1 else None
    lead = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    lead += tokens[min(lead, view.b - 1)].word in ("results", "findings")
    if arm is None or arm.strength > 1 or arm.first != lead:
        return None
    if tokens[arm.first].word not in ("after", "following"):
        return None
    words = [tokens[k].raw for k in range(arm.first + 1, arm.last)]
    return Time(arm.first, arm.last, "post", " ".join(["after", *words]), None)


_AGAINST = word_set("compared than relative comparison")
_WHOLE = word_set("whole entire total overall combined pooled")
_TWO_FALLS = word_set(
    "greater larger more less lower higher than between group groups arm arms both each men women "
    "compared smaller fewer"
)
_STABLE = word_set("unchanged constant stable unaltered same steady")
