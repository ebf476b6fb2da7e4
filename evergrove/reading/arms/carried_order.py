"""Groups of the sentence before: "Stay was 3 days WITH WAX, 4 WITH CLAY. VAS was 2.1 and 3.0"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import group_phrases
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.arms.parallel import parallel_arms
from evergrove.reading.document import Document
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.words import STATE, word_set
from evergrove.reading.view import View

_NOT_IN_TURN = COMPARATIVE | word_set("than no not without respective overall total")
_LEADS = word_set("in with after for among given on by under following")
_SIDE_NUMBERS = ("spread", "p value", "percentage", "statistic", "part of a")


def groups_in_turn(document: Document, earlier: View) -> list[Arm]:
    """The two groups that a sentence with no scores gives one number each, in their order.

    [] where it compares them, names another number of groups, or does not tell whose each is.
    """
    if earlier.words & _NOT_IN_TURN or len(document.declared.arms) > 2:
        return []
    tokens, declared, a, b = document.tokens, document.declared, earlier.a, earlier.b
    values = [
        Value(k, k, _behind(document, earlier, k), 0.0)
        for k in range(a, b)
        if tokens[k].kind == "n"
        and tokens[k - 1].word not in ("±", "(", "[", "<", "-", "to")
        and not any(side in earlier.q.rejected.get(k, "") for side in _SIDE_NUMBERS)
    ]
    found = known_mentions(tokens, a, b, declared.arms, declared.index)
    phrases = group_phrases(tokens, a, b)
    taken = {k for arm in phrases for k in range(arm.first, arm.last)}
    found = [arm for arm in found if arm.first not in taken] + phrases
    if len({arm.name.lower() for arm in found}) < 2:
        found = parallel_arms(tokens, a, b, values, set())
    found.sort(key=lambda arm: arm.first)
    if len(found) != 2 or found[0].name.lower() == found[1].name.lower():
        return []
    one, two = found
    own = [[v for v in values if v.first < arm.first <= v.last + 2] for arm in found]
    listed = "respectively" in earlier.words and len(own[0]) == 2 and two.first - one.last < 3
    if not listed and not (len(own[0]) == len(own[1]) == 1 and own[1][0].first >= one.last):
        return []
    for arm in found:
        arm.arm = arm.arm or declared_arm(arm.name, declared)
        arm.strength = 3
    return found


def _behind(document: Document, view: View, k: int) -> int:
    """Where what is printed with the number at k ends: at the next preposition, if it is near."""
    for m in range(k + 1, min(k + 12, view.b)):
        word = document.tokens[m].word
        if word in _LEADS:
            return m
        if word in _STOPS or word in STATE:
            break
    return k + 1


_STOPS = word_set("; compared versus vs while whereas but from to")
