"""Whole scores right behind a group: "NRS was 5 in the clay group and 2 ..., THE WAX GROUP 2"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, is_content, word_set

#: A text without this has no such score.
MAYBE_BEHIND = re.compile(r"[a-z] (?:group|arm) \d{1,3}(?! ?[.,]?\d)")
_TURNS = word_set("and while whereas versus vs but ,")
_ENDS = word_set("( [ . , ; )")
_REACH = 8


def spell_scores(tokens: list[Token]) -> list[Token]:
    """ "The clay group had an NRS of 5 and the wax group 2 (p = 0.01)": as "the wax group OF 2".

    Only where the text numbers no groups: "group 1 ... and group 2" tells names.
    """
    numbered = [k for k in range(1, len(tokens)) if _behind_group(tokens, k)]
    if len({tokens[k].value for k in numbered}) != 1 or not _in_turn(tokens, numbered[0]):
        return tokens
    k = numbered[0]
    if len(numbered) > 1:
        return tokens
    at = tokens[k - 1].end
    return [*tokens[:k], Token("w", at, at, "of", 0.0, True, "", "of"), *tokens[k:]]


def _behind_group(tokens: list[Token], k: int) -> bool:
    """Whether a number follows "group", "groups" or "arm", perhaps as the name of one."""
    return tokens[k].kind == "n" and tokens[k - 1].word in GROUP


def _in_turn(tokens: list[Token], k: int) -> bool:
    """Whether a group of another name and its score were told just before."""
    whole = tokens[k].raw.isdigit() and k + 1 < len(tokens) and tokens[k + 1].word in _ENDS
    if not whole or k < 5 or not is_content(tokens[k - 2].word):
        return False
    turn = next((m for m in range(k - 2, k - 2 - _REACH, -1) if tokens[m].word in _TURNS), 0)
    ahead = [tokens[m] for m in range(max(0, turn - 3), turn)]
    return turn > 0 and any(token.kind == "n" for token in ahead)
