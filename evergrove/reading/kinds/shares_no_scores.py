"""Percentages that nothing made a change or a difference, of a measure that is not in per cent."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.text.words import word_set
from evergrove.reading.vectors import Cell
from evergrove.reading.view import View

#: What a sentence without has no percentages.
MAYBE_SHARES = word_set("% percent cent")


def without_shares(document: Document, view: View, cells: list[Cell]) -> list[Cell]:
    """ "The responders (a fall in VAS of half or more) were 64% WITH WAX": no score of 64.

    Whatever it is a share of, no VAS is 64%. An open profile knows no instrument's unit.
    """
    profile = document.profile
    if profile.open:
        return cells
    kept = []
    for cell in cells:
        known = profile.measures.get(cell.mention.key or "") if cell.mention is not None else None
        value = cell.value
        printed = {token.word for token in document.tokens[value.at : value.last]}
        # "they were 2.4 AND 19%": the sign is of the second alone
        share = value.percent and cell.run.stat == "level" and not printed.isdisjoint(MAYBE_SHARES)
        if share and known is not None and not known.percent:
            view.q.rejected[cell.value.at] = "percentage"
        else:
            kept.append(cell)
    return kept
