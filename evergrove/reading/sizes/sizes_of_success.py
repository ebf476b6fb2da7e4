"""An n that counts those who did well: "27 were pain-free (mean NRS 0.4)", of 34."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.outcome_counts import EVERY_ONE, told_of_success
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: One of these stands in every sentence that counts people for how well they did.
MAYBE_SUCCESS = word_set(
    "free pain-free painless painfree asymptomatic symptom-free satisfied happy pleased improved "
    "cured better relieved well responders successful delighted responded benefited benefitted "
    "relief"
)
_DID = word_set("improved responded benefited benefitted recovered")
_HAD = word_set("had experienced reported obtained achieved showed felt noted")
_BETWEEN = word_set("complete full total good excellent significant marked some pain")


def of_a_success(tokens: list[Token], count: Count, b: int) -> bool:
    """Whether the people of an n are counted for what became of them, so that it may be too few.

    "Of 34 rowers, 27 WERE PAIN-FREE at 3 months (mean NRS 0.4)", "27 IMPROVED (mean NRS 1.4)",
    "27 HAD RELIEF"; the score may be theirs or that of all 34. Those who are said to be such people
    ("the 27 who were pain-free had a mean of 0.4") are just they.
    """
    if count.equals or count.bracket or count.each or tokens[count.at - 1].word in EVERY_ONE:
        return False
    if told_of_success(tokens, count, b):
        return True
    k = count.last
    if tokens[k - 1].word != count.noun and k < b and tokens[k].word == count.noun:
        k += 1
    if k + 1 >= b:
        return False
    if tokens[k].word in _DID:
        return tokens[k + 1].word not in ("from", "by")  # "27 nuns improved from 7.1 to 3.2"
    if tokens[k].word not in _HAD:
        return False
    k += 1
    while k < b and tokens[k].word in _BETWEEN:
        k += 1
    return k < b and tokens[k].word == "relief"
