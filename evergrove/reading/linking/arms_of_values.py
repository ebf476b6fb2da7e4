"""Which of several groups named ahead the values in a bracket belong to."""

from __future__ import annotations

from typing import Any

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.comparators import behind_comparator
from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.tokens import Token, is_measure, words_outside
from evergrove.reading.text.words import PEOPLE, SET_AGAINST, STATE, word_set
from evergrove.reading.vectors import Vectors, same_label


def compared_twice(tokens: list[Token], pre: list[Labels]) -> list[Arm] | None:
    """ "lower with wax compared with clay (p = 0.1) and COMPARED WITH bran (1 vs 3)": wax, bran.

    Two groups that the first is compared with, one after the other: the values are of the first
    and of the last.
    """
    if len(pre) < 3:
        return None
    first, middle, last = (labels.items[0] for labels in pre[-3:])
    behind = [behind_comparator(tokens, arm) for arm in (first, middle, last)]
    if behind != [False, True, True] or same_label(first, last):
        return None
    return [first, last]


def compared_ahead(tokens: list[Token], pre: list[Labels]) -> list[Arm]:
    """ "fell more WITH WAX COMPARED TO CLAY, from 8 to 2 vs 8 to 5": wax and clay; else [].

    The two groups named ahead of the values, one set against the other, in the order of the values.
    """
    if len(pre) != 2 or any(len(labels.items) != 1 for labels in pre):
        return []
    one, two = (labels.items[0] for labels in pre)
    behind = [behind_comparator(tokens, arm) for arm in (one, two)]
    if same_label(one, two) or behind[0] == behind[1]:
        return []
    return [one, two] if behind[1] else [two, one]


def two_sides(tokens: list[Token], pre: list[Labels]) -> list[Arm]:
    """ "lower in the WAX AND CLAY groups THAN in the BRAN group (3.1 vs 5.4)": both together, bran.

    A list of groups set against another group (or list): each side of the comparison is one. The
    sides in the order of the values, what stands behind the comparison word last; [] if there are
    no two such sides.
    """
    sides: list[list[Arm]] = []
    against: list[bool] = []
    for arm in [arm for labels in pre for arm in labels.items]:
        behind = behind_comparator(tokens, arm)
        new = (
            not sides
            or (behind and not against[-1])
            or (against[-1] and not _listed(tokens, sides[-1][-1], arm))
        )
        if new:
            sides.append([arm])
            against.append(behind)
        elif not any(same_label(arm, other) for other in sides[-1]):
            sides[-1].append(arm)
    if len(sides) > 2 and _measure_between(tokens, sides[-3][-1].last, sides[-2][0].first):
        # "mood was better with wax THAN WITH BRAN, and VAS was lower": of another measure
        sides, against = sides[-2:], against[-2:]
    if len(sides) != 2 or against[0] == against[1] or max(map(len, sides)) < 2:
        return []
    one, two = (_together(side) for side in sides)
    if any(same_label(a, b) for a in sides[0] for b in sides[1]):
        return []
    return [one, two] if against[1] else [two, one]


def _measure_between(tokens: list[Token], first: int, last: int) -> bool:
    return any(is_measure(tokens[k]) for k in range(first, last))


def _listed(tokens: list[Token], one: Arm, two: Arm) -> bool:
    """Whether nothing but "and", a comma and words of groups stand between two names."""
    between = {token.word for token in tokens[one.last : two.first]}
    return between <= _BESIDE_LISTED


_BESIDE_LISTED = word_set("and , or / & the group groups arm arms in with")


def _together(side: list[Arm]) -> Arm:
    if len(side) == 1:
        return side[0]
    name = " and ".join(arm.name for arm in side)
    return Arm(side[0].first, side[-1].last, name, 3, np_first=side[0].np_first)


def headed_pair(tokens: list[Token], run: Run, pre: list[Labels]) -> list[Arm]:
    """ "lower with wax than with clay (CLAY = 7.4 vs 5.1)": the value behind the sign is clay's.

    The other is that of the one other group named ahead.
    """
    if not run.versus or len(run.values) != 2 or tokens[run.first - 1].word not in ("=", ":"):
        return []
    if not pre or pre[-1].last != run.first - 1 or len(pre[-1].items) != 1:
        return []
    own = pre[-1].items[0]
    others = [arm for labels in pre[:-1] for arm in labels.items if not same_label(arm, own)]
    if len({arm.name for arm in others}) > 1:
        # "ROWERS who had wax had less pain than the cork group": the surer of the names
        others = [arm for arm in others if arm.strength > 2]
    if len({arm.name for arm in others}) != 1:
        return []
    return [own, others[0]]


def named_again(run: Run, pre: list[Labels], post: list[Labels]) -> list[Arm]:
    """ "lower in the wax group, clay 7.4 vs 5.1 IN THE WAX GROUP": the second value is that of wax.

    Of two groups named ahead, the one that is named again right behind the pair; else [].
    """
    if not run.versus or len(run.values) != 2 or not pre or len(pre[-1].items) != 2:
        return []
    if not post or len(post[0].items) != 1 or post[0].first - run.last > 3:
        return []
    last = post[0].items[0]
    others = [arm for arm in pre[-1].items if not same_label(arm, last)]
    return [others[0], last] if len(others) == 1 else []


def counted_in_turn(tokens: list[Token], run: Run, pre: list[Labels]) -> list[Arm] | None:
    """ "16 ROWERS IN WAX AND 15 IN CORK had a VAS of 6.0 vs 5.2": one value for each, in order.

    Two groups ahead of a pair, each behind its own number of people, joined by "and"; not where
    two times or measures are listed as well.
    """
    sure = [labels for labels in pre if labels.items[0].strength > 2]
    if len(sure) != 2 or any(len(labels.items) != 1 for labels in sure):
        return None
    one, two = (labels.items[0] for labels in sure)
    between = tokens[one.last : two.first]
    words = {token.word for token in between}
    if same_label(one, two) or "and" not in words or not any(t.kind == "n" for t in between):
        return None
    nouns = {t.word for n, t in enumerate(between) if n and between[n - 1].kind == "n"}
    if words - nouns - _BESIDE_COUNT - PEOPLE - {t.word for t in between if t.kind == "n"}:
        return None
    if not any(
        t.kind == "n" or t.flag == "word" for t in tokens[max(0, one.first - 5) : one.first]
    ):
        return None
    sides = (run.pre, run.post)
    listed = [x for side in sides for kind in ("time", "measure") for x in side.get(kind, [])]
    times = [x.items[0] for side in sides for x in side.get("time", []) if len(x.items) == 1]
    apart = any(not same_label(times[0], other) for other in times[1:])
    return None if apart or any(len(x.items) == 2 for x in listed) else [one, two]


_BESIDE_COUNT = word_set("and in on with the group arm of receiving given a an to from who had")


def named_behind_pair(
    tokens: list[Token], run: Run, pre: list[Labels], post: list[Labels]
) -> list[Arm | None] | None:
    """ "1.9 vs 3.8 in the clay group", "... in the wax group COMPARED WITH the clay group".

    The groups of two values set against each other, of which one or both are named behind them.
    """
    first = pre[-1].items[0] if pre else None
    if first is not None and same_label(first, post[0].items[0]):
        return None
    if first is None and len(post) > 1 and len(run.values) == 2:
        one, two = post[0].items[0], post[1].items[0]
        behind = [behind_comparator(tokens, arm) for arm in (one, two)]
        if behind == [False, True] and not same_label(one, two):
            return [one, two]
    words = {tokens[k].word for k in range(run.values[-1].last, post[0].items[0].last)}
    if words & _AGAINST or pre:
        if first is not None:
            # "COMPARED WITH CLAY, NRS was lower (1.9 vs 3.8) in the wax group": wax comes first
            fronted = behind_comparator(tokens, first) and not words & SET_AGAINST
            named = [first, post[0].items[0]]
            return named[::-1] if fronted else named
        behind = tokens[min(post[0].last, len(tokens) - 1)].word
        if behind in SET_AGAINST or opens_comparison(tokens, run.first):
            return None  # "... in the wax group compared with baseline": both may be of wax
        if (ranked := _ranked_behind(tokens, run, post[0])) is not None:
            return ranked
        if len(run.values) == 2 and tokens[post[0].first - 1].word != "(" and not {"both"} & words:
            return [None, post[0].items[0]]
    return None


def _ranked_behind(tokens: list[Token], run: Run, named: Labels) -> list[Arm | None] | None:
    """ "VAS (3.1 vs 4.0) was LOWER WITH WAX": of the lower of the two, wherever it stands."""
    gap = {tokens[k].word for k in range(run.last, named.first + 1)}
    if len(run.values) != 2 or gap.isdisjoint(STATE) or not gap & (_LOWER | _HIGHER):
        return None
    one, two = (value.value for value in run.values)
    if one == two:
        return None
    first = (one < two) == bool(gap & _LOWER)
    return [named.items[0], None] if first else [None, named.items[0]]


_LOWER = word_set("lower less smaller shorter fewer")
_HIGHER = word_set("higher more greater larger longer")
_AGAINST = word_set("with for in after among on")


def opens_comparison(tokens: list[Token], k: int) -> bool:
    """ "COMPARED WITH CLAY, pain fell more (2.1 vs 1.3) with wax": what wax is set against."""
    start = next((m for m in range(k - 1, max(k - 30, 0), -1) if tokens[m].word in ".:"), -1)
    return tokens[start + 1].word in _FRONTED


_FRONTED = word_set("compared relative against versus unlike")


def last_of_list(
    tokens: list[Token], vectors: Vectors, index: int, pre: list[Labels]
) -> Arm | None:
    """ "tape beat rest (-1.2), and heat beat both rest and ICE (-0.9)": rest has had its value.

    One value in a bracket behind a list of groups of which only the last has none yet.
    """
    run: Run = vectors.runs[index]
    if not index or len(run.values) > 1 or not pre or len(pre[-1].items) < 2:
        return None
    if run.post.get("arm") or pre[-1].last != run.first - 1:
        return None
    if tokens[run.first - 1].word not in OPENS:
        return None
    told = vectors.unique(index)
    *others, own = pre[-1].items
    if any(same_label(own, arm) for arm in told):
        return None
    return own if all(any(same_label(one, arm) for arm in told) for one in others) else None


def one_on_each_side(tokens: list[Token], run: Run) -> bool:
    """ "pain IN THE GEL GROUP was 61 mm (SD 9) and 58 mm (SD 8) IN THE ICE GROUP": one value each.

    Where two times or measures are listed, the two values are those of one group.
    """
    first, second = run.pre["arm"][0].items[0], run.post["arm"][0].items[0]
    at = run.post["arm"][0].first
    near = tokens[at - 1].word in _LEADS_ARM | {"the"} or tokens[at].word in _LEADS_ARM
    # "..., WITH 58 mm in the ice group": the comma of the list
    apart = run.separators in (["and"], [",and"], [","]) or run.versus
    if not apart or same_label(first, second) or not near or behind_comparator(tokens, first):
        return False
    start = _behind_brackets(tokens, run.last, second.first)
    if any(tokens[k].word in (",", ";", "(") for k in range(start + 1, second.first)):
        return False
    listed = [x for kind in ("time", "measure") for x in run.pre.get(kind, [])]
    listed += [x for kind in ("time", "measure") for x in run.post.get(kind, [])]
    return all(len(labels.items) == 1 for labels in listed)


def group_of_fall(tokens: list[Token], runs: list[Run], index: int) -> list[Any] | None:
    """ "THE GEL GROUP had a 26% fall TO 2.6, compared with 3.5 IN THE ICE GROUP": one value each.

    The first group stands ahead of how far it fell, or where from ("fell FROM 7.1 TO 2.6, compared
    with 3.5 on ice"), in one clause with where it fell to.
    """
    run, left = runs[index], runs[index - 1]
    if not run.versus or run.role != "to" or len(left.values) > 1:
        return None
    if left.stat == "level" and left.role != "from":
        return None
    if left.role == "from" and index > 1 and not left.pre.get("arm"):
        before = runs[index - 2]  # "the gel group fell by 4.5, from 7.1 TO 2.6, ..."
        left = before if before.stat == "change" and len(before.values) == 1 else left
    told, other = left.pre.get("arm", []), run.post.get("arm", [])
    if run.pre.get("arm") or left.post.get("arm") or not told or len(other) != 1:
        return None
    pair = [told[-1].items[0], other[0].items[0]]
    if len({one.items[0].name for one in told}) > 1 or same_label(*pair):
        return None
    if len(told[-1].items) > 1 or len(other[0].items) > 1:
        return None
    gap = {tokens[k].word for k in range(runs[index - 1].last, run.first)}
    return pair if gap.isdisjoint(_NEXT_CLAUSE) else None


_NEXT_CLAUSE = frozenset((",", ";", ":", "and", "but", "while", "whereas", "("))


def of_unnamed(tokens: list[Token], runs: list[Run], index: int) -> bool:
    """ "fell by 1.7 IN THOSE keeping to it VERSUS 0.9 in the lax group": the 1.7 is not the lax's.

    Whether people whom no name tells stand between a value and the one it is set against.
    """
    if index + 1 >= len(runs) or not runs[index + 1].post.get("arm"):
        return False
    if runs[index + 1].pre.get("arm"):
        return False  # "in those managed WITH WAX versus 5.8 in those managed with clay"
    gap = words_outside(tokens, runs[index].last, runs[index + 1].first)
    if len(gap) < 4 or gap[0] not in _LEADS_ARM or gap[1] != "those":
        return False
    return gap[-1] in ("versus", "vs") or gap[-2:] in (["compared", "with"], ["compared", "to"])


def _behind_brackets(tokens: list[Token], k: int, stop: int) -> int:
    """ "-4.0 ± 3.9 (p < 0.01) (median -4.5) WITH CLAY": behind brackets right behind a value."""
    while k < stop and tokens[k].word == "(":
        close = next((m for m in range(k, stop) if tokens[m].word == ")"), 0)
        if not close:
            return k
        k = close + 1
    return k


_LEADS_ARM = word_set("in for with on among after")


def subject_of_fall(tokens: list[Token], vectors: Vectors, index: int) -> Arm | None:
    """ "VAS in the WAX group fell by 8 compared with clay, FROM 59 TO 51": whose two scores.

    The group of the amount before, which is set against another; None where none is told so.
    """
    if not index or tokens[vectors.runs[index].first - 1].word != "from":
        return None
    run, before = vectors.runs[index], vectors.runs[index - 1]
    if before.stat not in ("change", "between_diff") or tokens[run.first - 2].word != ",":
        return None
    told = before.pre.get("arm", [])
    between = {tokens[k].word for k in range(before.last, run.first)}
    if len(told) != 1 or len(told[0].items) != 1 or between.isdisjoint(_SET_AGAINST):
        return None
    return None if between & _JOINS_CLAUSE else told[0].items[0]


_SET_AGAINST = word_set("than compared over versus vs")
_JOINS_CLAUSE = word_set("while whereas but ;")
