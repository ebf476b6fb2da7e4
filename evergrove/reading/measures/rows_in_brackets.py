"""Rows of numbers in a bracket behind their measure: "NRS (week 3: -4; week 9: -5), KOOS (...)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.vectors import Vectors
from evergrove.reading.view import View


def rows_in_brackets(tokens: list[Token], view: View, runs: list[Run], vectors: Vectors) -> None:
    """ "Relief in NRS (3 months: -4; 2 years: -5) and gain in KOOS (3 months: 9; 2 years: 14)".

    All numbers of a bracket are of the one measure that is named ahead of it, behind the bracket
    before; only where two brackets hold rows so, and none names a measure itself.
    """
    inside: dict[int, list[int]] = {}
    for index, run in enumerate(runs):
        opened = open_bracket(tokens, view.a, run.first)
        if opened is None:
            return
        inside.setdefault(opened, []).append(index)
    if len(inside) < 2 or any(len(rows) < 2 for rows in inside.values()):
        return
    told: list[tuple[list[int], Mention]] = []
    start = view.a
    for opened, rows in sorted(inside.items()):
        named = [m for m in view.mentions if start <= m.first < opened and not m.anaphor]
        end = runs[rows[-1]].last
        if len(named) != 1 or any(opened < m.first < end for m in view.mentions):
            return
        told.append((rows, named[0]))
        start = end
    if len({mention.key for _, mention in told}) < len(told):
        return
    for rows, mention in told:
        for index in rows:
            vectors.set(index, [mention] * len(runs[index].values), "pre")
            vectors.mismatch[index] = False
