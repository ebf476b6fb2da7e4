"""Groups told by what was the case: "-0.6 WHEN THE DOSE WAS RAISED, -0.4 WHEN IT WAS KEPT"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import WERE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import UNIT_DAYS, word_set

#: A sentence with fewer than two of these has no such groups.
WHEN = word_set("when if")
_IT = word_set("it they")
_LONGEST = 3  # words of the noun


# "when the study WAS BEGUN": a time, and no group
_STEPS = word_set(
    "begun started ended finished completed over stopped discontinued removed closed opened done "
    "performed given applied taken seen discharged admitted asked not"
)


def _tells_state(token: Token) -> bool:
    return token.kind == "w" and len(token.word) > 3 and token.word not in _STEPS


def when_clauses(
    tokens: list[Token], a: int, b: int, values: list[Value], mentions: list[Mention]
) -> tuple[list[Arm], list[Mention]]:
    """The groups of "X WHEN THE DOSE WAS RAISED, Y WHEN IT WAS KEPT", and the names left.

    Two clauses or more about one noun, each told of by one state of its own, and each with a value
    between it and the one before; a "dose" in them is no measure. Else none.
    """
    found: list[Arm] = []
    noun = ""
    for k in range(a, b - 3):
        if tokens[k].word not in WHEN or open_bracket(tokens, a, k) is not None:
            continue
        first = k + 1 + (tokens[k + 1].word == "the")
        ahead = range(first, min(b, first + _LONGEST + 1))
        was = next((m for m in ahead if tokens[m].word in WERE), None)
        if was is None or was == first or was + 1 >= b or not _tells_state(tokens[was + 1]):
            return [], mentions
        named = " ".join(token.raw for token in tokens[first:was])
        if tokens[first].word in _IT and noun:
            named = noun
        if noun and named != noun:
            return [], mentions
        noun = named
        found.append(
            Arm(k, was + 2, f"{noun} {tokens[was + 1].raw}", 2, slot="parallel", np_first=k)
        )
    starts = [a, *(arm.last for arm in found)]
    alone = all(
        any(start <= value.first < arm.first for value in values)
        for start, arm in zip(starts, found, strict=False)
    )
    told = {arm.name for arm in found}
    if len(found) < 2 or len(told) < len(found) or not alone or noun in UNIT_DAYS:
        return [], mentions
    inside = {k for arm in found for k in range(arm.first, arm.last)}
    return found, [m for m in mentions if m.key or m.first not in inside]
