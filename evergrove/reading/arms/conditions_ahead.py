"""Who the people are, told ahead of their groups: "IN OSTEOARTHRITIS, tape lowered pain"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

_LEADS = word_set("in for among")
_ENDS = ("itis", "algia", "osis", "pathy", "oma", "omas", "ache", "itides")
_CONDITIONS = word_set("syndrome syndromes disease cancer injury instability")
_REACH = 8


def conditions_ahead(tokens: list[Token], a: int, slots: list[Arm], sure: list[Arm]) -> list[Arm]:
    """Of `slots` those that only tell what all groups of the sentence have, up to a comma.

    "IN OSTEOARTHRITIS, tape lowered pain from 8 to 4", "IN 90 WOMEN with gout, pain fell from 7
    to 3 (wax) and from 7 to 6 (clay)"; not where another condition is set against the first.
    """
    lead = a + 2 * (a + 1 < len(tokens) and tokens[a + 1].word == ":")
    if lead >= len(tokens) or tokens[lead].word not in _LEADS:
        return []
    out: list[Arm] = []
    for slot in slots:
        if slot.arm is not None or slot.strength > 2 or slot.first > lead + 2:
            continue
        close = slot.last
        while close < slot.last + _REACH and close < len(tokens) - 1 and tokens[close].kind == "w":
            close += 1
        if tokens[close].word != ",":
            continue
        others = [arm for arm in (*sure, *slots) if arm.first > close]
        ill = close == slot.last and _condition(tokens[slot.last - 1].word)
        if ill and others and not any(_condition(tokens[x.last - 1].word) for x in others):
            out.append(slot)
        names = {arm.name for arm in others if arm.count is None}
        counted = tokens[slot.last - 1].word in PEOPLE and tokens[slot.last - 2].kind == "n"
        if counted and len(names) > 1 and all(arm.count is None for arm in others):
            out.append(slot)
    return out


def _condition(word: str) -> bool:
    return word in _CONDITIONS or word.endswith(_ENDS)
