"""Numbers that are differences between groups, by what they are said to be compared with."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, SET_BESIDE, VERBS, word_set

_CONTROL = word_set("placebo sham control controls comparator comparators vehicle")
_PAIRED = {("relative", "to"), ("compared", "with"), ("compared", "to"), ("comparison", "with")}
_AGAINST = word_set("versus vs over against")
_ARTICLES = word_set("the a an")
_JOINS = word_set("but and or nor")


def against_control(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "The reduction RELATIVE TO PLACEBO was 1.2 for zinc, 0.4 for bran": differences, each.

    Only where the values do not come in pairs, and the control has none of its own.
    """
    for index, head in enumerate(runs):
        if head.stat != "change" or head.role != "of" or head.inherits:
            continue
        places = range(head.first - 1, a - 1, -1)
        noun = next((k for k in places if tokens[k].word == head.cue), None)
        if noun is None or head.cue not in CHANGE_NOUNS:
            continue
        mine = _same_noun(tokens, runs[index:])
        net = _net_of_control(tokens, a, noun) or _attributed(tokens, noun + 1, head.first)
        net = net or _additional(tokens, a, noun, head)
        control = names_control(tokens, noun + 1, head.first) or _netted(tokens, a, noun)
        if (net and not head.versus) or (control and _one_each(tokens, mine)):
            _differences(mine)
            for run in mine:
                run.control = control


def _same_noun(tokens: list[Token], runs: list[Run]) -> list[Run]:
    """The first run and those that go on with its noun of change."""
    out = runs[:1]
    for run in runs[1:]:
        gap = (tokens[k].word for k in range(out[-1].last, run.first))
        if run.stat != "change" or run.cue != out[0].cue or not CHANGE_NOUNS.isdisjoint(gap):
            break
        out.append(run)
    return out


def _one_each(tokens: list[Token], runs: list[Run]) -> bool:
    """Not so "compared with placebo was 3.1 for zinc and 1.2 for placebo"."""
    if any(len(run.values) > 1 for run in runs):
        return False
    for k in range(runs[0].last, len(tokens)):
        if tokens[k].word in _CONTROL:
            return False
        if tokens[k].word in (".", ";"):
            break
    return True


def _differences(runs: list[Run]) -> None:
    signed = any(value.sign for run in runs for value in run.values)
    for run in runs:
        run.stat = "between_diff"
        run.sign = "" if signed else run.sign


def _net_of_control(tokens: list[Token], a: int, noun: int) -> bool:
    """ "the PLACEBO-ADJUSTED mean change", "the BETWEEN-GROUP reduction", "the net benefit"."""
    k = _behind_plain(tokens, a, noun)
    word, before = tokens[k].word, tokens[k - 2].word if k - 2 >= a else ""
    if word == "net":
        return tokens[noun].word == "benefit"
    if tokens[k - 1].word != "-":
        return False
    return (word in _NETTED and before in _CONTROL) or (word == "group" and before in _BETWEEN)


def _netted(tokens: list[Token], a: int, noun: int) -> int:
    """The token of "placebo" in "the PLACEBO-adjusted mean change"; 0 if there is none."""
    k = _behind_plain(tokens, a, noun)
    told = k - 2 >= a and tokens[k].word in _NETTED and tokens[k - 1].word == "-"
    return k - 2 if told and tokens[k - 2].word in _CONTROL else 0


def _behind_plain(tokens: list[Token], a: int, noun: int) -> int:
    """The token before a noun, and before "mean", "pain" and their like ahead of it."""
    k = noun - 1
    while k > a and noun - k < 4 and tokens[k].word in _PLAIN:
        k -= 1
    return k


def _additional(tokens: list[Token], a: int, noun: int, head: Run) -> bool:
    """ "an ADDITIONAL reduction in NRS of 1.0 OVER clay": what the other lacked.

    "An additional reduction of 0.7 from 6 to 12 weeks" is a change.
    """
    k = _behind_plain(tokens, a, noun)
    if tokens[k].word not in _ADDED:
        return False
    near = [token.word for token in tokens[noun : min(len(tokens), head.last + 10)]]
    near = near[: near.index(";")] if ";" in near else near
    return any(word in _OVER and near[at + 1 : at + 2] != ["time"] for at, word in enumerate(near))


_ADDED = word_set("additional added incremental extra")
_OVER = word_set("over beyond than")
_PLAIN = word_set("mean median average pain absolute estimated overall vas nrs score")
_NETTED = word_set("adjusted subtracted corrected")
_BETWEEN = word_set("between inter")


def _attributed(tokens: list[Token], first: int, stop: int) -> bool:
    """ "the reduction ATTRIBUTABLE TO the belt was 8 mm": what the control lacked."""
    return any(
        tokens[k].word in ("attributable", "ascribable") and tokens[k + 1].word == "to"
        for k in range(first, stop)
    )


def names_control(tokens: list[Token], first: int, stop: int) -> int:
    """The token of "placebo" in "relative to placebo", "versus the sham"; 0 if there is none."""
    for k in range(first, stop - 1):
        at = k + 2 if (tokens[k].word, tokens[k + 1].word) in _PAIRED else 0
        at = k + 1 if tokens[k].word in _AGAINST else at
        if at:
            at += tokens[at].word in _ARTICLES
            return at if at < stop and tokens[at].word in _CONTROL else 0
    return 0


def compared_again(tokens: list[Token], left: Run, right: Run) -> None:
    """ "more than rest (difference 9, 95% CI 2 to 16) BUT NOT COMPARED WITH wax (4 (-3 to 11))".

    A second bracket behind "compared with" and a group, with an interval like the first: a
    difference again.
    """
    if left.stat != "between_diff" or right.stat != "level" or right.inherits:
        return
    opened = right.first - 1
    if len(right.values) > 1 or tokens[opened].word not in ("(", "["):
        return
    limits = [
        len(run.values[-1].spreads) and len(run.values[-1].spreads[0].values)
        for run in (left, right)
    ]
    if limits != [2, 2]:
        return
    first = opened
    while first > left.last and tokens[first - 1].word not in (")", "]"):
        first -= 1
    words = [tokens[k].word for k in range(first, opened)]
    words = words[1:] if words[:1] == [","] else words
    if len(words) < 3 or len(words) > 12 or words[0] not in _JOINS:
        return
    compared = any(pair in _PAIRED for pair in itertools.pairwise(words))
    # "lower with tape than with rest (DIFFERENCE 9, ...) BUT NOT WITH wax (4, ...)"
    called = tokens[left.first - 1].word in DIFFERENCE and "with" in words[1:4]
    if not compared and not called and not set(words[1:4]) & (_AGAINST | {"than"}):
        return
    if set(words) & (VERBS - {"compared"}) or any(
        tokens[k].kind == "n" for k in range(first, opened)
    ):
        return
    right.stat, right.cue, right.sign, right.inherits = "between_diff", left.cue, left.sign, True
    right.role, left.compared, right.compared = left.role, 1, 2


def comparators_own(tokens: list[Token], runs: list[Run]) -> None:
    """ "greater with wax and clay (-3.6 and -4.9) COMPARED WITH PLACEBO (-1.6)": its own change.

    A bracket right behind the one group that the others, with their changes, are set against.
    """
    for left, right in itertools.pairwise(runs):
        if left.stat != "change" or right.stat != "between_diff" or left.cue != right.cue:
            continue
        beside = right.pre.get("arm", [])
        opened = right.first - 1
        alone = len(right.values) == 1 and tokens[opened].word in ("(", "[")
        if not (alone and left.pre.get("arm") and beside) or beside[-1].last != opened:
            continue
        gap = {tokens[k].word for k in range(left.last, beside[-1].first)}
        if len(beside[-1].items) == 1 and gap & SET_BESIDE and not gap & DIFFERENCE:
            right.stat, right.sign = left.stat, left.sign


def lower_than_group(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "NRS with clay was LOWER THAN with sand (-1.4; 95% CI, -2.1 to -0.6)": by how much.

    Also its continuation, "... (...), AS WAS ODI (-4; 95% CI, -7 to -2)". No score lies below
    nothing, and no change is lower than a group. A number above nothing is a difference where it
    is the only one: "NRS was LOWER with clay THAN with sand (1.4; 95% CI, 0.6 to 2.1)".
    """
    for index, run in enumerate(runs):
        if run.stat not in ("level", "change") or not _one_with_interval(tokens, run):
            continue
        left = runs[index - 1] if index else None
        if run.values[0].sign != "-" and not _only_differences(tokens, runs, index):
            continue
        gap = [tokens[k] for k in range(left.last if left else a, run.first - 1)]
        if left is not None and any(token.word == "as" for token in gap):
            again = left.stat == "between_diff" and left.cue in COMPARATIVE
            if again and not any(token.word in (".", ";") or token.kind == "n" for token in gap):
                run.stat, run.cue, run.sign, run.role = "between_diff", left.cue, "", "of"
            continue
        words = [token.word for token in gap]
        than = next((k for k in range(len(gap) - 1, 0, -1) if words[k] == "than"), None)
        if (
            than is None
            or len(gap) - than > 8
            or not COMPARATIVE & set(words[max(0, than - 6) : than])
        ):
            continue
        behind = gap[than:]
        if any(t.kind == "n" or t.word in (";", ":") or t.word in _EARLIER for t in behind):
            continue
        cue = next(word for word in reversed(words[:than]) if word in COMPARATIVE)
        run.stat, run.cue, run.sign, run.role = "between_diff", cue, "", "of"


def lower_again(tokens: list[Token], runs: list[Run]) -> None:
    """ "2.3 LOWER THAN AT BASELINE with wax and 0.9 LOWER with clay": than at baseline."""
    for left, right in itertools.pairwise(runs):
        if (left.stat, right.stat) != ("change", "between_diff") or len(right.values) != 1:
            continue
        if _but_not_with(tokens, left, right):
            right.stat, right.sign, right.role = "change", left.sign, left.role
            continue
        if left.cue != right.cue or right.cue not in COMPARATIVE:
            continue
        behind = [token.word for token in tokens[right.last : right.last + 12]]
        behind = behind[: behind.index(".")] if "." in behind else behind
        gap = [tokens[k].word for k in range(left.last, right.first)]
        if "than" in gap and not {"than", "compared", "versus", "vs"} & {*behind}:
            right.stat, right.sign, right.role = "change", left.sign, left.role


def _but_not_with(tokens: list[Token], left: Run, right: Run) -> bool:
    """ "lower than at baseline with wax (difference 2.3) BUT NOT WITH clay (DIFFERENCE 0.3)"."""
    if right.cue not in DIFFERENCE or tokens[left.last].word not in (")", "]"):
        return False
    gap = [tokens[k].word for k in range(left.last, right.first)]
    at = gap.index("not") if "not" in gap else 0
    return at > 0 and gap[at + 1] in ("with", "in", "for", "after") and "than" not in gap


_EARLIER = word_set(
    "baseline before initial preoperative pretreatment previous entry preoperatively admission "
    "discharge enrolment enrollment expected predicted assumed anticipated normal threshold "
    "cut-off cutoff mcid earlier first"
)


def _one_with_interval(tokens: list[Token], run: Run) -> bool:
    """Whether a run is one number with its interval in a bracket."""
    if len(run.values) > 1 or tokens[run.first - 1].word not in ("(", "["):
        return False
    return _has_interval(run)


def _has_interval(run: Run) -> bool:
    return any(spread.kind in ("ci", "pair") for spread in run.values[0].spreads)


def _only_differences(tokens: list[Token], runs: list[Run], index: int) -> bool:
    """Whether all before the run are differences, and all behind it single numbers in brackets."""
    before = all(run.stat == "between_diff" for run in runs[:index])
    return (
        before
        and runs[index].stat == "level"
        and all(_one_with_interval(tokens, run) for run in runs[index + 1 :])
    )


_OF_GROUPS = word_set("than between versus vs compared group groups arm arms favour favor")


def bracket_again(tokens: list[Token], a: int, left: Run, right: Run) -> None:
    """ "lower than with sand at 2 h (1.4; 95% CI, 0.6 to 2.1) AND AT 4 H (1.1; 0.3 to 1.9)".

    A second bracket with an interval, behind nothing but another time or place: a difference too.
    """
    if left.stat != "between_diff" or right.stat != "level" or right.inherits:
        return
    told = len(left.values) == 1 and _has_interval(left)
    if not told or not _one_with_interval(tokens, right):
        return
    if not any(tokens[k].word in _OF_GROUPS for k in range(a, left.first)):
        return  # "fell from 7 to 3 (difference 4, 95% CI 3 to 5)": of two times
    gap = [tokens[k].word for k in range(left.last, right.first - 1)]
    if ")" not in gap and "]" not in gap:
        return
    while gap and gap[0] not in (")", "]"):
        gap = gap[1:]
    words = gap[1:]
    if not words or len(words) > 8 or words[0] not in ("and", "or", ","):
        return
    if "than" in words or set(words) & (VERBS | {";", ":", "("}):
        return
    right.stat, right.cue, right.sign, right.inherits = "between_diff", left.cue, left.sign, True
    right.role = left.role
