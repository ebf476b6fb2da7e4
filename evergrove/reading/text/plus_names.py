"""Names of groups with a plus behind: "the WX GROUP and the WX+ GROUP" are two groups."""

from __future__ import annotations

import re
from collections import Counter

from evergrove.reading.text.hidden_signs import hidden
from evergrove.reading.text.tokens import Token

#: A text without this has no such name.
MAYBE_PLUS = re.compile(r"[A-Za-z]\+[ ),.;:]")
_ENDS = frozenset("),.;:")


def join_plus(tokens: list[Token]) -> list[Token]:
    """The tokens with "WX+" as one word, where WX+ and WX alone both stand twice in the text."""
    plus = [k for k in range(1, len(tokens) - 1) if _glued(tokens, k)]
    with_plus = Counter(tokens[k - 1].word for k in plus)
    named = {word for word, times in with_plus.items() if times > 1}
    if not named:
        return tokens
    alone = Counter(token.word for token in tokens if token.word in named)
    named = {word for word in named if alone[word] - with_plus[word] > 1}
    joined = {k for k in plus if tokens[k - 1].word in named}
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if k not in joined:
            out.append(token)
            continue
        first = out.pop()
        raw = first.raw + hidden("+")
        out.append(Token("w", first.start, token.end, raw.lower(), 0.0, first.spaced, "", raw))
    return out


def _glued(tokens: list[Token], k: int) -> bool:
    """Whether a plus stands right behind a word and ends it: not "WX+CL", "WX + CL"."""
    if tokens[k].word != "+" or tokens[k].spaced or tokens[k - 1].kind != "w":
        return False
    return tokens[k + 1].spaced or tokens[k + 1].word in _ENDS
