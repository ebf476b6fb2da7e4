"""Who gave or had less of it than whom: "WAX caused less pain than CLAY (3.5 vs 5.1)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.arms_by_form import name_before
from evergrove.reading.arms.than_pairs import both_groups
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import COMPARED
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    GROUP,
    PEOPLE,
    STATE,
    word_set,
)

_YIELDS = word_set(
    "caused produced resulted led left provided gave yielded achieved induced associated "
    "accompanied followed brought showed had reported experienced recorded demonstrated offered "
    "causes produces provides gives yields achieves induces brings shows has reports offers scored"
)
_AGAINST = word_set("with to")
_BEHIND_THAN = (
    DETERMINERS
    | PEOPLE
    | word_set("did those given receiving who received in with of treated had was were under on")
)
_LEADS_TO = word_set("with by in to a an")
_FAR = 12
_NEAR = 9


def yielding_pair(
    tokens: list[Token], a: int, b: int, values: list[Value], busy: set[int]
) -> list[Arm]:
    """Both groups of a comparison whose subject gave or had something; [] where it has none.

    Subject, a verb of giving or having, a comparative, and "than", "compared with" or "versus"
    ahead of the other: the pair of values stands behind it all, with nothing between but a time.
    """
    for k in range(a + 3, b - 3):
        start = _object_at(tokens, k)
        if not start:
            continue
        right = noun_phrase(tokens, start, b)
        if right is None or not _pair_behind(tokens, right[1], values):
            continue
        verb = _verb_before(tokens, a, k)
        left = _subject(tokens, a, verb) if verb else None
        if left is None or any(m in busy for m in (*range(*left), *range(*right))):
            continue
        if both := both_groups(tokens, (left[0], right[0]), (left, right)):
            return both
    return []


def _object_at(tokens: list[Token], k: int) -> int:
    """Where the name of the other begins, if token k sets it against the subject; else 0."""
    word = tokens[k].word
    set_against = word in _AGAINST and tokens[k - 1].word in COMPARED
    if not (word in ("than", "versus", "vs") or set_against) or tokens[k - 1].kind == "n":
        return 0
    k += 1
    while tokens[k].word in _BEHIND_THAN:
        k += 1
    return k if tokens[k].kind == "w" else 0


def _pair_behind(tokens: list[Token], end: int, values: list[Value]) -> bool:
    """Whether the first two values of the sentence stand right behind, in a bracket or apart."""
    if len(values) < 2 or values[0].first < end or values[0].first - end > _NEAR:
        return False
    gap = [tokens[k].word for k in range(end, values[0].first)]
    return any(sign in gap for sign in ("(", "[", ":", ","))


def _verb_before(tokens: list[Token], a: int, k: int) -> int:
    """The verb ahead of "significantly LESS pain than", with its helper: "WAS associated with"."""
    floor = max(a, k - _FAR)
    worse = next((m for m in range(k - 1, floor, -1) if tokens[m].word in COMPARATIVE), 0)
    m = worse - 1
    while m > a and (tokens[m].word.endswith("ly") or tokens[m].word in _LEADS_TO):
        m -= 1
    if not worse or m <= a or tokens[m].word not in _YIELDS:
        return 0
    return m - (tokens[m - 1].word in STATE)


def _subject(tokens: list[Token], a: int, verb: int) -> tuple[int, int] | None:
    """The name that ends before the verb, without "patients", "group", "-treated"."""
    end = verb
    while end > a and (tokens[end - 1].word in PEOPLE or tokens[end - 1].word in GROUP):
        end -= 1
    if end - 2 > a - 1 and tokens[end - 1].word == "treated" and tokens[end - 2].word == "-":
        end -= 2
    left = name_before(tokens, end, a - 1)
    while left is not None and left[0] < left[1] - 1 and tokens[left[0]].word in _USED:
        left = (left[0] + 1, left[1])
    return left


_USED = word_set("given receiving treated using wearing taking having")
