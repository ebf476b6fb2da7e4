"""Sizes of groups that only their shares tell: "no tear (10 of 12), a partial tear (28 of 35)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.names_alike import paired
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document, View
    from evergrove.reading.text.tokens import Token

_FURTHEST = 14
_MOST_GROUPS = 4
_ENDS = word_set(". ; ) ] , were was had reported")


def sizes_by_shares(document: Document, names: list[str]) -> dict[str, Count]:
    """The size of each group of `names`, as the results print them, from "10 of 12", "10/12".

    Believed only where wholes that follow each other add up to everybody, and each of them stands
    beside a name that is like one group's: all names before their shares, or all behind.
    """
    cohort = document.declared.cohort
    if not 2 <= len(names) <= _MOST_GROUPS or cohort is None:
        return {}
    tokens = document.tokens
    shares = [(view, share) for view in document.views for share in _shares(tokens, view)]
    for start in range(len(shares) - len(names) + 1):
        run = shares[start : start + len(names)]
        if sum(tokens[whole].value for _, (_, whole) in run) != cohort.value:
            continue
        order = paired(names, _phrases(tokens, run))
        if order is not None:
            wholes = [run[at][1][1] for at in order]
            return {
                name: Count(int(tokens[at].value), at, at + 1)
                for name, at in zip(names, wholes, strict=True)
            }
    return {}


def _shares(tokens: list[Token], view: View) -> list[tuple[int, int]]:
    """The first token and the whole of every "10 of 12", "10 of the 12", "10/12" of a sentence."""
    found = []
    for k in range(view.a, view.b - 2):
        if tokens[k].kind != "n" or tokens[k + 1].word not in ("of", "/"):
            continue
        whole = k + 2 + (tokens[k + 2].word == "the")
        told = whole < view.b and tokens[whole].kind == "n" and "." not in tokens[whole].word
        if told and tokens[whole].value >= tokens[k].value:
            found.append((k, whole))
    return found


def _phrases(tokens: list[Token], run: list[tuple[View, tuple[int, int]]]) -> list[str]:
    """What stands before each share where the last one ends its clause, else what stands behind."""
    last, (_, whole) = run[-1]
    spans: list[tuple[int, int]] = []
    if _ends_clause(tokens, whole + 1, last.b):
        done = 0
        for view, (first, whole) in run:
            spans.append((max(view.a, first - _FURTHEST, done), first))
            done = whole + 1
    else:
        stops = [first for _, (first, _) in run[1:]] + [last.b]
        for (view, (_, whole)), stop in zip(run, stops, strict=True):
            spans.append((whole + 1, min(view.b, stop, whole + 1 + _FURTHEST)))
    return [text_of(tokens, a, b) for a, b in spans]


def _ends_clause(tokens: list[Token], k: int, b: int) -> bool:
    """Whether no name follows a share: not "39% (18/47) FOR LFS"."""
    if k < b and tokens[k].word == ")":
        return k + 1 >= b or tokens[k + 1].word not in ("for", "in", "of", "with")
    return k >= b or tokens[k].word in _ENDS
