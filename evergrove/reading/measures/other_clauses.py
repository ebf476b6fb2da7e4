"""Names of a clause that has ended before the clause of a value begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CHANGE,
    CHANGE_NOUNS,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    word_set,
)

if TYPE_CHECKING:
    from evergrove.reading.frames import Labels, Run

_JOINTS = word_set("; , and while whereas whilst but however")


def of_clause_before(tokens: list[Token], lists: list[Labels], labels: Labels, run: Run) -> bool:
    """ "LEAKS occurred in 12 nuns; compared with baseline (8.1), the VAS was 3": of no value.

    Whether the unknown measure of `labels` does not lead to the run: its clause has a verb and has
    ended, what stands between its end and the run is a phrase without a verb, and the measure of
    the run stands right behind it.
    """
    if labels.kind != "measure" or any(item.key for item in labels.items):
        return False
    value = run.first
    behind = [one for one in lists if one.kind == "measure" and 0 <= one.first - run.last <= 6]
    if not any(one.items[0].key for one in behind):
        return False
    joint = 0
    verb = False
    for k in range(labels.last, value):
        word = tokens[k].word
        if verb and word in _JOINTS:
            joint = k
        elif word in VERBS and word != "compared":
            if joint:
                return False
            verb = True
    return joint > 0 and any(tokens[k].word in _SETS_AGAINST for k in range(joint + 1, value))


def fronted_comparison(tokens: list[Token], a: int, run: Run) -> bool:
    """ "...; COMPARED WITH BASELINE (8.1), the VAS was 3": a phrase that opens a clause."""
    k = run.first - 1
    while k > a and tokens[k].word not in _JOINTS and run.first - k < 8:
        if tokens[k].word in VERBS and tokens[k].word != "compared":
            return False
        k -= 1
    return tokens[k].word in _JOINTS and tokens[k + 1].word in ("compared", "relative", "versus")


def befell(tokens: list[Token], k: int) -> bool:
    """Whether the name at token k is what people had: "two DEVELOPED transient leg pain"."""
    k -= 1
    while k > 0 and tokens[k].kind == "w" and is_content(tokens[k].word):
        if getattr(tokens[k].mark, "kind", "qualifier") != "qualifier":
            return False
        k -= 1
    return tokens[k].word in _BEFELL


_BEFELL = word_set("had have has having developed experienced suffered sustained required needed")


def reached_by_share(tokens: list[Token], first: int, then: int) -> bool:
    """ "74% HAD AT LEAST 50% PAIN RELIEF, VAS fell from 7 to 2": what a share of people reached.

    Whether the name at token `first` is what some had, and the one at `then` has a verb of its own.
    """
    k = had_by_people(tokens, first)
    if not k:
        return False
    share = any(tokens[m].word in ("%", "percent") for m in range(max(0, k - _LONGEST), k))
    if not share and CHANGE_NOUNS.isdisjoint(tokens[m].word for m in range(k, then)):
        return False
    ahead = range(then, min(then + _LONGEST, len(tokens)))
    stop = next((m for m in ahead if tokens[m].kind == "n" or tokens[m].word in ".;"), ahead.stop)
    return any(tokens[m].word in STATE or tokens[m].word in CHANGE for m in range(then, stop))


def had_by_people(tokens: list[Token], at: int) -> int:
    """The verb of "61% of patients REPORTED good pain relief" for a noun at token `at`, or 0."""
    k = at - 1
    while k > 0 and at - k < _LONGEST and tokens[k].word not in _REACHED:
        if tokens[k].word in (",", ";", ".") or tokens[k].word in STATE:
            return 0
        k -= 1
    if k <= 0 or tokens[k].word not in _REACHED:
        return 0
    ahead = (tokens[m].word for m in range(max(0, k - _LONGEST), k))
    return k if any(word in PEOPLE or word in ("%", "percent") for word in ahead) else 0


_REACHED = word_set(
    "had have reported achieved experienced obtained showed attained gained noted described reached"
)
_LONGEST = 9


def based(run: Run) -> bool:
    """Whether the one time right before the run is baseline."""
    told = run.pre.get("time", [])
    return bool(told) and [time.kind for time in told[-1].items] == ["base"]


_SETS_AGAINST = word_set("compared relative contrast versus against than from")
