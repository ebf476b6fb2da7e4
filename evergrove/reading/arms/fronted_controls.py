"""Controls that a sentence opens with: "Compared with controls, the wax group had lower scores"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.vectors import Vectors


def fronted_controls(tokens: list[Token], a: int, b: int, phrases: list[Arm]) -> list[Arm]:
    """The controls, where one other group of the sentence is set against them; else []."""
    names = {phrase.name for phrase in phrases}
    if a + 4 >= b or len(names) != 1 or tokens[a + 3].word != ",":
        return []
    lead = tokens[a].word in ("compared", "relative") and tokens[a + 1].word in ("with", "to")
    if not lead or tokens[a + 2].word != "controls":
        return []
    return [Arm(a + 2, a + 3, "controls", 3, np_first=a + 2)]


def time_of_fronted(tokens: list[Token], a: int, times: Vectors) -> None:
    """ "COMPARED WITH SAND (4.5 ± 1.2), the wax group had a lower NRS on day 2 (3.1 ± 1.0)".

    The score of the group that a sentence opens with is of the time of the one score behind it,
    which stands before that one's bracket.
    """
    if len(times.runs) != 2 or tokens[a].word not in ("compared", "relative", "versus"):
        return
    one, two = times.runs
    alone = len(one.values) == len(two.values) == 1 and one.stat == two.stat == "level"
    if not alone or times.of[0][0] is not None or times.of[1][0] is None:
        return
    close = one.last if tokens[one.last].word in (")", "]") else one.last - 1
    if tokens[close].word in (")", "]") and tokens[close + 1].word == ",":
        times.set(0, [times.of[1][0]], "copy")
