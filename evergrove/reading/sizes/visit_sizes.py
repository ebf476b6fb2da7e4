"""How many people came to each of several visits: "47 attended the first visit and 40 the last"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.group_sizes import named_number
from evergrove.reading.sizes.sizes import Size
from evergrove.reading.text.still_there import (
    ANALYSED,
    ANSWERED,
    FOUND_AGAIN,
    GONE,
    LOOKED_AT,
    OBTAINED,
    TOOK_PART,
    stayed,
)
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import DocArm
    from evergrove.reading.numbers.count_lists import CountList
    from evergrove.reading.view import View

_DATED = ("base", "point", "window", "final")
_CAME = ((ANALYSED | LOOKED_AT | FOUND_AGAIN | ANSWERED | TOOK_PART) - {"reached"}) | word_set(
    "available followed"
)
_FOLLOWED = word_set(
    "followed completed attended returned available evaluated assessed reviewed analysed analyzed "
    "reached contacted"
)
MAYBE_WHOM = word_set("whom them these those which")
_TOOK = word_set("recorded measured assessed obtained collected rated taken scored evaluated")
_LED = word_set("in for from of by among")
_EVENTS = word_set("pain-free free satisfied medication opioids relief recurrence")


def visit_sizes(tokens: list[Token], views: list[View], view: View, *, named: bool) -> list[Size]:
    """The sizes that a sentence tells of several visits, or of those who were followed.

    `named`: the sentence names a measure, so that it must say that this was taken.
    """
    beside = view.q.values and view.count_lists and not view.words.isdisjoint(_THERE)
    if beside and (told := _listed_beside_scores(view)):
        return told
    if view.q.values and named:
        bare = not any(v.spreads or "." in tokens[v.at].word for v in view.q.values)
        points = [time for time in view.times if time.kind in _DATED]
        taken = bare and len(points) > 1 and _scores_taken(tokens, view)
        told = _in_turn(tokens, view, points) if taken else []
        # "was assessed in 90 WOMEN at entry and 84 at 6 weeks", and no scores
        people = (size.count.last for size in told if size.count.last < view.b)
        return told if any(tokens[k].word in PEOPLE for k in people) else []
    words = view.words
    if not words.isdisjoint(GONE) or not words.isdisjoint(_EVENTS):
        return []
    there = stayed(tokens, view.a, view.b, view.words) & _CAME or _scores_taken(tokens, view)
    if not there and (words.isdisjoint(_OBTAINED) or words.isdisjoint(_OF_VISITS)):
        return []
    points = [time for time in view.times if time.kind in _DATED]
    for one in view.count_lists:
        if _plain_list(tokens, one):
            labels = points if points else _times_before(views, view)
            later = [time for time in labels if time.kind != "base"]
            labels = later if len(later) == len(one.counts) else labels
            if len(labels) == len(one.counts):
                return [Size(time, None, n) for time, n in zip(labels, one.counts, strict=True)]
    if len(points) > 1:
        return _in_turn(tokens, view, points)
    if (both := _scores_of(tokens, view)) is not None:
        return [Size(None, None, both)]
    if not points:
        followed = _followed_of_whom(tokens, view)
        return [Size(None, None, followed)] if followed is not None else []
    return []


def _listed_beside_scores(view: View) -> list[Size]:
    """ "At 4 and 12 weeks, WHEN 39 AND 30 PATIENTS WERE ASSESSABLE, the score was 4.4 and 3.1"."""
    points = [time for time in view.times if time.kind in _DATED and time.kind != "base"]
    for one in view.count_lists:
        if len(points) == len(one.counts) > 1 and points[-1].first < one.first:
            return [Size(time, None, n) for time, n in zip(points, one.counts, strict=True)]
    return []


_THERE = word_set("assessable evaluable available left remained attended seen reachable")
_OBTAINED = OBTAINED | word_set("completed returned received")
_OF_VISITS = word_set(
    "follow-up followup follow data questionnaires questionnaire visit scores replies forms"
)


def _scores_of(tokens: list[Token], view: View) -> Count | None:
    """ "Scores before and after OF 38 PATIENTS were available": those of whom both are known."""
    people = [count for count in view.q.counts if count.noun in PEOPLE and count.of is None]
    if len(people) != 1 or "available" not in view.words or not view.words & {"scores", "data"}:
        return None
    at = people[0].at
    return people[0] if tokens[at - 1].word in ("of", "for", "from") else None


def _scores_taken(tokens: list[Token], view: View) -> bool:
    """ "Pain WAS ASSESSED in 90 women at entry and 84 at 6 weeks": of how many it was taken."""
    marked = [m.first for m in view.mentions if m.key]
    return bool(marked) and any(
        tokens[k].word in ("was", "were") and tokens[k + 1].word in _TOOK
        for k in range(marked[0], min(view.b - 1, marked[0] + 8))
    )


def _plain_list(tokens: list[Token], one: CountList) -> bool:
    """Whether a list counts people who were there, and no events by the way."""
    lead = tokens[one.first - 1].word if one.first else ""
    return not one.bracket and (lead in _LED or lead in (",", ".", ":") or not one.first)


def _times_before(views: list[View], view: View) -> list[Time]:
    """The times that were listed before, each once: "84, 76 and 70 came, RESPECTIVELY"."""
    if view.words.isdisjoint(_IN_ORDER):
        return []
    for other in reversed(views[: views.index(view)]):
        told = {time.label: time for time in other.times if time.kind in _DATED}
        if len(told) > 1 and any(mention.key for mention in other.mentions):
            return list(told.values())
        if told:
            return []
    return []


_IN_ORDER = word_set("respectively respective corresponding")


def _in_turn(tokens: list[Token], view: View, points: list[Time]) -> list[Size]:
    """ "47 (92%) attended the 3-month visit and 40 (78%) the 12-month visit": in turn, or []."""
    inside = {k for time in view.times for k in range(time.first, time.last)}
    numbers: list[int] = []
    depth = 0
    for k in range(view.a, view.b):
        token = tokens[k]
        depth += (token.word in ("(", "[")) - (token.word in (")", "]"))
        if token.kind != "n" or k in inside or depth:
            continue
        if token.value % 1 or "." in token.word or token.mark is not None or token.value < 2:
            return []
        numbers.append(k)
    if len(numbers) == len(points) + 1 and _whole_of(tokens, view.a, numbers[0]):
        whole, numbers = tokens[numbers[0]].value, numbers[1:]
    else:
        whole = float("inf")
    if len(numbers) != len(points) or any(tokens[k].value > whole for k in numbers):
        return []
    turns = sorted([(k, 0) for k in numbers] + [(time.first, 1) for time in points])
    kinds = [kind for _, kind in turns]
    if kinds not in ([0, 1] * len(points), [1, 0] * len(points)):
        return []
    if any(_of_things(tokens, k, view.b) for k in numbers):
        return []
    return [
        Size(time, None, Count(int(tokens[k].value), k, k + 1))
        for k, time in zip(numbers, points, strict=True)
    ]


def _of_things(tokens: list[Token], k: int, b: int) -> bool:
    """ "50 KNEES at 3 months": a noun behind the number that is none of people."""
    after = tokens[k + 1] if k + 1 < b else None
    plain = after is not None and after.kind == "w" and after.mark is None
    return plain and after.word.endswith("s") and after.word not in PEOPLE | {"was", "is"}


def _whole_of(tokens: list[Token], a: int, k: int) -> bool:
    """ "OF the 51 patients, ...": the whole of which the rest are parts; "51 had tape; 47 ..."."""
    return any(tokens[m].word == "of" for m in range(a, k)) or tokens[a].kind == "n"


def _followed_of_whom(tokens: list[Token], view: View) -> Count | None:
    """ "53 patients, 48 OF WHOM WERE FOLLOWED for a year": the 48."""
    for k in range(view.a + 1, view.b - 3):
        token = tokens[k]
        if token.kind != "n" or tokens[k + 1].word != "of" or tokens[k + 2].word not in MAYBE_WHOM:
            continue
        j = k + 3 + (tokens[k + 3].word in ("were", "was", "had"))
        plain = not token.value % 1 and "." not in token.word and token.value > 1
        if plain and j < view.b and tokens[j].word in _FOLLOWED:
            return Count(int(token.value), k, k + 1)
    return None


def groups_at_visits(tokens: list[Token], view: View, arms: list[DocArm]) -> list[Size]:
    """ "90 patients at 6 weeks (46 WAX, 44 CLAY) and 81 at 1 year (42 WAX, 39 CLAY)": of each."""
    points = [time for time in view.times if time.kind in _DATED]
    if len(points) < 2 or not stayed(tokens, view.a, view.b, view.words) & _CAME:
        return []
    out: list[Size] = []
    for time in points:
        parts = _of_bracket(tokens, view, time, arms)
        if not parts:
            return []
        out += [Size(time, arm, count) for arm, count in parts]
    return out


def _of_bracket(
    tokens: list[Token], view: View, time: Time, arms: list[DocArm]
) -> list[tuple[DocArm, Count]]:
    """Each group with its number, from the bracket right behind a time; []: not all of them."""
    if time.last >= view.b or tokens[time.last].word not in ("(", "["):
        return []
    out: list[tuple[DocArm, Count]] = []
    start = time.last + 1
    for k in range(start, min(view.b, start + 24)):
        closed = tokens[k].word in (")", "]")
        if not closed and tokens[k].word not in (",", ";", "and", "vs"):
            continue
        part = named_number(tokens, start, k)
        words = words_of(text_of(tokens, part[0], part[1])) if part is not None else set()
        mine = [arm for arm in arms if words and words == arm.words]
        if part is None or len(mine) != 1 or any(arm is mine[0] for arm, _ in out):
            return []
        if mine[0].n is not None and mine[0].n.value < part[2].value:
            return []
        out.append((mine[0], part[2]))
        start = k + 1
        if closed:
            return out if len(out) == len(arms) else []
    return []


def whole_beside_visits(
    cohort: list[tuple[float, int, Count]],
    whole: Count | None,
    sizes: list[Size],
    analysed: list[Count],
) -> Count | None:
    """The cohort, where the number taken for it is only that of one visit and a larger one is told.

    "51 had tape. 47 were seen at 3 months and 40 at a year": 51. Not those of whom the results
    are (`analysed`): "47 had a minimum follow-up of 2 years".
    """
    if whole is not None and any(count.at == whole.at for count in analysed):
        return whole
    dated = {size.count.at for size in sizes if size.time is not None and size.arm is None}
    if whole is None or whole.at not in dated:
        return whole
    more = [
        count
        for rank, _, count in cohort
        if rank >= 1 and count.at not in dated and count.value > whole.value
    ]
    more = [count for count in more if count.noun in PEOPLE and 2 * whole.value > count.value]
    return max(more, key=lambda count: count.value) if more else whole


def without_larger(sizes: list[Size], whole: Count | None, analysed: list[Count]) -> list[Size]:
    """ "60 were contacted; 52 RETURNED for an examination": the 60 are those of no time.

    `whole` is the cohort, `analysed` are the numbers of those of whom the results are.
    """
    if whole is None or all(count.at != whole.at for count in analysed):
        return sizes
    return [s for s in sizes if s.time or s.arm or s.count.value <= whole.value]
