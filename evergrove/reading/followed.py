"""How many people had a follow-up: "58 had follow-up at 3 months", "available for 58"."""

from __future__ import annotations

from evergrove.reading.quantities import Count
from evergrove.reading.time_parts import Time
from evergrove.reading.tokens import Token
from evergrove.reading.words import PEOPLE, word_set

_FOLLOW_UP = word_set("follow followup data questionnaires scores assessments information")
_AVAILABLE = word_set("available obtained complete possible achieved")
_NO_VISIT = word_set("least minimum more than over exceeding > ≥ mean median average no without")
_LED = word_set("for in from on all the")


def followed_at(tokens: list[Token], a: int, b: int, points: list[Time]) -> Count | None:
    """The people of whom a clause says that they were seen at its one time; None otherwise."""
    if len(points) != 1 or _NO_VISIT & {tokens[k].word for k in range(a, b)}:
        return None
    return _had(tokens, a, b, points[0]) or _available(tokens, a, b, points[0])


def _had(tokens: list[Token], a: int, b: int, time: Time) -> Count | None:
    """ "58 (91%) HAD 3-MONTH FOLLOW-UP", "58 patients had follow-up data at 3 months"."""
    for k in range(a + 1, b - 1):
        if tokens[k].word != "had":
            continue
        people = _number_before(tokens, a, k)
        if people is None:
            continue
        behind = {tokens[m].word for m in range(k + 1, min(b, k + 8))}
        near = k < time.first <= k + 8
        if near and behind & _FOLLOW_UP and ("at" in behind or time.first <= k + 2):
            return people
    return None


def _number_before(tokens: list[Token], a: int, k: int) -> Count | None:
    """The plain number before "had", over "patients" and a percentage in brackets."""
    k -= 1
    if tokens[k].word == ")":
        while k > a and tokens[k].word != "(":
            k -= 1
        k -= 1
    k -= tokens[k].word in PEOPLE
    return _people(tokens, k) if k >= a else None


def _people(tokens: list[Token], k: int) -> Count | None:
    token = tokens[k]
    plain = token.kind == "n" and token.mark is None and token.flag in ("", "word")
    if not plain or "." in token.word or token.value < 2:
        return None
    return Count(int(token.value), k, k + 1)


def _available(tokens: list[Token], a: int, b: int, time: Time) -> Count | None:
    """ "Follow-up at 3 months WAS AVAILABLE FOR 58 patients"."""
    for k in range(time.last, b - 2):
        if tokens[k].word not in _AVAILABLE or tokens[k - 1].word not in ("was", "were"):
            continue
        if not _FOLLOW_UP & {tokens[m].word for m in range(max(a, time.first - 6), k)}:
            continue
        at = k + 1
        while at < b - 1 and tokens[at].word in _LED:
            at += 1
        return _people(tokens, at) if at > k + 1 else None
    return None
