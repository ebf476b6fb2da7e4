"""How many of each group were seen: "38 OF 44 IN THE WAX GROUP AND 36 OF 45 in the clay group"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.people_of_groups import COUNTED
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.left_of_each import behind_people, whole_of
from evergrove.reading.text.still_there import GONE, STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

MAYBE_LEFT = STAYED | word_set("complete")
_OF_EVENTS = GONE | word_set(
    "responded responders relief improved satisfied pain-free free needed required rescue reported "
    "reporting developed experienced success successful recovered achieved reached"
)
_LEADS = word_set("in on with from of given the treated receiving who received")


def left_beside_names(tokens: list[Token], view: View) -> None:
    """Each group has the number told beside its name, where all values stand behind the groups.

    "Follow-up was complete for 38 OF 44 NUNS IN THE WAX GROUP and 36 OF 45 IN THE CLAY GROUP, whose
    pain was 2.2 and 3.6": the 3.6 is of 36. Not where the sentence tells how many got better.
    """
    scores = [value for value in view.q.values if not value.percent]
    if not scores or not view.words.isdisjoint(_OF_EVENTS):
        return
    first = scores[0].first
    known = {count.at: count for count in view.q.counts}
    named: list[tuple[Arm, Count]] = []
    for k in range(view.a, first - 2):
        whole = whole_of(tokens, k, first)
        if whole is None or tokens[whole].value < tokens[k].value:
            continue
        arm = _beside(tokens, view, behind_people(tokens, whole + 1, first))
        if arm is None or any(arm.name == other.name for other, _ in named):
            return
        named.append((arm, known.get(k) or Count(int(tokens[k].value), k, k + 1)))
    if len(named) < 2 or len({x.name for x in view.arms}) != len(named):
        return
    if not any(tokens[k].word in MAYBE_LEFT for k in range(view.a, first)):
        return
    for arm in view.arms:
        arm.count = next(count for other, count in named if other.name == arm.name)
        arm.slot = COUNTED


def _beside(tokens: list[Token], view: View, k: int) -> Arm | None:
    """The group that begins at k, or behind "in the" there; None where anything else does."""
    while k < view.b:
        if arm := next((x for x in view.arms if x.first <= k < x.last), None):
            return arm
        if tokens[k].word not in _LEADS:
            return None
        k += 1
    return None
