"""The letter M for a mean, as psychologists print it: "(M = 2.1, SD = 0.8)"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token

MAYBE_LETTER = re.compile(r"\bM ?[=:]? ?[-−]?\d[\d.]*[,;]? ?SD\b")


def spell_means(tokens: list[Token]) -> None:
    """ "gel: M = 2.1, SD = 0.8": the letter is read as the word "mean", unless a group is M."""
    places = [
        k
        for k in range(1, len(tokens) - 3)
        if tokens[k].raw == "M"
        and tokens[k].mark is None
        and "sd" in [token.word for token in tokens[k + 2 : k + 6]]
    ]
    if not any(
        tokens[k - 1].word in ("group", "arm")
        for k in range(1, len(tokens))
        if tokens[k].raw == "M"
    ):
        for k in places:
            tokens[k].word = "mean"
