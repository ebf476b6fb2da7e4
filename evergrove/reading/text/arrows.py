"""Scores joined by arrows: "NRS 7.1 → 3.5 → 3.2", "the NRS improved 7.4 → 2.5"."""

from __future__ import annotations

import itertools

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, SCORE_UNITS

ARROWS = frozenset(("\u2192", "\u21d2", "\u27f6", "=>", "->", "-->"))
MAYBE_ARROW = Clues("\u2192", "\u21d2", "\u27f6", (">", r">(?<=[=-]>)"))
_OF_VALUE = frozenset({"mm", "cm", "points", "sd", "se", "sem", "ci", "iqr", "range"})
_BEHIND = SCORE_UNITS | {"sd", "se", "sem"}
_FAR = 16  # tokens of the bracket of a score


def spell_arrows(tokens: list[Token]) -> None:
    """Three values joined by arrows are a list, one for each time; two behind a verb a frame."""
    arrows = [i for i, token in enumerate(tokens) if token.kind == "s" and token.raw in ARROWS]
    for one, two in itertools.pairwise(arrows):
        if two - one <= 12 and _one_value(tokens[one + 1 : two]):
            tokens[one].word = tokens[two].word = ","
    for i in reversed(arrows):
        first = behind_verb(tokens, i) if tokens[i].word == "to" else None
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


def behind_verb(tokens: list[Token], arrow: int) -> int | None:
    """Where the one value before an arrow begins, if right behind a verb of change; else None.

    A colon may stand between: "the NRS fell: 7.4 (SD 1.2) → 2.5".
    """
    first = _head_of_value(tokens, arrow - 1)
    if first < 2 or tokens[first].kind != "n":
        return None
    lead = tokens[first - 2] if tokens[first - 1].word == ":" else tokens[first - 1]
    moved = lead.word in CHANGE and lead.word not in CHANGE_NOUNS - {"falls", "drops", "improves"}
    return first if moved else None


def _head_of_value(tokens: list[Token], k: int) -> int:
    """Where "7.4 ± 1.2 mm", "7.4 (95% CI 6.7 to 7.9)" begins, of which token k is the last."""
    k = _before_unit(tokens, k)
    if tokens[k].word in (")", "]"):
        opened = open_bracket(tokens, max(0, k - _FAR), k)
        k = 0 if opened is None else _before_unit(tokens, opened - 1)
    if tokens[k].kind == "n" and tokens[k - 1].word == "±":
        k = _before_unit(tokens, k - 2)
    return k


def _before_unit(tokens: list[Token], k: int) -> int:
    """The token before "mm", "SD", "/10" at k; k itself where none is there."""
    if tokens[k].word in ("10", "100") and tokens[k - 1].word == "/":
        return k - 2
    return k - (tokens[k].word in _BEHIND)
