"""Whole scores that say what some people reached: "FREEDOM FROM PAIN (NRS 0) in 31%", no mean."""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import CLOSES, DIFFERENCES, OPENS
from evergrove.reading.text.tokens import Token, close_bracket, is_measure, open_bracket
from evergrove.reading.text.words import (
    AGENT,
    BOUND_SIGNS,
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    DETERMINERS,
    DOWN,
    MEANS,
    MEDIANS,
    PEOPLE,
    SCORE_UNITS,
    SET_AGAINST,
    STATE,
    UP,
    word_set,
)
from evergrove.reading.view import View

_AVERAGE = CENTRES | MEANS | MEDIANS
_FILL = (DETERMINERS | SCORE_UNITS | BOUND_SIGNS | CHANGE_NOUNS | DIFFERENCES) - {
    "both",
    "each",
    "all",
} | word_set(
    "of = : , on in to by i.e. ie e.g. meaning defined as pain score scores rating ratings "
    "grade grades scale value is equal with i e that lower higher worse better unchanged less more "
    "increased decreased improved reduced or"
)
#: What people reach who are better: "FREEDOM from pain (NRS 0)".
_RESPONSES = word_set(
    "relief response responses remission success successes freedom free painfree painless "
    "resolution disappearance responder responders responded nonresponders cure cured "
    "asymptomatic failure failures failed recovered recovery relapse recurrence successful "
    "worsening deterioration exacerbation aggravation persistence persistent persisted persisting"
)
_NONE = word_set("no without absent absence zero")
#: How much has to be reached ("a RELEVANT fall (2 points)"), or is felt ("MILD pain (NRS 2)").
_ENOUGH = word_set(
    "relevant important meaningful significant substantial sufficient successful worthwhile "
    "noticeable marked complete partial total full satisfactory adequate mild moderate severe "
    "minimal slight major strong intolerable unbearable tolerable acceptable"
)
_SHARES = word_set(
    "share shares proportion proportions percentage percentages odds likelihood probability chance "
    "chances fraction rate rates"
)
_OF_WHOM = word_set("of with for who reaching achieving having showing reporting attaining")
_MOST = word_set("most half majority third quarter many some several few")
_CHANCES = word_set("odds risk likelier likely probability chance chances hazard prone")
#: Before the next clause, where a comma is ahead of it.
_TURNS = word_set("and but while whereas whilst although")
_LEADS_SHARE = word_set("in by for of among")
_MOVES = STATE | UP | DOWN


def of_responders(tokens: list[Token], view: View, value: Value, sizes: set[int]) -> str | None:
    """What a value is that some people had to reach, or gave; else None.

    `sizes`: how many people each of the groups has.
    """
    if value.spreads or value.p is not None:
        return None
    first, last = _clause(tokens, view, value)
    if value.percent:
        return "share of people" if _are_responders(tokens, first, value) else None
    if not _AVERAGE.isdisjoint([token.word for token in tokens[first:last]]):
        return None
    if _of_share(tokens, first, value):
        return "threshold"
    if not view.words.isdisjoint(_CHANCES) and _of_class(tokens, first, value):
        return "threshold"
    if "." in tokens[value.at].word or not _some(tokens, view, first, last):
        return None
    if _named_by_bracket(tokens, view.a, value, last) or _in_apposition(tokens, first, value):
        return "definition of a response"
    if _behind(tokens, view, value, sizes) or _zero_of_some(tokens, view, first, value):
        return "score of some people"
    return None


def _are_responders(tokens: list[Token], first: int, value: Value) -> bool:
    """ "RESPONDERS (a fall in VAS of 3) WERE 46%": how many they were."""
    if tokens[first + (tokens[first].word == "the")].word not in _RESPONDERS:
        return False
    return any(tokens[k].word in STATE for k in range(first + 1, value.first))


_RESPONDERS = word_set("responders nonresponders")


def _clause(tokens: list[Token], view: View, value: Value) -> tuple[int, int]:
    """The clause of a value: between semicolons, and commas with "and" outside of brackets."""
    first, last = view.a, view.b
    depth = 0
    for k in range(view.a, view.b):
        word = tokens[k].word
        depth += (word in OPENS) - (word in CLOSES)
        turns = word == "," and k + 1 < view.b and tokens[k + 1].word in _TURNS
        if depth > 0 or not (word == ";" or turns):
            continue
        if k < value.first:
            first = k + 1
        else:
            last = k
            break
    return first, last


def _some(tokens: list[Token], view: View, first: int, last: int) -> bool:
    """Whether a share or a number of people is told in a clause: "31%", "9 of 40", "most"."""
    if any(
        two.word == "%" and one.kind == "n" for one, two in itertools.pairwise(tokens[first:last])
    ):
        return True
    if any(
        tokens[k].word in _MOST and (tokens[k + 1].word in PEOPLE | {"of", "had", "were"})
        for k in range(first, last - 1)
    ):
        return True
    counted = [c for c in view.q.counts if first <= c.at < last and not (c.each or c.equals)]
    return any(tokens[count.at - 1].word not in ("all", "the", "both", "our") for count in counted)


def _of_share(tokens: list[Token], first: int, value: Value) -> bool:
    """ "THE SHARE WITH a VAS decrease of 2 points was 45%": what a share is of."""
    for k in range(first, min(first + 5, value.first - 1)):
        if tokens[k].word in _SHARES and tokens[k + 1].word in _OF_WHOM:
            people = {token.word for token in tokens[k + 1 : value.first]}
            # "the RATE OF decline in VAS": of no people
            told = tokens[k].word not in ("rate", "rates") or not people.isdisjoint(
                PEOPLE | _RESPONSES
            )
            return told and people.isdisjoint(_MOVES - CHANGE_NOUNS - {"lower"})
    return False


def _of_class(tokens: list[Token], first: int, value: Value) -> bool:
    """ "PATIENTS WITH a baseline NRS OF 7 had higher ODDS of failure": whom the odds are of."""
    if "." in tokens[value.at].word:
        return False
    for k in range(first, value.first - 1):
        if (tokens[k].word in PEOPLE or tokens[k].word == "those") and tokens[
            k + 1
        ].word in _OF_WHOM:
            return _MOVES.isdisjoint([token.word for token in tokens[k + 1 : value.first]])
    return False


def _named_by_bracket(tokens: list[Token], a: int, value: Value, last: int) -> bool:
    """ "Complete relief (VAS OF 0)", "a relevant fall (2 POINTS ON THE NRS)", "no pain (NRS 0)"."""
    opened = open_bracket(tokens, a, value.first)
    if opened is None or value.first - opened > 9:
        return False
    close = close_bracket(tokens, opened, last)
    if close is None:
        return False
    inside = [*range(opened + 1, value.first), *range(value.last, close)]
    if not all(is_measure(tokens[k]) or tokens[k].word in _FILL for k in inside):
        return False
    if not any(is_measure(tokens[k]) or tokens[k].word in _FILL - {"="} for k in inside):
        return False
    return _response(tokens, a, opened)


def _in_apposition(tokens: list[Token], a: int, value: Value) -> bool:
    """ "Complete relief, THAT IS AN NRS OF 0, was reported by 31%": named between commas."""
    behind = tokens[value.last].word if value.last < len(tokens) else ""
    if value.value != 0 or behind not in (",", "-", "–", "—"):
        return False
    named = False
    for k in range(value.first - 1, max(a, value.first - 9), -1):
        if tokens[k].word in (",", "-", "–", "—"):
            return named and _response(tokens, a, k)
        named = named or is_measure(tokens[k])
        if not (is_measure(tokens[k]) or tokens[k].word in _FILL):
            return False
    return False


def _response(tokens: list[Token], a: int, end: int) -> bool:
    """Whether what ends before `end` names a response: "freedom from pain", "a relevant fall"."""
    first = end
    while first > a and end - first < 5 and tokens[first - 1].kind in "ws":
        word = tokens[first - 1].word
        if word in ",;:()[]" or (word in STATE and end - first > 1):
            break
        first -= 1
    words = [token.word for token in tokens[first:end]]
    if not words:
        return False  # a bracket opens the sentence, or stands behind another
    if not _RESPONSES.isdisjoint(words):
        return True
    felt = is_measure(tokens[end - 1]) or words[-1] in CHANGE_NOUNS or "pain" in words
    return felt and not (_NONE | _ENOUGH).isdisjoint(words)


def _behind(tokens: list[Token], view: View, value: Value, sizes: set[int]) -> bool:
    """ "VAS was 0 IN NINE ROWERS (23%)", "1 in 14 of 40": the score of those counted behind it."""
    for count in view.q.counts:
        if not 0 < count.at - value.last < 5 or count.value in sizes or count.each:
            continue
        gap = [tokens[k].word for k in range(value.last, count.at)]
        if gap[-1] not in ("in", "by", "for") or not all(
            word in _LEADS_SHARE or word in STATE | AGENT for word in gap
        ):
            continue
        again = any(
            two.at > count.last and tokens[two.at - 1].word == gap[-1] for two in view.q.counts
        )
        if count.of is not None or again:
            return True  # "was 0 in 14 of 40", "was 0 IN 14 at week 2 and IN 20 at week 6"
        behind = [token.word for token in tokens[count.last : count.last + 6]]
        if "%" in behind and "(" in behind[:3]:
            return True
    return False


def _zero_of_some(tokens: list[Token], view: View, first: int, value: Value) -> bool:
    """ "nine (23%) had NRS = 0", "were pain-free, with a VAS of 0": behind those it is told of."""
    if value.value != 0 or value.last >= view.b or tokens[value.last].word in SET_AGAINST | OPENS:
        return False
    ahead = range(first, value.first)
    if any(tokens[k].word == "from" and tokens[k + 1].kind == "n" for k in ahead):
        return False  # "fell from 7 to 0"
    return _some(tokens, view, first, value.first)


def defines(tokens: list[Token], view: View, value: Value) -> bool:
    """ "38% were free of pain (VAS = 0)": the score that a share of people reached, no mean."""
    k = value.first - 1
    if value.spreads or value.p is not None or tokens[k].word != "=" or value.last >= view.b:
        return False
    if tokens[value.last].word not in (")", "]") or "." in tokens[value.at].word:
        return False
    while k > view.a and k > value.first - 6 and tokens[k].word not in ("(", "["):
        k -= 1
    if tokens[k].word not in ("(", "["):
        return False
    if {tokens[m].word for m in range(k, value.first)} & {"mean", "median", "average"}:
        return False
    for m in range(k - 1, view.a, -1):
        word = tokens[m].word
        if word in CHANGE or word in (";", ":"):
            return False
        if word == "%" or (word in PEOPLE and value.value == 0):
            return any(tokens[n].word in _REACHED for n in range(m + 1, k))
        if tokens[m].kind == "n":
            return False
    return False


_REACHED = word_set(
    "had were was became reported achieved reached experienced obtained remained attained showed "
    "described stayed felt"
)
