"""How many people a trial would need: "22 patients per group WERE REQUIRED"; nobody's size."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

# "Thirty people per arm WERE NEEDED TO SHOW a difference of 10 mm": a plan, and no size.
_NEEDED = word_set("needed required necessary sufficient calculated estimated planned")
_TO_FIND = word_set("detect show find demonstrate power reveal see establish")
_AUXILIARY = word_set("was were is are be being")
_REQUIRED = word_set("needed required necessary calculated planned sufficient")
_STOPS = word_set(", ; : . and ( )")


def planned_size(tokens: list[Token], b: int, count: Count, words: frozenset[str]) -> bool:
    """Whether the number of people of each group is that of a calculation."""
    if not words & _NEEDED:
        return False
    if words & _TO_FIND or {"sample", "size"} <= words:
        return True
    for k in range(count.last, min(b - 1, count.last + 9)):
        if tokens[k].word in _AUXILIARY:
            return tokens[k + 1].word in _REQUIRED or (
                tokens[k + 1].word == "be" and tokens[min(k + 2, b - 1)].word in _REQUIRED
            )
        if tokens[k].word in _STOPS or tokens[k].kind == "n":
            return False
    return False
