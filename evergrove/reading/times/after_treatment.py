"""Times behind a treatment: "AFTER THE INTERVENTION" beside a group of that name.

Also a clause that tells that it was done: "AFTER THE MASSAGE HAD BEEN GIVEN, it was 3".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, is_content, word_set
from evergrove.reading.times.time_parts import Time

if TYPE_CHECKING:
    from evergrove.reading.view import View

_BEFORE = word_set("before pre prior")
_AFTER = word_set("after following post")
_THROUGH = word_set("and or / - to versus vs the ,")
#: What every trial has, whatever a group of it is called.
_OF_ANY_TRIAL = word_set("intervention interventions treatment experiment study trial")


def after_its_start(tokens: list[Token], view: View, time: Time, own: set[str]) -> bool:
    """Whether "after X" is a time though a group is called X. `own`: the words of X.

    "BEFORE AND AFTER the massage", and "AFTER THE INTERVENTION, it was 3 in the intervention group
    and 4 in the control group"; not "3.1 after the intervention and 4.2 AFTER REST".
    """
    k = time.first - 1
    while k > view.a and tokens[k].word in _THROUGH:
        k -= 1
    if tokens[k].word in _BEFORE and k < time.first - 1:
        return True
    if not own <= _OF_ANY_TRIAL:
        return False
    inside = range(time.first, time.last)
    others = [m for m in range(view.a, view.b) if tokens[m].word in _AFTER and m not in inside]
    dated = {m for t in view.times for m in range(t.first, t.last) if t.kind != "post"}
    return all(m in dated or _same(tokens, m, own) for m in others)


def _same(tokens: list[Token], m: int, own: set[str]) -> bool:
    """Whether token m leads to the same words again: "after the intervention"; not "after no"."""
    return tokens[m + 1 + (tokens[m + 1].word in DETERMINERS)].word in own


def end_of_doing(tokens: list[Token], b: int, i: int) -> int | None:
    """ "AFTER THE MASSAGE WAS PERFORMED, VAS was 3": where the clause ends; None if it is none."""
    k = i + 1 + (tokens[i + 1].word in DETERMINERS)
    first = k
    while k < b and k - first < 4 and tokens[k].kind == "w" and is_content(tokens[k].word):
        k += 1
    if k == first or k + 2 >= b or any(tokens[m].mark is not None for m in range(first, k)):
        return None
    if [tokens[k].word, tokens[k + 1].word] in _HAD_BEEN:
        k += 2
    elif tokens[k].word in ("was", "were"):
        k += 1
    else:
        return None
    done = tokens[k].word in _DONE and k + 1 < b and tokens[k + 1].word == ","
    return k + 1 if done else None


_HAD_BEEN = (["had", "been"], ["has", "been"], ["have", "been"])
_DONE = word_set(
    "performed given applied done conducted carried completed delivered provided implemented "
    "finished administered"
)
