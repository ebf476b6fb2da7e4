"""Sizes of groups that only their shares tell: "no tear (10 of 12), a partial tear (28 of 35)".

For groups as the results print them; `responders.sizes_of_fractions` gives declared ones theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.names_alike import paired
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View

_FURTHEST = 14
_MOST_GROUPS = 4
_APART = word_set("; .")


def sizes_by_shares(document: Document, names: list[str]) -> dict[str, Count]:
    """The size of each group of `names`, as the results print them, from "10 of 12", "10/12".

    Believed only where wholes that follow each other add up to everybody, and each of them stands
    beside a name that is like one group's: all names before their shares, or all behind. Nothing is
    given where the two ways to read them differ.
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
        read = [
            paired(names, texts, unmet=0) for texts in (_before(tokens, run), _behind(tokens, run))
        ]
        orders = [order for order in read if order is not None]
        if orders and orders[0] == orders[-1]:
            wholes = [run[at][1][1] for at in orders[0]]
            return {
                name: Count(int(tokens[at].value), at, at + 1)
                for name, at in zip(names, wholes, strict=True)
            }
    return {}


def _shares(tokens: list[Token], view: View) -> list[tuple[int, int]]:
    """The first token and the whole of every "10 of 12", "10 of the 12", "10/12" of a sentence."""
    found = []
    for k in view.numbers:
        if k + 2 >= view.b or tokens[k + 1].word not in ("of", "/"):
            continue
        whole = k + 2 + (tokens[k + 2].word == "the")
        told = whole < view.b and tokens[whole].kind == "n" and "." not in tokens[whole].word
        if told and tokens[whole].value >= tokens[k].value:
            found.append((k, whole))
    return found


def _before(tokens: list[Token], run: list[tuple[View, tuple[int, int]]]) -> list[str]:
    """What stands before each share: behind the one before, within the clause."""
    texts, done = [], 0
    for view, (first, whole) in run:
        start = max(view.a, first - _FURTHEST, done)
        start = max((k + 1 for k in range(start, first) if tokens[k].word in _APART), default=start)
        texts.append(text_of(tokens, start, first))
        done = whole + 1
    return texts


def _behind(tokens: list[Token], run: list[tuple[View, tuple[int, int]]]) -> list[str]:
    """What stands behind each share: ahead of the next one, within the clause."""
    texts = []
    stops = [first for _, (first, _) in run[1:]] + [len(tokens)]
    for (view, (_, whole)), stop in zip(run, stops, strict=True):
        end = min(view.b, stop, whole + 1 + _FURTHEST)
        end = next((k for k in range(whole + 1, end) if tokens[k].word in _APART), end)
        texts.append(text_of(tokens, whole + 1, end))
    return texts
