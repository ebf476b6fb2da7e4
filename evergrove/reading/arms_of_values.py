"""Which of several groups named ahead the values in a bracket belong to."""

from __future__ import annotations

from evergrove.reading.arms import Arm
from evergrove.reading.frames import Labels, Run
from evergrove.reading.tokens import Token
from evergrove.reading.vectors import Vectors, same_label
from evergrove.reading.words import word_set

_OPEN = word_set("( [")
_SKIP = word_set("the a an with to in both")
_THAN = word_set("than versus vs against compared relative")


def compared_twice(tokens: list[Token], pre: list[Labels]) -> list[Arm] | None:
    """ "lower with wax compared with clay (p = 0.1) and COMPARED WITH bran (1 vs 3)": wax, bran.

    Two groups that the first is compared with, one after the other: the values are of the first
    and of the last.
    """
    if len(pre) < 3:
        return None
    first, middle, last = (labels.items[0] for labels in pre[-3:])
    behind = [_behind_comparator(tokens, arm) for arm in (first, middle, last)]
    if behind != [False, True, True] or same_label(first, last):
        return None
    return [first, last]


def _behind_comparator(tokens: list[Token], arm: Arm) -> bool:
    """Whether "compared with the", "than with" stands before the name of a group."""
    k = arm.first
    if tokens[k].word in _THAN:
        return True
    k -= 1
    steps = 0
    while k > 0 and steps < 3 and tokens[k].word in _SKIP:
        k -= 1
        steps += 1
    return k >= 0 and tokens[k].word in _THAN


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
    if tokens[run.first - 1].word not in _OPEN:
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
    near = tokens[run.post["arm"][0].first - 1].word in _LEADS_ARM | {"the"}
    apart = run.separators in (["and"], [",and"]) or run.versus
    if not apart or same_label(first, second) or not near:
        return False
    if any(tokens[k].word in (",", ";", "(") for k in range(run.last + 1, second.first)):
        return False
    listed = [x for kind in ("time", "measure") for x in run.pre.get(kind, [])]
    listed += [x for kind in ("time", "measure") for x in run.post.get(kind, [])]
    return all(len(labels.items) == 1 for labels in listed)


_LEADS_ARM = word_set("in for with on among after")
