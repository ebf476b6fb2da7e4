"""Rows without the names of their numbers: "wax, mean 5.6, SD 2.1; CLAY, 3.8 AND 1.6"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Cell

_ENDS = word_set("; . , and while whereas")
_FAR = 10


def bare_row(tokens: list[Token], run: Run, before: Cell | None) -> bool:
    """Whether the two numbers of a run are a mean and its SD, in a row right behind such a row.

    "; clay, 3.8 AND 1.6": a name, a comma and nothing else behind the semicolon. The row before
    has its spread in words, told apart from its mean by a comma, a bracket or "and".
    """
    if before is None or not before.value.spreads or run.last >= len(tokens):
        return False
    one, two = run.values
    spread = before.value.spreads[0]
    if not spread.stated and "elliptical_roles" not in before.reasons:
        return False
    tight = two.first - one.last == 1 and tokens[one.last].word == "and"
    if not tight or two.value > one.value or "." not in tokens[one.at].word:
        return False
    if tokens[one.first - 1].word not in (",", ":") or tokens[two.last].word not in _ENDS:
        return False
    k = one.first - 2
    while k > one.first - _FAR and tokens[k].word != ";" and tokens[k].kind != "n":
        k -= 1
    ends = {before.value.last, before.run.last, before.value.last + 1}
    return tokens[k].word == ";" and k < one.first - 2 and k in ends
