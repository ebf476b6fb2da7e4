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


def planned_size(tokens: list[Token], a: int, b: int, count: Count, words: frozenset[str]) -> bool:
    """Whether the number of people of each group, in tokens a..b, is that of a calculation."""
    if not words.isdisjoint(_CALCULATED) and _headed_plan(tokens, a, b):
        return True
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


_CALCULATED = word_set("power powering sample")


def _headed_plan(tokens: list[Token], a: int, b: int) -> bool:
    """ "POWER: 2 points, SD 2, 20 per group", "SAMPLE SIZE 20 per group (POWER 80%)": a note of it.

    Not "a sample of 40 nuns per group", nor what was found of a power ("grip power").
    """
    first = tokens[a].word
    head = a + 1 + (first == "sample" and tokens[a + 1].word in ("size", "sizes"))
    if first in _CALCULATED and head > a + (first == "sample"):
        head += tokens[head].word in _OF_IT
        return head < b and (tokens[head].word in _BEHIND_HEAD or tokens[head].kind == "n")
    return any(
        tokens[k].word == "power" and (_percent(tokens, k + 1) or _percent(tokens, k - 2))
        for k in range(a + 2, b - 2)
    )


_OF_IT = word_set("calculation calculations analysis estimate estimation")
_BEHIND_HEAD = word_set(": ( = - \u2013 \u2014")


def _percent(tokens: list[Token], k: int) -> bool:
    """ "80%", "of 80%", "= 80%" at k."""
    k += tokens[k].word in ("of", "=", ":")
    return tokens[k].kind == "n" and tokens[k + 1].word == "%"
