"""How many people were left at each time, and in which group, where a sentence tells only that."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.arm_phrases import known_mentions
from evergrove.reading.arms import DocArm
from evergrove.reading.count_lists import CountList
from evergrove.reading.declarations import Declared
from evergrove.reading.quantities import Count
from evergrove.reading.text import Token
from evergrove.reading.time_parts import Time
from evergrove.reading.words import PEOPLE, word_set

_POINTS = word_set("base point window final immediate discharge")
STAYED = word_set(
    "available remained completed returned attended analysed analyzed assessed followed seen "
    "evaluable responded answered reviewed remaining alive contacted evaluated examined "
    "reached provided re-examined reexamined completers contributed present traced interviewed "
    "underwent analysis attending completing"
)
_COMPLETED = word_set(
    "completed complete followed available evaluable returned attended analysed analyzed remained "
    "reviewed contacted evaluated answered responded finished"
)
_GONE = word_set("lost died withdrew dropped excluded discontinued missing declined death deaths")
_BETWEEN_COUNT_AND_ARM = word_set(
    "in of from on with to the allocated assigned receiving patients participants subjects people "
    "women men children adults who received treated given"
)


@dataclass(slots=True, eq=False)
class Size:
    """n at a time (None: at every time after baseline) of a group (None: of everybody)."""

    time: Time | None
    arm: DocArm | None
    count: Count
    inferred: bool = False
    analysed: bool = False


def find_sizes(
    tokens: list[Token], a: int, b: int, times: list[Time], counts: list[Count],
    lists: list[CountList], declared: Declared,
) -> list[Size]:  # fmt: skip
    """The sizes that one sentence without results tells."""
    words = {tokens[k].word for k in range(a, b)}
    points = [time for time in times if time.kind in _POINTS and time.kind != "base"]
    arms = declared.arms
    fractions = _fractions(tokens, a, b, counts, points, declared)
    if fractions:
        return fractions
    if not words & STAYED:
        return []
    for one in lists:
        here = [t for t in points]
        if len(one.counts) == len(arms) >= 2 and len(here) <= 1:
            time = here[0] if here else None
            return [Size(time, arm, n) for arm, n in zip(arms, one.counts, strict=True)]
        if len(one.counts) == len(here) >= 2 and len(arms) < 2:
            return [Size(time, None, n) for time, n in zip(here, one.counts, strict=True)]
    if not words & _GONE or words & {"completed", "available", "remained"}:
        of_arms = _counted_arms(tokens, a, b, counts, points, declared)
        if of_arms:
            return of_arms
    return _single(tokens, a, times, counts)


def _counted_arms(
    tokens: list[Token], a: int, b: int, counts: list[Count], points: list[Time],
    declared: Declared,
) -> list[Size]:  # fmt: skip
    """ "52 in the kyphoplasty group and 49 in the control group completed the visit"."""
    if len(points) > 1 or len(declared.arms) < 2:
        return []
    named = known_mentions(tokens, a, b, declared.arms, declared.index)
    out: list[Size] = []
    for count in counts:
        if count.equals or count.noun == "events" or count.each:
            continue
        end = (count.of + 1) if count.of is not None else count.at + 1
        k = end
        while k < b and tokens[k].word in _BETWEEN_COUNT_AND_ARM:
            k += 1
        arm = next((x.arm for x in named if x.first <= k < x.last or x.first == k), None)
        if arm is not None and k > end and not any(s.arm is arm for s in out):
            out.append(Size(points[0] if points else None, arm, count))
    return out if len(out) == len(declared.arms) else []


def _fractions(
    tokens: list[Token], a: int, b: int, counts: list[Count], points: list[Time],
    declared: Declared,
) -> list[Size]:  # fmt: skip
    """ "79% (19/24) and 60% (9/15) of those alive at day 30": the denominators are the n then."""
    arms = declared.arms
    if len(points) != 1 or len(arms) < 2 or any(arm.n is None for arm in arms):
        return []
    wholes = [
        Count(int(tokens[count.of].value), count.of, count.of + 1)
        for count in counts
        if count.of is not None and tokens[count.at + 1].word == "/"
    ]
    if len(wholes) != len(arms):
        return []
    if any(
        not 0.4 * arm.n.value <= n.value <= arm.n.value
        for arm, n in zip(arms, wholes, strict=True)
        if arm.n is not None
    ):
        return []
    return [Size(points[0], arm, n, True) for arm, n in zip(arms, wholes, strict=True)]


def _single(tokens: list[Token], a: int, times: list[Time], counts: list[Count]) -> list[Size]:
    """ "45 were available at 3 months and 41 at 12 months": how many were left at each time."""
    out = []
    for time in times:
        if time.kind != "point":
            continue
        k = time.first - 1
        while k > a and (
            tokens[k].word in ("at", "after", "to", "for", "were", "was", "had", "patients")
            or tokens[k].word in STAYED
        ):
            k -= 1
        token = tokens[k]
        plain = token.kind == "n" and token.mark is None and "." not in token.word
        if plain and k < time.first - 1 and token.value == int(token.value) and token.value > 1:
            count = Count(int(token.value), k, k + 1, "", None, False, False, True)
            out.append(Size(time, None, count))
    return out or _only_one(tokens, a, times, counts)


def _only_one(tokens: list[Token], a: int, times: list[Time], counts: list[Count]) -> list[Size]:
    """ "At 24 months 71 of 93 patients could be evaluated": one time and one number of people."""
    points = [time for time in times if time.kind in _POINTS and time.kind != "base"]
    people = [
        count
        for count in counts
        if not count.each
        and not count.equals
        and not count.bracket
        and (count.noun in PEOPLE or count.noun in ("of", "") or count.noun in STAYED)
    ]
    if not points and len(people) in (1, 2) and not {"screened"} & {t.word for t in tokens[a:]}:
        # "64 were enrolled and 58 completed the study", "58 of 64 women completed the trial"
        left = people[-1]
        whole = people[0].value if len(people) == 2 else 0
        if left.of is not None and len(people) == 1:
            whole = int(tokens[left.of].value)
        ahead = [tokens[k].word for k in range(left.last, min(left.last + 9, len(tokens)))]
        stop = ahead.index(".") if "." in ahead else len(ahead)
        if 0.4 * whole <= left.value < whole and set(ahead[:stop]) & _COMPLETED:
            return [Size(None, None, left)]
    if len(points) != 1 or len(people) != 1 or points[0].kind == "post":
        return []
    ahead = {tokens[k].word for k in range(people[0].last, min(people[0].last + 7, len(tokens)))}
    lead = {tokens[k].word for k in range(max(a, people[0].at - 4), people[0].at)}
    if len(people) == 1 and ahead & _GONE:
        return []
    stays = ahead & STAYED or (lead & STAYED and lead & {"in", "for", "from", "of"})
    return [Size(points[0], None, people[0])] if stays else []


def size_at(sizes: list[Size], arm: DocArm | None, time: Time | None) -> Size | None:
    """The size of a group at a time, or the one told for every time after baseline."""
    mine = [size for size in sizes if size.arm is arm]
    if time is not None:
        for size in mine:
            if size.time is not None and same_time(size.time, time):
                return size
        at_all = [size for size in mine if size.time is None]
        if time.kind == "base":
            at_all = [size for size in at_all if size.analysed]
        return at_all[0] if at_all else None
    return None


def same_time(one: Time, two: Time) -> bool:
    """Equal labels, or lengths of time within 4 % ("12-month visit", "1 year")."""
    if one.label == two.label:
        return True
    if one.days is None or two.days is None or one.kind == "base" or two.kind == "base":
        return False
    return abs(one.days - two.days) <= 0.04 * max(one.days, two.days)
