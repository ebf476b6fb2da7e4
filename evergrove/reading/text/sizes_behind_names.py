"""Sizes behind the names of groups in brackets: "3.1 (wax, 22 patients)" is "(wax, n = 22)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, word_set

# Not women or men, who may be a part of the group.
_PEOPLE = word_set("patients pts cases subjects participants adults nuns people")
MAYBE_SIZED_NAMES = Clues(
    *((f"{word})", rf"\([^()\d]+, \d+ {word}\)") for word in sorted(_PEOPLE)), words=_PEOPLE
)
_ENDS_SCORE = word_set(") mm cm points point pts")
_LONGEST = 12
# "(range, 22 patients)": no name of a group
_NO_NAME = word_set(") , ; . mean median range sd se iqr n p vs versus years men women")


def spell_sizes(tokens: list[Token]) -> list[Token]:
    """The tokens with "n = 22" in each bracket that names a group and counts its patients.

    "3.1 (wax, 22 PATIENTS) and 4.4 (clay, 24 PTS)", "Group A (wax + clay, 22 PTS) ...
    Group B (clay, 24 PTS)": two or more, each right behind a score or a group's short name. One
    alone may be of an event: "three leaks (lateral, 2 patients)".
    """
    found = [k for k in range(3, len(tokens) - 1) if _counts_group(tokens, k)]
    if len(found) < 2:
        return tokens
    out: list[Token] = []
    done = 0
    for k in found:
        at = tokens[k].start
        out += tokens[done:k]
        out += [Token("w", at, at, "n", raw="n"), Token("s", at, at, "=", raw="=")]
        out.append(tokens[k])
        done = k + 2
    return out + tokens[done:]


def _counts_group(tokens: list[Token], k: int) -> bool:
    """Whether the number at k is the last of a bracket that holds no other, ahead of people."""
    number = tokens[k]
    if number.kind != "n" or not number.raw.isdigit() or number.value < 2:
        return False
    if tokens[k + 1].word not in _PEOPLE or tokens[k - 1].word != ",":
        return False
    if k + 2 >= len(tokens) or tokens[k + 2].word != ")":
        return False
    for m in range(k - 2, max(0, k - _LONGEST), -1):
        if tokens[m].word == "(":
            return m < k - 2 and _behind_score_or_group(tokens, m - 1)
        if tokens[m].kind == "n" or tokens[m].word in _NO_NAME:
            return False
    return False


def _behind_score_or_group(tokens: list[Token], k: int) -> bool:
    """Whether a score ends at token k, or "Group A"."""
    if k < 1:
        return False
    if tokens[k - 1].word in GROUP:
        return True
    return "." in tokens[k].word if tokens[k].kind == "n" else tokens[k].word in _ENDS_SCORE
