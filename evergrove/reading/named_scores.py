"""Scores printed right behind the name of a group: "(wax group 1 [0 to 2] vs ...)"."""

from __future__ import annotations

from evergrove.reading.tokens import Token
from evergrove.reading.words import GROUP, STATE, is_content, word_set


def score_of_named(tokens: list[Token], i: int, b: int) -> bool:
    """ "(wax group 1 [0 to 2] vs CLAY GROUP 2 [1 to 3])": a score behind a name, no "group 2"."""
    if i == 0 or i + 1 >= b or tokens[i + 1].kind != "n":
        return False
    name = tokens[i - 1]
    if name.kind != "w" or not is_content(name.word) or name.word in _DESCRIBES_GROUP:
        return False
    if tokens[i + 1].value >= _NO_SHORT_NAME:
        return True  # "and in the ADVICE ARM 42 mm"
    if i + 2 >= b:
        return False
    behind = tokens[i + 2].word
    if behind in _UNITS or behind == "±":
        return True
    if behind in ("(", "["):
        inside = tokens[i + 3] if i + 3 < b else tokens[i + 2]
        return inside.kind == "n" or inside.word in _SPREADS
    return _scored_before(tokens, i)


def _scored_before(tokens: list[Token], i: int) -> bool:
    """ "3 in the wax group and in THE CLAY GROUP 4", "in the wax group WAS 3 and ...": its like."""
    for k in range(max(1, i - 14), i - 2):
        if tokens[k].word not in GROUP or tokens[k].word.endswith("s"):
            continue
        said = tokens[k + 1].word in STATE and tokens[k + 2].kind == "n"
        if said and is_content(tokens[k - 1].word):
            return True
    return False


_NO_SHORT_NAME = 10  # groups are numbered up to nine
_UNITS = word_set("mm cm points point")
_SPREADS = word_set("sd se sem iqr range ci ±")
_DESCRIBES_GROUP = word_set("study treatment patient patients age risk subgroup experimental")
