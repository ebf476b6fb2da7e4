"""All people of several groups: "SIXTY NUNS randomised to wax or clay scored 3.3 and 4.5"."""

from __future__ import annotations

from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, SET_BESIDE, word_set
from evergrove.reading.vectors import Cell

_GIVEN = ALLOTTED | word_set("given received receiving had underwent undergoing treated offered")
_LONGEST = 30  # tokens between those people and the "or" of their groups
#: A sentence without these tells of no people who were in one of two groups.
MAYBE_EITHER = ALLOTTED | {"or"}


def without_whole(tokens: list[Token], cells: list[Cell]) -> None:
    """Take the size of all from each of the groups that share them; it leaves n open.

    Only where they were given one thing OR another, and the sentence has scores of both: not
    "sixty nuns given both wax and clay", and not one score of "sixty nuns given wax or clay".
    Nothing for a crossover trial, where everybody is in both.
    """
    if len({cell.arm.name for cell in cells if cell.arm is not None}) < 2:
        return
    wholes = {cell.count.at for cell in cells if cell.count is not None and not cell.count.each}
    first = min(cell.value.first for cell in cells)
    for at in wholes:
        allotted = tokens[at - 1].word in ALLOTTED  # "we RANDOMISED sixty nuns to wax or clay"
        if _given_either(tokens[at + 1 : min(first, at + _LONGEST)], allotted):
            for cell in cells:
                if cell.count is not None and cell.count.at == at:
                    cell.count = None


def _given_either(behind: list[Token], allotted: bool) -> bool:
    """ "(sixty) nuns WERE GIVEN wax OR clay", "RANDOMISED to wax (31) AND clay".

    With no other number between, but in a bracket.
    """
    given, depth = allotted, 0
    for token in behind:
        depth += (token.word in OPENS) - (token.word in CLOSES)
        if (token.kind == "n" and not depth) or token.word == ".":
            return False
        if (given and token.word == "or") or (allotted and token.word in SET_BESIDE | {"and"}):
            return True
        given = given or token.word in _GIVEN
        allotted = allotted or token.word in ALLOTTED
    return False
