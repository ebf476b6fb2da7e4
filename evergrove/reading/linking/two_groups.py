"""Pairs of values of "the two groups", none of them named in the sentence."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.carried_order import groups_in_turn
from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.kinds.group_differences import between_pair
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, GROUP, OPEN_UNITS, PEOPLE, word_set
from evergrove.reading.vectors import Memory, Vectors, same_label
from evergrove.reading.view import View

_LEADS = word_set("in for of")
_BESIDE = OPEN_UNITS | word_set(", and vs versus points mm cm")
_OF_OTHERS = word_set("all both overall total whole entire each those")


def of_two_groups(
    document: Document,
    view: View,
    run: Run,
    vectors: dict[str, Vectors],
    index: int,
    memory: Memory,
) -> bool:
    """ "NRS fell by 2.9 and 1.8 in the TWO GROUPS(, respectively)": the two declared, in order.

    So too "THE TWO GROUPS scored 2.9 and 1.8", "in THESE TWO GROUPS NRS was 2.9 and 1.8". Whether
    it is such a pair. Not where the sentence before named them the other way round.
    """
    declared = document.declared.arms
    if len(run.values) != 2 or len(declared) != 2 or run.separators != ["and"]:
        return False
    if run.stat not in ("level", "change"):
        return False
    ahead = _said_ahead(document.tokens, view.a, run.first, "respectively" in view.words)
    if not (ahead or _said(document.tokens, run.last, view.b)):
        return False
    kinds = ("arm", "time", "measure")
    if view.arms or any(len({id(x) for x in vectors[k].of[index]}) > 1 for k in kinds):
        return False
    before = [arm.name for arm in memory.arms]
    if len(before) == 2 and before != [arm.name for arm in declared]:
        return False
    vectors["arm"].set(index, [Arm(0, 0, arm.name, 3, arm) for arm in declared], "pre")
    if not (ahead and before):
        document.queue.add("arm_order_assumed")
    return True


def of_the_sentence_before(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "The tea and milk groups ... . The RESPECTIVE mean scores were 66 and 46": tea, milk.

    Also where that sentence gave each of the two a number of something else (`groups_in_turn`).
    Whether it is such a pair: two values in a sentence of no groups, behind one that names two.
    """
    if len(run.values) != 2 or view.arms or run.stat != "level":
        return False
    plain = run.versus and not view.words & CHANGE and "respective" not in view.words
    if run.separators != ["and"] and not plain:
        return False
    kinds = ("arm", "time", "measure")
    if any(len({id(x) for x in vectors[k].of[index]}) > 1 for k in kinds):
        return False
    at = document.views.index(view)
    if "respective" not in view.words:
        if not at or index or run.role in ("from", "to") or any(vectors["arm"].of[index]):
            return False
        one, two = run.values
        gap = {token.word for token in document.tokens[one.last : two.first]}
        if gap - _BESIDE or view.words & (PEOPLE | _OF_OTHERS):
            return False  # "was 3.2 and the median 3.0", "of women and men was 3.2 and 4.1"
        groups = groups_in_turn(document, document.views[at - 1])
        if groups:
            vectors["arm"].set(index, groups, "pre")
            document.queue.add("arm_order_assumed")
        return bool(groups)
    told: dict[str, Arm] = {}
    declared, earlier = document.declared, document.views[at - 1] if at else view
    known = known_mentions(document.tokens, earlier.a, earlier.b, declared.arms, declared.index)
    for arm in earlier.arms or known:
        if arm.strength > 2:
            told.setdefault(arm.name, arm)
    if len(told) != 2:
        return False
    vectors["arm"].set(index, list(told.values()), "pre")
    document.queue.add("arm_order_assumed")
    return True


def told_in_turn(
    document: Document, view: View, run: Run, vectors: dict[str, Vectors], index: int
) -> bool:
    """ "Stay was 3 days with wax and 4 with clay; THE VAS WAS 2.4 VS 1.6": wax, then clay.

    Whether the measure of the pair is named behind both groups, each of which was told once. The
    group that stands nearer belongs to the clause before.
    """
    if len(run.values) != 2 or run.stat != "level" or not run.versus:
        return False
    ahead = [arm for arm in view.arms if arm.last <= run.first]
    if len(ahead) != 2 or same_label(*ahead) or len(view.arms) != 2:
        return False
    opens = [m.first for m in view.mentions if m.key and ahead[1].last <= m.first < run.first]
    tokens = document.tokens
    between = {tokens[k].word for k in range(ahead[0].last, ahead[1].first)}
    parted = opens and {tokens[k].word for k in range(ahead[1].last, opens[0])} & JOINS_CLAUSES
    numbers = any(tokens[k].kind == "n" for k in range(ahead[0].last, ahead[1].first))
    if not parted or "than" in between or not numbers:
        return False
    if any(len({id(x) for x in vectors[k].of[index]}) > 1 for k in ("arm", "time", "measure")):
        return False
    vectors["arm"].set(index, ahead, "pre")
    document.queue.add("arm_order_assumed")
    return True


def scores_of_difference(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], index: int
) -> bool:
    """ "The difference between wax and clay was 1.2 (CI); THE MEANS WERE 2.4 AND 3.6": wax, clay.

    Whether a run is such a pair: the two groups stand ahead of the difference, and no other behind.
    """
    run = runs[index]
    if not index or len(run.values) != 2 or run.separators != ["and"] or run.stat != "level":
        return False
    gap = runs[index - 1]
    if gap.stat != "between_diff" or len(gap.values) > 1 or len(runs) > 2:
        return False
    if any(len({id(x) for x in vectors[k].of[index]}) > 1 for k in ("arm", "time", "measure")):
        return False
    declared = document.declared
    names = between_pair(document, view)
    if len(names) != 2 or any(arm.first > gap.first for arm in view.arms):
        return False
    known = {arm.shown(): arm for arm in declared.arms}
    vectors["arm"].set(index, [Arm(0, 0, one, 3, known.get(one)) for one in names], "pre")
    document.queue.add("arm_order_assumed")
    return True


def _said_ahead(tokens: list[Token], a: int, first: int, in_turn: bool) -> bool:
    """ "THE TWO GROUPS scored", "in BOTH GROUPS the VAS was", but no difference between them."""
    words = [tokens[k].word for k in range(a, first)]
    for k in range(1, len(words)):
        if words[k] not in GROUP or words[k - 1] not in ("two", "both"):
            continue
        lead = words[max(0, k - 3) : k - 1]
        if words[k - 1] == "two" or in_turn:
            return "between" not in lead and _ALIKE.isdisjoint(words)
    return False


_ALIKE = word_set("differ differed difference differences similar alike same equal comparable")


def _said(tokens: list[Token], k: int, b: int) -> bool:
    words = [token.word for token in tokens[k : min(b, k + 6)]]
    if words[:1] and words[0] not in _LEADS:
        words = words[1:]  # "2.9 and 1.8 points in the two groups"
    if len(words) < 3 or words[0] not in _LEADS:
        return False
    words = words[1 + (words[1] in ("the", "these", "our")) :]
    return (
        words[0] in ("two", "both")
        and bool(GROUP & set(words[1:2]))
        and (words[0] == "two" or "respectively" in words)
    )


def said_in_turn(tokens: list[Token], view: View, run: Run) -> bool:
    """Whether "respectively" stands right behind a list of values, or behind their one time.

    "were 2.1 and 3.4 AT 3 WEEKS, RESPECTIVELY".
    """
    if "respectively" not in view.words:
        return False
    if "respectively" in [tokens[k].word for k in range(run.last, min(run.last + 3, view.b))]:
        return True
    behind = [time for time in view.times if 0 <= time.first - run.last < 4]
    if len(behind) != 1:
        return False
    time = behind[0]
    between = [*range(run.last, time.first), *range(time.last, min(time.last + 2, view.b))]
    words = [tokens[k].word for k in between]
    stop = words.index("respectively") if "respectively" in words else 0
    return stop > 0 and _BESIDE_TIME.issuperset(words[:stop])


_BESIDE_TIME = word_set(", at on after in the point points mm cm by")
