"""The other group told ahead of its clause: "COMPARED TO 4.7 WITH ICE, VAS at week 4 was 3.6"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View

_FRONTS = word_set("compared against versus relative unlike")


def fronted_group(
    tokens: list[Token], view: View, runs: list[Run], vectors: dict[str, Vectors]
) -> None:
    """Date a score of another group that opens the sentence as the score it is set against."""
    first, second = runs[0], runs[1]
    if tokens[view.a].word not in _FRONTS or first.stat != "level" or second.stat != "level":
        return
    if len(first.values) != 1 or len(second.values) != 1 or not first.post.get("arm"):
        return
    if "," not in [tokens[k].word for k in range(first.last, second.first)]:
        return
    times = vectors["time"]
    told, other = times.of[0][0], times.of[1][0]
    if told is None and other is not None and other.kind != "base":
        times.set(0, [other], "copy")


def fronted_start(vectors: Vectors, index: int) -> bool:
    """ "FROM AN INITIAL 7.5, VAS in the wax group fell to 2.4": 7.5 is of the group that fell.

    Not where others do too: "..., and in the clay group to 3.3"; but "fell to 4.1 AND TO 2.4", and
    "...; FROM 7.3, VAS in the clay group fell to 3.3".
    """
    run, *later = vectors.runs[index:]
    if run.role != "from" or run.stat != "level" or len(run.values) > 1 or not later:
        return False
    end = later[0]
    framed = end.role == "to" and vectors.how[index + 1] == "pre"
    if not framed or any(arm is not vectors.of[index + 1][0] for arm in vectors.of[index + 1]):
        return False
    if index and not any(labels.first > run.last for labels in end.pre.get("arm", [])):
        return False  # "in the wax group 7.1 to 5.3 at rest, and FROM 8.1 TO 6.2 on stairs"
    of_one = list(itertools.takewhile(lambda x: x.role != "from", later[1:]))
    return not any(x.pre.get("arm") or x.post.get("arm") for x in of_one)
