"""Letters and numbers of groups that a hyphen joins to "group": "in Group-A" is "in group A"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: A text without this has no such name.
MAYBE_HYPHENED = re.compile(r"\b[Gg](?:roup|ROUP)-(?:[A-Za-z]|\d|I{1,3}|IV)\b")
_GROUP = word_set("group")


def split_hyphened(tokens: list[Token]) -> list[Token]:
    """The tokens without the hyphen of "Group-A", "group-2" and "Group-II"; not of "group-wise"."""
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if token.word == "-" and 0 < k < len(tokens) - 1 and _names_group(tokens, k):
            tokens[k + 1].spaced = True
            continue
        out.append(token)
    return out


def _names_group(tokens: list[Token], k: int) -> bool:
    name = tokens[k + 1]
    if tokens[k - 1].word not in _GROUP or name.spaced or tokens[k].spaced:
        return False
    joined = k + 2 < len(tokens) and tokens[k + 2].word == "-" and not tokens[k + 2].spaced
    return not joined and re.fullmatch(r"[A-Za-z]|\d|I{1,3}|IV", name.raw) is not None
