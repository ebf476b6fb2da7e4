"""Groups and numbers in turn, with a sign that they count people: "(N = 83; wax 47, clay 36)"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import is_whole
from evergrove.reading.sizes.group_sizes import LOST_OR_WON
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.words import PEOPLE, word_set

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import DocArm
    from evergrove.reading.declarations import Declared
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View

_LEAST = 4
_MOST_UNEVEN = 8
_COUNTING = STAYED | word_set("consisted comprised contained numbered included treatment treated")
_LOST = LOST_OR_WON | word_set(
    "exclusion exclusions withdrawal withdrawals dropout dropouts attrition"
)
_SIGNS = word_set("% ± = < > ≤ ≥ ° $ £ €")
_UNITS = word_set("years year mg ml min months month weeks week days day hours h cm mm points")


def give_numbers_in_turn(tokens: list[Token], views: list[View], declared: Declared) -> None:
    """Give declared groups without a size the numbers that take turns with their names.

    In a bracket or a clause that names every group once and holds one number for each: "(N = 83;
    wax 47, clay 36)", "95 (35 wax/60 clay)", "wax in 53/139 and clay in 86/139", "so that 23
    REMAINED in the wax arm and 60 in the clay arm". The numbers add up to one that stands beside
    them, or a word says that they count people who stayed; nothing is given in doubt.
    """
    arms = declared.arms
    if not 2 <= len(arms) <= 4 or declared.each is not None:
        return
    sized = [arm for arm in arms if arm.n is not None]
    whole = declared.cohort
    if len(sized) == 1 and whole is not None and sized[0].n is not None:
        # "SIXTY nuns were assigned to group 1 (..., 30 nuns) or group 2 (..., 30 nuns)"
        sized = [] if sized[0].n.at == whole.at else sized
    if sized:
        return
    for view in views:
        if view.section in ("background", "conclusion", "aim") or view.planning:
            continue
        for first, last in _regions(tokens, view):
            pairs = _pairs(tokens, first, last, declared)
            if len(pairs) == len(arms):
                for arm, count in pairs:
                    arm.n = count
                at = {count.at for _, count in pairs}
                view.q.values = [value for value in view.q.values if value.at not in at]
                view.q.rejected.update(dict.fromkeys(at, "number of people"))
                return


def _regions(tokens: list[Token], view: View) -> list[tuple[int, int]]:
    """The brackets of a sentence; and its clauses, if it tells no score, behind what was lost."""
    found: list[tuple[int, int]] = []
    opened = [k for k in range(view.a, view.b) if tokens[k].word == "("]
    for k in opened:
        close = next((m for m in range(k, view.b) if tokens[m].word == ")"), None)
        if close is not None:
            found.append((k + 1, close))
    scored = any(value.spreads or "." in tokens[value.at].word for value in view.q.values)
    if scored and any(mention.key for mention in view.mentions):
        return found
    start = view.a
    lost = [k for k in range(view.a, view.b) if tokens[k].word in _LOST]
    if lost:
        ends = (k for k in range(lost[-1], view.b) if tokens[k].word in (",", ";"))
        start = next(ends, view.b)
    return [*found, (start, view.b)]


def _pairs(
    tokens: list[Token], first: int, last: int, declared: Declared
) -> list[tuple[DocArm, Count]]:
    """Each group of first..last with its number; [] where they do not take turns, or in doubt."""
    named = known_mentions(tokens, first, last, declared.arms, declared.index)
    named = [m for k, m in enumerate(named) if not k or m.arm is not named[k - 1].arm]
    arms = [mention.arm for mention in named if mention.arm is not None]
    if len(arms) != len(named) or len({id(arm) for arm in arms}) != len(arms) or len(arms) < 2:
        return []
    inside = {k for mention in named for k in range(mention.first, mention.last)}
    numbers = [k for k in range(first, last) if k not in inside and _counts(tokens, k)]
    sizes, total = _without_total(tokens, numbers, len(arms), first)
    if len(sizes) != len(arms):
        return []
    turns = sorted([(k, True) for k in sizes] + [(m.first, False) for m in named])
    if any(one[1] == two[1] for one, two in itertools.pairwise(turns)):
        return []
    values = [int(tokens[k].value) for k in sizes]
    words = {tokens[k].word for k in range(first, last)}
    people = not words.isdisjoint(_COUNTING) and not words.isdisjoint(PEOPLE | {"arm", "group"})
    if not (total or people) or max(values) > _MOST_UNEVEN * min(values):
        return []
    whole = declared.cohort
    if whole is not None and whole.at not in sizes and sum(values) > whole.value:
        return []
    by_arm = zip(arms, sizes, strict=True)
    return [
        (arm, Count(int(tokens[k].value), k, k + 1, "", None, False, False)) for arm, k in by_arm
    ]


def _counts(tokens: list[Token], k: int) -> bool:
    """Whether the number at k may count people: whole, of no unit, no rest of a fraction."""
    if not is_whole(tokens, k) or tokens[k].value < _LEAST or k + 1 >= len(tokens):
        return False
    if tokens[k - 1].word == "/" and tokens[k - 2].kind == "n":
        return False  # "53/139": of how many
    before, after = tokens[k - 1].word, tokens[k + 1].word
    named = before == "=" and tokens[k - 2].word == "n"
    return (before not in _SIGNS or named) and after not in _SIGNS and after not in _UNITS


def _without_total(
    tokens: list[Token], numbers: list[int], size: int, first: int
) -> tuple[list[int], bool]:
    """The numbers but that which the others add up to, and whether there is such a one.

    It stands among them, right before their bracket ("95 (35 wax/60 clay)"), or below each
    ("53/139 ... 86/139").
    """
    values = [tokens[k].value for k in numbers]
    if len(numbers) == size + 1:
        for k, value in zip(numbers, values, strict=True):
            if 2 * value == sum(values):
                return [m for m in numbers if m != k], True
    whole = sum(values)
    if len(numbers) == size:
        before = first - 2
        if before > 0 and tokens[first - 1].word == "(" and tokens[before].value == whole > 0:
            return numbers, True
        below = [tokens[k + 2].value for k in numbers if tokens[k + 1].word == "/"]
        return numbers, len(below) == size and set(below) == {whole}
    return numbers, False
