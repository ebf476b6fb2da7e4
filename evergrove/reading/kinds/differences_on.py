"""A difference that is told again for another pain or group, and one told of each group itself."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, GROUP, VERBS, word_set
from evergrove.reading.times.time_parts import Time

_ON = word_set("in for at on with between after compared versus vs relative against over")
_PLAIN_VERBS = word_set("was were compared versus is are")
_JOINS = word_set("and , ; or but as well respectively ) ]")


def differences_go_on(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """Set the stat of runs that go on from a difference; call when each has its own.

    "A difference in pain at rest of 1.2 (95% CI ...) AND IN PAIN ON EFFORT OF 1.3 (95% CI ...)" is
    another difference. "A mean difference IN THE WAX GROUP of 28 and IN THE CLAY GROUP of 26" are
    two changes.
    """
    for one, two in itertools.pairwise(runs):
        if _compared_again(tokens, one, two):
            two.go_on_from(one)
        if one.stat == "between_diff" and two.stat == "level" and _it_was(tokens, one, two):
            two.go_on_from(one)
        if one.stat != "between_diff" or two.stat not in ("level", "between_diff"):
            continue
        words = [tokens[k].word for k in range(one.last, two.first)]
        lead = next((word for word in words if word not in _JOINS), "")
        if two.first - one.last > 16 or not words or words[0] not in _JOINS or lead not in _ON:
            continue
        if _of_each_group(tokens, a, one, two):
            noun = _noun_before(tokens, a, one)
            for run in (one, two):
                run.stat, run.cue, run.sign, run.role = "change", noun, sign_of(noun), "of"
        elif _interval(one) and _interval(two) and not set(words) & (VERBS - _PLAIN_VERBS):
            two.go_on_from(one)


def _it_was(tokens: list[Token], one: Run, two: Run) -> bool:
    """ "the difference at rest was 0.8 (0.2 to 1.4); ON MOVEMENT, IT WAS 1.3 (0.6 to 2.0)"."""
    if one.cue not in DIFFERENCE or not (_bracketed(one) and _bracketed(two)):
        return False
    words = [tokens[k].word for k in range(one.last, two.first)]
    return words[-2:] in (["it", "was"], ["this", "was"]) and VERBS.isdisjoint(words[:-1])


def _compared_again(tokens: list[Token], one: Run, two: Run) -> bool:
    """ "1.5 points LOWER than with clay at 2 h and 0.9 points LOWER at 6 h": twice a difference."""
    if one.stat != "between_diff" or two.stat != "change" or one.cue not in COMPARATIVE:
        return False
    if two.cue not in COMPARATIVE or len(two.values) > 1 or two.first - one.last > 30:
        return False
    words = {tokens[k].word for k in range(one.last, two.first)}
    behind = {tokens[k].word for k in range(two.last, min(two.last + 6, len(tokens)))}
    # "1.5 points lower IN THE CLAY GROUP at 2 h, 0.9 points lower at 6 h"
    of_group = one.inherits or not words.isdisjoint(("group", "arm"))
    of_group = (of_group or (_interval(one) and _bracketed(two))) and one.cue == two.cue
    return (
        ("than" in words or of_group)
        and not (words | behind) & _BEFORE
        and not words & VERBS - COMPARATIVE - {"was"}
    )


_BEFORE = word_set("baseline before entry preoperatively initially")


def changes_go_on(tokens: list[Token], runs: list[Run], timed: dict[int, Time]) -> None:
    """ "The difference between baseline and week 2 was -3, and BETWEEN BASELINE AND week 8 was -4".

    A difference from baseline is a change; so is what the sentence goes on with, until it tells
    of another difference or of what lies between groups.
    """
    for one, two in itertools.pairwise(runs):
        again = two.stat == "level" and one.stat in _MOVED
        if again and (_left_out(tokens, one, two, timed) or _but_only(tokens, one, two)):
            two.go_on_from(one)
        if one.stat != "change" or one.cue not in DIFFERENCE or two.stat != "between_diff":
            continue
        gap = range(one.last, two.first)
        anew = any(
            tokens[k].word in DIFFERENCE
            or (tokens[k].word == "between" and getattr(timed.get(k + 1), "kind", "") != "base")
            for k in gap
        )
        if not anew and two.cue in DIFFERENCE:
            two.go_on_from(one)


_MOVED = ("change", "percent_change", "between_diff")
_FOR = word_set("for in with on")


def _left_out(tokens: list[Token], one: Run, two: Run, timed: dict[int, Time]) -> bool:
    """ "the fall in NRS for heel pain was 3.1; FOR TOE PAIN, 1.4": the noun and the verb left out.

    Nothing but what the next number is of stands between, with a comma before the number.
    """
    first, last = one.last, two.first - 1
    stop = last
    if [tokens[k].word for k in range(last - 5, last - 2)] == ["(", "n", "="]:
        stop = last - 5  # "; with clay (n = 22), 17 mm"
    if tokens[last].word not in (",", ":") or stop - first > 9 or two.role not in ("state", "of"):
        return False
    words = [tokens[k].word for k in range(first, stop)]
    if ";" not in words:
        return False
    words = words[words.index(";") + 1 :]
    if words[:1] == ["and"]:
        words = words[1:]
    if words[:1] == [] or words[0] not in _FOR or len(words) < 2 or ";" in words:
        return False
    plain = all(tokens[k].kind != "n" for k in range(first, stop) if k not in timed)
    return plain and not set(words) & (VERBS | _PLAIN_VERBS | {"baseline", "(", ")", ","})


def _but_only(tokens: list[Token], one: Run, two: Run) -> bool:
    """ "dropped 3.2 points with wax BUT ONLY 1.1 POINTS with clay": no verb of its own."""
    k = two.first - 1
    while k > one.last and tokens[k].word in _ONLY:
        k -= 1
    only = "only" in (tokens[m].word for m in range(k, two.first))
    alike = two.values[0].unit is not None and two.values[0].unit == one.values[-1].unit
    return tokens[k].word in _TURNS and one.role == "by" and (only or alike)


_ONLY = word_set("only just merely by a an mean average about")
_TURNS = word_set("but whereas while although")


def _interval(run: Run) -> bool:
    return len(run.values) == 1 and any(spread.kind == "ci" for spread in run.values[0].spreads)


def _bracketed(run: Run) -> bool:
    """ "and 1.5 points lower (0.6 TO 2.4)": an interval that nothing names is one as well."""
    return any(spread.kind in ("ci", "pair") for spread in run.values[0].spreads)


def _of_each_group(tokens: list[Token], a: int, one: Run, two: Run) -> bool:
    """Whether "in the ... group of" stands before both, the first behind "difference"."""
    noun = next((k for k in range(one.first - 1, a, -1) if tokens[k].word in DIFFERENCE), None)
    return (
        noun is not None
        and _in_group(tokens, noun + 1, one.first)
        and any(
            _in_group(tokens, k, two.first) for k in range(one.last, min(two.first, one.last + 8))
        )
    )


def _in_group(tokens: list[Token], k: int, stop: int) -> bool:
    """ "IN THE WAX GROUP OF" from token k up to a number, and nothing else."""
    words = [tokens[m].word for m in range(k, stop)]
    while words and words[-1] in ("(", "[", ","):
        words.pop()
    if len(words) < 4 or words[0] not in ("in", "for", "with") or words[-1] != "of":
        return False
    return words[-2] in GROUP and len(words) < 9 and not set(words) & {"between", "and", "vs"}


def _noun_before(tokens: list[Token], a: int, run: Run) -> str:
    """The fall or rise that the sentence tells of before the differences, if it does."""
    found = (tokens[k].word for k in range(run.first - 1, a - 1, -1))
    return next((word for word in found if word in CHANGE_NOUNS), "difference")
