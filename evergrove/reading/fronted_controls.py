"""Controls that a sentence opens with: "Compared with controls, the wax group had lower scores"."""

from __future__ import annotations

from evergrove.reading.arms import Arm
from evergrove.reading.tokens import Token


def fronted_controls(tokens: list[Token], a: int, b: int, phrases: list[Arm]) -> list[Arm]:
    """The controls, where one other group of the sentence is set against them; else []."""
    names = {phrase.name for phrase in phrases}
    if a + 4 >= b or len(names) != 1 or tokens[a + 3].word != ",":
        return []
    lead = tokens[a].word in ("compared", "relative") and tokens[a + 1].word in ("with", "to")
    if not lead or tokens[a + 2].word != "controls":
        return []
    return [Arm(a + 2, a + 3, "controls", 3, np_first=a + 2)]
