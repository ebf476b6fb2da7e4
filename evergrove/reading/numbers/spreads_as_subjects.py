"""Spreads that a clause is about: "THE SD OF THE VAS at 6 weeks WAS 1.4", no mean of 1.4."""

from __future__ import annotations

import itertools

from evergrove.reading.declarations import BRACKETS
from evergrove.reading.numbers.listed_statistics import behind_subject
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import AGENT, CENTRES, CHANGE, STATE, word_set
from evergrove.reading.view import View

_SHORT = word_set("sd sds se ses sem sems iqr iqrs")
_LONG = {
    "standard": word_set("deviation deviations error errors"),
    "interquartile": word_set("range ranges"),
}
#: A sentence without such a word has no spread for its subject.
MAYBE_SPREAD_TOLD = _SHORT | _LONG.keys()
_OF = word_set("of for in on at between")
_OPENS = word_set(", ; : and but while whereas with")
_BEFORE = word_set(
    "the a an its their pooled common corresponding respective overall average estimated observed"
)
_VERBS = STATE | CHANGE | AGENT
_CENTRES = CENTRES | word_set("means medians averages averaged")
_NO_PHRASE = _VERBS | word_set(", ; ( ) and but")


def spreads_as_subjects(tokens: list[Token], view: View) -> set[int]:
    """The places of the values that are told as spreads of a measure.

    Up to the next verb, centre or semicolon: "The SDs for VAS were 1.2 WITH WAX AND 1.4".
    """
    out: set[int] = set()
    for k in range(view.a, view.b - 2):
        at = _told_at(tokens, view, k)
        if at is None:
            continue
        before = at
        for value in sorted(view.q.values, key=lambda value: value.first):
            if value.first < at:
                continue
            if value.first > at and _goes_elsewhere(tokens, before, value):
                break
            if value.n is None and not _with_spread(value):
                out.add(value.at)
            before = value.last
    return out


def _told_at(tokens: list[Token], view: View, k: int) -> int | None:
    """Where the number of the spread named at token k stands, if a clause begins with it."""
    last = k + 1
    if tokens[k].word in _LONG:
        if tokens[last].word not in _LONG[tokens[k].word]:
            return None
        last += 1
        if tokens[last].word == "of" and "measurement" in (t.word for t in tokens[last : last + 3]):
            return None  # a statistic of the instrument
    elif tokens[k].word not in _SHORT:
        return None
    if last >= view.b or tokens[last].word not in _OF or not _begins(tokens, view, k):
        return None
    if tokens[last].word == "in" and tokens[last + 1].word in BRACKETS:
        return None  # "SE IN PARENTHESES: at 8 weeks the VAS was 3.1 (0.2)": how it is printed
    dated = {i for time in view.times for i in range(time.first, time.last)}
    at = behind_subject(tokens, last, view.b, dated)
    if at >= view.b:
        at = _behind_of(tokens, last + 1, view.b)
    if at >= view.b or tokens[at].kind != "n":
        return None
    gap = [tokens[m].word for m in range(last, at)]
    joined = any(one == "and" and two in _CENTRES for one, two in itertools.pairwise(gap))
    return None if joined else at


def _behind_of(tokens: list[Token], first: int, b: int) -> int:
    """ "with an SD OF THE VAS OF 2.1": the first number of a phrase without a verb, or b."""
    at = next((m for m in range(first, b) if tokens[m].kind == "n"), b)
    words = {tokens[m].word for m in range(first, at)}
    return at if tokens[at - 1].word == "of" and at > first + 1 and not words & _NO_PHRASE else b


def _begins(tokens: list[Token], view: View, k: int) -> bool:
    """Whether a clause begins with the name at token k, and no centre stands beside it."""
    first = k
    while first > view.a and tokens[first - 1].word in _BEFORE:
        first -= 1
    if any(time.last == first for time in view.times):
        return True  # "At 6 weeks THE SD of the VAS"
    if first > view.a and tokens[first - 1].word not in _OPENS:
        return False
    # "the MEANS AND SDs of the VAS were"
    return first - 2 < view.a or tokens[first - 2].word not in _CENTRES


def _goes_elsewhere(tokens: list[Token], before: int, value: Value) -> bool:
    """Whether another clause begins between the last value and this one."""
    return any(
        tokens[m].word in _VERBS or tokens[m].word in _CENTRES or tokens[m].word in (";", ".")
        for m in range(before, value.first)
    )


def _with_spread(value: Value) -> bool:
    """ "The SD for wax was 3.1 (95% CI 2.0 to 4.2)" has none of its own but an interval."""
    return any(spread.kind in ("sd", "se", "pm") for spread in value.spreads)
