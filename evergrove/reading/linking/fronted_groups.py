"""The other group told ahead of its clause: "COMPARED TO 4.7 WITH ICE, VAS at week 4 was 3.6"."""

from __future__ import annotations

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
