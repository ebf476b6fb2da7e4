"""All people of several groups: "SIXTY NUNS randomised to wax or clay scored 3.3 and 4.5"."""

from __future__ import annotations

from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import ALLOTTED, PEOPLE, SET_BESIDE, word_set
from evergrove.reading.vectors import Cell

_GIVEN = ALLOTTED | word_set("given received receiving had underwent undergoing treated offered")
_APART = word_set(", ; study trial comparison")
_ARMS = word_set("groups arms")
_LONGEST = 30  # tokens between those people and the "or" of their groups


def without_whole(tokens: list[Token], cells: list[Cell]) -> None:
    """Take the size of all from each of the groups that share them; it leaves n open.

    Where they were given one thing OR another, or stand ahead of all names, and the sentence has
    scores of several groups: not "sixty nuns given both wax and clay", and not one score of
    "sixty nuns given wax or clay". Nothing for a crossover trial, where everybody is in both.
    """
    if len({cell.arm.name for cell in cells if cell.arm is not None}) < 2:
        return
    wholes = {cell.count.at for cell in cells if cell.count is not None and not cell.count.each}
    first = min(cell.value.first for cell in cells)
    for at in wholes:
        allotted = tokens[at - 1].word in ALLOTTED  # "we RANDOMISED sixty nuns to wax or clay"
        either = _given_either(tokens[at + 1 : min(first, at + _LONGEST)], allotted)
        if either or (len(wholes) == 1 and _ahead_of_all(tokens, cells, at)):
            for cell in cells:
                if cell.count is not None and cell.count.at == at:
                    cell.count = None
                if cell.arm is not None and cell.arm.count is not None and cell.arm.count.at == at:
                    cell.arm.count = None


def _ahead_of_all(tokens: list[Token], cells: list[Cell], at: int) -> bool:
    """ "AMONG SIXTY NUNS, the VAS was 3.3 with wax and 4.5 with clay": before every group.

    Not "sixty nuns GIVEN WAX scored 3.3, and those given clay 4.5", "the SIXTY ROWERS scored 3.3
    and the smokers 4.5": a comma or a measure stands before the first name. So too "sixty nuns IN
    THE WAX AND CLAY GROUPS scored 3.3 and 4.5".
    """
    arms = [cell.arm for cell in cells if cell.arm is not None]
    first = min(arm.np_first or arm.first for arm in arms)
    last = max(arm.last for arm in arms)
    scored = min(cell.value.first for cell in cells)
    if at > scored or any(arm.count is not None for arm in arms):
        return False
    if last <= at:  # "the trial of wax against clay IN SIXTY NUNS gave 3.3 and 4.5"
        return tokens[at - 1].word in ("in", "among", "for") and tokens[at + 1].word in PEOPLE
    between = tokens[at + 1 : first]
    if any(is_measure(token) or token.word in _APART for token in between):
        return True
    listed = last < scored and not _ARMS.isdisjoint((tokens[last - 1].word, tokens[last].word))
    return listed and bool(between) and between[-1].word in ("in", "the")


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
