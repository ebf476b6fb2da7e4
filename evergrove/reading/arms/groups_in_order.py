"""Groups told by their order: "THE FIRST GROUP improved by 2.7, THE SECOND by 1.3"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set

#: A sentence without them tells nothing by order.
ORDINALS = word_set("first second third fourth")
_IN_ORDER = ("first", "second", "third", "fourth")
_BESIDE = word_set("by in from was were had fell rose it with and , ; to of . ( [ ) ]")
CALLED = GROUP | {"ones"}
_INTO = word_set("in for with of among")


def in_order(
    tokens: list[Token], a: int, b: int, declared: list[DocArm], arms: list[Arm]
) -> list[Arm] | None:
    """The groups of a sentence that tells each declared group by its place in their list.

    None unless it tells all of them so, and the text calls none of them "first" or "group 1".
    """
    if any(arm.letter or arm.words & ORDINALS for arm in declared):
        return None
    places = [k for k in range(a + 1, b - 1) if _tells(tokens, k)]
    if [tokens[k].word for k in places] != list(_IN_ORDER[: len(declared)]):
        return None
    if tokens[places[0] + 1].word not in CALLED and not all(
        _behind_value(tokens, k) for k in places
    ):
        return None
    if any(tokens[k].word == "first" and tokens[k + 1].word in GROUP for k in range(a)):
        return None  # "The first group had clay ...": who they are was told
    out = [
        Arm(k, k + 1 + (tokens[k + 1].word in CALLED), arm.shown(), 3, arm, np_first=k)
        for k, arm in zip(places, declared, strict=True)
    ]
    taken = {k for arm in out for k in range(arm.first, arm.last)}
    others = [arm for arm in arms if not taken & set(range(arm.first, arm.last))]
    if any(arm.arm is not None for arm in others):
        return None
    return out


def _tells(tokens: list[Token], k: int) -> bool:
    """ "THE FIRST group", "and THE SECOND by": no visit and no treatment session."""
    if tokens[k].word not in ORDINALS or tokens[k - 1].word != "the":
        return False
    after = tokens[k + 1]
    return after.word in CALLED or after.word in _BESIDE or after.kind == "n"


def _behind_value(tokens: list[Token], k: int) -> bool:
    """ "2.5 IN THE FIRST and 5.6 (1.2) IN THE SECOND": each right behind its own score."""
    behind = tokens[k + 1].kind != "n" and k > 3 and tokens[k - 2].word in _INTO
    return behind and (tokens[k - 3].word in (")", "]") or tokens[k - 3].kind == "n")
