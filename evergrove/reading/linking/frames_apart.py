"""The second of two frames "from 7 to 3", whose group only its end tells."""

from __future__ import annotations

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.vectors import Vectors, same_label


def frames_told_behind(runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "On gel NRS fell from 7 to 3, and from 6 to 5 ON ICE": both ends are of one group.

    Where the first group stands before its frame and the second behind its own.
    """
    arms = vectors["arm"]
    for index in range(2, len(runs) - 1):
        left, right = runs[index], runs[index + 1]
        if (left.role, right.role) != ("from", "to") or len(left.values) != 1:
            continue
        told = right.post.get("arm", [])
        if arms.how[index] or len(told) != 1 or len(told[0].items) != 1 or right.pre.get("arm"):
            continue
        before = arms.unique(index)
        ended = any(run.post.get("arm") for run in runs[:index])
        if before and not ended and not same_label(before[-1], told[0].items[0]):
            arms.set(index, [told[0].items[0]], "post")


def frames_of_all(tokens: list[Token], runs: list[Run], vectors: dict[str, Vectors]) -> None:
    """ "from 7 to 3 on gel; IN ALL 40 CHILDREN it fell from 7 to 4": of everybody, not of gel."""
    arms = vectors["arm"]
    for index, run in enumerate(runs):
        if not index or arms.how[index] or run.pre.get("arm") or run.post.get("arm"):
            continue
        counts = [labels for labels in run.pre.get("count", []) if _all(tokens, labels)]
        if not counts or not arms.unique(index):
            continue
        arms.set(index, [None] * len(run.values), "whole")
        end = runs[index + 1] if index + 1 < len(runs) else None
        if end is None or (run.role, end.role) != ("from", "to") or arms.how[index + 1]:
            continue
        if not end.pre.get("arm") and not end.post.get("arm"):
            arms.set(index + 1, [None] * len(end.values), "whole")


def _all(tokens: list[Token], labels: Labels) -> bool:
    return tokens[labels.first - 1].word == "all" and tokens[labels.first - 2].word in (
        "in", "for", "of", "among",
    )  # fmt: skip
