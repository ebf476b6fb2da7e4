"""Scores joined by arrows: "NRS 7.1 → 3.5 → 3.2", "the NRS improved 7.4 → 2.5"."""

from __future__ import annotations

import itertools

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS

ARROWS = frozenset(("\u2192", "\u21d2", "\u27f6", "=>", "->", "-->"))
MAYBE_ARROW = Clues("\u2192", "\u21d2", "\u27f6", (">", r">(?<=[=-]>)"))
_OF_VALUE = frozenset({"mm", "cm", "points", "sd", "se", "sem", "ci", "iqr", "range"})
_FAR = 9  # tokens of a score with its spread


def spell_arrows(tokens: list[Token]) -> None:
    """Three values joined by arrows are a list, one for each time; two behind a verb a frame."""
    arrows = [i for i, token in enumerate(tokens) if token.kind == "s" and token.raw in ARROWS]
    for one, two in itertools.pairwise(arrows):
        if two - one <= 12 and _one_value(tokens[one + 1 : two]):
            tokens[one].word = tokens[two].word = ","
    for i in reversed(arrows):
        first = _behind_verb(tokens, i) if tokens[i].word == "to" else None
        if first is not None:
            # "improved 7.4 → 2.5" is "improved FROM 7.4 to 2.5", and no fall by 7.4
            start = tokens[first].start
            tokens.insert(first, Token("w", start, start, "from", raw="from"))


def _one_value(between: list[Token]) -> bool:
    """ "→ 43 mm →", "→ 4.3 (95% CI, 3.8-4.8) →": whether one value stands there, and no more."""
    depth = 0
    for token in between:
        depth += (token.raw in "([") - (token.raw in ")]")
        if (token.raw in ",;" and not depth) or (token.kind == "w" and token.word not in _OF_VALUE):
            return False
    return True


def _behind_verb(tokens: list[Token], arrow: int) -> int | None:
    """Where the one value before an arrow begins, if right behind a verb of change; else None."""
    for first in range(arrow - 1, max(0, arrow - _FAR), -1):
        if tokens[first].kind != "n" or tokens[first - 1].kind != "w":
            continue
        verb = tokens[first - 1].word
        moved = verb in CHANGE and verb not in CHANGE_NOUNS - {"falls", "drops", "improves"}
        return first if moved and _one_value(tokens[first:arrow]) else None
    return None
