"""Signs that were lost on the way: "the mean (SD) was 8.1 0.8" for "8.1 ± 0.8"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

#: A text without this has no such pair.
MAYBE_LOST = re.compile(r"(?<![\d.])\d+\.\d+ \d+\.\d+(?![\d.]*\d)")
_SPREADS = word_set("sd sds se sem deviation deviations error errors")


def restore_lost(tokens: list[Token]) -> list[Token] | None:
    """The tokens with a ± between the two numbers of each pair; None where nothing was lost.

    Only where no ± is left in the text, a spread is named, and at least two pairs stand in it, each
    of one number of decimals, the second the smaller. Any other pair of bare numbers side by side
    says that something else was lost.
    """
    words = {token.word for token in tokens}
    if "±" in words or words.isdisjoint(_SPREADS):
        return None
    pairs = [k for k in range(1, len(tokens)) if _side_by_side(tokens, k)]
    if len(pairs) < 2 or not all(_mean_and_spread(tokens, k) for k in pairs):
        return None
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if k in pairs:
            before = tokens[k - 1]
            out.append(Token("s", before.end, token.start, "±", 0.0, True, "", "±"))
        out.append(token)
    return out


def _side_by_side(tokens: list[Token], k: int) -> bool:
    one, two = tokens[k - 1], tokens[k]
    return one.kind == two.kind == "n" and one.flag == two.flag == "" and two.start - one.end == 1


def _mean_and_spread(tokens: list[Token], k: int) -> bool:
    one, two = tokens[k - 1], tokens[k]
    decimals = [len(token.word.partition(".")[2]) for token in (one, two)]
    near = [tokens[m].word for m in (k - 2, k + 1) if 0 <= m < len(tokens)]
    alone = all(not word[:1].isdigit() for word in near) and near[0] not in ("/", "-", "–")
    return alone and decimals[0] == decimals[1] > 0 and two.value < one.value
