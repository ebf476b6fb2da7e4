"""Groups that the clause before tells of: "age was 61 in men and 60 in women; VAS fell to 2.2"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.text.small_words import STARTS_CLAUSE
from evergrove.reading.text.tokens import Token
from evergrove.reading.vectors import Cell
from evergrove.reading.view import View

_JOINS = STARTS_CLAUSE - {";"}


def without_groups_of_other(document: Document, view: View, cells: list[Cell]) -> None:
    """Scores behind a clause that tells a number of each of two groups are not of the last of them.

    "Mean age was 61.2 IN MEN AND 60.1 IN WOMEN; the mean VAS was 7.1 before and 2.2 at 6 weeks": of
    everybody, which is queued as `arm_unclear`. The clause of the scores names its own measure and
    no group; of two scores in turn for both groups nothing is said here.
    """
    last = _last_clause(document.tokens, view)
    if not last:
        return
    if any(cell.value.first < last for cell in cells):
        return  # "NRS was 3.1 with wax and 4.2 with clay; ODI was 20": perhaps of the last
    given = {cell.arm.name for cell in cells if cell.arm is not None}
    if len(given) != 1 or any(cell.arm is None for cell in cells):
        return
    if any(cell.mention is None or cell.mention.first < last for cell in cells):
        return
    sizes = {arm.count.at for arm in view.arms if arm.count is not None}
    sizes |= {arm.arm.n.at for arm in view.arms if arm.arm is not None and arm.arm.n is not None}
    for cell in cells:
        if cell.count is not None and (cell.count.at in sizes or cell.count.at < last):
            cell.count = None
        cell.arm = None
    document.queue.add("arm_unclear")


def _last_clause(tokens: list[Token], view: View) -> int:
    """Where the clause behind all groups begins, if a number is told of each of these; or 0."""
    end = max(arm.last for arm in view.arms)
    if len({arm.name for arm in view.arms}) < 2:
        return 0
    numbers = sum(tokens[k].kind == "n" for k in range(view.a, end))
    if numbers < 2:
        return 0
    for k in range(end, view.b - 1):
        joined = tokens[k].word == "," and tokens[k + 1].word in _JOINS
        if tokens[k].word == ";" or joined:
            named = any(mention.first > k and mention.key for mention in view.mentions)
            return k if named else 0
    return 0
