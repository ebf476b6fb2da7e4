"""A word for a state that names a group: "between the arms (stretching 2.9, REST 4.8)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import STATES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, NOT_ARM, is_content, word_set

_OPENS = word_set("( [ : ;")
_NEXT = word_set(", ; and vs versus")
_COMPARED = word_set("compared compares")
_AMONG = word_set("arms groups treatments regimens")
_DIFFERED = word_set("differed differ differs difference different")


def names_group(tokens: list[Token], a: int, b: int, cluster: list[Mark]) -> bool:
    """Whether a state right before a number, with no preposition, is what one group had.

    "(stretching 2.9, REST 4.8)": the other item is no state; "differed between the groups
    (WALKING 2.9, REST 4.8)": the groups are announced. Not so "(rest 2.9, movement 4.8)".
    """
    first, last = cluster[0].first, cluster[-1].last
    if _better_than(tokens, a, b, first, last):
        return True
    if len(cluster) != 1 or first <= a or last >= b or tokens[last].kind != "n":
        return False
    lead = tokens[first - 1].word
    if lead not in _OPENS and lead not in _NEXT:
        return False
    opened = first - 1
    while opened > a and tokens[opened].word not in ("(", "[", ":") and first - opened < 14:
        opened -= 1 if tokens[opened].word not in (")", "]") else _length(tokens, opened)
    if tokens[opened].word not in ("(", "[", ":"):
        return False
    ahead = {tokens[k].word for k in range(max(a, opened - 6), opened)}
    if tokens[opened].word != ":" and ahead & _AMONG and ahead & _DIFFERED:
        return True
    if _heads_item(tokens, opened + 1, first) or _item_behind(tokens, last, b):
        return True
    return _compared(tokens, a, tokens[first].word)


def _better_than(tokens: list[Token], a: int, b: int, first: int, last: int) -> bool:
    """ "lower with stretching THAN WITH REST (2.9 vs 4.8)".

    Not "worse with activity than with rest": of two such words both may be states.
    """
    if first - 2 <= a or last >= b or tokens[last].word not in ("(", ",", "at"):
        return False
    if tokens[first - 1].word not in ("with", "after") or tokens[first - 2].word != "than":
        return False
    marks = [tokens[k].mark for k in range(a, first)]
    return not any(m is not None and m.kind == "qualifier" and m.key in STATES for m in marks)


def _compared(tokens: list[Token], a: int, state: str) -> bool:
    """ "We COMPARED walking WITH REST. Pain differed (walking 2.9, rest 4.8)"."""
    for k in range(1, a):
        if tokens[k].word not in _COMPARED or tokens[k - 1].word not in ("we", "trial", "study"):
            continue
        ahead = [tokens[m].word for m in range(k + 1, min(a, k + 8))]
        if state in ahead and "pain" not in ahead[: ahead.index(state)]:
            return True
    return False


def states_as_groups(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """The groups that such words name: their marks tell a state, which no group is called by."""
    out = []
    for k in range(a + 1, b - 1):
        mark = tokens[k].mark
        if mark is None or mark.kind != "qualifier" or mark.first != k:
            continue
        if mark.key in STATES and mark.last == k + 1 and names_group(tokens, a, b, [mark]):
            out.append(Arm(k, k + 1, tokens[k].raw, 1, slot="bare", np_first=k))
    return out


def _length(tokens: list[Token], closed: int) -> int:
    """How many tokens the bracket that closes at `closed` has."""
    k = closed
    while k > 0 and tokens[k].word not in ("(", "["):
        k -= 1
    return closed - k + 1


def _heads_item(tokens: list[Token], first: int, stop: int) -> bool:
    """Whether one to three plain words and a number stand at `first`: "eccentric training 2.9"."""
    k = first
    while k < stop and tokens[k].kind == "w" and k - first < 4:
        word = tokens[k].word
        if tokens[k].mark is not None or not is_content(word) or word in GROUP | NOT_ARM:
            return False
        k += 1
    return first < k < stop and tokens[k].kind == "n"


def _item_behind(tokens: list[Token], last: int, b: int) -> bool:
    """ "(REST 4.8 (SD 1.2), splint 2.9 (SD 1.1))": the next item is headed by a plain name."""
    depth = 0
    for k in range(last, min(b, last + 9)):
        word = tokens[k].word
        depth += (word in ("(", "[")) - (word in (")", "]"))
        if depth < 0:
            return False
        if depth == 0 and word in _NEXT:
            return _heads_item(tokens, k + 1, min(b, k + 6))
    return False
