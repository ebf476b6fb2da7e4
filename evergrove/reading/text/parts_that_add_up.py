"""Sizes of groups in a bracket, which add up: "150 nuns (WAX: 83; CLAY: 67)" is "(wax, n = 83)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.people_nouns import may_be_people
from evergrove.reading.text.tokens import Token, close_bracket

#: A text without such a bracket, in small letters, has no such sizes.
MAYBE_PARTS = Clues(
    (": ", r"\d [a-z -]{3,40}\([a-z][^():]{0,40}: \d+[,;] (?:and )?[^():]{1,40}: \d"),
    words=frozenset(":"),
)
_LONGEST = 40


def parts_that_add_up(tokens: list[Token]) -> None:
    """Read the colons of such a bracket as ", n =", where the parts add up to the whole.

    Not "7 points (wax: 4; clay: 3)", "12 nuns (range: 4; 8)": people are counted before it, and the
    sum is theirs.
    """
    for opened in range(len(tokens) - 6, 1, -1):
        if tokens[opened].word != "(":
            continue
        whole = _people_before(tokens, opened)
        close = (
            close_bracket(tokens, opened, min(len(tokens), opened + _LONGEST)) if whole else None
        )
        if close is None:
            continue
        heads = _headed(tokens, opened, close)
        if len(heads) > 1 and sum(tokens[k + 1].value for k in heads) == whole:
            for k in reversed(heads):
                at = tokens[k].end
                tokens[k : k + 1] = [
                    Token("s", at, at, ",", raw=","),
                    Token("w", at, at, "n", raw="n"),
                    Token("s", at, at, "=", raw="="),
                ]


def _people_before(tokens: list[Token], opened: int) -> float:
    """The number of the people right before a bracket: "150 (older) nuns ("; 0 where none is."""
    if not may_be_people(tokens, opened - 1):
        return 0
    for k in range(opened - 2, max(-1, opened - 5), -1):
        if tokens[k].kind == "n":
            plain = tokens[k].flag in ("", "word") and "." not in tokens[k].word
            return tokens[k].value if plain else 0
        if tokens[k].kind != "w":
            return 0
    return 0


def _headed(tokens: list[Token], opened: int, close: int) -> list[int]:
    """The colons of a bracket, each ahead of a whole number; [] where it holds other numbers."""
    heads: list[int] = []
    for k in range(opened + 1, close):
        if tokens[k].kind != "n":
            continue
        whole = "." not in tokens[k].word and not tokens[k].flag
        if (
            not whole
            or tokens[k - 1].word != ":"
            or tokens[k + 1].word not in (",", ";", ")", "and")
        ):
            return []
        heads.append(k - 1)
    return heads
