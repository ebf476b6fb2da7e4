"""Names in two halves with a colon: "THC:CBD extract" is one treatment, and no heading."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token

#: A text without this has no such name.
MAYBE_HALVES = re.compile(r"\b[A-Z]{2,5}:[A-Z]{2,5}\b")


def join_halves(tokens: list[Token]) -> list[Token]:
    """The tokens with "AB:CD" as one word, where it is printed so more than once.

    A heading that lost its space ("RESULTS:VAS fell") stands once.
    """
    told: dict[str, int] = {}
    for k in range(len(tokens) - 2):
        if _halves(tokens, k):
            name = tokens[k].raw + tokens[k + 2].raw
            told[name] = told.get(name, 0) + 1
    if not any(count > 1 for count in told.values()):
        return tokens
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        halves = k + 2 < len(tokens) and _halves(tokens, k)
        if halves and told[token.raw + tokens[k + 2].raw] > 1:
            raw = f"{token.raw}:{tokens[k + 2].raw}"
            end = tokens[k + 2].end
            token = Token("w", token.start, end, raw.lower(), 0.0, token.spaced, "", raw)
            k += 2
        out.append(token)
        k += 1
    return out


def _halves(tokens: list[Token], k: int) -> bool:
    """Whether two short names in capitals stand at k with a colon and no space between them."""
    one, colon, two = tokens[k : k + 3]
    if colon.word != ":" or colon.spaced or two.spaced:
        return False
    return all(t.kind == "w" and t.raw.isupper() and 1 < len(t.raw) < 6 for t in (one, two))
