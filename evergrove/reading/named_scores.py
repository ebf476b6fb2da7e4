"""Scores printed right behind the name of a group: "(wax group 1 [0 to 2] vs ...)"."""

from __future__ import annotations

from evergrove.reading.tokens import Token
from evergrove.reading.words import is_content, word_set


def score_of_named(tokens: list[Token], i: int, b: int) -> bool:
    """ "(wax group 1 [0 to 2] vs CLAY GROUP 2 [1 to 3])": a score behind a name, no "group 2"."""
    if i == 0 or i + 3 >= b or tokens[i + 1].kind != "n":
        return False
    name = tokens[i - 1]
    named = name.kind == "w" and is_content(name.word) and name.word not in _DESCRIBES_GROUP
    spread = tokens[i + 2].word in ("(", "[") and tokens[i + 3].kind == "n"
    return named and (spread or tokens[i + 2].word == "±")


_DESCRIBES_GROUP = word_set("study treatment patient patients age risk subgroup experimental")
