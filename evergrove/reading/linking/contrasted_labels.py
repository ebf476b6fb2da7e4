"""Two labels in different places of a sentence, one for each value of a pair."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Labels, Run
from evergrove.reading.linking.arms_of_values import (
    compared_twice,
    headed_pair,
    named_behind_pair,
    opens_comparison,
)
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Vectors, same_label

_CONTRAST_WORDS_2 = word_set("than versus vs against compared from over")
_CONTRAST_WORDS_3 = word_set("than versus vs against compared over relative")


def pair_at_later_time(vectors: Vectors, run: Run) -> bool:
    """ "7.3 vs 7.4 at baseline and 1.9 VS 1.8 AT 1 MONTH": two groups, each pair at one time."""
    for other in vectors.runs:
        if other is run or not other.versus or len(other.values) != 2:
            continue
        post = other.post.get("time", [])
        if len(post) == 1 and len(post[0].items) == 1 and post[0].items[0].kind != "base":
            return True
    return False


def contrast_of(tokens: list[Token], run: Run, kind: str) -> list[Any] | None:
    """Two labels in different places that a comparison word sets against each other."""
    pre = [labels for labels in run.pre.get(kind, []) if len(labels.items) == 1]
    post = [labels for labels in run.post.get(kind, []) if len(labels.items) == 1]
    if kind == "arm" and post and not pre and _times_apart(tokens, run):
        return [post[0].items[0]] * 2  # "at 2 weeks was 40 vs 24 at 3 months IN THE WAX GROUP"
    if kind == "arm" and post:
        return named_behind_pair(tokens, run, pre, post)
    near = bool(post) and post[0].first - run.values[-1].last <= 2
    if kind == "time" and near and not pre and post[0].items[0].kind == "base":
        # "unchanged (51 vs 49 mm at baseline)": the first is the score then.
        if any(
            len(labels.items) == 2 for side in (run.pre, run.post) for labels in side.get("arm", [])
        ):
            return None  # "5.8 vs 5.6 at baseline in the wax and clay groups"
        return [None, post[0].items[0]]
    if kind == "time" and (apart := _times_apart(tokens, run)):
        # "COMPARED WITH BASELINE, NRS was lower (2.1 vs 7.3) at 6 weeks": the later one first
        turned = apart[0].kind == "base" and opens_comparison(tokens, run.first)
        return apart[::-1] if turned else apart
    if kind == "time" and run.stat == "change":
        pre = [labels for labels in pre if labels.items[0].kind != "base"]  # where it began
    if len(pre) < 2:
        return None
    if kind == "arm" and (both := headed_pair(tokens, run, pre)):
        return both
    if kind == "arm" and (both := compared_twice(tokens, pre)) is not None:
        return both
    left, right = pre[-2].items[0], pre[-1].items[0]
    # "lower postoperative VAS than GROUP 2 at 4 weeks": the group is what it is set against
    groups = [labels.last for labels in run.pre.get("arm", []) if kind == "time"]
    for k in range(max(0, right.first - 4), right.first + 1):
        if tokens[k].word in _CONTRAST_WORDS_2 and not any(k < at <= right.first for at in groups):
            return [left, right]
    for k in range(max(0, left.first - 4), left.first + 1):
        if tokens[k].word in _CONTRAST_WORDS_3:
            return [right, left]
    return None


def _times_apart(tokens: list[Token], run: Run) -> list[Any] | None:
    """ "1.8 AT LAST FOLLOW-UP against 7.9 BEFORE TREATMENT": one time on either side of a pair.

    Also two visits, "pain AT 2 WEEKS was 40 vs 24 AT 3 MONTHS".
    """
    pre = [labels for labels in run.pre.get("time", []) if len(labels.items) == 1]
    post = [labels for labels in run.post.get("time", []) if len(labels.items) == 1]
    if not pre or not post or post[0].first - run.values[-1].last > 2 or len(run.values) != 2:
        return None
    first, second = pre[-1].items[0], post[0].items[0]
    if (first.kind == "base") != (second.kind == "base") or _two_visits(tokens, run, pre, post):
        return [first, second]
    return None


def _two_visits(tokens: list[Token], run: Run, pre: list[Labels], post: list[Labels]) -> bool:
    """Whether a point in time stands before the verb of a pair, and another right behind it."""
    one, two = pre[-1], post[0]
    first, second = one.items[0], two.items[0]
    if first.kind != "point" or second.kind != "point" or same_label(first, second):
        return False
    led = run.verb is not None and one.last <= run.verb < run.first
    joined = tokens[two.first - 1].word in ("(", ",", "and")
    arms = [arm for labels in run.pre.get("arm", []) for arm in labels.items]
    alone = not arms or (len(arms) == 1 and not run.post.get("arm"))
    return led and not joined and alone
