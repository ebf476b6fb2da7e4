"""A fall that one group is told to have had against another, which has no number of its own."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.comparators import behind_comparator
from evergrove.reading.frames import Labels, Run
from evergrove.reading.kinds.contrasts import names_control
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, CONTROLS, word_set
from evergrove.reading.times.time_parts import Time

#: A sentence without these sets no group against another.
MAYBE_AGAINST = word_set("compared versus vs relative comparison over against")
# What a treatment does, and nobody who was treated
_GAVE = word_set(
    "gave gives giving provided provides providing produced produces producing offered offers "
    "offering conferred confers conferring brought induced caused delivered afforded yielded "
    "yields yielding achieved achieves achieving generated"
)
_LED = {("led", "to"), ("resulted", "in"), ("associated", "with"), ("leading", "to")}
_LED |= {("resulting", "in"), ("results", "in"), ("leads", "to")}
_NEXT = word_set(". ;")


def reductions_against(
    tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]
) -> None:
    """ "Wax GAVE a 2.1-point reduction in VAS COMPARED WITH CLAY": how much more than with clay.

    "The wax group HAD a 2.1-point reduction compared with clay" may be the fall of the wax group,
    or how much more it fell: a change of wax, and never one of clay. So too "a 2.1-point reduction
    COMPARED WITH CLAY was seen with wax".
    """
    for index, run in enumerate(runs):
        if len(runs) == 1 and _relative_to(tokens, run, timed):
            run.stat = "between_diff"
            return
        if index and run.role == "to" and run.stat == "level":
            _end_of_fall(tokens, run, runs[index - 1], timed)
        if run.stat == "change" and run.role == "by" and run.cue not in CHANGE_NOUNS:
            _end_of_fall(tokens, run, run, timed)
        if not _noun_of_change(run):
            continue
        later = runs[index + 1] if index + 1 < len(runs) else None
        if later is not None and _in_bracket(tokens, later):
            later.go_on_from(run)
        start = max(a, runs[index - 1].last) if index else a
        alone = not run.pre.get("arm") or _gave(tokens, start, run.first)
        if alone and not run.post.get("arm"):
            _against_unnamed(tokens, run)
        other = _set_against(tokens, run, timed)
        if other is None or (later is not None and not _apart(tokens, other.last, later.first)):
            continue
        group = _subject(runs, index, a)
        if group is None:
            behind = run.post["arm"][1:]
            if behind and behind[0].items[0].name == other.items[0].name:
                continue
            control = tokens[other.items[0].first].word in CONTROLS
            if not behind and (control or _gave(tokens, start, run.first)):
                run.stat, run.control = "between_diff", other.first
                continue
        elif group.items[0].name == other.items[0].name:
            continue
        elif _gave(tokens, group.last, run.first):
            for one in runs[: index + 1]:
                if one.first >= group.last and _noun_of_change(one) and not _from_base(one):
                    one.stat = "between_diff"
                    # the wax group stands first, so that the benefit takes the sign of one
                    one.cue = "improvement" if one.cue in ("benefit", "benefits") else one.cue
            continue
        run.post["arm"] = [labels for labels in run.post["arm"] if labels is not other]


def _relative_to(tokens: list[Token], run: Run, timed: dict[int, Time]) -> bool:
    """ "VAS fell by 2.1 points (95% CI 0.4 to 3.8) with wax RELATIVE TO clay": how much more.

    The one number of the sentence, with its interval, and behind it both groups.
    """
    told = run.post.get("arm", [])
    ahead = any(arm.arm is not None for labels in run.pre.get("arm", []) for arm in labels.items)
    if run.stat != "change" or run.role != "by" or len(run.values) > 1 or ahead:
        return False
    if len(told) != 2 or any(len(labels.items) > 1 for labels in told):
        return False
    if not any(spread.kind in ("ci", "pair") for spread in run.values[0].spreads):
        return False
    one, other = (labels.items[0] for labels in told)
    gap = [tokens[k].word for k in range(one.last, other.first)]
    if one.name == other.name or "relative" not in gap or not _NEXT.isdisjoint(gap):
        return False
    return not any(_base(timed, k) for k in range(run.last, min(other.last + 3, len(tokens))))


def _end_of_fall(tokens: list[Token], run: Run, start: Run, timed: dict[int, Time]) -> None:
    """ "WAX gave a fall from 6.1 TO 3.2 COMPARED WITH CLAY": where wax ended, and nothing of clay.

    So too "the WAX group improved by 2.1 points compared with clay". `start`: where the fall began.
    """
    other = _set_against(tokens, run, timed) if len(run.values) == 1 else None
    told = start.pre.get("arm", [])
    if other is None or not told or len(told[-1].items) != 1:
        return
    if told[-1].items[0].name != other.items[0].name:
        run.post["arm"] = [labels for labels in run.post["arm"] if labels is not other]


def _from_base(run: Run) -> bool:
    """ "a reduction of 2.4 points COMPARED WITH BASELINE and of 1.3 points compared with clay"."""
    told = run.post.get("time", [])[:1]
    return any(time.kind == "base" for labels in told for time in labels.items)


def _against_unnamed(tokens: list[Token], run: Run) -> None:
    """ "Balms PROVIDED a 3.8-point reduction COMPARED WITH PLACEBO", where no groups are told."""
    ends = (k for k in range(run.last, len(tokens)) if tokens[k].word in _ENDS)
    stop = next(ends, len(tokens))
    if control := names_control(tokens, run.last, stop):
        run.stat, run.control = "between_diff", control


_ENDS = word_set(". ; ,")


def _noun_of_change(run: Run) -> bool:
    return run.stat == "change" and run.cue in CHANGE_NOUNS and len(run.values) == 1


def _subject(runs: list[Run], index: int, a: int) -> Labels | None:
    """The one group ahead of a value, or of those that it goes on from: "WAX gave 2.1 and 8"."""
    for at in range(index, -1, -1):
        told = runs[at].pre.get("arm", [])
        start = max(a, runs[at - 1].last) if at else a
        if told and told[-1].first >= start:
            return told[-1] if len(told[-1].items) == 1 else None
        if at and (not _noun_of_change(runs[at - 1]) or runs[at - 1].post.get("arm")):
            return None
    return None


def _in_bracket(tokens: list[Token], run: Run) -> bool:
    """ "a 2.1-point reduction COMPARED WITH CLAY (1.1 points)": a reduction as well."""
    opened, told = run.first - 1, run.pre.get("arm", [])
    if len(run.values) != 1 or tokens[opened].word not in OPENS or not told:
        return False
    near = {tokens[k].word for k in range(told[-1].last, opened)} <= _GROUP
    return near and len(told[-1].items) == 1 and behind_comparator(tokens, told[-1].items[0])


def _set_against(tokens: list[Token], run: Run, timed: dict[int, Time]) -> Labels | None:
    """The group that stands behind "compared with" behind a value, no number between the two."""
    labels = next(iter(run.post.get("arm", [])), None)
    if labels is None or len(labels.items) != 1:
        return None
    arm = labels.items[0]
    over = tokens[arm.first - 1].word == "over" or tokens[arm.first - 2].word == "over"
    if not over and not behind_comparator(tokens, arm):
        return None
    depth = 0
    for k in range(run.values[-1].last, arm.first):
        depth += (tokens[k].word in OPENS) - (tokens[k].word in (")", "]"))
        number = tokens[k].kind == "n" and k not in timed and depth <= 0
        if number or tokens[k].word in _NEXT or _base(timed, k):
            return None
    if _base(timed, labels.last) or _base(timed, labels.last + 1):
        return None
    return labels


_GROUP = word_set("group groups arm")


def _base(timed: dict[int, Time], k: int) -> bool:
    return k in timed and timed[k].kind == "base"


def _apart(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the next value is told of another thing, or in another clause."""
    gap = tokens[first:last]
    return any(t.word in _NEXT or getattr(t.mark, "kind", "") == "measure" for t in gap)


def _gave(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a verb between a group and the number says what its treatment brought about."""
    words = [tokens[k].word for k in range(first, last)]
    return not _GAVE.isdisjoint(words) or not _LED.isdisjoint(itertools.pairwise(words))
