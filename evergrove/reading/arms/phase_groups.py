"""Groups told by a phase of a crossover trial, or by what one group is compared with."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, is_content, word_set

_PHASE = word_set("phase period session")
_LEADS = word_set("in during with of after under")
# "in the washout phase", "during the second period": no treatment.
_NO_TREATMENT = word_set(
    "first second third fourth final last initial early late acute chronic active treatment "
    "intervention study trial washout run in follow up follow-up maintenance recovery each either "
    "both every baseline randomised randomized observation postoperative preoperative luteal "
    "resting rest night day daytime morning evening sleep whole entire assessment measurement "
    "crossover cross-over open blind double-blind extension titration test same one previous"
)


def phase_groups(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """ "VAS was lower in the GABAPENTIN PHASE than in the placebo phase", of tokens a..b."""
    out: list[Arm] = []
    for k in range(a + 2, b):
        if tokens[k].word not in _PHASE:
            continue
        first = k
        while first > a and k - first < 4 and is_content(tokens[first - 1].word):
            first -= 1
        lead = first - 1 - (first - 1 > a and tokens[first - 1].word in DETERMINERS)
        words = {tokens[m].word for m in range(first, k)}
        if first == k or tokens[lead].word not in _LEADS or words & _NO_TREATMENT:
            continue
        if any(tokens[m].kind != "w" or tokens[m].mark is not None for m in range(first, k)):
            continue
        name = text_of(tokens, first, k)
        if words_of(name):
            out.append(Arm(first, k + 1, name, 3, np_first=first))
    return out


def keep_compared(
    tokens: list[Token], slots: list[Arm], sure: list[Arm], values: list[Value]
) -> None:
    """ "VAS was lower in the wax group COMPARED WITH placebo (2.1 vs 3.4)": a group as well.

    Only where two values are set against each other behind it, and one group is sure before it.
    """
    if len(values) < 2 or len({arm.name for arm in sure}) != 1:
        return
    one, two = values[:2]
    gap = [tokens[k].word for k in range(one.last, two.first)]
    if gap not in (["vs"], ["versus"]) or tokens[one.first - 1].word not in ("(", "["):
        return
    for slot in slots:
        close = slot.last == one.first - 1
        if slot.slot == "compared" and close and sure[0].last <= slot.first:
            slot.strength = 2
