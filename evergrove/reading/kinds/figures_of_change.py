"""Figures of a change told in the sentence before: "NRS fell by 4. At 1 year the FIGURE was 3"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Cell, Memory
from evergrove.reading.view import View

FIGURES = word_set("figure figures amount amounts")
_BETTER = {"lower": "-", "higher": "+"}


def figures_of_change(document: Document, view: View, runs: list[Run], memory: Memory) -> None:
    """ "ODI fell by 12 and NRS by 4 at 1 month. At 1 year THE FIGURES were 9 and 3": still changes.

    They keep the sign that all of them had, or are for the better where all of them were.
    """
    tokens = document.tokens
    at = next((k for k in range(view.a, view.b) if tokens[k].word in FIGURES), view.b)
    told = [run for run in runs if run.stat == "level" and run.role in ("state", "of")]
    if not told or any(run.first < at for run in told) or len(told) < len(runs):
        return
    if any(value.percent for run in told for value in run.values):
        return
    signs = {cell.run.sign for cell in memory.cells}
    sign = signs.pop() if len(signs) == 1 else ""
    if not sign and all(_for_the_better(document, cell.run.sign, cell) for cell in memory.cells):
        sign = "better"
    for run in told:
        run.stat, run.sign, run.cue, run.inherits = "change", sign, memory.cells[-1].run.cue, True
        run.role = "of"


def _for_the_better(document: Document, sign: str, cell: Cell) -> bool:
    """Whether a change of a cell went where its measure is better."""
    mention = cell.mention
    measure = document.profile.measures.get(mention.key or "") if mention is not None else None
    if measure is None or mention is None:
        return False
    return sign == "better" or sign == _BETTER.get(measure.better(mention.qualifier), "?")
