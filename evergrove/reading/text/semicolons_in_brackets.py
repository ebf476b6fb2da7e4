"""Semicolons in a bracket behind a score: "2.4 (week 4; p < 0.01) and 1.9" ends no clause there."""

from __future__ import annotations

import itertools
import re

from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import SCORE_UNITS, word_set

# A bracket is sought before what stands ahead of it: there are more digits than brackets.
MAYBE_SEMICOLON = re.compile(r"[(\[](?<=[\d)a-z% ].)[^()\[\];]{2,40};")
_LONGEST = 24
_LONGEST_PART = 5
_UNITS = word_set("day days week weeks month months year years hour hours h fortnight")
_SPREADS = word_set("sd se sem ci iqr range")
_SIGNS = word_set("< > = ≤ ≥")


def join_parts(tokens: list[Token]) -> None:
    """ "by 2.4 (week 4; p < 0.01) and 1.9 (...)" is "(week 4, p < 0.01)": what is told of it.

    Where each part is a p, a time, a spread or a name, and none of them holds a score of its own.
    """
    for k in range(1, len(tokens) - 3):
        if tokens[k].word not in OPENS or not _behind_score(tokens[k - 1]):
            continue
        closed = close_bracket(tokens, k, min(len(tokens), k + _LONGEST))
        if closed is None:
            continue
        signs = [m for m in range(k + 1, closed) if tokens[m].word == ";"]
        ends = [k, *signs, closed]
        parts = [tokens[a + 1 : b] for a, b in itertools.pairwise(ends)]
        kinds = [_kind(part) for part in parts]
        if signs and all(kinds) and not {"time", "name"}.isdisjoint(kinds):
            for m in signs:
                tokens[m].word = ","


def _behind_score(token: Token) -> bool:
    return token.kind == "n" or token.word in SCORE_UNITS or token.word in CLOSES


def _kind(part: list[Token]) -> str:
    """What a part of a bracket tells: "p", "spread", "time" or "name"; "" where it may be more."""
    if not part:
        return ""
    numbers = [token for token in part if token.kind == "n"]
    first = part[0].word
    if first == "p":
        told = len(numbers) == 1 and len(part) > 2 and part[1].word in _SIGNS
        return "p" if told else ""
    if not _SPREADS.isdisjoint(token.word for token in part[:3]):
        return "spread" if numbers else ""
    if len(part) > _LONGEST_PART or any(token.kind == "s" for token in part):
        return ""
    if not _UNITS.isdisjoint(token.word for token in part):
        return "" if any("." in token.word for token in numbers) else "time"
    return "" if numbers else "name"
