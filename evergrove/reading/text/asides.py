"""What a clause says beside its score: "VAS was 7, unrelated to stump length, and 3 later"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.document import View

#: A sentence without any of these has no such aside.
MAYBE_ASIDE = word_set("unrelated uncorrelated irrespective regardless independent independently")
_LEADS = {
    "unrelated": "to", "uncorrelated": "with", "irrespective": "of", "regardless": "of",
    "independent": "of", "independently": "of",
}  # fmt: skip
_GOES_ON = word_set("and but while whereas then")


def asides(tokens: list[Token], view: View) -> set[int]:
    """Tokens of ", UNRELATED TO AGE, SEX OR STUMP LENGTH,": nothing in it is what was scored.

    It ends at the comma before "and", else at its first comma, else with the clause. No number may
    stand in it.
    """
    out: set[int] = set()
    for k in range(view.a + 1, view.b - 2):
        lead = _LEADS.get(tokens[k].word)
        if lead is None or tokens[k + 1].word != lead or tokens[k - 1].word not in _OPENS:
            continue
        stop = k + 2
        commas: list[int] = []
        while stop < view.b and tokens[stop].word not in _CLOSES and tokens[stop].kind != "n":
            if tokens[stop].word == ",":
                commas.append(stop)
            stop += 1
        on = [m for m in commas if m + 1 < view.b and tokens[m + 1].word in _GOES_ON]
        ends = on or commas
        if ends:
            out.update(range(k, ends[0]))
        elif stop >= view.b or tokens[stop].kind != "n":
            out.update(range(k, stop))
    return out


_OPENS = word_set(", ( -")
_CLOSES = word_set("; . )")
