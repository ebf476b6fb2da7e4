"""What the sign ± of a text stands for, in a bracket of its own: "(± SEM)" is "(mean ± SEM)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, word_set

MAYBE_SIGN = Clues("(\u00b1", "( \u00b1", "[\u00b1", "(+/-", "(+/\u2212")
_SPREADS = word_set("sd se sem standard")
_MEANS_IT = word_set("denotes is = indicates means represents being")


def signs_explained(tokens: list[Token]) -> None:
    """ "NRS was 4.0 ± 0.3 (± SEM)", "NRS (± SE) was 4.0 ± 0.3" is "(mean ± SEM)".

    Only where no number stands in the bracket: "(± 0.3 SEM)" is a spread of one value.
    """
    for k in range(len(tokens) - 3, -1, -1):
        if tokens[k].word not in ("(", "[") or tokens[k + 1].word != "\u00b1":
            continue
        if k and tokens[k - 1].word in CENTRES:
            continue  # "the mean (± SD) NRS"
        named = k + 2 + (tokens[k + 2].word in _MEANS_IT)
        if named >= len(tokens) or tokens[named].word not in _SPREADS:
            continue
        del tokens[k + 2 : named]
        at = tokens[k + 1].start
        tokens.insert(k + 1, Token("w", at, at, "mean", raw="mean"))
