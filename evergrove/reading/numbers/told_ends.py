"""Ends of a scale told in any words: "rated FROM 1 (PAIN VANISHED) TO 4 (PAIN UNBROKEN)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import POST_WORDS, PRE_WORDS, UNIT_DAYS, word_set

_RATED = word_set(
    "rated scored graded graduated scale scales running ranging ranged runs ranges classified "
    "categorised categorized coded judged answered"
)
_LEADS = word_set("from between as at on of with a the being to point points : , (")
_NEXT = word_set("to and or through - – , ;")
_WHEN = UNIT_DAYS.keys() | PRE_WORDS | POST_WORDS | word_set("before after at in with during n")
_WORDS_AT_MOST = 6
_GRADES_AT_MOST = 12


def told_ends(tokens: list[Token], a: int, b: int, i: int) -> tuple[list[int], int]:
    """The numbers of a scale whose lowest is at i, each with its meaning, and where they end.

    "scored 1 (excellent), 2 (good) or 3 (poor)", "from 1 = gone to 4 = worse"; ([], i) if it is
    none: "rose from 1 (before wax) to 4 (after it)" tells times, and nothing was rated.
    """
    at, k = [i], _behind_meaning(tokens, b, i)
    while k and len(at) < _GRADES_AT_MOST:
        n = k
        while n < b and n - k < 3 and tokens[n].word in _NEXT:
            n += 1
        after = _behind_meaning(tokens, b, n) if n > k and _whole(tokens, b, n) else 0
        if not after or tokens[n].value <= tokens[at[-1]].value:
            break
        at.append(n)
        k = after
    if len(at) < 2 or not _rated(tokens, a, i):
        return [], i
    return at, k


def _rated(tokens: list[Token], a: int, i: int) -> bool:
    """Whether "rated from", "on a scale between", "scored" stands right ahead of token i."""
    k = i - 1
    while k > a and i - k < 6 and tokens[k].word in _LEADS:
        k -= 1
    return k >= a and tokens[k].word in _RATED


def _whole(tokens: list[Token], b: int, i: int) -> bool:
    if i >= b or tokens[i].kind != "n" or tokens[i].mark is not None or tokens[i].flag:
        return False
    return "." not in tokens[i].word


def _behind_meaning(tokens: list[Token], b: int, i: int) -> int:
    """The token behind "(pain vanished)" or "= gone" behind the number at i; 0 if none does."""
    if i + 2 >= b or not _whole(tokens, b, i):
        return 0
    opened = tokens[i + 1].word
    closes = {"(": ")", "[": "]"}.get(opened, "")
    if not closes and opened != "=":
        return 0
    for k in range(i + 2, min(b, i + 3 + _WORDS_AT_MOST)):
        word = tokens[k].word
        if word == closes:
            return k + 1 if k > i + 2 else 0
        if not closes and (word in _NEXT or word in (")", "]", ".")):
            return k if k > i + 2 else 0
        if tokens[k].kind == "n" or word in _WHEN or (closes and word in ("(", "[", "=", "±")):
            return 0
    return 0
