"""Names that have a number of their own: "2.4 at 1 year (ODI, 21)" is no ODI of 2.4."""

from __future__ import annotations

from evergrove.reading.frames import Labels
from evergrove.reading.text.tokens import Token


def heads_number(tokens: list[Token], labels: Labels) -> bool:
    """ "2.4 at 1 year (ODI, 21)", "(responders, 71%)": a name in a bracket with its own number.

    Such a name says nothing of the number before the bracket.
    """
    k = labels.last
    if tokens[labels.first - 1].word not in ("(", "[") or k + 1 >= len(tokens):
        return False
    k += tokens[k].word in (",", ":", "=")
    return k > labels.last and tokens[k].kind == "n" and len(labels.items) == 1
