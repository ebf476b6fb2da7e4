"""Two kinds of people, the second "those": "TAPED PATIENTS gained 3 points, THOSE ON REST 2"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, THOSE, UNIT_DAYS, VERBS, names_people, word_set

_JOINS = word_set(", ; and but while whereas of than against versus vs")
_LEADS = word_set("in on with having receiving undergoing wearing using given under after taking")
_TREATED = word_set("treated allocated assigned randomised randomized managed")
_BY = word_set("with to by")
_VERBS = STATE | VERBS | word_set("had have has were was ' gained improved lost did showed")
_WAYS = word_set("surgical conservative nonoperative non-operative nonsurgical operative")
_NO_KIND = word_set(
    "included enrolled eligible selected studied reported followed evaluated analysed analyzed "
    "recruited aged randomised randomized treated remaining retired experienced affected needed "
    "completed admitted invited hospitalised hospitalized"
)


def those_beside(
    tokens: list[Token], a: int, b: int, values: list[Value], busy: set[int]
) -> list[Arm]:
    """Both groups of "TAPED patients improved by 3.1, THOSE WITH A SPLINT by 1.8"; else [].

    The first is the subject of the first value, the second has its value behind it.
    """
    for k in range(values[0].last, b - 2):
        if tokens[k].word != "those" or tokens[k - 1].word not in _JOINS:
            continue
        if not any(value.first > k for value in values):
            return []
        first = _subject(tokens, a, values[0].first, busy)
        second = _those(tokens, k, b, busy, first) if first is not None else None
        if first is None or second is None or first.name.lower() == second.name.lower():
            return []
        return [first, second]
    return []


def _those(tokens: list[Token], k: int, b: int, busy: set[int], first: Arm) -> Arm | None:
    """ "those IN TRAINING", "those TREATED WITH WAX", "those WITHOUT"."""
    j = k + 1
    if tokens[j].word == "without":
        if tokens[j + 1].word in ("by", "had", ",", "it") or tokens[j + 1].kind == "n":
            return Arm(k, j + 1, f"no {first.name}", 2, slot="vs", np_first=k)
        return _named(tokens, k, j + 1, b, busy, "no ")
    if tokens[j].word in _TREATED and tokens[j + 1].word in _BY:
        j += 1
    elif tokens[j].word not in _LEADS:
        return None
    return _named(tokens, k, j + 1, b, busy)


def _named(
    tokens: list[Token], first: int, k: int, b: int, busy: set[int], no: str = ""
) -> Arm | None:
    span = noun_phrase(tokens, k, b)
    if span is None or not set(range(*span)).isdisjoint(busy):
        return None
    words = {tokens[m].word for m in range(*span)}
    if words & UNIT_DAYS.keys() or any(names_people(word) for word in words):
        return None
    return Arm(first, span[1], no + text_of(tokens, *span), 2, slot="vs", np_first=span[0])


def _subject(tokens: list[Token], a: int, stop: int, busy: set[int]) -> Arm | None:
    """ "TAPED patients", "patients WITH TAPE": the people that a clause begins with."""
    for p in range(a, stop - 1):
        word = tokens[p].word
        if word not in THOSE and not names_people(word):
            continue
        start = p
        while start > a and _kind(tokens[start - 1]) and start - 1 not in busy:
            start -= 1
        opening = start - 1 - (start > a and tokens[start - 1].word == "the")
        if opening >= a and tokens[opening].word not in (",", ":"):
            return None
        if start < p and _acts(tokens[p + 1]):
            end = p if word in THOSE else p + 1
            return Arm(start, p + 1, text_of(tokens, start, end), 2, slot="vs", np_first=start)
        if start == p and tokens[p + 1].word in _LEADS:
            arm = _named(tokens, p, p + 2, stop, busy)
            return arm if arm is not None and _acts(tokens[arm.last]) else None
        return None
    return None


def _kind(token: Token) -> bool:
    """Whether a word before people tells their treatment: "TAPED", "SURGICAL"."""
    word = token.word
    return token.kind == "w" and (
        word in _WAYS or (word.endswith("ed") and len(word) > 4 and word not in _NO_KIND)
    )


def _acts(token: Token) -> bool:
    return token.word in _VERBS or token.word.endswith("ed")
