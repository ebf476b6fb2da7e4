"""Groups and their people in turn: "33 nuns (40 heels) had wax and 35 nuns (41 heels) cork"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import counted_people, is_whole
from evergrove.reading.sizes.group_sizes import LOST_OR_WON
from evergrove.reading.text.people_nouns import may_be_people
from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import DocArm
    from evergrove.reading.declarations import Declared
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View

#: One of these stands where a text tells who had what; "had" alone may tell of complications.
_TAKEN_IN = word_set(
    "underwent received undergoing receiving treated given comprised comprising consisted "
    "consisting included including numbered counted allocated assigned randomised randomized drew "
    "drawn selected compared enrolled recruited chose formed there contained"
)
_SEEN = word_set("watched wore took used seen got listened")
_LEADS_NAME = word_set("the a had by with to of from having")
_LEAST = 4
_MOST_UNEVEN = 8

Told = tuple[int, "DocArm | Count"]


def give_people_in_turn(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """Give the declared groups without a size the people who are told in turn with them.

    In one sentence ("33 nuns (40 heels) had wax and 35 (41 heels) cork"; behind a semicolon also
    beside scores), or in sentences of one group each ("Those in the wax group (n = 33) ... Those in
    the cork group (n = 35) ..."). What people had is no number of people, and nothing is given
    unless every group has its own.
    """
    arms = declared.arms
    if not 2 <= len(arms) <= 4 or declared.each is not None or all(a.n is not None for a in arms):
        return
    before: list[tuple[DocArm, Count]] = []
    for view in views:
        if view.section in ("background", "conclusion", "aim") or view.planning:
            continue
        pairs = _in_turn(tokens, view, declared)
        if len(pairs) == 1:
            pairs = before = [*[p for p in before if p[0] is not pairs[0][0]], *pairs]
        elif not pairs:
            continue
        if len(pairs) == len(arms) and _plausible(declared, pairs):
            _give(view, pairs)
            return


def _give(view: View, pairs: list[tuple[DocArm, Count]]) -> None:
    at = {count.at for _, count in pairs}
    view.q.values = [value for value in view.q.values if value.at not in at]
    view.q.rejected.update(dict.fromkeys(at, "number of people"))
    for arm, count in pairs:
        arm.n = arm.n or count


def _plausible(declared: Declared, pairs: list[tuple[DocArm, Count]]) -> bool:
    """Whether the sizes fit those that are known, and all people, as far as these are told."""
    if any(arm.n is not None and arm.n.value != count.value for arm, count in pairs):
        return False
    sizes = [count.value for _, count in pairs]
    whole = declared.cohort
    if whole is not None and all(count.at != whole.at for _, count in pairs):
        return whole.value / 2 < sum(sizes) <= whole.value
    return max(sizes) <= _MOST_UNEVEN * min(sizes)


def _in_turn(tokens: list[Token], view: View, declared: Declared) -> list[tuple[DocArm, Count]]:
    """The groups of a sentence with the people beside each; [] where they do not take turns."""
    start = _behind_scores(tokens, view)
    if start >= view.b or not view.words.isdisjoint(LOST_OR_WON):
        return []
    named = known_mentions(tokens, start, view.b, declared.arms, declared.index)
    if not named or any(mention.arm is None for mention in named):
        return []
    people = _people(tokens, view, start, {k for m in named for k in range(m.first, m.last)})
    people = _without_sum(people)
    sized = all(count.equals for count in people)
    if not people or not (sized or _taken_in(tokens, view, start, named[0].first)):
        return []
    told: list[Told] = sorted(
        [(m.first, m.arm) for m in named if m.arm is not None] + [(c.at, c) for c in people],
        key=lambda item: item[0],
    )
    told = [
        item for k, item in enumerate(told) if not k or item[1] is not told[k - 1][1]
    ]  # "the wax group had wax": the group once
    pairs: list[tuple[DocArm, Count]] = []
    for one, two in zip(told[::2], told[1::2], strict=False):
        count = one[1] if isinstance(one[1], Count) else two[1]
        arm = two[1] if isinstance(one[1], Count) else one[1]
        if not isinstance(count, Count) or isinstance(arm, Count):
            return []
        pairs.append((arm, count))
    firsts = {isinstance(item[1], Count) for item in told[::2]}
    alone = len({id(arm) for arm, _ in pairs}) == len(pairs)
    return pairs if len(told) % 2 == 0 and len(firsts) == 1 and alone else []


def _behind_scores(tokens: list[Token], view: View) -> int:
    """The token where the clauses without scores begin: behind the last semicolon with one."""
    scores = [v.last for v in view.q.values if v.spreads or "." in tokens[v.at].word]
    if not scores and not view.q.ps:
        return view.a
    last = max([*scores, *(p.last for p in view.q.ps)])
    return next((k + 1 for k in range(last, view.b) if tokens[k].word == ";"), view.b)


def _taken_in(tokens: list[Token], view: View, start: int, named: int) -> bool:
    words = {tokens[k].word for k in range(start, view.b)}
    if not words.isdisjoint(_TAKEN_IN) or not words.isdisjoint(_SEEN):
        return True
    # "33 nuns HAD WAX": what they had is the name of the group
    k = named - 1
    while k > start and tokens[k].word in _LEADS_NAME - {"had"}:
        k -= 1
    return tokens[k].word == "had"


def _people(tokens: list[Token], view: View, start: int, busy: set[int]) -> list[Count]:
    """The people of the clauses from `start` on: with their noun, as "(n = 33)", or the next bare.

    A bare number counts people where one with a noun stands before it.
    """
    out: list[Count] = []
    timed = {k for time in view.times for k in range(time.first, time.last)} | busy
    k = start
    while k < view.b - 1:
        at, k = k, k + 1
        if at in timed or not is_whole(tokens, at) or tokens[at].value < _LEAST:
            continue
        if tokens[at - 1].word == "=" and tokens[at - 2].word == "n":
            out.append(Count(int(tokens[at].value), at, at + 1, "", None, False, True, True))
            continue
        phrase = counted_people(tokens, at, view.b)
        inside = tokens[at - 1].word in ("(", "[", ",") and tokens[at + 1].word != ")"
        if phrase is None or phrase.last <= at + 1 or not may_be_people(tokens, at + 1):
            bare = bool(out) and tokens[at + 1].kind == "w" and tokens[at + 1].word in _AFTER_BARE
            joints = phrase is not None and phrase.people.at != at
            last = bool(out) and tokens[at + 1].word in (".", ")") and tokens[at - 1].kind == "w"
            last = last and tokens[at - 1].word not in _HAD  # "underwent 34 procedures ... 39."
            if phrase is None or not (bare or joints or last) or inside:
                continue
        if tokens[at + 1].word == "of" or _of_sex(tokens, view, at):
            continue
        out.append(phrase.people)
        k = phrase.last
    return out


def _of_sex(tokens: list[Token], view: View, at: int) -> bool:
    """ "35 nuns in the wax group (20 WOMEN)", "30 WOMEN AND 12 MEN had wax": no sizes of groups."""
    if not is_sex(tokens[at + 1].word):
        return False
    sexes = {tokens[k].word for k in range(view.a, view.b) if is_sex(tokens[k].word)}
    return len(sexes) > 1 or tokens[at - 1].word in ("(", "[")


_HAD = word_set("had underwent received undergoing receiving")
_AFTER_BARE = word_set("had underwent received were with in to by given on")


def _without_sum(people: list[Count]) -> list[Count]:
    """ "70 nuns were enrolled, 33 had wax and 37 cork": the people without those who are all."""
    if len(people) < 3:
        return people
    total = sum(count.value for count in people)
    return [count for count in people if 2 * count.value != total] or people
