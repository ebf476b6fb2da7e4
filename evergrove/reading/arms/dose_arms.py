"""Groups that differ by a dose alone: "those given 5 mg ... those given 10 mg"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import UNITS_IN_NAMES, text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

_GIVEN = word_set(
    "given receiving received taking took on assigned allocated randomised randomized"
)
#: Units of a dose that may tell two groups apart.
DOSES = UNITS_IN_NAMES - word_set("% mm w j / -")


def dose_arms(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """Two or more different doses of one unit that people of a sentence were given; else []."""
    out: list[Arm] = []
    for k in range(a + 2, b - 1):
        unit = tokens[k + 1].word
        if unit not in DOSES or tokens[k].kind != "n":
            continue
        at = k - 1 - (tokens[k - 1].word in ("to", "the"))
        if tokens[at].word not in _GIVEN:
            continue
        at -= 1
        at -= tokens[at].word in ("who", "were", "had")
        at -= tokens[at].word == "who"
        if at >= a and tokens[at].word in PEOPLE | {"those"}:
            name = text_of(tokens, k, k + 2)
            out.append(Arm(at, k + 2, name, 3, slot="dose", np_first=at))
    if len(out) < 2:
        return []
    names = {arm.name for arm in out}
    units = {tokens[arm.last - 1].word for arm in out}
    return out if len(names) > 1 and len(units) == 1 else []
