"""Words that plan, and name a thing elsewhere: "a POWERED drill" is no power of a trial."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, STATE, word_set

_BEHIND_PLAN = word_set("to for on at so based with by using in and as :")
_BEFORE_PLAN = STATE | word_set("be been being not adequately sufficiently well fully originally")


def plans(tokens: list[Token], mark: Mark) -> bool:
    """Whether a word of planning plans; "3.1 for POWERED, 3.4 for manual" does not.

    "The trial WAS POWERED TO detect 2 points" does, and so does any other word of planning.
    """
    first = tokens[mark.first]
    if first.word == "eligible" and mark.first and mark.last < len(tokens):
        # "in 26 ELIGIBLE PATIENTS VAS fell": those who were taken in
        counted = tokens[mark.first - 1].kind == "n"
        if tokens[mark.first - 1].word in PEOPLE and tokens[mark.first - 2].kind == "n":
            # "OF 124 PATIENTS ELIGIBLE, 96 completed it": of how many
            return not (
                tokens[mark.first - 3].word == "of" and tokens[mark.last].word in (",", "(")
            )
        return not (counted and tokens[mark.last].word in PEOPLE)
    if first.word != "powered" or mark.last > mark.first + 1 or not mark.first:
        return True
    before = tokens[mark.first - 1].word
    after = tokens[mark.last].word if mark.last < len(tokens) else "."
    if before in _BEFORE_PLAN:
        return True
    return first.raw.islower() and before != "-" and after in _BEHIND_PLAN
